import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cxdesk.domain.changes import Change, Edit, Insert, Stamp, Update, alter, insert, remove
from cxdesk.domain.records import Customer, Message, Note, Row, Setting, as_row
from cxdesk.domain.words import Language, MessageKind
from cxdesk.storage import check
from cxdesk.storage.faults import Fault, Stale
from cxdesk.storage.store import UNDO_DEPTH, Store
from tests.conftest import Mint
from tests.looking import derived, local, operations, shared

MINJI = Customer("c1", "김민지", Language.KO)


def note(stamp: Stamp, body: str = "메모") -> Change:
    return Change("remember", (insert(Note(stamp.mint(), "c1", body, stamp.at)),))


# -- the file


def test_a_new_folder_and_its_files_are_closed_to_everybody_else(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "desk"
    with Store.open(folder) as store:
        store.remember("x", "1")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {"desk.db", "desk.db-wal", "desk.lock"} <= set(modes)
        assert set(modes.values()) == {0o600}


def test_a_file_that_was_open_to_others_is_closed_when_the_desk_opens(folder: Path) -> None:
    folder.chmod(0o755)
    (folder / "desk.db").chmod(0o644)
    with Store.open(folder):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "desk.db").stat().st_mode) == 0o600


def test_every_commit_is_on_the_disk_before_it_is_acknowledged(store: Store) -> None:
    assert store.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert store.db.execute("PRAGMA synchronous").fetchone() == (2,)
    assert store.db.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_a_reader_may_look_while_a_writer_works_and_cannot_write(store: Store, stamp: Stamp) -> None:
    store.commit(Change("new", (insert(MINJI),)), stamp)
    with Store.open(store.path.parent, write=False) as reader:
        assert shared(reader.db) == shared(store.db)
        with pytest.raises(Fault, match="read_only"):
            reader.commit(note(stamp), stamp)
        store.commit(note(stamp), stamp)
        assert shared(reader.db) == shared(store.db)


def test_a_connection_for_another_thread_sees_what_is_committed_and_cannot_write(store: Store, stamp: Stamp) -> None:
    second = store.reader()
    store.commit(Change("new", (insert(MINJI),)), stamp)
    assert second.execute("SELECT name FROM customer").fetchone() == ("김민지",)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        second.execute("DELETE FROM customer")
    second.close()


def test_what_this_machine_remembers_is_kept_over_a_restart(folder: Path) -> None:
    with Store.open(folder) as store:
        store.remember("ticket", "t1")
        store.remember("ticket", "t2")
        store.remember("theme", "light")
        store.remember("theme", None)
    with Store.open(folder) as store:
        assert store.recall("ticket") == "t2"
        assert store.recall("theme") is None


def test_closing_twice_does_nothing(folder: Path) -> None:
    store = Store.open(folder)
    store.close()
    store.close()


# -- one transaction


def whole(store: Store) -> tuple[object, ...]:
    """Everything a commit may move."""
    log = store.db.execute("SELECT * FROM change_log").fetchall()
    clocks = store.db.execute("SELECT * FROM field_clock").fetchall()
    return shared(store.db), derived(store.db), operations(store.db), local(store.db), log, clocks


def test_a_change_brings_rows_search_rows_operations_and_the_way_back(store: Store, stamp: Stamp) -> None:
    store.commit(Change("new", (insert(MINJI), *note(stamp, "포장이 예쁘다고 하심").edits)), stamp)
    assert len(shared(store.db)) == 2
    assert ("nㄱㅣㅁㅁㅣㄴㅈㅣ", "c1", 0) in derived(store.db)["keys"]
    assert len(derived(store.db)["texts"]) == 1
    assert [op["k"] for op in operations(store.db)] == ["set", "append"]
    assert store.db.execute("SELECT verb, undone FROM change_log").fetchall() == [("new", 0)]


