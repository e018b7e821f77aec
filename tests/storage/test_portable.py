import json
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.storage import check, portable
from cxdesk.storage.faults import Fault
from cxdesk.storage.rows import RECORDS, columns
from cxdesk.storage.store import Store
from cxdesk.storage.tables import SHARED

TABLES = [str(table.__tablename__) for table in SHARED]
HOSTILE = [
    *("", "\\N", "\\", "'", "''", "=1+1", "+82 10", "-5", "@SUM", "\ttab", "\rreturn", "＝1", "a\r\nb", '"', ",", "\0"),
    *("\u2028", "\ufeffx", "NULL", "\x1b[31m", "뷁똠펲", "a\nb", "'=1", "\\'x", " ", "\x85", "\x1c"),
]

texts = st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
whole = st.integers(-(2**63), 2**63 - 1)


def types_of(table: str) -> dict[str, tuple[type, bool]]:
    metadata = SHARED[0].metadata.tables[table]
    return {c.name: (int if c.type.python_type is int else str, bool(c.nullable)) for c in metadata.columns}


def value(kind: type, nullable: bool) -> st.SearchStrategy[Any]:
    plain: st.SearchStrategy[Any] = whole if kind is int else texts
    return st.none() | plain if nullable else plain


def a_row(table: str) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({name: value(kind, null) for name, (kind, null) in types_of(table).items()})


@st.composite
def desks(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {}
    for table in draw(st.lists(st.sampled_from(TABLES), unique=True, min_size=1, max_size=4)):
        rows[table] = draw(st.lists(a_row(table), max_size=4, unique_by=lambda row: row["id"]))
        for number, row in enumerate(rows[table]):
            if table == "purchase":  # money adds up within 64 bits, and the key is unique
                row |= {"amount": row["amount"] % 10**9, "external_id": f"{row['external_id']}{number}"}
    return rows


def fill(store: Store, rows: dict[str, list[dict[str, Any]]]) -> None:
    with store.transaction() as db:
        for table, of_table in rows.items():
            names = columns(table)
            marks = ", ".join("?" * len(names))
            sql = f"INSERT INTO {table} VALUES ({marks})"  # noqa: S608
            db.executemany(sql, [[row[n] for n in names] for row in of_table])
        check.rebuild(db)


def everything(db: sqlite3.Connection, tables: list[str] | None = None) -> dict[str, list[tuple[Any, ...]]]:
    names = tables or [*TABLES, "search_key", "customer_summary", "text_row"]
    return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blank")
    with Store.open(folder) as store:
        store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return store.path


def desk_in(folder: Path, blank: Path) -> Store:
    folder.mkdir()
    (folder / "desk.db").write_bytes(blank.read_bytes())
    return Store.open(folder)


@pytest.fixture(scope="module")
def two_desks(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    folder = tmp_path_factory.mktemp("two")
    with desk_in(folder / "old", blank) as old, desk_in(folder / "new", blank) as new:
        for store in (old, new):
            store.db.execute("PRAGMA synchronous = OFF")
        yield old, new


@pytest.mark.parametrize("form", portable.FORMS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=desks())
def test_every_row_comes_back_as_it_was(
    two_desks: tuple[Store, Store], form: str, rows: dict[str, list[dict[str, Any]]]
) -> None:
    old, new = two_desks
    for store in two_desks:
        for table in TABLES:
            store.db.execute(f"DELETE FROM {table}")  # noqa: S608
    fill(old, rows)
    with tempfile.TemporaryDirectory() as folder:
        counts = portable.export_desk(old.db, Path(folder), form)
        assert portable.import_desk(new, Path(folder)) == counts
    assert everything(old.db) == everything(new.db)


@given(texts)
def test_a_marked_cell_is_read_back_and_never_a_formula(text: str) -> None:
    cell = portable.marked(text)
    assert portable.unmarked(cell) == text
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"}
    assert cell != portable.marked(None)


def test_null_and_the_empty_text_differ() -> None:
    assert portable.unmarked(portable.marked(None)) is None
    assert portable.unmarked(portable.marked("")) == ""


@pytest.fixture
def exported(tmp_path: Path, blank: Path) -> Path:
    with desk_in(tmp_path / "old", blank) as store:
        fill(store, {"agent": [{"id": "a", "name": "이서준", "created_at": 1, "active": 1}]})
        portable.export_desk(store.db, tmp_path / "out", "csv")
    return tmp_path / "out"


def test_an_export_can_be_read_by_its_owner_only(exported: Path) -> None:
    assert {path.stat().st_mode & 0o077 for path in exported.iterdir()} == {0}
    assert {path.stem for path in exported.iterdir()} == {*RECORDS, "desk"}


def test_an_export_is_never_written_over(exported: Path, tmp_path: Path, blank: Path) -> None:
    with desk_in(tmp_path / "again", blank) as store, pytest.raises(Fault, match="export_exists"):
        portable.export_desk(store.db, exported)


def test_a_desk_with_rows_takes_no_export(exported: Path, tmp_path: Path, blank: Path) -> None:
    with desk_in(tmp_path / "new", blank) as store:
        portable.import_desk(store, exported)
        with pytest.raises(Fault, match="desk_not_empty"):
            portable.import_desk(store, exported)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda folder: (folder / "desk.json").unlink(), "no_export"),
        (lambda folder: (folder / "desk.json").write_text("{"), "bad_export"),
        (lambda folder: (folder / "agent.csv").unlink(), "bad_export"),
        (lambda folder: (folder / "agent.csv").write_text("id,name\n"), "bad_export"),
        (lambda folder: (folder / "agent.csv").write_text("id,name,created_at,active\n"), "bad_export"),
        (lambda folder: (folder / "agent.csv").write_text("id,name,created_at,active\na,b,x,1\n"), "bad_export"),
        (lambda folder: (folder / "agent.csv").write_text("id,name,created_at,active\na,b,1\n"), "bad_export"),
        (lambda folder: (folder / "agent.csv").write_text("id,name,created_at,active\n\\N,b,1,\\N\n"), "bad_export"),
        (lambda folder: (folder / "agent.csv").write_bytes(b"\xff\xfe"), "bad_export"),
        (
            lambda folder: (folder / "desk.json").write_text(json.dumps({"cxdesk": 999, "form": "csv", "rows": {}})),
            "newer_file",
        ),
    ],
)
def test_a_spoilt_export_leaves_the_desk_empty(
    exported: Path, tmp_path: Path, blank: Path, spoil: Any, code: str
) -> None:
    spoil(exported)
    with desk_in(tmp_path / "new", blank) as store:
        with pytest.raises(Fault) as refused:
            portable.import_desk(store, exported)
        assert refused.value.code == code
        assert not any(everything(store.db, TABLES).values())
