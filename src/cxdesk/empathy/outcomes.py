"""What outcomes teach about lines: how much more or less likely a contact here ends well with each of them.

A line's share of good outcomes is a Bayesian average: until it has been said often enough it is taken to do as well as
all lines of this shop together.
"""

from collections.abc import Mapping
from zlib import crc32

from cxdesk.domain.outcomes import Tally

__all__ = ["NOTHING_LEARNED", "Experience"]

# From all good to all bad a line moves by so many points of ``choose.fit``: more than a name in it is worth,
# less than a line for another feeling or topic could ever make up.
_REACH = 5.0


class Experience:
    """What is known here of how lines fare. ``prior`` is how many outcomes the shop's average counts for; ``explore``
    how many points chance may lend to a line that was hardly said yet, so that new lines are tried.
    """

    def __init__(self, tallies: Mapping[str, Tally], *, prior: float, explore: float) -> None:
        self._tallies = dict(tallies)
        self._prior, self._explore = prior, explore
        known = sum(tally.known for tally in self._tallies.values())
        good = sum(tally.good for tally in self._tallies.values())
        # With nothing known of any line all of them do equally well, and only their differences count.
        self._average = good / known if known else 0.5

    def of(self, line_id: str) -> Tally:
        """How often a line was said and what became of it."""
        return self._tallies.get(line_id, Tally())

    def likely(self, line_id: str) -> float:
        """The share of contacts that end well with this line, 0 to 1: its own outcomes and the shop's average."""
        tally = self.of(line_id)
        weight = self._prior + tally.known
        return (self._prior * self._average + tally.good) / weight if weight else self._average

    def points(self, line_id: str, seed: int) -> float:
        """What the line gains or loses in the order; the same for the same line and seed (a ticket's number).

        Nothing while no line was ever said here: equals take turns anyway, and there is nothing to try them against.
        """
        if not self._tallies:
            return 0.0
        tried = self._prior / (self._prior + self.of(line_id).known) if self._prior else 0.0
        chance = crc32(f"{line_id} {seed}".encode()) / 0xFFFFFFFF
        return _REACH * (self.likely(line_id) - self._average) + self._explore * tried * chance

    def why(self, line_id: str) -> tuple[str, ...]:
        """``worked`` for a line that does better than most, ``untested`` for one with too few outcomes to say."""
        if not self._tallies:
            return ()
        share = self.of(line_id).share
        if share is None:
            return ("untested",)
        return ("worked",) if share > self._average else ()


NOTHING_LEARNED = Experience({}, prior=0, explore=0)
"""Every line is as good as any other."""
