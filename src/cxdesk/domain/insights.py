"""What the figures of a period say: contacts, waits, answers, promises and feelings, each with what it rests on.

========== ===================================================================================================
figure     formula
========== ===================================================================================================
left       gave up / (gave up + were served)
told       told waits that came true / told waits whose outcome is known
first      resolved contacts of known customers without a second one on the topic in 7 days / all such contacts
reopened   reopenings / (resolutions that stand + reopenings)
kept       promises kept in time / (kept + late + broken), by the day they were due
began,     contacts that began (ended) in anger, anxiety or disappointment / those whose feeling is known
ended
========== ===================================================================================================

Whether there was a second contact is known of a day only when its seven days are over: later days are left out.
Nothing here is counted by agent.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from cxdesk.domain import feedback
from cxdesk.domain.comparing import Difference, medians, rates, scores, shares
from cxdesk.domain.durations import COARSE, FINE, Lengths, lengths
from cxdesk.domain.facts import PROMISES, Ending, moods
from cxdesk.domain.feedback import SCALES, Scale, Score, fits
from cxdesk.domain.journey import Touch, Way, Weighed, mood
from cxdesk.domain.periods import Period
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Channel, Emotion, Segment, Topic

__all__ = [
    "PARTS",
    "Counts",
    "Insights",
    "JourneyReport",
    "Part",
    "Point",
    "Report",
    "Share",
    "StageFigures",
    "compare",
    "insights",
    "point",
    "settled_until",
    "stages",
    "touches",
]

Counts = Mapping[tuple[str, str], Mapping[int, int]]
"""Kind and key → bin → how often; see ``facts``."""

_BAD = (Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT)
_NOTHING: Mapping[int, int] = {}

PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "topic": ("t", tuple(Topic)),
    "channel": ("c", tuple(Channel)),
    "segment": ("g", (*Segment, "")),
}
"""What the work is broken down by; the empty segment is somebody unknown."""


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``n``."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """The share; ``None`` of nothing."""
        return self.hits / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Part:
    """The work of one topic, channel or segment; ``key`` is its word."""

    key: str
    arrived: int
    resolved: int
    left: int
    wait: Lengths | None
    service: Lengths | None
    first: Share


@dataclass(frozen=True, slots=True)
class Insights:
    """Everything that is known of a period. ``hours`` are arrivals by hour of the week, Monday midnight first.

    ``told_open`` are told waits whose outcome is not known. ``start`` and ``end`` are the feelings of resolved
    contacts. ``parts`` breaks the work down, the most contacts first.
    """

    period: Period
    arrived: int
    resolved: int
    wait: Lengths | None
    service: Lengths | None
    resolution: Lengths | None
    left: Share
    told: Share
    told_open: int
    first: Share
    reopened: Share
    answers: Mapping[str, Score]
    promises: Mapping[str, int]
    start: Mapping[str, int]
    end: Mapping[str, int]
    hours: tuple[int, ...]
    parts: Mapping[str, tuple[Part, ...]]

    @property
    def empty(self) -> bool:
        """Whether nothing at all happened."""
        return not (self.arrived or self.resolved or self.left.n or sum(self.promises.values()) or self.answers)

    @property
    def kept(self) -> Share:
        """Promises kept in time, of those whose time came and that were kept, late or broken."""
        known = sum(self.promises[name] for name in ("kept", "late", "broken"))
        return Share(self.promises["kept"], known)

    @property
    def began(self) -> Share:
        """Contacts that began badly."""
        return _bad(self.start)

    @property
    def ended(self) -> Share:
        """Contacts that ended badly."""
        return _bad(self.end)


def settled_until(today: date) -> date:
    """The last day of which it is known whether its contacts were the only ones."""
    return today - timedelta(days=8)


def insights(period: Period, counts: Counts, unsettled: Counts) -> Insights:
    """The figures of a period; ``unsettled`` are those of the days after ``settled_until``, left out of ``first``."""
    start, end = _feelings(counts)
    left, taken = _sum(counts, "left", ""), _sum(counts, "wait", "")
    resolved, again = _sum(counts, "resolved", ""), _sum(counts, "reopened", "")
    told = counts.get(("told", ""), _NOTHING)
    outcomes = counts.get(("promise", ""), _NOTHING)
    hours = counts.get(("hour", ""), _NOTHING)
    return Insights(
        period=period,
        arrived=_sum(counts, "arrived", ""),
        resolved=resolved,
        wait=_lengths(counts, "wait", ""),
        service=_lengths(counts, "service", ""),
        resolution=_lengths(counts, "resolution", ""),
        left=Share(left, left + taken),
        told=Share(told.get(1, 0), told.get(1, 0) + told.get(2, 0)),
        told_open=told.get(0, 0),
        first=_first(counts, unsettled, ""),
        reopened=Share(again, resolved + again),
        answers=_answers(counts),
        promises={name: outcomes.get(number, 0) for number, name in enumerate(PROMISES)},
        start=start,
        end=end,
        hours=tuple(hours.get(hour, 0) for hour in range(168)),
        parts={name: _parts(counts, unsettled, *known) for name, known in PARTS.items()},
    )


def _sum(counts: Counts, kind: str, key: str) -> int:
    return sum(counts.get((kind, key), _NOTHING).values())


def _lengths(counts: Counts, kind: str, key: str) -> Lengths | None:
    return lengths(counts.get((kind, key), _NOTHING), COARSE if key else FINE)


def _first(counts: Counts, unsettled: Counts, key: str) -> Share:
    found, later = (known.get(("first", key), _NOTHING) for known in (counts, unsettled))
    return Share(found.get(0, 0) - later.get(0, 0), sum(found.values()) - sum(later.values()))


def _answers(counts: Counts) -> Mapping[str, Score]:
    """Scale → its figure; what another program wrote outside a scale is no answer."""
    found = {}
    for scale in Scale:
        values = {value: n for value, n in counts.get(("answer", scale), _NOTHING).items() if fits(scale, value)}
        if values:
            found[str(scale)] = feedback.score(scale, values)
    return found


def _feelings(counts: Counts, *stages: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Feelings at the start and at the end, of some stages or of all."""
    start: dict[str, int] = {}
    end: dict[str, int] = {}
    for stage in stages or tuple(Way):
        for number, n in counts.get(("mood", f"s:{stage}"), _NOTHING).items():
            for feeling, into in zip(moods(number), (start, end), strict=True):
                if feeling is not None:
                    into[feeling] = into.get(feeling, 0) + n
    return start, end


