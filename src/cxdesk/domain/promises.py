"""What was promised, what became of it, and when a word about it is due."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from cxdesk.domain.changes import Edit, Stamp, alter, insert
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import FollowUp
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import PromiseState, Topic

if TYPE_CHECKING:
    from cxdesk.domain.due import Due

__all__ = ["FEW", "Kept", "Promised", "came_first", "is_due", "kept", "make", "postpone", "settle"]

FEW = 5
"""Of fewer promises than this no share is told."""

_TRUSTED = DAY
"""A clock set back by more than this was wrong before; what it called due then is asked again."""


@dataclass(frozen=True, slots=True)
class Promised:
    """A promise as a list shows it.

    ``answered_at`` is when the customer came on the same matter before it was due; ``told_at`` when this machine said
    that it is due; ``number`` and ``topic`` are those of its ticket.
    """

    promise: FollowUp
    name: str | None = None
    agent: str | None = None
    number: int | None = None
    topic: Topic | None = None
    answered_at: int | None = None
    told_at: int | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Promises of a period by what became of them; ``overdue`` are open and past their time."""

    in_time: int = 0
    late: int = 0
    broken: int = 0
    moved: int = 0
    overdue: int = 0
    answered: int = 0

    @property
    def n(self) -> int:
        """Promises that were either kept in time or not; those the customer made needless are neither."""
        return self.in_time + self.late + self.broken + self.moved + self.overdue

    @property
    def share(self) -> float | None:
        """``in_time / n``; ``None`` while there are too few to say."""
        return self.in_time / self.n if self.n >= FEW else None

    @property
    def ends(self) -> tuple[float, float]:
        """The 95 % interval of the share (Wilson 1927)."""
        from cxdesk.domain.feedback import wilson

        return wilson(self.in_time, self.n)


def make(due: "Due", customer_id: str | None, ticket_id: str | None, stamp: Stamp) -> FollowUp:
    """A new open promise from words that were read."""
    return FollowUp(stamp.mint(), customer_id, ticket_id, due.what, due.at, stamp.at, stamp.agent_id)


def settle(promise: FollowUp, state: PromiseState, stamp: Stamp, reason: str = "") -> tuple[Edit, ...]:
    """Kept, broken, or made needless by the customer, now."""
    return alter(promise, replace(promise, state=state, done_at=stamp.at, reason=reason))


def postpone(promise: FollowUp, due: "Due", stamp: Stamp, reason: str = "") -> tuple[Edit, ...]:
    """Put to another time: the old promise is marked moved, and a new one that knows the first stands in its place."""
    first = promise.first_due_at if promise.first_due_at is not None else promise.due_at
    again = FollowUp(
        stamp.mint(),
        promise.customer_id,
        promise.ticket_id,
        due.what or promise.what,
        due.at,
        stamp.at,
        stamp.agent_id,
        reason=reason,
        first_id=promise.first_id or promise.id,
        first_due_at=first,
        moves=promise.moves + 1,
    )
    return (*settle(promise, PromiseState.MOVED, stamp, reason), insert(again))


def is_due(due_at: int, now: int, told_at: int | None = None) -> bool:
    """Whether a promise is past its time. One that was called due stays due when the clock is set back a little."""
    return due_at <= now or (told_at is not None and now < told_at <= now + _TRUSTED)


def came_first(promise: FollowUp, words: Iterable[int], contacts: Iterable[int]) -> int | None:
    """When the customer came on the matter after the promise and before it was due, or ``None``.

    ``words`` are the moments they spoke in its ticket, ``contacts`` those at which they came again about its topic.
    """
    if promise.state is not PromiseState.OPEN:
        return None
    return min((at for at in (*words, *contacts) if promise.made_at < at < promise.due_at), default=None)


def kept(settled: Iterable[tuple[PromiseState, bool, int]], overdue: int) -> Kept:
    """Add up ``(state, by its time, how many)`` of settled promises, beside the open ones that are ``overdue``."""
    counts = {"in_time": 0, "late": 0, "broken": 0, "moved": 0, "answered": 0}
    for state, in_time, n in settled:
        name = ("in_time" if in_time else "late") if state is PromiseState.KEPT else str(state)
        counts[name] += n
    return Kept(**counts, overdue=overdue)
