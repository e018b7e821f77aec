"""``cxdesk wait`` and ``cxdesk staffing``, and that reading needs no screen."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxdesk import cli, places
from cxdesk.desk import Desk
from cxdesk.desk.waits import LEARNED
from cxdesk.domain.words import Channel, Topic
from cxdesk.settings import Settings
from cxdesk.storage.store import Store
from tests.conftest import START, Clock, Mint

NOW = START + 4 * 3_600_000
Run = Callable[..., tuple[int, str]]


@pytest.fixture
def served(folder: Path) -> Path:
    """Twelve contacts served one after the other, each told how long it takes, and two who wait now."""
    clock = Clock()
    with Store.open(folder) as store:
        desk = Desk(store, Settings(), clock=clock, mint=Mint())
        desk.sign_in("이서준")
        desk.waits.start(store.db, clock())
        for n in range(12):
            key = desk.arrive(Channel.PHONE, topic=Topic.REFUND if n % 3 else Topic.DELIVERY)[0].id
            desk.quotes.tell(key)
            clock.pass_(120)
            desk.take([key])
            clock.pass_(300)
            desk.resolve([key])
        clock.at = NOW
        desk.arrive(Channel.PHONE)
        desk.arrive(Channel.PHONE)
        desk.keep_learning()
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(places, "now", lambda: NOW + 60_000)

    def call(*argv: object) -> tuple[int, str]:
        code = cli.run(["--lang", "ko", *map(str, argv)])
        return code, capsys.readouterr().out

    return call


def answer(run: Run, folder: Path, *argv: object) -> Any:
    code, out = run(*argv, "--json", "--data", folder)
    assert code == 0
    return json.loads(out)


def test_a_wait_comes_with_its_sentence_and_what_it_rests_on(run: Run, served: Path) -> None:
    found = answer(run, served, "wait", 1014)
    assert found["position"] == 2
    assert "앞에 1분" in found["sentence"] or "자료가 적어" in found["sentence"]
    assert found["why"]["agents_on"] == 1
    assert found["why"]["ahead"] == [None]
    _, out = run("wait", 1014, "--data", served)
    assert found["sentence"] in out
    assert "순서" in out


def test_the_report_says_how_often_the_range_held_and_what_was_learned(run: Run, served: Path) -> None:
    found = answer(run, served, "wait", "--report")
    week, month = found["told"]
    assert (week["days"], month["days"], month["told"]) == (7, 30, 12)
    assert month["inside"] + month["late"] <= month["told"]
    assert month["inside_share"] == pytest.approx(month["inside"] / 12)
    assert sum(n for _, n in month["methods"]) == 12
    assert {topic["topic"]: topic["n"] for topic in found["learned"]} == {"refund": 8, "delivery": 4}
    assert found["basis"] == 12
    _, out = run("wait", "--report", "--data", served)
    assert "목표 80%" in out
    assert "12건에서 배웠습니다" in out


def test_what_was_learned_is_rebuilt_from_the_file_and_equals_what_was_kept(run: Run, served: Path) -> None:
    def kept() -> Any:
        with Store.open(served, write=False) as store:
            return json.loads(store.recall(LEARNED) or "{}")["state"]["estimator"]["memory"]

    before = kept()
    with Store.open(served) as store:
        store.remember(LEARNED, None)
    found = answer(run, served, "wait", "--rebuild")
    assert (found["rebuilt"], found["contacts"]) == (True, 12)
    assert kept()["now"] == before["now"]
    assert kept()["tally"] == before["tally"]


def test_reading_leaves_what_was_learned_as_it_is(run: Run, served: Path) -> None:
    def stored() -> str | None:
        with Store.open(served, write=False) as store:
            return store.recall(LEARNED)

    before = stored()
    answer(run, served, "wait")
    answer(run, served, "wait", "--report")
    answer(run, served, "staffing")
    assert stored() == before


def test_how_many_people_for_the_next_hour_and_the_next_day(run: Run, served: Path) -> None:
    found = answer(run, served, "staffing")
    assert [option["extra"] for option in found["next_hour"]["options"]] == [-1, 0, 1, 2]
    assert found["next_day"]["slots"]
    _, out = run("staffing", "--data", served)
    assert "지금 한 명 더 나오면" in out
    assert "내일" in out


def test_how_many_people_for_given_figures(run: Run, served: Path) -> None:
    found = answer(run, served, "staffing", "--arrivals", 240, "--aht", 300, "--target", "80/20", "--shrinkage", 0.3)
    assert found["load"] == pytest.approx(20)
    assert found["needed"] in range(20, 26)
    assert next(row["to_roster"] for row in found["rows"] if row["agents"] == found["needed"]) > found["needed"]
    _, out = run("staffing", "--arrivals", 240, "--aht", 300, "--data", served)
    assert f"→  {found['needed']}" in out


def test_out_of_hours_it_is_said_when_the_desk_opens(run: Run, served: Path) -> None:
    with Store.open(served) as store:
        Desk(store, Settings(), clock=lambda: NOW, mint=Mint(seed=1), agent=None)
        store.db.execute("UPDATE shift SET ended_at = ? WHERE ended_at IS NULL", (NOW,))
    (served / "cxdesk.toml").write_text('[hours]\nholidays = ""\n[hours.week]\ntue = ["09:00-18:00"]\n', "utf-8")
    found = answer(run, served, "wait")
    assert found == {"state": "closed", "opens_at": "2026-09-22T00:00:00Z"}
    assert run("wait", "--data", served)[1] == "상담 시간 아님, 오늘 오전 9시에 엽니다\n"


COMMANDS = (
    "queue", "customer 김", "ticket 1001", "wait", "wait 1013", "wait --report", "staffing",
    "staffing --arrivals 9 --aht 300", "stats", "doctor",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_reading_from_the_command_line_loads_no_textual(served: Path, command: str) -> None:
    program = (
        "import sys; from cxdesk import cli\n"
        f"code = cli.run({[*command.split(), '--data', str(served), '--lang', 'ko']!r})\n"
        "print('TEXTUAL' if 'textual' in sys.modules else 'NONE', code)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].startswith("NONE")
