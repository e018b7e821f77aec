"""``cxdesk insights`` and ``cxdesk customer --journey`` as they are typed."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk import cli
from cxdesk.desk import Desk
from cxdesk.desk.sheets import write_sheet
from cxdesk.domain.words import Channel, Language, Topic
from cxdesk.i18n import t
from cxdesk.storage.faults import Fault

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Commands on a desk with one contact of 김민지's, on Monday, 21 September 2026."""
    minji, also = desk.people.newcomer("김민지 010-1234-5678", Language.KO)
    ticket, _ = desk.arrive(Channel.PHONE, customer=minji, also=also, topic=Topic.PRICE, said="얼마예요?")
    desk.take([ticket.id])
    desk.resolve([ticket.id])
    monkeypatch.setattr("cxdesk.places.now", desk.clock)

    def call(*argv: object) -> tuple[int, str, str]:
        code = cli.run([*map(str, argv), "--data", str(folder), "--lang", "ko"])
        found = capsys.readouterr()
        return code, found.out, found.err

    return call


def test_this_week_is_shown_and_any_period_that_is_asked_for(run: Run) -> None:
    code, out, err = run("insights")
    assert (code, err) == (0, "")
    assert "1건" in out
    assert t("insights.nothing") in run("insights", "--period", "지난달")[1]


def test_json_has_every_figure_and_nothing_json_does_not_know(run: Run) -> None:
    found = json.loads(run("insights", "--json", "--period", "2026-09")[1])
    assert found["report"]["now"]["arrived"] == 1
    assert found["report"]["differences"]["arrived"]["high"] is None  # after nothing there is no end to the ratio
    assert next(stage for stage in found["journey"]["stages"] if stage["way"] == "consideration")["contacts"] == 1


def test_words_that_name_no_period_end_with_two_and_a_sentence(run: Run) -> None:
    assert run("insights", "--period", "언젠가") == (2, "", t("refused.no_period") + "\n")


def test_a_sheet_and_a_page_are_written_where_they_are_wanted(run: Run, tmp_path: Path) -> None:
    sheet, page = tmp_path / "out" / "a.csv", tmp_path / "a.html"
    code, out, _ = run("insights", "--csv", sheet, "--html", page)
    assert code == 0
    assert str(sheet) in out
    assert str(page) in out
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert ["들어온 문의", "1"] in [row[:2] for row in rows]
    assert page.read_text("utf-8").startswith("<!doctype html>")


def test_no_cell_of_a_sheet_is_a_formula(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "a.csv", [["=1+1", "+82", "-5", "@x", -5, None, "괜찮아요"]])
    assert path.read_bytes().decode("utf-8-sig") == "'=1+1,'+82,'-5,'@x,-5,,괜찮아요\r\n"


def test_a_sheet_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(Fault):
        write_sheet(tmp_path / "a.csv", "")


def test_one_persons_way_is_told_with_its_rules(run: Run) -> None:
    code, out, _ = run("customer", "김민지", "--journey")
    assert code == 0
    assert t("journey.reason.asks") in out
    found = json.loads(run("customer", "김민지", "--journey", "--json")[1])
    assert [step["stage"] for step in found[0]["steps"]] == ["consideration"]
