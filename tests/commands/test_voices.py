"""``cxdesk feedback`` and ``cxdesk voices``: figures with what they rest on, files of answers, the board."""

import json
from pathlib import Path

import pytest

from cxdesk.cli import run
from cxdesk.desk import Desk
from cxdesk.domain.voices import Said
from cxdesk.domain.words import Topic
from tests.desk.test_feedback import someone


@pytest.fixture
def filled(desk: Desk) -> Path:
    """A file with one customer, seven answers and a theme of two voices; nobody has it open."""
    customer = someone(desk)
    for value in (5, 5, 4, 3, 5, 1, 5):
        desk.feedback.record("csat", value, customer_id=customer.id)
    desk.feedback.record("nps", 9, "또 올게요", customer_id=customer.id)
    for body in ("포장이 얇아 깨졌어요", "포장이 너무 얇아요"):
        desk.voices.record(Said(body, Topic.DEFECT, customer_id=customer.id))
    folder = desk.store.path.parent
    desk.store.close()
    return folder


def asked(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, str]:
    code = run(["--data", str(folder), "--lang", "ko", *words])
    return code, capsys.readouterr().out


def test_figures_come_with_formula_count_and_interval_and_too_few_answers_without_a_figure(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = asked(capsys, filled, "feedback", "--days", "36500")
    assert code == 0
    assert "만족 71% (36~92%) · 7명" in out
    assert "Wilson" in out
    assert "답 1개 · 5개가 모이면" in out
    assert "또 올게요" in out
    _, out = asked(capsys, filled, "feedback", "--days", "36500", "--json")
    csat, ces, nps = json.loads(out)["scores"]
    assert (csat["n"], csat["counts"], csat["formula"]) == (7, {"1": 1, "3": 1, "4": 1, "5": 4}, "csat_top_two")
    assert (ces["n"], ces["low"], nps["share"]) == (0, None, None)


def test_a_file_of_answers_comes_in_and_its_bad_lines_are_named(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("전화,점수,시각\n010-1234-5678,4,2026-09-01\n010-1234-5678,9,2026-09-01\n", encoding="utf-8")
    code, out = asked(capsys, filled, "feedback", "--import", str(file))
    assert code == 1
    assert "3째 줄: 점수: ‘9’는 척도에 없는 값입니다" in out
    assert "새 답 1개" in out
    code, out = asked(capsys, filled, "feedback", "--import", str(file), "--json")
    told = json.loads(out)
    assert (told["new"], told["same"], told["rejected"]) == (0, 1, 1)
    assert (told["rejects"][0]["row"], told["rejects"][0]["column"]) == (3, "점수")


def test_a_file_that_is_no_table_of_answers_is_refused(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--data", str(filled), "feedback", "--import", str(tmp_path / "nowhere.csv")]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_the_board_is_printed_by_stage_and_as_json_with_what_it_rests_on(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = asked(capsys, filled, "voices")
    assert code == 0
    assert [line for line in out.splitlines() if "포장이 얇아 깨졌어요" in line]
    _, out = asked(capsys, filled, "voices", "--json")
    (theme,) = json.loads(out)["collect"]
    assert (theme["title"], theme["topic"], theme["number"]) == ("포장이 얇아 깨졌어요", "defect", 1)
    assert {"weight", "impact", "level", "quick_win"} <= set(theme)
