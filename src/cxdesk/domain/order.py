"""The order in which waiting customers are served, as one number per ticket and the reasons behind it.

``rank_at`` is the instant a customer began to wait, moved earlier by a credit for priority, one for the segment and one
for what their words sound like. Earlier is served first. A credit, unlike a class, can never starve anyone: an ordinary
customer who has waited longer than the credit goes before an urgent one who has just come.
"""

from dataclasses import field

from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Emotion, Priority, Segment

__all__ = ["URGENCIES", "Credits", "Place", "place", "rank_at"]

URGENCIES = ("none", "soon", "now")
"""The names of a ticket's urgency: by 0, 1 and 2."""


@dataclass(frozen=True, slots=True)
class Credits:
    """Seconds of head start; a shop may change them in its settings."""

    priority: dict[str, int] = field(default_factory=lambda: {str(Priority.HIGH): 600, str(Priority.URGENT): 1800})
    segment: dict[str, int] = field(default_factory=lambda: {str(Segment.VIP): 120, str(Segment.AT_RISK): 60})
    urgency: dict[str, int] = field(default_factory=lambda: {"soon": 60, "now": 300})
    feeling: dict[str, int] = field(default_factory=lambda: {str(Emotion.ANGER): 60, str(Emotion.ANXIETY): 60})

    def words(self, urgency: int, feeling: Emotion | None) -> int:
        """Head start for urgency and feeling: the larger of the two, so that nobody gains twice by how they speak."""
        return max(self.urgency.get(URGENCIES[urgency], 0), self.feeling.get(feeling or "", 0))

    def of(self, priority: Priority, segment: Segment | None, urgency: int = 0, feeling: Emotion | None = None) -> int:
        """Head start in seconds of a customer."""
        return self.priority.get(priority, 0) + self.segment.get(segment or "", 0) + self.words(urgency, feeling)


def rank_at(
    waiting_since: int,
    priority: Priority,
    segment: Segment | None,
    credits: Credits,
    urgency: int = 0,
    feeling: Emotion | None = None,
) -> int:
    """The queue's sort key in ms; smaller is served earlier."""
    return waiting_since - 1000 * credits.of(priority, segment, urgency, feeling)


@dataclass(frozen=True, slots=True)
class Place:
    """Why a ticket stands where it stands: seconds waited and the head starts that were added to them."""

    waited: int
    for_priority: int
    for_segment: int
    for_words: int = 0

    @property
    def total(self) -> int:
        """What the queue compares, in seconds; the largest is served first."""
        return self.waited + self.for_priority + self.for_segment + self.for_words


def place(
    now: int,
    waiting_since: int,
    priority: Priority,
    segment: Segment | None,
    credits: Credits,
    urgency: int = 0,
    feeling: Emotion | None = None,
) -> Place:
    """The parts of a ticket's rank, to be told to whoever asks why."""
    return Place(
        waited=max(0, (now - waiting_since) // 1000),
        for_priority=credits.priority.get(priority, 0),
        for_segment=credits.segment.get(segment or "", 0),
        for_words=credits.words(urgency, feeling),
    )
