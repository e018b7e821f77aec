"""What the rows say happened teaches the wait estimator what it learned while it happened."""

from random import Random
from typing import Any

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.desk.waits import Waits
from cxdesk.domain.words import Channel, Status, Topic
from cxdesk.storage import tickets
from tests.conftest import Clock


def a_day(desk: Desk, clock: Clock, seed: int, hours: int = 3) -> None:
    """People come, wait, are served, put off, brought back, and leave; two agents come, rest and go."""
    rng = Random(seed)
    first = desk.agent
    desk.sign_in("박하윤")
    second = desk.agent
    open_ids: list[str] = []
    for _ in range(hours * 60):
        clock.pass_(rng.randrange(20, 100) + rng.random())
        desk.agent = rng.choice((first, second))
        desk.wake()
        clock.pass_(0.5)
        some = [rng.choice(open_ids)] if open_ids else []
        match rng.choices(
            ("come", "next", "end", "hold", "put_off", "left", "reply", "again", "duty"), (6, 5, 5, 1, 1, 1, 1, 1, 1)
        )[0]:
            case "come":
                channel = rng.choice((Channel.PHONE, Channel.CHAT))
                open_ids.append(desk.arrive(channel, topic=rng.choice((Topic.REFUND, Topic.DELIVERY)))[0].id)
            case "next":
                try:
                    desk.take_next()
                except Refused:
                    continue
            case "end":
                desk.resolve([key for key in open_ids if status(desk, key) is Status.ACTIVE][:1])
            case "hold":
                desk.hold([key for key in open_ids if status(desk, key) is Status.ACTIVE][:1], None)
            case "put_off":
                desk.hold(some, clock() + 600_000)
            case "left":
                desk.left(some)
            case "reply" if some and status(desk, some[0]) not in (Status.RESOLVED, Status.ABANDONED):
                desk.reply(some[0], "네, 확인하겠습니다.")
            case "again":
                desk.reopen(some)
            case "duty":
                desk.duty(rng.choice(("on", "on", "break", "off")))
    desk.arrive(Channel.PHONE)  # so that the estimator has heard of the last moment, too


def status(desk: Desk, key: str) -> Status:
    found = tickets.ticket(desk.db, key)
    assert found is not None
    return found.status


def learned(waits: Waits) -> Any:
    """Everything the estimator has learned, as plain numbers in a fixed order."""
    follower = waits._follower
    assert follower is not None
    return list(_flat("", follower.estimator.save()["memory"]))


def _flat(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        for key in sorted(value):
            yield from _flat(f"{name}.{key}", value[key])
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from _flat(f"{name}.{n}", one)
    else:
        yield name, value


def same(one: Any, other: Any) -> None:
    assert [name for name, _ in one] == [name for name, _ in other]
    for (name, mine), (_, theirs) in zip(one, other, strict=True):
        assert mine == pytest.approx(theirs, rel=1e-6, abs=1e-6), name


@pytest.mark.parametrize("seed", range(6))
def test_what_is_rebuilt_from_the_rows_is_what_was_learned_live(desk: Desk, clock: Clock, seed: int) -> None:
    desk.waits.start(desk.db, clock())
    a_day(desk, clock, seed)
    again = Waits(desk.settings)
    again.rebuild(desk.db, clock())
    same(learned(again), learned(desk.waits))
    assert again.refresh(clock()) == desk.waits.refresh(clock())


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "7", '{"code": 5}', '{"code": "held", "until": "soon"}', '{"code": "new"}']
)
def test_an_event_that_cannot_be_read_does_not_stop_the_learning(desk: Desk, clock: Clock, body: str) -> None:
    key = desk.arrive(Channel.PHONE)[0].id
    desk.db.execute(
        "INSERT INTO message (id, ticket_id, kind, body, at) VALUES ('m', ?, 'event', ?, ?)", (key, body, clock())
    )
    desk.take([key])
    clock.pass_(60)
    desk.resolve([key])
    desk.waits.rebuild(desk.db, clock())
    assert sum(topic.n for topic in desk.waits.learned()) == 1


def test_contacts_that_came_in_without_their_moves_teach_by_their_times(desk: Desk, clock: Clock) -> None:
    key = desk.arrive(Channel.PHONE)[0].id
    clock.pass_(100)
    desk.take([key])
    clock.pass_(200)
    desk.resolve([key])
    desk.db.execute("DELETE FROM message")
    desk.waits.rebuild(desk.db, clock())
    (topic,) = desk.waits.learned()
    assert (topic.n, desk.waits.twin() is not None) == (1, True)


@pytest.mark.parametrize("seed", range(3))
def test_what_was_kept_half_way_and_taken_up_again_is_the_same_too(desk: Desk, clock: Clock, seed: int) -> None:
    desk.waits.start(desk.db, clock())
    a_day(desk, clock, seed, hours=1)
    desk.keep_learning()
    clock.pass_(1)
    a_day(desk, clock, seed + 10, hours=1)
    again = Waits(desk.settings)
    again.start(desk.db, clock())
    same(learned(again), learned(desk.waits))
    assert again.refresh(clock()) == desk.waits.refresh(clock())
