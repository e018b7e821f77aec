import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cxdesk import cli, i18n, places
from cxdesk.commands import desk as opening
from cxdesk.desk import Desk
from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.records import Customer, Identity, Purchase
from cxdesk.domain.words import Channel, Emotion, Language, Priority, Topic
from cxdesk.keys import KeymapError, read_keymap
from cxdesk.settings import Problem, Settings
from cxdesk.storage import stats
from cxdesk.storage.rows import fetch_all
from cxdesk.storage.store import Store
from tests.conftest import START, Clock, Mint

Run = Callable[..., tuple[int, str, str]]


def fill(folder: Path) -> None:
    """A desk in the middle of a day: one in hand, two waiting, one resolved; Minji has bought and promised things."""
    clock = Clock()
    with Store.open(folder) as store:
        desk = Desk(store, Settings(), clock=clock, mint=Mint())
        desk.sign_in("이서준")
        minji, also = desk.people.newcomer("김민지 010-1234-5678", Language.KO)
        bought = Purchase("p1", minji.id, "2025110299812", "린넨 셔츠", 39_000, "KRW", START - 1, external_id="1")
        store.commit(Change("buy", (insert(bought),)), desk.stamp())
        one, _ = desk.arrive(Channel.PHONE, customer=minji, also=also, topic=Topic.DELIVERY, said="일주일째 안 와요")
        clock.pass_(60)
        desk.arrive(Channel.VISIT, priority=Priority.URGENT)
        clock.pass_(60)
        desk.arrive(Channel.CHAT, said="환불이요")
        done, _ = desk.arrive(Channel.MAIL)
        clock.pass_(60)
        desk.take([one.id])
        desk.feel([one.id], Emotion.ANGER)
        desk.reply(one.id, "불편하셨겠어요")
        desk.toggle_tag([one.id], "재발송")
        desk.promises.make("내일 오후 3시 전화", one.id)
        desk.people.remember(minji.id, "사이즈: M")
        desk.resolve([done.id])