@pytest.mark.parametrize("broken", ["duplicate id", "stale row", "no such column", "no such table"])
def test_a_failure_in_the_middle_leaves_everything_as_it_was(store: Store, stamp: Stamp, broken: str) -> None:
    store.commit(Change("new", (insert(MINJI),)), stamp)
    before = whole(store)
    good = note(stamp).edits
    faulty: dict[str, Edit] = {
        "duplicate id": insert(MINJI),
        "stale row": Update("customer", "c1", {"name": "이서준"}, {"name": "x"}),
        "no such column": Update("customer", "c1", {"nam": None}, {"nam": "x"}),
        "no such table": Insert("customers", {"id": "x"}),
    }
    bad = faulty[broken]
    with pytest.raises((Fault, KeyError)):
        store.commit(Change("bad", (*good, bad, *note(stamp).edits)), stamp)
    assert whole(store) == before
    assert not store.db.in_transaction
    store.commit(Change("remember", good), stamp)


def test_a_failure_of_what_goes_with_a_change_takes_the_change_back(store: Store, stamp: Stamp) -> None:
    before = whole(store)

    def fail(db: sqlite3.Connection, change: Change) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.commit(Change("new", (insert(MINJI),)), stamp, beside=fail)
    assert whole(store) == before


def test_being_interrupted_inside_a_transaction_takes_it_back(store: Store) -> None:
    def interrupted() -> None:
        with store.transaction() as db:
            db.execute("INSERT INTO local VALUES ('x', '1')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert store.recall("x") is None


def test_an_act_during_somebody_elses_transaction_is_refused_and_harms_neither(store: Store, stamp: Stamp) -> None:
    with store.transaction() as db:
        db.execute("INSERT INTO local VALUES ('import', 'under way')")
        with pytest.raises(Fault, match="busy"):
            store.commit(Change("new", (insert(MINJI),)), stamp)
        with pytest.raises(Fault, match="busy"):
            store.undo(stamp)
    assert not store.busy
    assert store.recall("import") == "under way"
    assert shared(store.db) == {}
    store.commit(Change("new", (insert(MINJI),)), stamp)


def test_an_empty_change_is_not_even_noted(store: Store, stamp: Stamp) -> None:
    before = whole(store)
    store.commit(Change("nothing", ()), stamp)
    assert whole(store) == before


@pytest.mark.parametrize("edit", [alter(MINJI, Customer("c1", "김민서", Language.KO))[0], remove(MINJI)])
def test_a_row_that_changed_since_it_was_seen_is_not_overwritten(store: Store, stamp: Stamp, edit: Update) -> None:
    store.commit(Change("new", (insert(Customer("c1", "최유진", Language.KO)),)), stamp)
    with pytest.raises(Stale) as stale:
        store.commit(Change("late", (edit,)), stamp)
    assert (stale.value.code, stale.value.values) == ("stale", {"kind": "customer", "id": "c1"})


def test_a_removal_needs_the_whole_row_to_be_what_was_seen(store: Store, stamp: Stamp) -> None:
    store.commit(Change("new", (insert(MINJI),)), stamp)
    row: Row = as_row(MINJI)
    store.commit(Change("x", (alter(MINJI, Customer("c1", "김민지", Language.KO, "서울"))[0],)), stamp)
    with pytest.raises(Stale):
        store.commit(Change("late", (Insert("customer", row).inverse(),)), stamp)


# -- undo


def settings(count: int, store: Store, stamp: Stamp) -> None:
    for number in range(count):
        store.commit(Change("choose", (insert(Setting(f"s{number:02}", "1")),)), stamp)


def names(store: Store) -> list[str]:
    return [row[0] for row in store.db.execute("SELECT id FROM setting ORDER BY id")]


def test_undo_is_twenty_deep_and_no_deeper(store: Store, stamp: Stamp) -> None:
    settings(UNDO_DEPTH + 3, store, stamp)
    undone = [store.undo(stamp) for _ in range(UNDO_DEPTH)]
    assert UNDO_DEPTH == 20
    assert all(undone)
    assert store.undo(stamp) is None
    assert names(store) == ["s00", "s01", "s02"]


def test_undo_goes_on_after_the_file_was_closed_and_opened_again(folder: Path, stamp: Stamp) -> None:
    with Store.open(folder) as store:
        settings(3, store, stamp)
        store.undo(stamp)
    with Store.open(folder) as store:
        store.undo(stamp)
        assert names(store) == ["s00"]


def test_undo_takes_back_ones_own_acts_only(store: Store, mint: Mint) -> None:
    mine, theirs = Stamp(1, "a1", mint), Stamp(1, "a2", mint)
    store.commit(Change("choose", (insert(Setting("mine", "1")),)), mine)
    store.commit(Change("choose", (insert(Setting("theirs", "1")),)), theirs)
    assert store.undo(mine)
    assert names(store) == ["theirs"]
    assert store.undo(mine) is None


def test_an_act_that_cannot_be_undone_does_not_stand_in_the_way(store: Store, stamp: Stamp) -> None:
    settings(1, store, stamp)
    store.commit(Change("hear", (insert(Setting("heard", "1")),)), stamp, undoable=False)
    assert store.undo(stamp)
    assert names(store) == ["heard"]


def test_a_stale_undo_changes_nothing(store: Store, stamp: Stamp) -> None:
    store.commit(Change("new", (insert(MINJI),)), stamp)
    renamed = alter(MINJI, Customer("c1", "김민서", Language.KO))
    store.commit(Change("rename", renamed), stamp)
    again = alter(Customer("c1", "김민서", Language.KO), Customer("c1", "김민수", Language.KO))
    store.commit(Change("elsewhere", again), stamp, undoable=False)
    before = whole(store)
    with pytest.raises(Stale):
        store.undo(stamp)
    assert whole(store) == before


def test_undo_tells_the_other_desks_too(store: Store, stamp: Stamp) -> None:
    settings(1, store, stamp)
    store.undo(stamp)
    assert [(op["n"], op["k"]) for op in operations(store.db)] == [(1, "set"), (2, "del")]


# -- killed in the middle

WRITER = """
import sys
from pathlib import Path
from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.records import Customer, Message, Note
from cxdesk.domain.words import Language, MessageKind
from cxdesk.places import mint, now
from cxdesk.storage.store import Store

with Store.open(Path(sys.argv[1])) as store:
    while True:
        made, stamp = mint(), Stamp(now(), None, mint)
        store.commit(Change("new", (
            insert(Customer(made, "김민지", Language.KO)),
            insert(Note(mint(), made, "포장이 예쁘다고 하심", stamp.at)),
            insert(Message(mint(), made, MessageKind.NOTE, "환불 요청", stamp.at)),
        )), stamp)
        print(made, flush=True)
"""


def test_a_desk_killed_in_the_middle_of_work_has_every_act_it_acknowledged(folder: Path) -> None:
    rng = random.Random(7)
    acknowledged: list[str] = []
    for _ in range(15):
        with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout is not None
            acknowledged += [writer.stdout.readline().strip() for _ in range(rng.randrange(1, 25))]
            os.kill(writer.pid, signal.SIGKILL)
            acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
    with Store.open(folder) as store:
        kept = {row[0] for row in store.db.execute("SELECT id FROM customer")}
        assert acknowledged
        assert all(len(key) == 36 for key in acknowledged)
        assert kept >= set(acknowledged)
        assert len(kept) <= len(acknowledged) + 15, "at most the one act that was under way at each kill"
        assert check.faults(store.db) == []
        found = derived(store.db)
        with store.transaction() as db:
            check.rebuild(db)
        assert derived(store.db) == found
        for table in ("note", "message"):
            assert store.db.execute(f"SELECT count(*) FROM {table}").fetchone() == (len(kept),)  # noqa: S608
        numbers = [op["n"] for op in operations(store.db)]
        assert numbers == list(range(1, 3 * len(kept) + 1))
        assert local(store.db)["number"] == str(3 * len(kept))


def test_a_message_is_forgotten_by_search_when_it_goes(store: Store, stamp: Stamp) -> None:
    empty = derived(store.db)
    said = Message("m1", "t1", MessageKind.REPLY, "환불해 드리겠습니다", 5)
    store.commit(Change("reply", (insert(said),)), stamp)
    assert derived(store.db) != empty
    store.undo(stamp)
    assert derived(store.db) == empty
