"""Ids by which the rows of one import are known for good.

They are UUIDv7s (RFC 9562, section 5.7). All of a run share the millisecond it began and a random last group of 48
bits; between them a counter of 26 bits takes ``rand_a`` and the 14 highest bits of ``rand_b``. So they sort in the
order of the file, and a run's rows can be found again by their ids alone: to send them, or to take them back.
"""

from cxdesk.domain.ids import uuid7
from cxdesk.imports.reasons import ImportRefused

__all__ = ["MOST", "RunIds", "belongs_to"]

_NODE_BITS = 48
MOST = (1 << 26) - 1
"""How many rows one run can name."""


class RunIds:
    """Mints the ids of one run. ``node`` is 48 random bits of its own."""

    def __init__(self, ms: int, node: int) -> None:
        self.run_id = uuid7(ms, node)
        self._head = f"{self.run_id[:13]}-7"
        self._low = [f"-{0x8000 | low:04x}{self.run_id[-13:]}" for low in range(1 << 14)]
        self.count = 0
        self._high = f"{self._head}000"

    @classmethod
    def again(cls, ms: int, run_id: str) -> "RunIds":
        """Ids of the same tail, for what is done to a run later."""
        return cls(ms, int(run_id[-12:], 16))

    def mint(self) -> str:
        """The next id. Raises ``ImportRefused`` ``too_many_rows`` after ``MOST`` of them."""
        self.count += 1
        low = self.count & 0x3FFF
        if not low:
            if self.count > MOST:
                raise ImportRefused("too_many_rows", limit=MOST)
            self._high = f"{self._head}{self.count >> 14:03x}"
        # Put together rather than through uuid7: this runs once or more for every row of a file.
        return self._high + self._low[low]


def belongs_to(row_id: str, run_id: str) -> bool:
    """Whether a row was minted by the run of that id: same millisecond, same last group."""
    return row_id[:13] == run_id[:13] and row_id[-12:] == run_id[-12:]
