"""What can happen to voices and themes, as edits: heard, joined, split, weighed, explained, changed, told.

A theme goes collect 수집 → analyse 분석 → improve 개선 → share 공유, and off the board when everybody knows. A voice
that comes to a theme which is off the board brings it back to the beginning: what was changed was not enough.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cxdesk.domain.afterwards import (
    Horizon,
    Improvement,
    ImprovementState,
    Telling,
    Theme,
    ThemeStage,
    ThemeWhy,
    Voice,
)
from cxdesk.domain.changes import Edit, Stamp, alter, insert
from cxdesk.domain.themes import title_of
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Topic

__all__ = [
    "SEVERITIES",
    "WHYS",
    "Said",
    "add_why",
    "begin",
    "hear",
    "improve",
    "join",
    "move",
    "own",
    "settle",
    "split",
    "step",
    "tell",
]

SEVERITIES = {1: "light", 2: "annoying", 3: "serious"}
"""How much what was said weighs with the customer, each with its word (``severity.<word>``)."""
WHYS = 5
"""Why is asked so many times (Ohno 1988, Toyota Production System)."""

STAGES = tuple(ThemeStage)


@dataclass(frozen=True, slots=True)
class Said:
    """What a customer said, before it has a theme. ``customer_id`` and ``ticket_id`` are ``None`` where unknown."""

    body: str
    topic: Topic
    product: str = ""
    severity: int = 1
    customer_id: str | None = None
    ticket_id: str | None = None


def begin(said: Said, stamp: Stamp) -> Theme:
    """A theme of its own for what was said."""
    return Theme(stamp.mint(), title_of(said.body), said.topic, said.product, ThemeStage.COLLECT, 0, stamp.at, stamp.at)


def hear(theme: Theme, said: Iterable[Said], stamp: Stamp, *, new: bool) -> tuple[tuple[Voice, ...], tuple[Edit, ...]]:
    """Voices that join a theme, and the edits; ``new`` when the theme begins with them."""
    voices = tuple(
        Voice(
            stamp.mint(),
            one.customer_id,
            one.ticket_id,
            one.body,
            one.topic,
            one.product,
            one.severity,
            stamp.at,
            stamp.agent_id,
            theme.id,
        )
        for one in said
    )
    kept = (insert(theme),) if new else _heard(theme, stamp.at)
    return voices, (*kept, *(insert(voice) for voice in voices))


def _heard(theme: Theme, at: int) -> tuple[Edit, ...]:
    """The theme is spoken of again; one that was off the board is back on it."""
    stage = ThemeStage.COLLECT if theme.stage is ThemeStage.DONE else theme.stage
    return alter(theme, replace(theme, stage=stage, heard_at=max(theme.heard_at, at)))


def split(theme: Theme, voices: Sequence[Voice], rest: Sequence[Voice], stamp: Stamp) -> tuple[Theme, tuple[Edit, ...]]:
    """Some voices of a theme become one of their own, called by the first of them; ``rest`` are those that stay."""
    first = min(voices, key=lambda voice: (voice.at, voice.id))
    said = Said(first.body, first.topic, first.product)
    made = replace(begin(said, stamp), created_at=first.at, heard_at=max(voice.at for voice in voices))
    stays = alter(theme, replace(theme, heard_at=max((voice.at for voice in rest), default=theme.heard_at)))
    return made, (insert(made), *_moved(voices, made.id), *stays)


def join(
    theme: Theme,
    into: Theme,
    voices: Sequence[Voice],
    whys: Sequence[ThemeWhy],
    improvements: Sequence[Improvement],
    tellings: Sequence[Telling],
    place: int,
) -> tuple[Edit, ...]:
    """Two themes are one: everything of ``theme`` goes ``into`` the other, whose causes end at ``place``."""
    edits: list[Edit] = [*_moved(voices, into.id)]
    for step, why in enumerate(whys, place + 1):
        edits += alter(why, replace(why, theme_id=into.id, place=step))
    for work in improvements:
        edits += alter(work, replace(work, theme_id=into.id))
    for telling in tellings:
        edits += alter(telling, replace(telling, theme_id=into.id))
    return (*edits, *alter(theme, replace(theme, merged_into=into.id)), *_heard(into, theme.heard_at))


def move(voice: Voice, theme: Theme, left: Theme, rest: Sequence[Voice]) -> tuple[Edit, ...]:
    """A voice belongs to ``theme`` and not to the one it ``left``, whose other voices are ``rest``."""
    stays = alter(left, replace(left, heard_at=max((one.at for one in rest), default=left.created_at)))
    return (*_moved((voice,), theme.id), *_heard(theme, voice.at), *stays)


def _moved(voices: Iterable[Voice], theme_id: str) -> tuple[Edit, ...]:
    return tuple(edit for voice in voices for edit in alter(voice, replace(voice, theme_id=theme_id)))


def step(theme: Theme, by: int) -> tuple[Edit, ...]:
    """Forward or back on the board; it stops at both ends."""
    at = max(0, min(len(STAGES) - 1, STAGES.index(theme.stage) + by))
    return alter(theme, replace(theme, stage=STAGES[at]))


def add_why(theme_id: str, body: str, before: Sequence[ThemeWhy], stamp: Stamp) -> Edit:
    """One more why, the cause of the last one."""
    place = max((why.place for why in before), default=0) + 1
    return insert(ThemeWhy(stamp.mint(), theme_id, place, body, stamp.at, stamp.agent_id))


def improve(theme_id: str, what: str, horizon: Horizon, owner: str | None, due_at: int | None, stamp: Stamp) -> Edit:
    """Something is to be changed."""
    made = Improvement(stamp.mint(), theme_id, what, horizon, owner, due_at, ImprovementState.PLANNED, stamp.at)
    return insert(made)


def own(work: Improvement, agent_id: str | None) -> tuple[Edit, ...]:
    """Who sees to it."""
    return alter(work, replace(work, owner=agent_id))


def settle(work: Improvement, state: ImprovementState, stamp: Stamp) -> tuple[Edit, ...]:
    """It was changed, given up, or is to be changed after all."""
    done = stamp.at if state is ImprovementState.DONE else None
    return alter(work, replace(work, state=state, done_at=done))


def tell(
    voice: Voice, customer_id: str, body: str, before: Telling | None, stamp: Stamp, *, sent: bool
) -> tuple[Edit, ...]:
    """What a customer is told about their words is worded, or was sent; ``before`` is what was worded already."""
    told_at = stamp.at if sent else None
    if before is not None:
        return alter(before, replace(before, body=body, told_at=told_at, agent_id=stamp.agent_id))
    made = Telling(
        stamp.mint(), voice.theme_id, customer_id, voice.id, body, stamp.at, told_at=told_at, agent_id=stamp.agent_id
    )
    return (insert(made),)
