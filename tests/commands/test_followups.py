"""``cxdesk followups`` and ``cxdesk morning``: read without a screen, written for a calendar."""

import json
import re
from pathlib import Path

import pytest

from cxdesk import cli, places
from cxdesk.desk import Desk
from cxdesk.domain.words import Channel, Language, PromiseState
from cxdesk.settings import Settings
from cxdesk.storage.store import Store
from tests.conftest import Clock, Mint


@pytest.fixture
def filled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with one promise overdue, one for tomorrow that was moved, and one that was kept."""
    clock = Clock()
    with Store.open(folder) as store:
        desk = Desk(store, Settings(), clock=clock, mint=Mint())
        desk.sign_in("이서준")
        minji, also = desk.people.newcomer("김민지 010-1234-5678", Language.KO)
        ticket, _ = desk.arrive(Channel.PHONE, customer=minji, also=also)
        desk.promises.make("30분 뒤 환불, 확인 전화", ticket.id)
        moved, _ = desk.promises.make("내일 오후 3시 메일", ticket.id)
        desk.promises.move(moved, "모레 오후 5시", "재고 확인")
        kept, _ = desk.promises.make("40분 뒤 문자", ticket.id)
        desk.promises.settle(kept, PromiseState.KEPT)
    clock.pass_(3600)
    monkeypatch.setattr(places, "now", clock)
    return folder


def run(folder: Path, capsys: pytest.CaptureFixture[str], *argv: str, code: int = 0) -> str:
    assert cli.run([*argv, "--data", str(folder), "--lang", "ko"]) == code
    done = capsys.readouterr()
    return done.out if code == 0 else done.err


def test_the_open_promises_the_overdue_one_first(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = run(filled, capsys, "followups").splitlines()
    assert "30분 지남" in first
    assert "김민지" in first
    assert "1번 옮김" in second
    assert len(run(filled, capsys, "followups", "--due", "today").splitlines()) == 1
    assert len(run(filled, capsys, "followups", "--due", "week").splitlines()) == 2
    data = json.loads(run(filled, capsys, "followups", "--json"))
    assert [(one["what"], one["overdue"], one["moves"]) for one in data] == [
        ("환불, 확인 전화", True, 0),
        ("메일", False, 1),
    ]
    assert data[1]["reason"] == "재고 확인"


def test_how_they_were_kept_with_the_formula_and_no_share_of_so_few(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = run(filled, capsys, "followups", "--report")
    assert "제때 1 · 늦게 0 · 못 지킴 0 · 옮김 1 · 지남 1" in told
    assert "%" not in told
    assert "제때 ÷ (제때 + 늦게 + 못 지킴 + 옮김 + 지남)" in told
    data = json.loads(run(filled, capsys, "followups", "--report", "--json"))
    assert (data["n"], data["share"], data["days"]) == (3, None, 90)


def test_the_calendar_names_each_promise_by_its_first_id_and_is_for_its_owner_alone(
    filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "promises.ics"
    assert str(target) in run(filled, capsys, "followups", "--ics", str(target))
    assert target.stat().st_mode & 0o777 == 0o600
    text = target.read_bytes().decode()
    ids = dict(sqlite(filled, "SELECT what, coalesce(first_id, id) FROM follow_up WHERE state = 'open'"))
    assert re.findall(r"UID:(\S+)@cxdesk\r\n", text) == [ids["환불, 확인 전화"], ids["메일"]]
    assert "SUMMARY:환불\\, 확인 전화 · 김민지\r\n" in text
    assert "SEQUENCE:1\r\n" in text
    assert run(filled, capsys, "followups", "--ics", "-").startswith("BEGIN:VCALENDAR")
    assert "쓸 수 없습니다" in run(filled, capsys, "followups", "--ics", str(tmp_path), code=2)


def sqlite(folder: Path, sql: str) -> list[tuple[str, str]]:
    with Store.open(folder, write=False) as store:
        return store.db.execute(sql).fetchall()


def test_the_morning_list_with_sentence_and_score(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = run(filled, capsys, "morning")
    assert "지난 약속" in told
    assert "“안녕하세요, 김민지 고객님." in told
    assert "점수 60 = 지난 약속 60" in told
    data = json.loads(run(filled, capsys, "morning", "--json"))
    (entry,) = data["entries"]
    assert (entry["kind"], entry["customer"], entry["score"]) == ("promise_late", "김민지", 60)
    assert entry["score"] == sum(part["points"] for part in entry["parts"])


def test_a_desk_without_promises_says_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, capsys, "followups") == "지켜야 할 약속이 없습니다\n"
    assert run(folder, capsys, "followups", "--json") == "[]\n"
    assert run(folder, capsys, "morning") == "오늘 먼저 챙길 분이 없습니다\n"
