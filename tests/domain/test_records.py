import sqlite3
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.records import Customer, Record, Ticket, as_row, from_row
from cxdesk.domain.words import Channel, Emotion, Language, Segment, Status
from cxdesk.storage.rows import RECORDS
from tests.domain.test_changes import records

any_record = st.one_of(*(records(kind) for kind in RECORDS.values()))


@given(any_record)
def test_a_record_read_back_from_its_row_is_equal(record: Record) -> None:
    back = from_row(type(record), as_row(record))
    assert back == record
    for field in fields(record):
        assert type(getattr(back, field.name)) is type(getattr(record, field.name)), field.name


@given(any_record)
def test_a_row_holds_only_what_the_file_can_hold(record: Record) -> None:
    assert {type(value) for value in as_row(record).values()} <= {str, int, type(None)}


def test_words_are_stored_as_their_text() -> None:
    row = as_row(Ticket("t1", 1, Channel.PHONE, 0, 0, 0, segment=Segment.AT_RISK, hold_for_reply=True))
    assert (row["channel"], row["segment"], row["hold_for_reply"], row["emotion"]) == ("phone", "at_risk", 1, None)


def test_a_word_outside_its_vocabulary_is_refused() -> None:
    row = as_row(Ticket("t1", 1, Channel.PHONE, 0, 0, 0))
    with pytest.raises(ValueError, match="'telex' is not a valid Channel"):
        from_row(Ticket, row | {"channel": "telex"})


def test_a_ticket_from_the_file_speaks_in_words_again() -> None:
    row = as_row(Ticket("t1", 1, Channel.CHAT, 0, 0, 0, emotion=Emotion.ANGER, status=Status.PENDING))
    ticket = from_row(Ticket, row)
    assert ticket.channel is Channel.CHAT
    assert ticket.emotion is Emotion.ANGER
    assert ticket.status is Status.PENDING
    assert ticket.hold_for_reply is False


def test_a_record_cannot_be_changed_in_place() -> None:
    customer = Customer("c1", "김민지", Language.KO)
    with pytest.raises(AttributeError):
        customer.name = "이서준"  # type: ignore[misc]


def test_every_column_of_a_record_is_a_column_of_its_table(store_tables: dict[str, list[str]]) -> None:
    assert {name: [field.name for field in fields(kind)] for name, kind in RECORDS.items()} == store_tables


@pytest.fixture
def store_tables(blank: str) -> dict[str, list[str]]:
    """Table → columns as the file has them."""
    db = sqlite3.connect(blank)
    try:
        return {name: [row[1] for row in db.execute(f"PRAGMA table_info({name})")] for name in RECORDS}
    finally:
        db.close()
