"""Clocks that disagree: how far ahead a stamp may be, which one takes its place, and what time a desk should believe.

A desk's own clock (``tick``, ``receive``) is in ``domain.ids``.
"""

from collections.abc import Iterable
from statistics import median

from cxdesk.domain.ids import hlc_ms, tick
from cxdesk.protocol.rows import Clock

__all__ = ["AHEAD_MS", "OFFSETS_KEPT", "believable", "later_than", "offset", "position", "restamped", "with_offset"]

AHEAD_MS = 60_000
"""How far a stamp may be ahead of the server's clock."""

OFFSETS_KEPT = 9


def believable(t: int, last_t: int, now_ms: int) -> bool:
    """Whether the server takes a stamp as it is: not too far ahead, and after the device's last one that counts."""
    return last_t < t and hlc_ms(t) <= now_ms + AHEAD_MS


def restamped(last_t: int, now_ms: int, over: Iterable[Clock]) -> int:
    """The stamp the server gives instead: now, but later than the device's last one and than what is written over.

    What a desk heard before it wrote therefore stays before it, also on that desk, which still has the stamp it made.
    """
    return max(tick(last_t, now_ms), later_than(0, over))


def later_than(t: int, over: Iterable[Clock]) -> int:
    """``t``, or the first stamp later than all of these clocks."""
    return max((t, *(clock.t + 1 for clock in over)))


def position(seen: int, waiting: Iterable[int]) -> int:
    """From where a desk's clock ticks on: the latest stamp it heard of that counts, or made and has not had answered.

    So a clock that ran ahead is pulled back as soon as the last operation stamped by it has been answered.
    """
    return max((seen, *waiting))


def with_offset(offsets: tuple[int, ...], sent_ms: int, server_ms: int, got_ms: int) -> tuple[int, ...]:
    """The offsets measured so far and one more: the server's time against the middle of a request by our clock."""
    return (*offsets, server_ms - (sent_ms + got_ms) // 2)[-OFFSETS_KEPT:]


def offset(offsets: tuple[int, ...]) -> int:
    """What to add to the desk's clock to have the server's time; 0 before anything was measured."""
    return round(median(offsets)) if offsets else 0
