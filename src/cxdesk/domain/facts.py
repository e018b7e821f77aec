"""What one row of the desk adds to the figures of its day: the one place that says what is counted, when and as what.

A fact is ``(day, kind, key, bin)`` and counts once. ``day`` is the shop's own day (``date.toordinal``). ``key`` is ""
for everything, or names a part of it: ``c:phone`` a channel, ``t:delivery`` a topic, ``g:vip`` a segment (``g:`` for
somebody unknown), ``s:use`` a stage of the customer's way. Facts depend on nothing but the row, except whether a
contact was the only one (``first_contacts``), which its neighbours decide. So the figures of a day are the sum over
its rows, and the difference that an edit makes is the facts of the row after it less those before it.

Lengths are in fine bins for everything and in coarse ones for its parts. Waits are parted by channel, segment and
stage, service times by channel and topic: who somebody is does not change how long their question takes.

=============  ======================  =================================================================
kind           day of                  bin
=============  ======================  =================================================================
hour           arrival                 hour of the week, 0 to 167 from Monday midnight
arrived        arrival                 0
left           giving up               0
wait           being taken             length from beginning to wait to being taken (``durations``)
resolved       resolution              0
service        resolution              length from being taken to resolution, being put aside included
resolution     resolution              length from arrival to resolution
mood           resolution              feeling at the start and at the end (``mood_bin``), by stage
first          arrival                 0 no second contact on the topic within seven days, 1 there was one
touch          arrival                 how it ended (``Ending``); the key is ``channel/topic``
reopened       reopening               0
told           telling a wait          0 outcome not known, 1 it came true, 2 it took longer
promise        the day it was due      its place in ``PROMISES``
answer         the answer              its value; the key is the scale
answer_in      the answer              its value; the key is ``scale/stage``
=============  ======================  =================================================================
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from enum import IntEnum
from typing import Any

from cxdesk.domain.durations import COARSE, bin_of
from cxdesk.domain.journey import Step, answer_stage, contact_stage
from cxdesk.domain.moments import local
from cxdesk.domain.words import Emotion, PromiseState, Status

__all__ = [
    "AGAIN_MS",
    "FEELINGS",
    "PROMISES",
    "VERSION",
    "Days",
    "Ending",
    "Fact",
    "answer",
    "contact",
    "first_contacts",
    "mood_bin",
    "moods",
    "promise",
    "reopened",
    "stage_of",
    "told",
]

VERSION = 1
"""Raised whenever something else is counted: figures made by other rules are made anew by ``doctor --rebuild``."""

AGAIN_MS = 7 * 86_400_000
"""A second contact on the same topic within this time means that the first was not enough."""

Fact = tuple[int, str, str, int]
Row = Mapping[str, Any]

FEELINGS: tuple[Emotion | None, ...] = (None, *Emotion)
"""Feelings by number; 0 is not known."""
_NUMBER = {feeling: number for number, feeling in enumerate(FEELINGS)}
_BAD = frozenset({Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT})
PROMISES = ("open", "kept", "late", "broken", "moved", "answered")
_QUARTER = 900_000
_EARLIEST, _LATEST = -60_000_000_000_000, 250_000_000_000_000
"""Instants that every zone can put on a calendar; only a wrong clock goes beyond."""


class Ending(IntEnum):
    """How a contact ended."""

    OPEN = 0
    WELL = 1
    HURT = 2
    LEFT = 3
    UNSAID = 4


class Days:
    """The calendar of a shop: on which of its days an instant lies, and in which hour of the week."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._known: dict[int, tuple[int, int]] = {}

    def of(self, at: int) -> tuple[int, int]:
        """The day, as an ordinal, and the hour of the week, 0 to 167 from Monday midnight."""
        # No zone changes within a quarter of an hour, and a history asks for the same ones again and again.
        quarter = min(max(at, _EARLIEST), _LATEST) // _QUARTER
        found = self._known.get(quarter)
        if found is None:
            moment = local(quarter * _QUARTER, self._zone)
            found = self._known[quarter] = moment.toordinal(), 24 * moment.weekday() + moment.hour
        return found


