"""A small written history, and every figure of it worked out by hand."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.domain import facts
from cxdesk.domain.afterwards import Touchpoint
from cxdesk.domain.changes import Change, alter, insert
from cxdesk.domain.durations import error
from cxdesk.domain.insights import Insights, Part
from cxdesk.domain.journey import Way
from cxdesk.domain.moments import DAY, HOUR, MINUTE, instant
from cxdesk.domain.periods import Unit, around, span
from cxdesk.domain.records import Feedback, FollowUp, Message, Quote, Record, Ticket
from cxdesk.domain.words import Channel, Emotion, MessageKind, PromiseState, Segment, Status, Topic
from cxdesk.storage import check
from cxdesk.storage.rows import fetch
from tests.conftest import Clock
from tests.looking import derived

SEOUL = ZoneInfo("Asia/Seoul")
OCTOBER = span(date(2026, 10, 1), date(2026, 10, 31))


def at(day: int, hour: int, minute: int = 0) -> int:
    """A moment of October 2026 in Seoul."""
    return instant(datetime(2026, 10, day, hour, minute, tzinfo=SEOUL))


def served(
    key: str, came: int, waited: float, took: float, topic: Topic, channel: Channel = Channel.PHONE, **more: Any
) -> Ticket:
    """A contact that was taken after so many minutes and resolved so many minutes later."""
    taken = came + round(waited * MINUTE)
    done = taken + round(took * MINUTE)
    made = Ticket(key, 1, channel, came, came, came, topic=topic, status=Status.RESOLVED, taken_at=taken)
    return replace(made, resolved_at=done, **more)


def told(key: str, moment: int, waited: int | None, high: int = 300) -> Quote:
    return Quote(key, "t1", "c1", 60, 120, high, "ok", 40, moment, "5분쯤입니다", waited=waited)


def promised(key: str, due: int, state: PromiseState, done: int | None = None) -> FollowUp:
    return FollowUp(key, "c1", None, "전화", due, due - DAY, state=state, done_at=done)


MINJI: dict[str, Any] = {"customer_id": "c1", "segment": Segment.VIP}
SEOJUN: dict[str, Any] = {"customer_id": "c2", "segment": Segment.NEW}
HISTORY: tuple[Record, ...] = (
    # Monday the 5th, 10 o'clock: angry, ended well. Again on the topic on the 9th, so it was not enough.
    served("t1", at(5, 10), 2, 8, Topic.DELIVERY, emotion=Emotion.ANGER, feeling_after=Emotion.GRATITUDE, **MINJI),
    # The 9th, 23:50: taken and resolved on the 10th. Nothing more on the topic within seven days.
    served("t2", at(9, 23, 50), 20, 4, Topic.DELIVERY, emotion=Emotion.ANXIETY, **MINJI),
    # On another topic: no second contact about delivery.
    served("t3", at(6, 11), 4, 8, Topic.REFUND, Channel.MAIL, feeling_after=Emotion.DISAPPOINTMENT, **MINJI),
    # Eight days after t2: late enough not to count against it.
    served("t4", at(18, 9), 6, 16, Topic.DELIVERY, heard=Emotion.NEUTRAL, feeling_after=Emotion.NEUTRAL, **MINJI),
    served("t5", at(5, 10, 30), 8, 4, Topic.PRICE, Channel.CHAT, feeling_after=Emotion.GRATITUDE, **SEOJUN),
    # Nobody knows who: no word on whether it was the only contact.
    served("t6", at(12, 15), 10, 8, Topic.OTHER, Channel.VISIT),
    # Gave up after ten minutes.
    Ticket("t7", 1, Channel.PHONE, at(12, 15), at(12, 15), 0, status=Status.ABANDONED, abandoned_at=at(12, 15, 10)),
    # Still waiting.
    Ticket("t8", 1, Channel.PHONE, at(13, 9), at(13, 9), 0),
    Message("m1", "t2", MessageKind.EVENT, '{"code":"reopened"}', at(11, 9)),
    Message("m2", "t2", MessageKind.EVENT, '{"code":"resolved"}', at(11, 10)),
    Message("m3", "t2", MessageKind.NOTE, '{"code":"reopened"}', at(11, 10)),  # somebody wrote that down
    *(told("q1", at(5, 10), 120), told("q2", at(5, 10), 300), told("q3", at(5, 10), 301), told("q4", at(5, 10), None)),
    promised("f1", at(7, 15), PromiseState.KEPT, at(7, 14)),
    promised("f2", at(7, 15), PromiseState.KEPT, at(7, 16)),  # an hour late
    promised("f3", at(8, 15), PromiseState.BROKEN, at(8, 18)),
    promised("f4", at(8, 15), PromiseState.OPEN),
    promised("f5", at(9, 15), PromiseState.MOVED, at(8, 15)),
    promised("f6", at(9, 15), PromiseState.ANSWERED, at(8, 15)),
    *(Feedback(f"b{n}", "c1", "t1", "csat", value, at(6, 10)) for n, value in enumerate((5, 4, 4, 2, 5))),
    Feedback("b9", "c1", "t3", "nps", 10, at(6, 10)),
)


@pytest.fixture
def written(desk: Desk, clock: Clock) -> Desk:
    """The history on a desk at noon of 10 November, when all of October is settled."""
    write(desk, HISTORY)
    clock.at = instant(datetime(2026, 11, 10, 12, tzinfo=SEOUL))
    return desk


def write(desk: Desk, rows: Iterable[Record]) -> None:
    desk.db.execute("PRAGMA synchronous = OFF")
    for row in rows:
        desk.store.commit(Change("write", (insert(row),)), desk.stamp())


def near(value: float, seconds: float) -> bool:
    return seconds / (1 + error()) <= value <= seconds * (1 + error())


def october(desk: Desk) -> Insights:
    return desk.insights.report(OCTOBER).now


def test_what_came_and_went(written: Desk) -> None:
    now = october(written)
    assert (now.arrived, now.resolved) == (8, 6)
    assert (now.left.hits, now.left.n) == (1, 7)  # one left, six were served
    assert (now.reopened.hits, now.reopened.n) == (1, 7)
    assert now.hours[10] == 2  # Monday at ten: t1 and t5
    assert now.hours[24 * 4 + 23] == 1  # Friday before midnight: t2
    assert sum(now.hours) == 8


def test_how_long_it_took(written: Desk) -> None:
    now = october(written)
    # Waits of 2, 4, 6, 8, 10 and 20 minutes: the middle is between 6 and 8, four fifths are 10 or less.
    # Services of 4, 4, 8, 8, 8 and 16; resolutions of 10, 12, 12, 18, 22 and 24.
    assert now.wait is not None
    assert now.service is not None
    assert now.resolution is not None
    assert 6 * 60 / (1 + error()) <= now.wait.median <= 8 * 60 * (1 + error())
    assert near(now.wait.p80, 10 * 60)
    assert near(now.service.median, 8 * 60)
    assert 12 * 60 / (1 + error()) <= now.resolution.median <= 18 * 60 * (1 + error())
    assert now.wait.n == now.service.n == now.resolution.n == 6


def test_the_first_contact_was_enough_unless_another_came_within_seven_days(written: Desk) -> None:
    # Resolved, and the customer known: t1 to t5. Only t1 had a second one on its topic in time.
    assert (october(written).first.hits, october(written).first.n) == (4, 5)


def test_whether_it_was_enough_is_not_known_before_the_seven_days_are_over(written: Desk, clock: Clock) -> None:
    clock.at = at(13, 12)  # days up to the 5th are over
    assert october(written).first.n == 2  # t1 and t5
    clock.at = at(18, 12)  # up to the 10th
    assert (october(written).first.hits, october(written).first.n) == (3, 4)


def test_what_was_told_and_promised(written: Desk) -> None:
    now = october(written)
    assert (now.told.hits, now.told.n, now.told_open) == (2, 3, 1)
    assert dict(now.promises) == {"open": 1, "kept": 1, "late": 1, "broken": 1, "moved": 1, "answered": 1}
    assert (now.kept.hits, now.kept.n) == (1, 3)


def test_how_people_felt_and_what_they_answered(written: Desk) -> None:
    now = october(written)
    assert now.start == {"anger": 1, "anxiety": 1, "neutral": 1}
    assert now.end == {"gratitude": 2, "disappointment": 1, "neutral": 1}
    assert (now.began.hits, now.began.n, now.ended.hits, now.ended.n) == (2, 3, 1, 4)
    assert now.answers["csat"].share == pytest.approx(0.8)  # four of five
    assert (now.answers["nps"].n, now.answers["nps"].share) == (1, None)  # too few to say


def part(now: Insights, dimension: str, key: str) -> Part:
    return next(part for part in now.parts[dimension] if part.key == key)


def test_the_work_by_topic_channel_and_segment(written: Desk) -> None:
    now = october(written)
    delivery, other = part(now, "topic", "delivery"), part(now, "topic", "other")
    assert (delivery.arrived, delivery.first.hits, delivery.first.n) == (3, 2, 3)
    assert (other.arrived, other.resolved, other.left) == (3, 1, 1)
    assert delivery.service is not None
    assert 8 * 60 / (1 + error(4)) <= delivery.service.median <= 8 * 60 * (1 + error(4))
    assert now.parts["channel"][0].key == "phone"
    assert part(now, "channel", "phone").arrived == 5
    assert part(now, "segment", "").arrived == 3
    assert part(now, "segment", "vip").arrived == 4


def test_a_period_is_only_its_own_days(written: Desk) -> None:
    assert written.insights.report(around(Unit.DAY, date(2026, 10, 5))).now.arrived == 2
    ninth, tenth = (written.insights.report(around(Unit.DAY, date(2026, 10, day))).now for day in (9, 10))
    assert (ninth.arrived, ninth.resolved) == (1, 0)
    assert (tenth.arrived, tenth.resolved) == (0, 1)  # t2 came at ten to midnight
    assert written.insights.report(around(Unit.YEAR, date(2026, 1, 1))).now.arrived == 8


def test_the_curve_has_a_point_a_day(written: Desk) -> None:
    points = written.insights.report(OCTOBER).points
    assert len(points) == 31
    assert (points[4].first, points[4].arrived, points[4].resolved) == (date(2026, 10, 5), 2, 2)
    assert points[0].wait is None


def test_the_way_of_everybody(written: Desk) -> None:
    way = {stage.way: stage for stage in written.insights.journey(OCTOBER).stages}
    assert {name: stage.contacts for name, stage in way.items() if stage.contacts} == {
        Way.PURCHASE: 3,  # delivery
        Way.USE: 1,  # refund
        Way.CONSIDERATION: 1,  # price
        Way.AWARENESS: 3,  # nobody knows who
    }
    assert way[Way.PURCHASE].start == pytest.approx((-2 - 1 + 0) / 3)
    assert way[Way.PURCHASE].answers["csat"].n == 5
    assert way[Way.RECOMMENDATION].answers["nps"].n == 1
    touch = {point.touch.key: point.touch for point in written.insights.journey(OCTOBER).touchpoints}
    assert (touch["mail/refund"].n, touch["mail/refund"].hurt) == (1, 1)
    assert (touch["phone/other"].n, touch["phone/other"].left) == (2, 1)
    assert (touch["phone/delivery"].n, touch["phone/delivery"].well) == (3, 2)


# -- late facts


def test_a_contact_about_something_else_after_all_takes_its_answers_and_its_neighbours_along(written: Desk) -> None:
    written.about(["t1"], Topic.DEFECT)
    now, journey = october(written), written.insights.journey(OCTOBER)
    assert (now.first.hits, now.first.n) == (5, 5)  # t2 is about something else
    stage = {stage.way: stage for stage in journey.stages}
    assert stage[Way.USE].answers["csat"].n == 5
    assert "csat" not in stage[Way.PURCHASE].answers
    written.undo()
    assert (october(written).first.hits, october(written).first.n) == (4, 5)


def test_a_contact_that_is_opened_again_is_not_resolved_any_more(written: Desk, clock: Clock) -> None:
    clock.at = at(20, 9)
    written.reopen(["t1"])
    now = october(written)
    assert (now.resolved, now.reopened.hits, now.reopened.n) == (5, 2, 7)
    assert now.service is not None
    assert now.service.n == 5
    written.undo()
    assert october(written).resolved == 6


def test_a_contact_of_somebody_who_turned_out_to_be_somebody_else(written: Desk) -> None:
    ticket = fetch(written.db, Ticket, "id = 't4'")
    assert ticket is not None
    moved = replace(ticket, arrived_at=at(11, 9), customer_id="c2")
    written.store.commit(Change("move", alter(ticket, moved)), written.stamp())
    assert october(written).first.hits == 4
    back = replace(moved, customer_id="c1")  # now it is within seven days of t2
    written.store.commit(Change("move", alter(moved, back)), written.stamp())
    assert (october(written).first.hits, october(written).first.n) == (3, 5)


def test_counting_again_gives_the_same(written: Desk) -> None:
    kept = derived(written.db)["figures"]
    with written.store.transaction() as db:
        check.rebuild(db)
    assert derived(written.db)["figures"] == kept


# -- bad input


def test_a_period_without_data_and_one_to_come_are_empty(written: Desk) -> None:
    for period in (span(date(1999, 1, 1), date(1999, 12, 31)), around(Unit.YEAR, date(8000, 1, 1))):
        report = written.insights.report(period)
        assert report.now.empty
        assert report.now.wait is None
        assert report.now.first.value is None
        assert set(report.differences) == {"arrived", "resolved"}
    with pytest.raises(Refused, match="no_period"):
        written.insights.period("언젠가")


def test_a_clock_set_back_or_far_ahead_breaks_nothing(desk: Desk, clock: Clock) -> None:
    backwards = served("t1", at(5, 10), -30, -5, Topic.OTHER)
    beyond = Ticket("t2", 2, Channel.CHAT, 10**17, 10**17, 0)
    before = Ticket("t3", 3, Channel.CHAT, -(10**17), 0, 0)
    write(desk, (backwards, beyond, before))
    clock.at = at(20, 9)
    now = october(desk)
    assert (now.arrived, now.wait and now.wait.n) == (1, 1)
    assert now.wait is not None
    assert now.wait.median < 1
    clock.at = at(1, 9) - 40 * DAY  # before anything happened
    assert desk.insights.report(around(Unit.WEEK, desk.insights.today())).now.empty
    assert check.faults(desk.db) == []


def test_another_zone_is_said_and_counted_anew_by_doctor(written: Desk) -> None:
    assert written.insights.out_of_date() is None
    moved = Desk(
        written.store,
        replace(written.settings, shop=replace(written.settings.shop, time_zone="America/New_York")),
        clock=written.clock,
        mint=written.mint,
    )
    assert moved.insights.out_of_date() == "Asia/Seoul"
    with written.store.transaction() as db:
        check.rebuild(db, "America/New_York")
    assert moved.insights.out_of_date() is None
    # t1 came at nine in the evening of the 4th there, t5 half an hour later.
    assert moved.insights.report(around(Unit.DAY, date(2026, 10, 4))).now.arrived == 2


def test_figures_made_by_other_rules_are_a_fault(written: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "VERSION", 2)
    assert check.faults(written.db) == ["figure"]
    with written.store.transaction() as db:
        check.rebuild(db)
    assert check.faults(written.db) == []


def test_lost_figures_are_noticed(written: Desk) -> None:
    written.db.execute("DELETE FROM figure WHERE kind = 'arrived'")
    assert check.faults(written.db) == ["figure"]


# -- how feasible an improvement is


def test_how_feasible_it_is_is_set_changed_taken_back_and_undone(written: Desk) -> None:
    verbs = written.insights
    verbs.feasible("phone/delivery", 4)
    verbs.feasible("phone/delivery", 5)
    assert fetch(written.db, Touchpoint, "id = 'phone/delivery'") == Touchpoint("phone/delivery", 5)
    verbs.feasible("phone/delivery", None)
    assert fetch(written.db, Touchpoint, "1") is None
    written.undo()
    written.undo()
    assert fetch(written.db, Touchpoint, "1") == Touchpoint("phone/delivery", 4)
    for touchpoint, value in (("phone/delivery", 6), ("phone/delivery", 0), ("pigeon/delivery", 3)):
        with pytest.raises(Refused, match="out_of_scale"):
            verbs.feasible(touchpoint, value)


def test_the_hour_of_a_day_with_two_midnights_counts_once(desk: Desk, clock: Clock) -> None:
    """In London the clocks go back on 25 October 2026: half past one comes twice, and both are of that day."""
    desk.store.zone = "Europe/London"
    first = instant(datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("UTC")))
    write(desk, (Ticket("t1", 1, Channel.CHAT, first, first, 0), Ticket("t2", 2, Channel.CHAT, first + HOUR, first, 0)))
    clock.at = first + DAY
    day = desk.insights.report(around(Unit.DAY, date(2026, 10, 25))).now
    assert (day.arrived, day.hours[24 * 6 + 1]) == (2, 2)
