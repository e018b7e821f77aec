"""Whose a row is, and what is left of it when they are forgotten."""

import pytest

from cxdesk.domain.records import Feedback, Purchase, Quote, Record, Ticket
from cxdesk.protocol.erasing import OWNER_FIELDS, blank, owners, persons_rows, survives
from cxdesk.storage.rows import RECORDS, columns

KEEPERS = {"purchase", "ticket", "quote", "feedback"}


def test_only_trade_and_the_desks_own_work_leave_anything() -> None:
    assert {kind for kind in RECORDS if any(survives(kind, name) for name in columns(kind))} == KEEPERS


@pytest.mark.parametrize(
    ("record", "gone"),
    [
        (Purchase, {"id", "customer_id"}),
        (Ticket, {"id", "customer_id", "subject", "segment", "emotion", "feeling_after", "heard"}),
        (Quote, {"id", "customer_id", "sentence"}),
        (Feedback, {"id", "customer_id", "comment"}),
    ],
)
def test_what_a_row_loses_with_its_person(record: type[Record], gone: set[str]) -> None:
    kind = next(kind for kind, known in RECORDS.items() if known is record)
    assert {name for name in columns(kind) if not survives(kind, name)} >= gone
    assert not any(name in OWNER_FIELDS and OWNER_FIELDS[name] == "customer" for name in kept(kind))


def kept(kind: str) -> list[str]:
    return [name for name in columns(kind) if survives(kind, name)]


def test_a_column_that_may_not_be_empty_gets_an_empty_text() -> None:
    assert (blank("ticket", "subject"), blank("quote", "sentence"), blank("feedback", "comment")) == ("", "", "")
    assert blank("ticket", "customer_id") is None


def test_a_table_nobody_heard_of_keeps_nothing() -> None:
    assert not survives("hologram", "shape")


@pytest.mark.parametrize(
    ("ent", "f", "whose"),
    [
        ("note", {"customer_id": "c1", "ticket_id": "t1"}, [("customer", "c1")]),
        ("note", {"customer_id": None, "ticket_id": "t1"}, [("ticket", "t1")]),
        ("message", {"ticket_id": "t1"}, [("ticket", "t1")]),
        ("apart", {"one_id": "c1", "other_id": "c2"}, [("customer", "c1"), ("customer", "c2")]),
        ("merge_row", {"merge_id": "m1", "ent": "note", "ent_id": "n1"}, [("merge", "m1")]),
        ("conflict", {"ent": "note", "ent_id": "n1"}, [("note", "n1")]),
        ("setting", {"value": "1"}, []),
    ],
)
def test_whose_a_row_is(ent: str, f: dict[str, str], whose: list[tuple[str, str]]) -> None:
    assert list(owners(ent, f)) == whose


def test_the_rows_of_a_person_are_found_from_row_to_row() -> None:
    rows: dict[tuple[str, str], dict[str, str]] = {
        ("customer", "c1"): {"merged_into": "c2"},
        ("customer", "c2"): {},
        ("customer", "c3"): {},
        ("ticket", "t1"): {"customer_id": "c2"},
        ("message", "m1"): {"ticket_id": "t1"},
        ("note", "n1"): {"customer_id": "c3", "ticket_id": "t1"},
        ("conflict", "x1"): {"ent": "message", "ent_id": "m1"},
        ("hologram", "h1"): {"customer_id": "c1"},
    }

    def naming(name: str, value: str) -> list[tuple[str, str]]:
        return [key for key, f in rows.items() if f.get(name) == value]

    found = persons_rows("c1", lambda key: rows.get(key, {}), naming)
    assert found[0] == ("customer", "c1")
    assert set(rows) - set(found) == {("customer", "c3"), ("note", "n1")}


def test_two_entries_merged_into_each_other_are_found_once() -> None:
    rows = {("customer", "c1"): {"merged_into": "c2"}, ("customer", "c2"): {"merged_into": "c1"}}

    def naming(name: str, value: str) -> list[tuple[str, str]]:
        return [key for key, f in rows.items() if f.get(name) == value]

    assert sorted(persons_rows("c1", lambda key: rows[key], naming)) == sorted(rows)
