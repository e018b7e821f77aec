"""Who has a ticket: the first the server hears of, for as long as it hears of them."""

import pytest

from cxdesk.protocol.holding import LEASE_MS, decide, frees, held_by, hold_after, renewed
from cxdesk.protocol.ops import Op
from cxdesk.protocol.rows import Entity, Hold
from tests.protocol.making import op, ticket

NOW = 1_000_000
KIM = Hold(4, "kim", "a", NOW + 1)


def claim(agent: str | None = "lee", dev: str = "b") -> Op:
    return op("claim", "ticket", "t1", {"status": "active"}, agent=agent, dev=dev)


def move(fence: int | None, agent: str | None = "lee", **f: object) -> Op:
    return op("transition", "ticket", "t1", f or {"status": "resolved"}, agent=agent, fence=fence, dev="b")


@pytest.mark.parametrize("status", ["waiting", "pending", "resolved", "active"])
def test_a_ticket_nobody_has_is_given_with_a_greater_fence(status: str) -> None:
    for held in (None, Hold(7), Hold(7, "kim", "a", NOW)):
        given = decide(ticket(status, held), claim(), NOW).hold
        assert given == Hold((held.fence if held else 0) + 1, "lee", "b", NOW + LEASE_MS)


def test_a_ticket_that_somebody_has_is_not_given_away() -> None:
    assert decide(ticket("active", KIM), claim(), NOW).problem == "claimed"
    assert decide(ticket("active", KIM), claim(agent=None), NOW).problem == "claimed"


def test_the_same_agent_may_go_on_at_another_desk() -> None:
    assert decide(ticket("active", KIM), claim("kim", "b"), NOW).hold == Hold(5, "kim", "b", NOW + LEASE_MS)


def test_a_customer_who_left_cannot_be_taken() -> None:
    assert decide(ticket("abandoned"), claim(), NOW).problem == "moved-on"


def test_a_ticket_nothing_was_heard_of_can_be_taken() -> None:
    assert decide(Entity("ticket", "t9"), claim(), NOW).hold == Hold(1, "lee", "b", NOW + LEASE_MS)


def test_a_move_counts_under_the_present_fence_and_under_no_older_one() -> None:
    assert decide(ticket("active", KIM), move(4, "kim"), NOW).hold == Hold(4)
    assert decide(ticket("active", KIM), move(3, "kim"), NOW).problem == "stale-fence"
    assert decide(ticket("active", KIM), move(5, "kim"), NOW).problem == "stale-fence"


def test_a_move_without_a_fence_counts_while_nobody_else_has_the_ticket() -> None:
    assert decide(ticket("active", KIM), move(None), NOW).problem == "claimed"
    assert decide(ticket("active", KIM), move(None, "kim"), NOW).hold == Hold(4)
    assert decide(ticket("active", KIM), move(None), NOW + 1).hold == Hold(4)
    assert decide(ticket(), move(None), NOW).hold == Hold(0)


@pytest.mark.parametrize(
    ("moved", "free"),
    [
        (move(4, status="resolved"), True),
        (move(4, status="active"), False),
        (move(4, assignee="lee"), True),
        (move(4, hold_until=5), False),
        (op("release", "ticket", "t1", {}, fence=4), True),
    ],
)
def test_what_gives_a_ticket_free(moved: Op, free: bool) -> None:
    assert frees(moved) is free
    after = decide(ticket("active", KIM), moved, NOW).hold
    assert after == (Hold(4) if free else KIM)


def test_what_an_operation_that_counts_says_about_who_has_a_ticket() -> None:
    assert hold_after(op("claim", "ticket", "t1", {"status": "active"}, agent="kim", fence=5)) == Hold(5, "kim", "a")
    assert hold_after(move(5, status="resolved")) == Hold(5)
    assert hold_after(move(5, hold_until=7)) is None
    assert hold_after(claim()) is None
    assert hold_after(op("set", "ticket", "t1", {"subject": "?"}, fence=5)) is None


def test_a_desk_that_is_heard_from_keeps_its_tickets() -> None:
    assert renewed(KIM, NOW) == Hold(4, "kim", "a", NOW + LEASE_MS)
    assert renewed(Hold(4), NOW) == Hold(4)
    assert held_by(ticket("active", KIM), NOW) == "kim"
    assert held_by(ticket("active", KIM), NOW + 1) is None
    assert held_by(ticket(), NOW) is None
