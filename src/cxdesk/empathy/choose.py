"""Which lines to offer now: those that fit, the most specific first, none said to this customer lately.

When the feeling is uncertain a line for it is offered only where it costs less than a line for everyone does
(``cost``): a glad line must never meet an angry person. What worked here (``outcomes``) decides among lines that fit
about equally well.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

from cxdesk.domain.moments import DAY, Instant
from cxdesk.domain.words import Channel, Emotion, Language, Segment, Stage, Topic
from cxdesk.empathy.cost import SAFE, certain, expected_cost
from cxdesk.empathy.library import Form, Library, Line, Situation
from cxdesk.empathy.outcomes import NOTHING_LEARNED, Experience

__all__ = ["REST", "Moment", "Offer", "bearable", "fit", "offer", "suits"]

# How long a line rests after it was said to a customer.
REST = 30 * DAY

# Each further line of the same kind counts this much less, so that nine offers are not nine of one kind.
_SAMENESS = 1.6

_MEMORY = re.compile(r"\b(?:purchase|last_contact|preference)\.")
_MEASURED = re.compile(r"\b(?:waited|wait|commit)\b")
_NAME = re.compile(r"\bcustomer\.name\b")


@dataclass(frozen=True, slots=True)
class Moment:
    """Where the contact stands.

    ``emotion`` is what an agent heard, or what is beyond doubt; then it counts alone. Otherwise ``chances`` may say
    how likely each feeling is, in thousandths and in the order of ``Emotion``; empty when nothing is known of it.
    ``abuse`` and ``crisis`` bring the lines that are kept for them.
    """

    stage: Stage
    emotion: Emotion | None = None
    intensity: int = 0
    topic: Topic = Topic.OTHER
    segment: Segment | None = None
    channel: Channel = Channel.PHONE
    lang: Language = Language.KO
    waited_longer: bool = False
    chances: tuple[int, ...] = ()
    abuse: bool = False
    crisis: bool = False

    @property
    def felt(self) -> tuple[int, ...]:
        """How likely each feeling is; empty when nothing is known of it."""
        return certain(self.emotion) if self.emotion is not None else self.chances

    def during(self, situation: Situation) -> bool:
        """Whether the contact is in a situation that lines are kept for."""
        return {
            Situation.WAITED_LONGER: self.waited_longer,
            Situation.ABUSE: self.abuse,
            Situation.CRISIS: self.crisis,
        }[situation]


@dataclass(frozen=True, slots=True)
class Offer:
    """A line ready to say. ``why`` holds reason codes: waited, abuse, crisis, emotion (or likely, when it is not sure),
    safe, topic, segment, channel, memory, name, worked or untested (how it fared here), and last either ``fresh`` or
    ``repeat`` (said to this customer within ``REST``).
    """

    line: Line
    text: str
    why: tuple[str, ...]


def suits(line: Line, moment: Moment) -> bool:
    """Whether the line may be said at all: every condition it names holds."""
    return (
        bearable(line, moment)
        and (not line.topics or moment.topic in line.topics)
        and (not line.segments or moment.segment in line.segments)
        and (line.form is None or (line.form is Form.SPEAK) is moment.channel.spoken)
        and (line.when is None or moment.during(line.when))
    )


def bearable(line: Line, moment: Moment) -> bool:
    """Whether a line written for some feeling may be said to somebody who may have another."""
    if not line.emotions:
        return True
    if moment.emotion is not None:
        return moment.emotion in line.emotions
    return bool(moment.chances) and expected_cost(line.emotions, moment.chances) < SAFE


def fit(line: Line, moment: Moment) -> float:
    """How closely a suitable line meets the moment: the more it names, and the less it leaves to fill, the higher."""
    score = 0.0
    if line.when is Situation.WAITED_LONGER:
        # Whoever waited longer than told hears that first of all, and once.
        score += 16 if line.stage is Stage.GREET else 6
    elif line.when is not None:
        score += 32
    if line.emotions:
        score += SAFE - expected_cost(line.emotions, moment.felt)
        score += (moment.intensity >= 2) - 0.5 * (len(line.emotions) - 1)
    if line.topics and moment.topic is not Topic.OTHER:  # 'other' is also what nobody has sorted yet
        score += 4 - 0.1 * (len(line.topics) - 1)
    if line.segments:
        score += 3
    if line.form is not None:
        score += 1
    if _MEMORY.search(line.text) or _MEASURED.search(line.text):
        score += 1.5
    if _NAME.search(line.text):
        score += 0.5
    return score - 0.25 * line.text.count("{?")


def offer(
    library: Library,
    moment: Moment,
    fill: Callable[[Line], str | None],
    recent: Mapping[str, Instant],
    now: Instant,
    limit: int = 9,
    seed: int = 0,
    experience: Experience = NOTHING_LEARNED,
) -> tuple[Offer, ...]:
    """Up to ``limit`` lines, best first; the same arguments give the same answer.

    ``recent`` maps line ids to when they were last said to this customer. Such a line is offered within ``REST``
    only when nothing else can be. ``fill`` is called for as many lines as are needed. ``seed`` (a ticket's number)
    turns equals in a different order, so that not every customer hears the same first line; ``experience`` moves a
    line by how it fared here.
    """
    # What answers abuse is said wherever the contact stands, and read from asking for another tone to ending it.
    first = library.during(moment.lang, Situation.ABUSE) if moment.abuse else ()
    suitable = [line for line in dict.fromkeys((*first, *library.at(moment.lang, moment.stage))) if suits(line, moment)]
    rested = [line for line in suitable if not _resting(line, recent, now)]
    ranked = sorted(
        ((fit(line, moment) + experience.points(line.id, seed), line) for line in rested if line not in first),
        key=lambda pair: (-pair[0], crc32(f"{seed} {pair[1].id}".encode())),
    )
    found = _filled((line for line in rested if line in first), moment, fill, limit, experience, "fresh")
    found += _varied(ranked, moment, fill, limit - len(found), experience)
    if found:
        return found
    said = sorted((line for line in suitable if line not in rested), key=lambda line: recent[line.id])
    return _filled(said, moment, fill, limit, experience, "repeat")


def _resting(line: Line, recent: Mapping[str, Instant], now: Instant) -> bool:
    said = recent.get(line.id)
    return said is not None and now - said < REST


def _varied(
    ranked: list[tuple[float, Line]],
    moment: Moment,
    fill: Callable[[Line], str | None],
    limit: int,
    experience: Experience,
) -> tuple[Offer, ...]:
    """Take the best again and again, each kind of line losing a little with every one of it taken."""
    taken: Counter[object] = Counter()
    found: list[Offer] = []
    while ranked and len(found) < limit:
        best = max(ranked, key=lambda pair: pair[0] - _SAMENESS * taken[_kind(pair[1])])
        ranked.remove(best)
        offers = _filled([best[1]], moment, fill, 1, experience, "fresh")
        if offers:
            taken[_kind(best[1])] += 1
            found += offers
    return tuple(found)


def _filled(
    lines: Iterable[Line],
    moment: Moment,
    fill: Callable[[Line], str | None],
    limit: int,
    experience: Experience,
    age: str,
) -> tuple[Offer, ...]:
    found: list[Offer] = []
    for line in lines:
        if len(found) == limit:
            break
        text = fill(line)
        if text is not None:
            found.append(Offer(line, text, (*_reasons(line, moment), *experience.why(line.id), age)))
    return tuple(found)


def _kind(line: Line) -> object:
    return line.emotions, line.topics, line.segments, line.form, line.when


def _reasons(line: Line, moment: Moment) -> list[str]:
    holds = {
        "waited": line.when is Situation.WAITED_LONGER,
        "abuse": line.when is Situation.ABUSE,
        "crisis": line.when is Situation.CRISIS,
        "emotion": bool(line.emotions) and moment.emotion is not None,
        "likely": bool(line.emotions) and moment.emotion is None,
        "safe": not line.emotions and moment.emotion is None,
        "topic": bool(line.topics),
        "segment": bool(line.segments),
        "channel": line.form is not None,
        "memory": _MEMORY.search(line.text) is not None,
        "name": _NAME.search(line.text) is not None,
    }
    return [code for code, true in holds.items() if true]
