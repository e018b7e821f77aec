import json
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from cxdesk.domain import tickets
from cxdesk.domain.changes import Change, Edit, Insert, Stamp, Update
from cxdesk.domain.order import Credits
from cxdesk.domain.records import Message, Quote, Tag, Ticket, from_row
from cxdesk.domain.tickets import MOVES, NotAllowed, move
from cxdesk.domain.words import Channel, Emotion, MessageKind, Priority, Segment, Stage, Status, Topic

MINUTE = 60_000
TICKET = Ticket("t1", 1042, Channel.PHONE, 0, 0, 0, segment=Segment.VIP)


@pytest.fixture
def now(stamp: Stamp) -> Stamp:
    return Stamp(10 * MINUTE, "a1", stamp.mint)


def standing(status: Status) -> Ticket:
    """The ticket in a state, with the columns that belong to it."""
    match status:
        case Status.ACTIVE:
            return replace(TICKET, status=status, assignee="a9", taken_at=MINUTE)
        case Status.PENDING:
            return replace(TICKET, status=status, assignee="a9", taken_at=MINUTE, hold_until=20 * MINUTE)
        case Status.RESOLVED:
            return replace(TICKET, status=status, assignee="a9", taken_at=MINUTE, resolved_at=2 * MINUTE)
        case Status.ABANDONED:
            return replace(TICKET, status=status, abandoned_at=MINUTE)
    return TICKET


def after(ticket: Ticket, edits: tuple[Edit, ...]) -> Ticket:
    """The ticket once the edits have been carried out."""
    row = {name: getattr(ticket, name) for name in Ticket.__dataclass_fields__}
    for edit in edits:
        if isinstance(edit, Update) and edit.kind == "ticket":
            row |= edit.after
    return from_row(Ticket, row)


def messages(edits: tuple[Edit, ...]) -> list[Message]:
    return [from_row(Message, edit.row) for edit in edits if isinstance(edit, Insert) and edit.kind == "message"]


def codes(edits: tuple[Edit, ...]) -> list[str]:
    return [json.loads(m.body)["code"] for m in messages(edits) if m.kind is MessageKind.EVENT]


# -- the table of moves


@pytest.mark.parametrize(("before", "to"), list(product(Status, Status)), ids=str)
def test_every_pair_of_states_moves_by_the_table_or_not_at_all(before: Status, to: Status, now: Stamp) -> None:
    ticket = standing(before)
    if to in MOVES[before]:
        assert move(ticket, to, now).status is to
    else:
        with pytest.raises(NotAllowed, match=f"^{before} -> {to}$") as refusal:
            move(ticket, to, now)
        assert (refusal.value.ticket, refusal.value.to) == (ticket, to)


def test_the_table_is_the_one_of_the_design() -> None:
    assert {(str(a), str(b)) for a, ends in MOVES.items() for b in ends} == {
        ("waiting", "active"),
        ("active", "pending"),
        ("pending", "active"),
        ("active", "resolved"),
        ("resolved", "waiting"),
        ("waiting", "abandoned"),
    }


def test_a_ticket_that_is_taken_has_an_agent_and_a_time(now: Stamp) -> None:
    taken = move(TICKET, Status.ACTIVE, now)
    assert (taken.assignee, taken.taken_at) == ("a1", 10 * MINUTE)


def test_a_ticket_taken_by_nobody_in_particular_keeps_its_agent(now: Stamp) -> None:
    promised = replace(TICKET, assignee="a9")
    assert move(promised, Status.ACTIVE, Stamp(1, None, now.mint)).assignee == "a9"


def test_coming_back_from_hold_does_not_restart_the_service(now: Stamp) -> None:
    back = move(standing(Status.PENDING), Status.ACTIVE, now)
    assert (back.taken_at, back.hold_until, back.hold_for_reply) == (MINUTE, None, False)


def test_a_reopened_ticket_waits_from_now_and_forgets_the_first_round(now: Stamp) -> None:
    old = replace(
        standing(Status.RESOLVED),
        quoted_from=1,
        quoted_until=2,
        feeling_after=Emotion.GRATITUDE,
        stage=Stage.CLOSE,
    )
    ticket = after(old, tickets.reopen(old, now, Credits()))
    assert (ticket.status, ticket.waiting_since, ticket.arrived_at) == (Status.WAITING, now.at, 0)
    assert (ticket.resolved_at, ticket.taken_at, ticket.assignee, ticket.feeling_after) == (None, None, None, None)
    assert (ticket.quoted_from, ticket.quoted_until) == (None, None)
    assert ticket.stage is Stage.LISTEN
    assert ticket.rank_at == now.at - 120_000