def contact(row: Row, days: Days) -> Iterator[Fact]:
    """What a ticket's row adds."""
    stage, channel, topic, segment = _parts(row)
    everything = ("", channel, topic, segment)
    arrived, hour = days.of(row["arrived_at"])
    yield arrived, "hour", "", hour
    yield arrived, "touch", f"{row['channel']}/{row['topic']}", _ending(row)
    yield from ((arrived, "arrived", key, 0) for key in (*everything, stage))
    if row["abandoned_at"] is not None:
        day, _ = days.of(row["abandoned_at"])
        yield from ((day, "left", key, 0) for key in everything)
    if row["taken_at"] is not None:
        day, _ = days.of(row["taken_at"])
        yield from _took(day, "wait", row["waiting_since"], row["taken_at"], (channel, segment, stage))
    if row["resolved_at"] is not None:
        day, _ = days.of(row["resolved_at"])
        yield from _took(day, "resolution", row["arrived_at"], row["resolved_at"], ())
        yield day, "mood", stage, mood_bin(row["emotion"] or row["heard"], row["feeling_after"])
        yield from ((day, "resolved", key, 0) for key in everything)
        if row["taken_at"] is not None:
            yield from _took(day, "service", row["taken_at"], row["resolved_at"], (channel, topic))


def _took(day: int, kind: str, start: int, end: int, parts: Sequence[str]) -> Iterator[Fact]:
    seconds = (end - start) / 1000
    yield day, kind, "", bin_of(seconds)
    if parts:
        coarse = bin_of(seconds, COARSE)
        yield from ((day, kind, key, coarse) for key in parts)


def first_contacts(rows: Iterable[Row], days: Days) -> Iterator[Fact]:
    """What contacts of one customer add together: which of the resolved ones nobody had to follow up.

    The next contact on the same topic within ``AGAIN_MS`` of a contact's arrival makes it one that was not enough.
    """
    ordered = sorted(rows, key=lambda row: (row["arrived_at"], row["id"]))
    after: dict[str, int] = {}
    for row in reversed(ordered):
        again = row["arrived_at"] + AGAIN_MS >= after.get(row["topic"], row["arrived_at"] + AGAIN_MS + 1)
        after[row["topic"]] = row["arrived_at"]
        if row["resolved_at"] is not None:
            day, _ = days.of(row["arrived_at"])
            _, *parts = _parts(row)
            yield from ((day, "first", key, int(again)) for key in ("", *parts))


def reopened(row: Row, days: Days) -> Iterator[Fact]:
    """What an entry of a ticket adds: a reopening counts, nothing else does."""
    if row["kind"] == "event" and row["body"].startswith('{"code":"reopened"'):
        yield days.of(row["at"])[0], "reopened", "", 0


def told(row: Row, days: Days) -> Iterator[Fact]:
    """What a told wait adds: it came true when the customer did not wait longer than the longest time told."""
    outcome = 0 if row["waited"] is None else 1 if row["waited"] <= row["high"] else 2
    yield days.of(row["told_at"])[0], "told", "", outcome


def promise(row: Row, days: Days) -> Iterator[Fact]:
    """What a promise adds, on the day it was due; one kept after its time is late."""
    late = row["state"] == PromiseState.KEPT and row["done_at"] is not None and row["done_at"] > row["due_at"]
    outcome = "late" if late else row["state"]
    if outcome in PROMISES:  # another desk's program may know more of them
        yield days.of(row["due_at"])[0], "promise", "", PROMISES.index(outcome)


def answer(row: Row, days: Days, about: Row | None = None) -> Iterator[Fact]:
    """What an answer adds; ``about`` is the ticket it is about, whose stage it belongs to."""
    day, _ = days.of(row["at"])
    stage = stage_of(about) if about is not None else None
    way = answer_stage(row["scale"], row["value"], stage).way
    yield day, "answer", row["scale"], row["value"]
    yield day, "answer_in", f"{row['scale']}/{way}", row["value"]


def stage_of(row: Row) -> Step:
    """The stage of a contact."""
    return contact_stage(row["topic"], row["segment"], known=row["customer_id"] is not None)


def mood_bin(start: str | None, end: str | None) -> int:
    """Both feelings as one number; see ``moods``."""
    return len(FEELINGS) * _NUMBER.get(start, 0) + _NUMBER.get(end, 0)  # type: ignore[arg-type]


def moods(number: int) -> tuple[Emotion | None, Emotion | None]:
    """The feelings at the start and at the end; the inverse of ``mood_bin``."""
    start, end = divmod(number, len(FEELINGS))
    return FEELINGS[start], FEELINGS[end]


def _parts(row: Row) -> tuple[str, str, str, str]:
    """Stage, channel, topic and segment of a contact, as keys."""
    return f"s:{stage_of(row).way}", f"c:{row['channel']}", f"t:{row['topic']}", f"g:{row['segment'] or ''}"


def _ending(row: Row) -> Ending:
    if row["status"] == Status.ABANDONED:
        return Ending.LEFT
    if row["status"] != Status.RESOLVED:
        return Ending.OPEN
    if row["feeling_after"] is None:
        return Ending.UNSAID
    return Ending.HURT if row["feeling_after"] in _BAD else Ending.WELL
