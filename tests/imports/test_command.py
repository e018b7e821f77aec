"""``cxdesk import`` as it is typed: looking ahead, locked files, what is remembered, the list, and the way back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cxdesk import cli, i18n
from cxdesk.commands import bring
from cxdesk.i18n import t
from cxdesk.storage import migrate, older, store
from cxdesk.storage.store import Store
from tests.imports.test_files import workbook
from tests.imports.test_run import UCI, UCI_ROWS

Write = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]
WHO = "누구,어디로\n김민지,010-1234-5678\n"


@pytest.fixture
def folder(tmp_path: Path, blank: bytes) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "desk.db").write_bytes(blank)
    return folder


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path) -> Iterator[Run]:
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    before = list(i18n._current)

    def call(*argv: object, data: Path = folder) -> tuple[int, str, str]:
        code = cli.run(["import", *map(str, argv), "--data", str(data), "--lang", "ko"])
        found = capsys.readouterr()
        return code, found.out, found.err

    yield call
    i18n._current[:] = before


def names(folder: Path) -> list[str]:
    with Store.open(folder, write=False) as store:
        return [row[0] for row in store.db.execute("SELECT name FROM customer ORDER BY name")]


def test_a_look_ahead_makes_no_folder(run: Run, tmp_path: Path, write: Write) -> None:
    nowhere = tmp_path / "nowhere"
    code, out, _ = run(write(UCI + UCI_ROWS), "--dry-run", data=nowhere)
    assert code == 0
    assert out.startswith(t("import.would", new=4, changed=0, same=0, rejected=0))
    assert not nowhere.exists()


def test_a_look_ahead_at_a_desk_of_an_older_program_leaves_it_as_it_is(
    run: Run, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(UCI + UCI_ROWS)
    run(path)
    latest = migrate.LATEST + 1  # of a program that knows one migration more than the one that wrote the file
    for module in (migrate, older, store):
        monkeypatch.setattr(module, "LATEST", latest)
    before = {kept.name: kept.read_bytes() for kept in folder.iterdir() if kept.is_file()}
    code, out, err = run(path, "--dry-run")
    assert (code, err) == (0, "")
    assert out.startswith(t("import.would", new=0, changed=0, same=4, rejected=0))
    assert {kept.name: kept.read_bytes() for kept in folder.iterdir() if kept.is_file()} == before


def test_a_look_ahead_reads_a_desk_that_is_open_elsewhere(run: Run, folder: Path, write: Write) -> None:
    path = write(UCI + UCI_ROWS)
    run(path)
    with Store.open(folder):
        code, out, _ = run(path, "--dry-run")
    assert code == 0
    assert out.startswith(t("import.would", new=0, changed=0, same=4, rejected=0))


def test_imports_are_listed_and_taken_back(run: Run, folder: Path, write: Write) -> None:
    assert run("--list") == (0, t("import.none_yet") + "\n", "")
    run(write(UCI + UCI_ROWS, "one.csv"))
    run(write(WHO, "two.csv"), "--with", "generic")
    code, out, _ = run("--undo", 1)
    assert (code, out) == (0, t("import.taken_back", removed=6, restored=0) + "\n")
    _, out, _ = run("--list")
    assert [line.split()[0] for line in out.splitlines()] == ["2", "1"]
    assert "two.csv" in out.splitlines()[0]
    assert out.splitlines()[1].endswith(t("import.listed_undone", number="", at="", file="").strip())
    assert names(folder) == ["김민지"]
    assert run("--undo")[0] == 0
    assert names(folder) == []
    assert run("--undo") == (2, "", t("import.no_run", run=0) + "\n")
    listed = json.loads(run("--list", "--json")[1])
    assert [entry["file_name"] for entry in listed] == ["two.csv", "one.csv"]


def test_a_locked_file_is_asked_about_until_the_password_is_right(
    run: Run, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(workbook([["이름", "연락처"], ["김민지", "010-1234-5678"]], password="1234"), "locked.xlsx")
    assert run(path) == (2, "", t("import.password_needed") + "\n")
    assert run(path, "--password", "4321") == (2, "", t("import.wrong_password") + "\n")
    asked: list[str] = []
    answers = iter(["4321", "1234"])

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return next(answers)

    monkeypatch.setattr(bring, "getpass", answer)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    assert run(path, "--with", "generic")[0] == 0
    assert asked == [t(f"ask.{code}") + ": " for code in ("password_needed", "wrong_password")]
    assert names(folder) == ["김민지"]


def test_what_a_person_said_about_the_columns_is_remembered(run: Run, folder: Path, write: Write) -> None:
    path = write(WHO, "people.csv")
    assert run(path) == (2, "", t("import.no_map", header="누구, 어디로") + "\n")
    assert run(path, "--map", "누구=customer.name", "--map", "어디로=customer.phone")[0] == 0
    (kept,) = (folder / "imports").iterdir()
    assert kept.read_text("utf-8").startswith(f"# {t('import.own_map', name='people.csv')}\n")
    other = write("누구,어디로\n박서준,010-2345-6789\n", "later.csv")
    assert run(other)[1].startswith(t("import.done", new=1, changed=0, same=0))
    assert names(folder) == ["김민지", "박서준"]


def test_a_remembered_map_can_be_edited_and_is_then_obeyed(run: Run, folder: Path, write: Write) -> None:
    run(write(WHO, "people.csv"), "--with", "generic")
    (kept,) = (folder / "imports").iterdir()
    kept.write_text(kept.read_text("utf-8").replace('"customer.name" = ["누구"]\n', ""), "utf-8")
    run(write("누구,어디로\n박서준,010-2345-6789\n", "later.csv"))
    assert names(folder) == ["#6789", "김민지"]


def test_a_file_that_was_only_looked_at_leaves_no_map(run: Run, folder: Path, write: Write) -> None:
    run(write(WHO), "--with", "generic", "--dry-run")
    assert not (folder / "imports").exists()


def test_stopping_says_that_nothing_was_changed(
    run: Run, folder: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(done: int, total: int | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bring, "_progress", stop)
    assert run(write(UCI + UCI_ROWS)) == (130, "", t("import.cancelled") + "\n")
    assert names(folder) == []


def test_without_a_file_there_is_nothing_to_import(run: Run) -> None:
    assert run() == (2, "", t("cli.import_file") + "\n")
