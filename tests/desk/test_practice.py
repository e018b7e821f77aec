"""Scenarios on the desk, the shop's own among them, and the lines an agent keeps."""

from pathlib import Path

from cxdesk.desk.checking import Rulebook
from cxdesk.desk.practice import Practice
from cxdesk.domain.words import Language
from cxdesk.empathy.practice.steps import Step
from tests.empathy.practice.test_scenarios import ENTRY
from tests.screens.hands import open_shop


def test_a_shops_own_customers_come_beside_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "own" / "ko").mkdir(parents=True)
    (tmp_path / "own" / "ko" / "mine.toml").write_text(ENTRY + "\n[[scenario]]\nid = 3\n", "utf-8")
    with open_shop(tmp_path / "shop") as shop:
        practice = Practice(shop.desk, Rulebook(), Language.KO, tmp_path / "own")
        assert [one.title for one in practice.scenarios if one.id == "x"] == ["x"]
        assert len(practice.scenarios) >= 31
        assert [problem.code for problem in practice.problems] == ["bad_type"]


def test_kept_lines_are_there_the_next_time_and_newer_ones_take_their_place(tmp_path: Path) -> None:
    with open_shop(tmp_path / "shop") as shop:
        practice = Practice(shop.desk, Rulebook(), Language.KO)
        scenario = practice.scenarios[0]
        assert practice.kept(scenario) == {}
        first = practice.play(scenario)
        first.say("많이 놀라셨겠어요. 언제 쓰실 건가요?")
        practice.keep(first)
        again = practice.play(scenario)
        again.say("얼마나 속상하셨어요.")
        practice.keep(again)
        assert practice.kept(scenario) == {
            Step.ACKNOWLEDGE: "얼마나 속상하셨어요.",
            Step.LISTEN: "언제 쓰실 건가요?",
        }
        assert practice.kept(practice.scenarios[1]) == {}
