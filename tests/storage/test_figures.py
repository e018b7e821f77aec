"""Figures kept along the way are the figures counted at the end, whatever happened in between."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxdesk.domain.changes import Change, Edit, Stamp, alter, insert, remove
from cxdesk.domain.moments import DAY, HOUR
from cxdesk.domain.records import Feedback, FollowUp, Message, Quote, Record, Ticket
from cxdesk.domain.words import Channel, Emotion, MessageKind, PromiseState, Segment, Status, Topic
from cxdesk.storage import figures
from cxdesk.storage.store import Store
from tests.conftest import START, Mint
from tests.looking import derived

MOMENTS = st.integers(0, 40).map(lambda half: START + half * DAY // 2)
WHO = st.sampled_from(["c1", "c2", None])


@st.composite
def contacts(draw: st.DrawFn) -> Ticket:
    came = draw(MOMENTS)
    status = draw(st.sampled_from(list(Status)))
    ended = status is Status.RESOLVED
    return Ticket(
        draw(st.sampled_from(["t1", "t2", "t3", "t4"])),
        1,
        draw(st.sampled_from([Channel.PHONE, Channel.MAIL])),
        came,
        came,
        came,
        draw(WHO),
        draw(st.sampled_from([Topic.DELIVERY, Topic.PRICE])),
        segment=draw(st.sampled_from([None, Segment.NEW, Segment.VIP])),
        status=status,
        emotion=draw(st.sampled_from([None, Emotion.ANGER])),
        feeling_after=Emotion.GRATITUDE if ended else None,
        taken_at=came + HOUR if ended or status is Status.ACTIVE else None,
        resolved_at=came + 2 * HOUR if ended else None,
        abandoned_at=came + HOUR if status is Status.ABANDONED else None,
    )


others = st.one_of(
    st.builds(
        Feedback,
        id=st.sampled_from(["b1", "b2"]),
        customer_id=WHO,
        ticket_id=st.sampled_from(["t1", "t2", None]),
        scale=st.sampled_from(["csat", "nps"]),
        value=st.integers(0, 5),
        at=MOMENTS,
    ),
    st.builds(
        FollowUp,
        id=st.sampled_from(["f1", "f2"]),
        customer_id=WHO,
        ticket_id=st.none(),
        what=st.just("전화"),
        due_at=MOMENTS,
        made_at=MOMENTS,
        state=st.sampled_from(list(PromiseState)),
        done_at=st.none() | MOMENTS,
    ),
    st.builds(
        Quote,
        id=st.sampled_from(["q1", "q2"]),
        ticket_id=st.just("t1"),
        customer_id=WHO,
        low=st.just(60),
        expected=st.just(90),
        high=st.just(120),
        method=st.just("ok"),
        basis=st.just(9),
        told_at=MOMENTS,
        sentence=st.just(""),
        waited=st.none() | st.integers(0, 300),
    ),
    st.builds(
        Message,
        id=st.sampled_from(["m1", "m2"]),
        ticket_id=st.just("t1"),
        kind=st.just(MessageKind.EVENT),
        body=st.sampled_from(['{"code":"reopened"}', '{"code":"taken"}']),
        at=MOMENTS,
    ),
)
acts = st.lists(st.lists(st.tuples(st.one_of(contacts(), others), st.booleans()), min_size=1, max_size=4), max_size=6)


@pytest.fixture
def quick(store: Store) -> Store:
    """A file that does not wait for the disk."""
    store.db.execute("PRAGMA synchronous = OFF")
    return store


def edits_of(known: dict[str, Any], wanted: Record, *, gone: bool) -> tuple[Edit, ...]:
    """Make a row, change it, or take it away; an entry of a conversation never changes."""
    old = known.pop(wanted.id, None)
    if old is not None and (gone or isinstance(wanted, Message)):
        return (remove(old),)
    known[wanted.id] = wanted
    return alter(old, wanted) if old is not None else (insert(wanted),)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_kept_figures_are_always_what_counting_again_gives(quick: Store, acts: list[list[tuple[Record, bool]]]) -> None:
    mint = Mint()
    with quick.transaction() as db:
        for table in ("ticket", "feedback", "follow_up", "quote", "message", "figure", "change_log"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608
    known: dict[str, Any] = {}
    for number, act in enumerate(acts):
        once = {wanted.id: (wanted, gone) for wanted, gone in act}  # an act edits a row once
        edits = tuple(edit for wanted, gone in once.values() for edit in edits_of(known, wanted, gone=gone))
        quick.commit(Change("any", edits), Stamp(number, None, mint))
    kept = derived(quick.db)["figures"]
    with quick.transaction() as db:
        figures.rebuild(db)
    assert derived(quick.db)["figures"] == kept
    while quick.undo(Stamp(99, None, mint)):
        pass
    assert derived(quick.db)["figures"] == []


def test_an_edit_that_no_figure_is_made_of_reads_and_writes_none(quick: Store, stamp: Stamp) -> None:
    ticket = Ticket("t1", 1, Channel.PHONE, START, START, START)
    quick.commit(Change("new", (insert(ticket),)), stamp)
    ran: list[str] = []
    quick.db.set_trace_callback(ran.append)
    quick.commit(Change("assign", alter(ticket, replace(ticket, assignee="a1", rank_at=5))), stamp)
    quick.db.set_trace_callback(None)
    assert not [sql for sql in ran if "figure" in sql]


def test_a_desk_opened_in_another_zone_first_counts_by_that_zone(quick: Store, stamp: Stamp) -> None:
    quick.zone = "America/New_York"
    quick.commit(Change("new", (insert(Ticket("t1", 1, Channel.PHONE, START, START, START)),)), stamp)
    assert figures.made_by(quick.db) == figures.made_for("America/New_York")
    quick.zone = "Asia/Seoul"  # a changed setting does not mix two calendars
    quick.commit(Change("new", (insert(Ticket("t2", 2, Channel.PHONE, START, START, START)),)), stamp)
    assert figures.made_by(quick.db)[0] == "America/New_York"
    days = quick.db.execute("SELECT DISTINCT span FROM figure WHERE level = 'day' AND kind = 'arrived'").fetchall()
    assert len(days) == 1