@pytest.fixture
def filled(folder: Path) -> Path:
    fill(folder)
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in this process: exit code, output, errors. It is ten minutes later."""
    monkeypatch.setattr(places, "now", lambda: START + 600_000)
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    for name in ("LC_ALL", "LC_MESSAGES", "CXDESK_DATA", "CXDESK_THEME"):
        monkeypatch.delenv(name, raising=False)

    def call(*argv: object) -> tuple[int, str, str]:
        try:
            code = cli.run([str(word) for word in argv])
        except SystemExit as end:
            code = int(end.code or 0)
        found = capsys.readouterr()
        return code, found.out, found.err

    return call


def answer(run: Run, folder: Path, *argv: object) -> Any:
    code, out, err = run(*argv, "--json", "--data", folder)
    assert (code, err) == (0, "")
    return json.loads(out)


# -- reading


def test_the_queue_in_its_order_with_what_the_screen_shows(run: Run, filled: Path) -> None:
    rows = answer(run, filled, "queue")
    assert [(row["section"], row["number"], row["customer"], row["holder"]) for row in rows] == [
        ("mine", 1001, "김민지", "이서준"),
        ("waiting", 1002, None, None),
        ("waiting", 1003, None, None),
    ]
    assert rows[0]["wait"] is None
    assert set(rows[1]["wait"]) == {"low", "expected", "high", "state", "position", "basis"}
    assert [row["wait"]["position"] for row in rows[1:]] == [1, 2]


def test_the_queue_as_lines(run: Run, filled: Path) -> None:
    code, out, _ = run("queue", "--data", filled)
    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["내", "상담", "1"],
        ["#1001", "김민지", "전화"],
        ["대기", "2"],
        ["#1002", "손님", "방문"],
        ["#1003", "손님", "채팅"],
    ]


@pytest.mark.parametrize("typed", ["김민", "ㄱㅁㅈ", "5678", "2025110299812", "rlaalswl"])
def test_a_customer_with_everything_remembered(run: Run, filled: Path, typed: str) -> None:
    (found,) = answer(run, filled, "customer", typed)
    assert (found["name"], found["segment"], found["orders"], found["spent"]) == ("김민지", "new", 1, 39_000)
    assert [p["value"] for p in found["preferences"]] == ["M"]
    assert [p["what"] for p in found["promises"]] == ["전화"]
    assert [c["number"] for c in found["contacts"]] == [1001]


def test_a_customer_in_figures_says_null_where_too_little_is_known(run: Run, filled: Path) -> None:
    (found,) = answer(run, filled, "customer", "5678")
    assert (found["rfm"]["orders"], found["rfm"]["spent"], found["rfm"]["frequency"]) == (1, 39_000, 1)
    assert found["year"] is None
    assert (found["forbidden"], found["outwaited"]) == ([], False)


def test_who_is_in_the_file_twice_is_listed_with_the_reasons(run: Run, filled: Path) -> None:
    assert answer(run, filled, "duplicates") == []
    (found,) = answer(run, filled, "customer", "5678")
    with Store.open(filled) as store:
        again = Customer("c-again", "Minji Kim", Language.KO)
        number = replace(fetch_all(store.db, Identity, "customer_id = ?", found["id"])[0], id="i-again")
        edits = (insert(again), insert(replace(number, customer_id=again.id)))
        store.commit(Change("new", edits), Stamp(0, None, iter(("o1", "o2")).__next__))
    (pair,) = answer(run, filled, "duplicates")
    assert {person["id"] for person in pair["people"]} == {found["id"], "c-again"}
    assert (pair["surety"], pair["names"]) == ("sure", "near")
    assert pair["reasons"] == [{"kind": "phone", "shown": "010-****-5678"}]


def test_one_person_is_written_out_by_id_or_by_whatever_names_only_them(run: Run, filled: Path, tmp_path: Path) -> None:
    (found,) = answer(run, filled, "customer", "5678")
    for number, typed in enumerate((found["id"], "김민지")):
        folder = tmp_path / str(number)
        done = answer(run, filled, "customer", typed, "--export", str(folder))
        assert sorted(done["files"]) == sorted(str(path) for path in folder.iterdir())
        data = json.loads((folder / f"customer-{found['id']}.json").read_text())
        assert [row["name"] for row in data["customer"]] == ["김민지"]
        assert "일주일째 안 와요" in (folder / f"customer-{found['id']}.txt").read_text()
    assert run("customer", "없는 사람", "--export", str(tmp_path / "nobody"), "--data", filled)[0] == 1
    assert not (tmp_path / "nobody").exists()


@pytest.mark.parametrize("typed", ["없는 사람", "", "\udcff", "\x00", "'"])
def test_nobody_is_found_without_fuss(run: Run, filled: Path, typed: str) -> None:
    assert answer(run, filled, "customer", typed) == []
    assert run("customer", typed, "--data", filled)[:2] == (0, "찾은 것이 없습니다\n")


def test_a_ticket_with_its_conversation(run: Run, filled: Path) -> None:
    found = answer(run, filled, "ticket", 1001)
    assert [m["kind"] for m in found["messages"]] == ["customer", "event", "reply"]
    assert (found["tags"], found["status"], found["customer"]["name"]) == (["재발송"], "active", "김민지")
    code, out, _ = run("ticket", 1001, "--data", filled)
    assert code == 0
    assert "불편하셨겠어요" in out


@pytest.mark.parametrize("number", [9, -1, 10**30])
def test_a_ticket_that_does_not_exist(run: Run, filled: Path, number: int) -> None:
    code, out, _ = run("ticket", "--json", "--data", filled, "--", number)
    assert (code, json.loads(out)) == (1, {"ok": False})


def test_the_wait_of_a_ticket_with_its_sentence_and_of_somebody_who_comes_now(run: Run, filled: Path) -> None:
    known = answer(run, filled, "wait", 1003)
    assert known["position"] == 2
    assert "분" in known["sentence"]
    assert answer(run, filled, "wait")["position"] == 3
    assert run("wait", 1001, "--json", "--data", filled)[0] == 1, "who is served waits no more"


def test_the_figures_of_some_days(run: Run, filled: Path) -> None:
    figures = answer(run, filled, "stats", "--days", 1)
    assert (figures["arrived"], figures["resolved"]) == (4, 1)
    assert answer(run, filled, "stats", "--days", 10**20) == figures
    code, out, _ = run("stats", "--data", filled)
    assert code == 0
    assert len(out.splitlines()) == len(figures)


@pytest.mark.parametrize("language", list(Language))
def test_every_figure_has_a_name(run: Run, filled: Path, language: Language) -> None:
    with Store.open(filled, write=False) as store:
        names = stats.since(store.db, 0, START)
    assert all(f"stats.{name}" in i18n.catalogue(language) for name in names)


def test_the_doctor_finds_a_sound_file_sound(run: Run, filled: Path) -> None:
    assert answer(run, filled, "doctor") == {"ok": True, "rebuilt": False}
    assert answer(run, filled, "doctor", "--rebuild") == {"ok": True, "rebuilt": True}


def test_the_doctor_names_what_is_out_of_step_and_mends_it_when_asked(run: Run, filled: Path) -> None:
    with Store.open(filled) as store:
        store.db.execute("DELETE FROM text_row")
    code, out, _ = run("doctor", "--json", "--data", filled)
    assert (code, json.loads(out)) == (1, {"ok": False, "faults": ["text_row"]})
    assert run("doctor", "--rebuild", "--data", filled)[0] == 0
    assert answer(run, filled, "doctor")["ok"] is True


def test_the_doctor_can_look_at_a_file_that_is_badly_damaged(run: Run, filled: Path) -> None:
    damage(filled, "note")
    code, out, err = run("doctor", "--data", filled)
    assert code == 1
    assert "손상" in out
    assert err == ""


def damage(folder: Path, table: str) -> None:
    """Make a table's first page unreadable."""
    with Store.open(folder) as store:
        root = store.db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
        size = store.db.execute("PRAGMA page_size").fetchone()[0]
    with (folder / "desk.db").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)


