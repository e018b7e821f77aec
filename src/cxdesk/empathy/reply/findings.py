"""What the check can find in a reply, and what it proposes for it."""

from dataclasses import dataclass, replace
from enum import StrEnum

from cxdesk.domain.due import Due

__all__ = ["Finding", "FindingId", "Fix", "Weight"]


class FindingId(StrEnum):
    """The findings, the weightiest first; where several stand in one reply, they are shown in this order."""

    UNFILLED = "unfilled"
    NO_ALTERNATIVE = "no-alternative"
    OVER_PROMISE = "over-promise"
    BLAME = "blame"
    HIDES_BEHIND_POLICY = "hides-behind-policy"
    BARE_APOLOGY = "bare-apology"
    VAGUE_TIME = "vague-time"
    ASKS_AGAIN = "asks-again"
    PROMISE_UNTRACKED = "promise-untracked"
    SHOUTING = "shouting"
    NO_NAME = "no-name"
    JARGON = "jargon"
    GOODS_HONORIFIC = "goods-honorific"
    WRONG_JOSA = "wrong-josa"


class Weight(StrEnum):
    """What a finding does to sending: nothing, ask once, or forbid."""

    ADVISE = "advise"
    ASK = "ask"
    BLOCK = "block"


_WEIGHTS = {FindingId.UNFILLED: Weight.BLOCK, FindingId.NO_ALTERNATIVE: Weight.ASK}


@dataclass(frozen=True, slots=True)
class Fix:
    """The edit that carries a proposal out: the characters from ``start`` to ``end`` become ``text``."""

    start: int
    end: int
    text: str

    def apply(self, reply: str) -> str:
        """The reply with the edit made."""
        return reply[: self.start] + self.text + reply[self.end :]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at ``start`` to ``end`` of the reply.

    ``better`` is what could be said instead, ``""`` where nothing true is known to say; ``fix`` writes it. ``due`` is
    the time that was promised, for a promise nobody has written down.
    """

    id: FindingId
    start: int
    end: int
    better: str = ""
    fix: Fix | None = None
    due: Due | None = None

    @property
    def weight(self) -> Weight:
        """What it does to sending."""
        return _WEIGHTS.get(self.id, Weight.ADVISE)

    def moved(self, by: int) -> "Finding":
        """The same finding ``by`` characters further on."""
        if not by:
            return self
        fix = self.fix and Fix(self.fix.start + by, self.fix.end + by, self.fix.text)
        return replace(self, start=self.start + by, end=self.end + by, fix=fix)