# -- verbs


def test_a_contact_with_words_arrives_with_them(now: Stamp) -> None:
    edits = tickets.arrive(TICKET, now, "일주일째 안 와요")
    assert [m.kind for m in messages(edits)] == [MessageKind.CUSTOMER]
    assert messages(edits)[0].agent_id is None
    assert len(tickets.arrive(TICKET, now)) == 1


@pytest.mark.parametrize("status", [Status.WAITING, Status.ACTIVE, Status.PENDING])
def test_resolving_takes_a_ticket_first_where_it_must(status: Status, now: Stamp) -> None:
    ticket = standing(status)
    edits = tickets.resolve(ticket, now)
    done = after(ticket, edits)
    assert (done.status, done.resolved_at) == (Status.RESOLVED, now.at)
    assert done.taken_at is not None
    assert codes(edits) == ["resolved"]
    assert sum(isinstance(edit, Update) for edit in edits) == 1, "one act, one edit of the ticket"


def test_the_feeling_at_the_end_belongs_to_resolving(now: Stamp) -> None:
    ticket = standing(Status.ACTIVE)
    assert after(ticket, tickets.resolve(ticket, now, Emotion.GRATITUDE)).feeling_after is Emotion.GRATITUDE


Verb = Callable[[Ticket, Stamp], tuple[Edit, ...]]
FROM_THE_QUEUE: dict[str, Verb] = {
    "resolve": tickets.resolve,
    "hold": lambda ticket, stamp: tickets.hold(ticket, stamp, None),
    "take": tickets.take,
    "abandon": tickets.abandon,
}


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.ABANDONED])
@pytest.mark.parametrize("verb", FROM_THE_QUEUE)
def test_what_is_over_cannot_be_resolved_held_or_taken(verb: str, status: Status, now: Stamp) -> None:
    with pytest.raises(NotAllowed):
        FROM_THE_QUEUE[verb](standing(status), now)


@pytest.mark.parametrize("status", [Status.WAITING, Status.ACTIVE, Status.PENDING])
@pytest.mark.parametrize(("until", "for_reply"), [(30 * MINUTE, False), (None, True)])
def test_a_hold_is_until_a_time_or_until_a_reply(
    status: Status, until: int | None, for_reply: bool, now: Stamp
) -> None:
    ticket = standing(status)
    held = after(ticket, tickets.hold(ticket, now, until))
    assert (held.status, held.hold_until, held.hold_for_reply) == (Status.PENDING, until, for_reply)


def test_a_customer_who_replies_wakes_a_ticket_held_for_it(now: Stamp) -> None:
    held = replace(standing(Status.PENDING), hold_until=None, hold_for_reply=True)
    edits = tickets.hear(held, now, "사진 보냈어요")
    woken = after(held, edits)
    assert (woken.status, woken.assignee, woken.hold_for_reply) == (Status.ACTIVE, "a9", False)
    assert codes(edits) == ["woken"]


def test_a_customer_who_replies_early_does_not_cut_a_timed_hold_short(now: Stamp) -> None:
    assert tickets.hear(standing(Status.PENDING), now, "아직인가요")[1:] == ()


def test_a_woken_ticket_goes_back_to_whoever_held_it(now: Stamp) -> None:
    held = standing(Status.PENDING)
    assert after(held, tickets.wake(held, now)).assignee == "a9"


@pytest.mark.parametrize("status", [Status.WAITING, Status.PENDING])
def test_answering_a_waiting_or_held_customer_takes_the_ticket(status: Status, now: Stamp) -> None:
    ticket = standing(status)
    edits = tickets.say(ticket, now, MessageKind.REPLY, "네", "greet.1")
    assert after(ticket, edits).status is Status.ACTIVE
    assert messages(edits)[-1].script_id == "greet.1"


@pytest.mark.parametrize("status", list(Status))
def test_a_note_moves_nothing(status: Status, now: Stamp) -> None:
    ticket = standing(status)
    edits = tickets.say(ticket, now, MessageKind.NOTE, "송장 조회")
    assert after(ticket, edits) == ticket
    assert [m.agent_id for m in messages(edits)] == ["a1"]