def test_a_damaged_page_is_one_sentence_and_no_traceback(run: Run, filled: Path) -> None:
    damage(filled, "ticket")
    code, out, err = run("queue", "--json", "--data", filled)
    assert (code, out) == (2, "")
    assert "backups" in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("command", [["queue"], ["customer", "김"], ["ticket", "1"], ["stats"], ["doctor"]])
def test_without_a_desk_there_is_a_sentence_and_no_folder_is_made(run: Run, tmp_path: Path, command: list[str]) -> None:
    code, out, err = run(*command, "--json", "--data", tmp_path / "nowhere")
    assert (code, out) == (2, "")
    assert err.startswith(str(tmp_path / "nowhere" / "desk.db"))
    assert not (tmp_path / "nowhere").exists()


def test_reading_changes_nothing(run: Run, filled: Path) -> None:
    before = (filled / "desk.db").read_bytes()
    for command in (["queue"], ["customer", "김"], ["ticket", "1001"], ["wait"], ["stats"], ["doctor"]):
        assert run(*command, "--data", filled)[0] == 0
    assert (filled / "desk.db").read_bytes() == before


# -- languages, options, terminals


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--lang", "ko", "--help"], "대기열을 봅니다"),
        (["--lang", "en", "--help"], "show the queue"),
        (["--lang=en", "queue", "--help"], "print JSON"),
        (["queue", "--lang", "ko", "--help"], "JSON 으로 출력"),
        (["--help"], "대기열을 봅니다"),
    ],
)
def test_help_speaks_the_language_that_was_asked_for(run: Run, argv: list[str], words: str) -> None:
    code, out, _ = run(*argv)
    assert code == 0
    assert words in out


def test_help_names_every_command(run: Run) -> None:
    _, out, _ = run("--help", "--lang", "en")
    assert all(f"    {command} " in out for command in cli.COMMANDS)


@pytest.mark.parametrize("argv", [["--lang", "de"], ["ticket", "x"], ["fly"], ["ticket"]])
def test_a_command_line_that_makes_no_sense(run: Run, argv: list[str]) -> None:
    code, _, err = run(*argv)
    assert code == 2
    assert err.startswith("usage: cxdesk")


def test_the_language_of_the_shops_file_is_used_unless_one_was_asked_for(run: Run, filled: Path) -> None:
    (filled / "cxdesk.toml").write_text("[view]\nlanguage = 'en'\n")
    assert "waiting 2" in run("queue", "--data", filled)[1]
    assert "대기 2" in run("queue", "--lang", "ko", "--data", filled)[1]


def test_the_folder_may_come_from_the_environment(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CXDESK_DATA", str(filled))
    assert run("queue")[0] == 0


def test_without_a_terminal_there_is_a_sentence_instead_of_a_screen(run: Run, filled: Path) -> None:
    code, out, err = run("--data", filled)
    assert (code, out) == (2, "")
    assert err == i18n.t("cli.no_terminal") + "\n"


def test_a_keymap_that_is_refused_is_told_with_its_line_and_no_screen_opens(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (filled / "keymap.toml").write_text('[keys]\nnote = ["x"]\n')
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    code, _, err = run("--data", filled)
    assert code == 2
    assert "keymap.toml 2째 줄" in err
    assert "x: select, note" in err
    assert "기본값" not in err
    with pytest.raises(KeymapError):
        read_keymap(filled / "keymap.toml")


@pytest.mark.parametrize("language", list(Language))
def test_a_setting_that_cannot_be_used_is_one_sentence(language: Language) -> None:
    i18n.use(language)
    said = opening.sentence(Problem("cxdesk.toml", 3, "choice", "view.theme: 'pink'"))
    assert "cxdesk.toml" in said
    assert "3" in said
    assert "view.theme: 'pink'" in said


# -- as a program


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("program")
    fill(folder)
    return folder


def cxdesk(*argv: object, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """The program itself."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "CXDESK", "PYTHONIO"))}
    return subprocess.run(
        [sys.executable, "-m", "cxdesk", *map(str, argv)],
        env=clean | {"LANG": "ko_KR.UTF-8", "PYTHONUTF8": "1"} | environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


@pytest.mark.parametrize("command", [["queue"], ["customer", "김민지"], ["ticket", "1001"], ["stats"], ["doctor"]])
def test_a_reading_as_a_program(program: Path, command: list[str]) -> None:
    done = cxdesk(*command, "--json", "--data", program)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)


def test_output_where_no_korean_can_be_written_is_still_json(program: Path) -> None:
    done = cxdesk("customer", "5678", "--json", "--data", program, PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)[0]["name"] == "김민지"


@pytest.mark.parametrize("command", [["queue", "--json"], ["ticket", "1001"], ["--help"]])
def test_a_reader_who_leaves_early_is_no_failure(program: Path, command: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "cxdesk", *command, "--data", str(program)],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_version_is_said_by_the_program() -> None:
    done = cxdesk("--version")
    assert done.stdout.startswith(b"cxdesk ")
    assert (done.returncode, done.stderr) == (0, b"")
