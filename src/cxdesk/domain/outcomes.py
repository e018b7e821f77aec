"""What became of the contacts in which a line was said.

One contact is one outcome: good, not good, or not known. What the customer answered outranks how they sounded at the
end, which outranks whether they had to come again.
"""

from collections.abc import Iterable

from cxdesk.domain.moments import DAY
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Emotion

__all__ = ["AGAIN", "FEW", "Contact", "Tally", "tallied", "went_well"]

AGAIN = 7 * DAY
"""A contact that needs another one within this time did not settle the matter."""

FEW = 5
"""With fewer known outcomes than this nothing is said about a line."""

_PLEASED = {"csat": 4, "nps": 9, "ces": 5}
_DISPLEASED = {"csat": 2, "nps": 6, "ces": 3}
_CONTENT = (Emotion.GRATITUDE, Emotion.NEUTRAL)


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact in which a line was said.

    ``answers`` are ``(scale, value)``; ``before`` and ``after`` how the customer felt at the start and at the end;
    ``again`` whether they came again within ``AGAIN``, ``None`` while that time is not over.
    """

    line_id: str
    answers: tuple[tuple[str, int], ...] = ()
    before: Emotion | None = None
    after: Emotion | None = None
    again: bool | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a line was said, of how many of these contacts the outcome is known, and how many were good."""

    said: int = 0
    known: int = 0
    good: int = 0

    @property
    def share(self) -> float | None:
        """The share of good outcomes; ``None`` while there are too few to say."""
        return self.good / self.known if self.known >= FEW else None


def went_well(contact: Contact) -> bool | None:
    """Whether a contact ended well; ``None`` when nobody can tell."""
    for verdict in (_answered(contact.answers), _felt(contact.before, contact.after)):
        if verdict is not None:
            return verdict
    return None if contact.again is None else not contact.again


def _answered(answers: Iterable[tuple[str, int]]) -> bool | None:
    """One displeased answer outweighs any pleased one; answers in between say nothing."""
    verdicts = set()
    for scale, value in answers:
        if value <= _DISPLEASED.get(scale, -1):
            verdicts.add(False)
        elif scale in _PLEASED and value >= _PLEASED[scale]:
            verdicts.add(True)
    return None if not verdicts else False not in verdicts


def _felt(before: Emotion | None, after: Emotion | None) -> bool | None:
    """Calm at the end is an achievement only for somebody who was not calm at the start."""
    if after is None:
        return None
    if after not in _CONTENT:
        return False
    better = after is Emotion.GRATITUDE or (before is not None and before not in _CONTENT)
    return True if better else None


def tallied(contacts: Iterable[Contact]) -> dict[str, Tally]:
    """The outcomes by line."""
    counts: dict[str, list[int]] = {}
    for contact in contacts:
        said = counts.setdefault(contact.line_id, [0, 0, 0])
        verdict = went_well(contact)
        said[0] += 1
        said[1] += verdict is not None
        said[2] += verdict is True
    return {line_id: Tally(*said) for line_id, said in counts.items()}