def _bad(feelings: Mapping[str, int]) -> Share:
    return Share(sum(feelings.get(feeling, 0) for feeling in _BAD), sum(feelings.values()))


def _parts(counts: Counts, unsettled: Counts, letter: str, words: Iterable[str]) -> tuple[Part, ...]:
    made = [_part(counts, unsettled, word, f"{letter}:{word}") for word in words]
    known = (part for part in made if part.arrived or part.resolved or part.left)
    return tuple(sorted(known, key=lambda part: -part.arrived))


def _part(counts: Counts, unsettled: Counts, word: str, key: str) -> Part:
    return Part(
        word,
        _sum(counts, "arrived", key),
        _sum(counts, "resolved", key),
        _sum(counts, "left", key),
        _lengths(counts, "wait", key),
        _lengths(counts, "service", key),
        _first(counts, unsettled, key),
    )


# -- over time


@dataclass(frozen=True, slots=True)
class Point:
    """One step of a curve: its days, what came and went, and the usual wait and service in seconds."""

    first: date
    last: date
    arrived: int
    resolved: int
    left: int
    wait: float | None
    service: float | None


def point(first: date, last: date, counts: Mapping[str, Mapping[int, int]]) -> Point:
    """A step from its counts by kind."""
    wait, service = lengths(counts.get("wait", _NOTHING)), lengths(counts.get("service", _NOTHING))
    arrived, resolved, left = (sum(counts.get(kind, _NOTHING).values()) for kind in ("arrived", "resolved", "left"))
    usual = (found.median if found else None for found in (wait, service))
    return Point(first, last, arrived, resolved, left, *usual)


# -- beside the period before


def compare(now: Insights, then: Insights) -> Mapping[str, Difference]:
    """Figure → how it differs from what it was, for the figures that both periods have.

    How often something came is compared by the day, so that a month of 31 days has no more than one of 30.
    """
    days = now.period.days, then.period.days
    found = {
        "arrived": rates(now.arrived, days[0], then.arrived, days[1]),
        "resolved": rates(now.resolved, days[0], then.resolved, days[1]),
    }
    for name in ("left", "told", "first", "reopened", "kept", "began", "ended"):
        one, other = getattr(now, name), getattr(then, name)
        if one.n and other.n:
            found[name] = shares(one.hits, one.n, other.hits, other.n)
    for name in ("wait", "service", "resolution"):
        if getattr(now, name) and getattr(then, name):
            found[name] = medians(getattr(now, name), getattr(then, name))
    for scale in SCALES:
        ends = [_ends(period.answers.get(scale)) for period in (now, then)]
        if ends[0] and ends[1]:
            found[scale] = scores(ends[0], ends[1])
    return found


def _ends(score: Score | None) -> tuple[float, float, float] | None:
    if score is None or score.value is None or score.low is None or score.high is None:
        return None
    return score.value, score.low, score.high


# -- the customer's way


@dataclass(frozen=True, slots=True)
class StageFigures:
    """One stage of the way of all customers: contacts, their wait, feelings from -2 to 2, and answers by scale."""

    way: Way
    contacts: int
    wait: Lengths | None
    start: float | None
    end: float | None
    answers: Mapping[str, Score]


def stages(counts: Counts) -> tuple[StageFigures, ...]:
    """Every stage in order."""
    found = []
    for way in Way:
        start, end = _feelings(counts, way)
        answers: Counts = {("answer", scale): counts.get(("answer_in", f"{scale}/{way}"), _NOTHING) for scale in Scale}
        key = f"s:{way}"
        arrived, waited = _sum(counts, "arrived", key), _lengths(counts, "wait", key)
        found.append(StageFigures(way, arrived, waited, mood(start), mood(end), _answers(answers)))
    return tuple(found)


def touches(counts: Counts) -> Sequence[Touch]:
    """What happened at each touchpoint that this program has words for."""
    found = []
    for (kind, key), endings in counts.items():
        channel, _, topic = key.partition("/")
        if kind == "touch" and channel in tuple(Channel) and topic in tuple(Topic):
            well, hurt, left = (endings.get(ending, 0) for ending in (Ending.WELL, Ending.HURT, Ending.LEFT))
            found.append(Touch(channel, topic, sum(endings.values()), well, hurt, left))
    return found


@dataclass(frozen=True, slots=True)
class Report:
    """A period beside the one before: its days so far, ``differences`` by figure, and a curve's ``points``."""

    now: Insights
    then: Insights
    differences: Mapping[str, Difference]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class JourneyReport:
    """The way of all customers in a period. ``buyers`` are first-time buyers and, in loyalty, those who came back."""

    period: Period
    stages: tuple[StageFigures, ...]
    buyers: Mapping[Way, int]
    touchpoints: tuple[Weighed, ...]
