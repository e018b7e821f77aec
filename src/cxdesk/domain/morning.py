"""Whom to see to first today, before anybody has to ask: a list no longer than a person can do, with its reasons.

The score of an entry is a sum that can be read, never more than four parts:

``kind``     what leaving it undone costs the customer (``WEIGHT``)
``late``     a point for each day somebody has waited beyond what is fair, ten at most; for a promise, for each hour
``person``   a little for people who have come back often, and for those who are going quiet
``learned``  what the shop has put away of a kind takes from its weight: ``weight × (1 - (done + k) / (seen + k))``,
             where ``k`` stands for as many entries already seen and done; promises never sink

A promise that is overdue stands above everything, whatever the others add up to. Somebody who wants no contact is on
no list; somebody who wants no offers is not on it for anything that could lead to one.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from cxdesk.domain.afterwards import MorningChoice
from cxdesk.domain.consents import CONTACT, MARKETING
from cxdesk.domain.moments import DAY, HOUR
from cxdesk.domain.records import Customer
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Segment

__all__ = [
    "DISMISSED",
    "DONE",
    "LEARNT_FROM",
    "LONGEST_REST",
    "OFFERS",
    "PROMISES",
    "Candidate",
    "Entry",
    "Kind",
    "List",
    "Part",
    "Seen",
    "may_be_listed",
    "order",
    "resting",
    "score",
    "tallied",
]

DONE, DISMISSED = "done", "dismissed"


class Kind(StrEnum):
    """Why somebody is on the list."""

    PROMISE_LATE = "promise_late"
    PROMISE_TODAY = "promise_today"
    UNANSWERED = "unanswered"
    DELIVERY = "delivery"
    AFTERCARE = "aftercare"
    SPECIAL_DAY = "special_day"
    COOLING = "cooling"
    REORDER = "reorder"


WEIGHT: Mapping[Kind, int] = {
    Kind.PROMISE_LATE: 60,
    Kind.UNANSWERED: 45,
    Kind.DELIVERY: 40,
    Kind.AFTERCARE: 40,
    Kind.PROMISE_TODAY: 35,
    Kind.SPECIAL_DAY: 25,
    Kind.COOLING: 20,
    Kind.REORDER: 15,
}
PROMISES = (Kind.PROMISE_LATE, Kind.PROMISE_TODAY)
OFFERS = (Kind.SPECIAL_DAY, Kind.COOLING, Kind.REORDER)
"""What could lead to an offer: not for somebody who wants none."""
_PERSON = {Segment.VIP: 8, Segment.REGULAR: 6, Segment.AT_RISK: 4, Segment.RETURNING: 2}
_LATE_MOST = 10
_REST_DAYS: Mapping[str, tuple[int, int]] = {
    Kind.PROMISE_LATE: (1, 1),
    Kind.PROMISE_TODAY: (1, 1),
    Kind.UNANSWERED: (2, 1),
    Kind.DELIVERY: (3, 3),
    Kind.AFTERCARE: (90, 14),
    Kind.SPECIAL_DAY: (300, 300),
    Kind.COOLING: (60, 60),
    Kind.REORDER: (30, 30),
}
"""Days for which nothing is said of the same record again, once it was done and once it was put away."""
LONGEST_REST = 300 * DAY
LEARNT_FROM = 90 * DAY
"""How long ago something may have been put away to still count against its kind."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who could be on the list, and the record that says so.

    ``subject`` is the id under which a choice is kept; ``at`` is when it fell, or falls, due. ``what`` is what was
    promised, the kind of a special day, the title of an incident, or ``theirs`` where the customer owes the answer.
    ``days`` counts since the last word or order, ``usual`` is a rhythm in days over ``n`` orders.
    """

    kind: Kind
    subject: str
    customer_id: str | None
    at: int
    ticket_id: str | None = None
    number: int = 0
    product: str = ""
    what: str = ""
    order_no: str = ""
    days: int = 0
    usual: int = 0
    n: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its name and its points."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the list: the candidate, who it is, why they stand where they stand, and what to say first."""

    candidate: Candidate
    customer: Customer | None
    segment: Segment | None
    parts: tuple[Part, ...]
    sentence: str

    @property
    def score(self) -> int:
        """The sum of the parts."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, slots=True)
class List:
    """The morning list: its entries, how many more there would be, and how many were done today."""

    entries: tuple[Entry, ...] = ()
    more: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """How many entries of a kind were done and put away lately."""

    done: int = 0
    dismissed: int = 0


def score(one: Candidate, segment: Segment | None, seen: Mapping[str, Seen], prior: int, now: int) -> tuple[Part, ...]:
    """The parts of an entry's score; those of no points are left out."""
    unit = HOUR if one.kind in PROMISES else DAY
    late = 0 if one.kind in OFFERS else max(0, min(_LATE_MOST, (now - one.at) // unit))
    parts = (
        Part("kind", WEIGHT[one.kind]),
        Part("late", late),
        Part("person", _PERSON.get(segment, 0) if segment else 0),
        Part("learned", -_put_away(one.kind, seen.get(one.kind, Seen()), prior)),
    )
    return tuple(part for part in parts if part.points)


def _put_away(kind: Kind, seen: Seen, prior: int) -> int:
    if kind in PROMISES or not seen.dismissed:
        return 0
    done, of = seen.done + prior, seen.done + seen.dismissed + prior
    return round(WEIGHT[kind] * (1 - done / of))


def order(one: Candidate, parts: Iterable[Part]) -> tuple[bool, int, int, str]:
    """What entries are sorted by: overdue promises, then the higher score, then what has been due longer."""
    return (one.kind is not Kind.PROMISE_LATE, -sum(part.points for part in parts), one.at, one.subject)


def may_be_listed(kind: Kind, forbidden: frozenset[str]) -> bool:
    """Whether a customer who said no to these purposes may be turned to first."""
    return CONTACT not in forbidden and not (kind in OFFERS and MARKETING in forbidden)


def resting(choices: Iterable[MorningChoice], now: int) -> frozenset[tuple[str, str]]:
    """Kind and subject of whatever was done or put away and is still left in peace."""
    found = set()
    for one in choices:
        done, dismissed = _REST_DAYS.get(one.kind, (0, 0))
        if now - one.at < DAY * (done if one.choice == DONE else dismissed):
            found.add((one.kind, one.subject))
    return frozenset(found)


def tallied(choices: Iterable[MorningChoice]) -> dict[str, Seen]:
    """How many entries of each kind were done and put away."""
    counts: dict[str, list[int]] = {}
    for one in choices:
        counts.setdefault(one.kind, [0, 0])[one.choice != DONE] += 1
    return {kind: Seen(*two) for kind, two in counts.items()}
