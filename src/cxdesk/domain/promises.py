"""What was promised, and what became of it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from cxdesk.domain.changes import Edit, Stamp, alter, insert
from cxdesk.domain.records import FollowUp
from cxdesk.domain.words import PromiseState

if TYPE_CHECKING:
    from cxdesk.domain.due import Due

__all__ = ["make", "postpone", "settle"]


def make(due: "Due", customer_id: str | None, ticket_id: str | None, stamp: Stamp) -> FollowUp:
    """A new open promise from words that were read."""
    return FollowUp(stamp.mint(), customer_id, ticket_id, due.what, due.at, stamp.at, stamp.agent_id)


def settle(promise: FollowUp, state: PromiseState, stamp: Stamp) -> tuple[Edit, ...]:
    """Kept or broken, now."""
    return alter(promise, replace(promise, state=state, done_at=stamp.at))


def postpone(promise: FollowUp, due: "Due", stamp: Stamp) -> tuple[Edit, ...]:
    """Put to another time: the old promise is marked moved and a new one stands in its place."""
    again = FollowUp(
        stamp.mint(),
        promise.customer_id,
        promise.ticket_id,
        due.what or promise.what,
        due.at,
        stamp.at,
        stamp.agent_id,
    )
    return (*settle(promise, PromiseState.MOVED, stamp), insert(again))
