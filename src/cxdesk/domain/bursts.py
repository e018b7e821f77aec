"""When many ask about one thing at once: a count against the usual rate of that hour of the week.

The usual rate of a topic (or of a topic and a product) is what came in the same hour of the same weekday in each of
the last eight weeks::

    usual = (arrivals in those weeks + 1/2) / weeks

The half keeps a quiet hour from having a rate of nothing (Jeffreys' prior for a Poisson rate). How unlikely the
present hour is, if all is as usual, is the tail of a Poisson count::

    P(N >= n) = 1 - sum(exp(-usual) * usual**k / k!  for k < n)

It is a burst when ``n`` is at least ``least``, at least three times the usual rate, and the tail at most one in ten
thousand: about a dozen topics are looked at once a minute, and a false alarm a month is still bearable.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import exp

from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Topic

__all__ = ["LEAST", "WEEKS", "Burst", "Subject", "bursting", "counted", "find", "tail", "usual"]

WEEKS = 8
LEAST = 5
_TIMES = 3.0
_CHANCE = 1e-4
_SHARE = 0.6
"""So much of a topic's tickets must be about one product before the product is named with it."""

Subject = tuple[Topic, str]
"""A topic and a product; the product is empty where the topic alone is meant."""


@dataclass(frozen=True, slots=True)
class Burst:
    """Many ask about one thing: how many within the hour, how many are usual, and which tickets they are."""

    topic: Topic
    product: str
    count: int
    usual: float
    tickets: tuple[str, ...]


def usual(weeks: Sequence[int]) -> float:
    """The usual count of an hour from the counts of that hour in earlier weeks. Raises ``ValueError`` without any."""
    if not weeks:
        raise ValueError("no week to compare with")
    return (sum(weeks) + 0.5) / len(weeks)


def tail(count: int, rate: float) -> float:
    """How likely at least ``count`` arrivals are where ``rate`` are usual."""
    term = exp(-rate)
    below = 0.0
    for k in range(count):
        below += term
        term *= rate / (k + 1)
    return max(0.0, 1.0 - below)


def bursting(count: int, weeks: Sequence[int], least: int = LEAST) -> bool:
    """Whether ``count`` within the hour is beyond what those weeks make likely."""
    if count < least or len(weeks) < 2:  # one week says nothing about what is usual
        return False
    rate = usual(weeks)
    return count >= _TIMES * rate and tail(count, rate) <= _CHANCE


def counted(asked: Iterable[Subject]) -> dict[Subject, int]:
    """How many asked about each topic alone, and about each topic with its product."""
    found: dict[Subject, int] = {}
    for topic, product in asked:
        for subject in {(topic, ""), (topic, product)}:
            found[subject] = found.get(subject, 0) + 1
    return found


def find(
    asked: Sequence[tuple[str, Topic, str]], weeks: Sequence[Mapping[Subject, int]], least: int = LEAST
) -> Burst | None:
    """What begs for an incident: the largest burst of the last hour, named with its product where most share one.

    ``asked`` are tickets (id, topic, product) of the last hour that belong to no incident yet; ``weeks`` the counts
    of the same hour in earlier weeks. "Other" is no topic to warn of.
    """
    now = counted((topic, product) for _, topic, product in asked if topic is not Topic.OTHER)
    bursts = [s for s, n in now.items() if bursting(n, [week.get(s, 0) for week in weeks], least)]
    if not bursts:
        return None
    topic, _ = max(bursts, key=lambda subject: (now[subject], subject))
    least_named = _SHARE * now[topic, ""] if (topic, "") in bursts else 0
    named = [s for s in bursts if s[0] is topic and s[1] and now[s] >= least_named]
    subject = max(named, key=lambda s: (now[s], s), default=(topic, ""))
    tickets = tuple(key for key, about, product in asked if about is topic and subject[1] in ("", product))
    return Burst(*subject, now[subject], usual([week.get(subject, 0) for week in weeks]), tickets)