@pytest.mark.parametrize(
    ("emotion", "asked", "level"),
    [(Emotion.ANGER, 9, 3), (Emotion.ANGER, 0, 1), (Emotion.ANGER, 2, 2), (Emotion.NEUTRAL, 3, 0), (None, 2, 0)],
)
def test_a_feeling_has_a_strength_from_one_to_three_and_calm_has_none(
    emotion: Emotion | None, asked: int, level: int
) -> None:
    ticket = replace(TICKET, emotion=Emotion.CONFUSION, intensity=1)
    felt = after(ticket, tickets.feel(ticket, emotion, asked, Credits()))
    assert (felt.emotion, felt.intensity) == (emotion, level)


def test_the_stage_bar_stops_at_both_ends() -> None:
    assert tickets.stage(TICKET, -1) == ()
    assert after(TICKET, tickets.stage(TICKET, 2)).stage is Stage.ACKNOWLEDGE
    last = replace(TICKET, stage=Stage.CLOSE)
    assert tickets.stage(last, 1) == ()
    assert after(last, tickets.stage(last, -9)).stage is Stage.GREET


def test_priority_moves_the_place_in_the_queue() -> None:
    edits = tickets.prioritise(TICKET, Priority.URGENT, Credits())
    urgent = after(TICKET, edits)
    assert (urgent.priority, urgent.rank_at) == (Priority.URGENT, -1_920_000)
    assert after(urgent, tickets.prioritise(urgent, Priority.NORMAL, Credits())).rank_at == -120_000


def test_a_topic_is_changed_alone() -> None:
    (edit,) = tickets.about(TICKET, Topic.REFUND)
    assert isinstance(edit, Update)
    assert edit.after == {"topic": "refund"}


def test_handing_over_and_back_to_nobody() -> None:
    given = after(TICKET, tickets.assign(TICKET, "a2"))
    assert (given.assignee, after(given, tickets.assign(given, None)).assignee) == ("a2", None)


def test_a_tag_is_added_once_and_taken_off_as_often_as_it_was_added(now: Stamp) -> None:
    (added,) = tickets.tag(TICKET, now, "재발송", ())
    assert isinstance(added, Insert)
    present = (from_row(Tag, added.row), Tag("g2", "ticket", "t1", "재발송", 5), Tag("g3", "ticket", "t1", "파손", 5))
    assert tickets.tag(TICKET, now, "재발송", present) == ()
    assert {edit.id for edit in tickets.untag("재발송", present)} == {added.id, "g2"}


# -- the wait that was told


def quote(told_at: int, waited: int | None = None) -> Quote:
    return Quote("q1", "t1", None, 240, 360, 660, "ok", 30, told_at, "…", "a1", waited)


def outcome(edits: tuple[Edit, ...]) -> int | None:
    waited: list[int] = [e.after["waited"] for e in edits if isinstance(e, Update) and e.kind == "quote"]
    return waited[0] if waited else None


def test_a_quote_tells_the_ticket_until_when_to_wait() -> None:
    told = after(TICKET, tickets.quote(TICKET, quote(5000)))
    assert (told.quoted_from, told.quoted_until) == (5000, 665_000)


def test_the_wait_that_came_true_is_written_however_the_ticket_is_taken(now: Stamp) -> None:
    told = quote(4 * MINUTE)
    for edits in (
        tickets.take(TICKET, now, told),
        tickets.say(TICKET, now, MessageKind.REPLY, "네", None, told),
        tickets.resolve(TICKET, now, None, told),
        tickets.hold(TICKET, now, None, told),
    ):
        assert outcome(edits) == 360


def test_the_outcome_of_a_quote_is_written_once(now: Stamp) -> None:
    assert outcome(tickets.take(TICKET, now, quote(0, waited=77))) is None
    assert outcome(tickets.take(standing(Status.PENDING), now, quote(0))) is None


def test_a_quote_of_the_round_before_the_ticket_was_reopened_is_left_alone(now: Stamp) -> None:
    reopened = replace(TICKET, waiting_since=5 * MINUTE)
    assert outcome(tickets.take(reopened, now, quote(4 * MINUTE))) is None
    assert outcome(tickets.take(reopened, now, quote(5 * MINUTE))) == 300


def test_a_clock_that_went_back_makes_no_negative_wait(now: Stamp) -> None:
    assert outcome(tickets.take(TICKET, now, quote(11 * MINUTE))) == 0


def test_a_note_ends_no_wait(now: Stamp) -> None:
    assert outcome(tickets.say(TICKET, now, MessageKind.NOTE, "메모", None, quote(0))) is None


def test_an_event_is_a_code_with_values_never_a_sentence(now: Stamp) -> None:
    message = tickets.event("t1", now, "held", until=7)
    assert json.loads(message.body) == {"code": "held", "until": 7}
    assert not Change("none", ())
