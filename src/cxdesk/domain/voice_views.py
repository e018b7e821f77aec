"""What the board of voices and a theme's page need, gathered from several records."""

from collections.abc import Mapping

from cxdesk.domain.afterwards import Improvement, Theme, ThemeStage, ThemeWhy, Voice
from cxdesk.domain.impact import Impact, Weight, quick_win
from cxdesk.domain.levels import Level
from cxdesk.domain.values import dataclass
from cxdesk.domain.words import Language

__all__ = ["Board", "Card", "Item", "Listener", "Page"]


@dataclass(frozen=True, slots=True)
class Card:
    """A theme on the board: its number there, what it weighs, whether it is heard more than usual, and whether a change
    that was to be made is ``late``."""

    number: int
    theme: Theme
    weight: Weight
    impact: Impact
    level: Level
    late: bool = False

    @property
    def quick(self) -> bool:
        """Whether it is worth much and costs little."""
        return quick_win(self.impact.score, self.theme.effort)


@dataclass(frozen=True, slots=True)
class Board:
    """The themes by stage, the weightiest first; ``vip_spent`` and ``currency`` are what money is measured by."""

    columns: Mapping[ThemeStage, tuple[Card, ...]]
    vip_spent: int
    currency: str

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every theme on the board, by number."""
        return tuple(sorted((card for column in self.columns.values() for card in column), key=lambda c: c.number))


@dataclass(frozen=True, slots=True)
class Listener:
    """A customer who is to be told, or was: what they said and when, and the message. ``body`` is empty while nothing
    has changed; ``no`` names the consent that stands against telling them."""

    customer_id: str
    name: str
    language: Language
    said: str
    said_at: int
    body: str
    told_at: int | None = None
    no: str | None = None


Item = ThemeWhy | Improvement | Listener | Voice
"""What the cursor can stand on, on a theme's page."""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything about one theme. Voices come with their customer's name, improvements with their owner's.

    ``heard`` voices of ``people`` customers there are in all, ``told`` of them told; of many the latest are here.
    """

    card: Card
    voices: tuple[tuple[Voice, str | None], ...]
    whys: tuple[ThemeWhy, ...]
    work: tuple[tuple[Improvement, str | None], ...]
    listeners: tuple[Listener, ...]
    heard: int
    people: int
    told: int

    @property
    def items(self) -> tuple[Item, ...]:
        """What the cursor goes through, in the order it is shown."""
        work = (one for one, _ in self.work)
        voices = (voice for voice, _ in self.voices)
        return (*self.whys, *work, *self.listeners, *voices)
