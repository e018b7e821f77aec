"""Bugs that people make when they write such a thing, each planted for the length of a ``with``: is it seen?

A test that cannot see them proves nothing when it passes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from unittest.mock import patch

from benchmarks.convergence import desk, server
from cxdesk.protocol import admit, clock, merge
from cxdesk.protocol.ops import Op
from cxdesk.protocol.results import Result
from cxdesk.protocol.rows import Clock, Entity

__all__ = ["BUGS", "planted"]

Bug = Callable[[], Iterator[None]]


def wall_clock() -> Iterator[None]:
    """The desk stamps with its wall clock alone, whatever it heard or stamped before."""

    def stamp(self: desk.Desk, now: int) -> int:
        return self.believed(now) << 16

    with patch.object(desk.Desk, "stamp", stamp):
        yield


def no_tie_break() -> Iterator[None]:
    """Of two values with the same stamp, the one that was heard first stays."""

    def counts(one: Clock, known: Clock) -> bool:
        return one.t > known.t or one.op == known.op

    with patch.object(merge, "_counts", counts):
        yield


def no_dedupe() -> Iterator[None]:
    """The server takes what arrives again for something new."""

    def push(self: server.Server, dev: str, ops: list[Op]) -> list[Result]:
        known = self.desks.setdefault(dev, server.Enrolled())
        return [self._first(op, known) for op in ops]

    with patch.object(server.Server, "push", push):
        yield


def loser_dropped() -> Iterator[None]:
    """The server does not keep the values that lose."""
    with patch.object(server, "_named", lambda lost: ("", "", "", "")):
        yield


def erase_resurrected() -> Iterator[None]:
    """What is said about somebody erased brings them back."""

    def emptied(row: Entity) -> Entity:
        return replace(row, erased=False) if row.clk else row

    with patch.object(merge, "_emptied", emptied), patch.object(admit, "_erased", lambda row: False):
        yield


def erase_keeps_notes() -> Iterator[None]:
    """Only the customer's own row is emptied."""
    with patch.object(admit, "persons_rows", lambda customer_id, fields_of, naming: (("customer", customer_id),)):
        yield


def cursor_gap() -> Iterator[None]:
    """The cursor moves past an operation whose commit took longer than that of the next one."""

    def pull(self: server.Server, since: int, limit: int) -> tuple[list[Op], int]:
        found = self.log[since : since + limit]
        slow = [op for op in found if op.n % 7 == 3 and since + limit > len(self.log)]
        return [op for op in found if op not in slow], since + len(found)

    with patch.object(server.Server, "pull", pull):
        yield


def restamp_ignored() -> Iterator[None]:
    """The desk keeps the stamp it made, whatever the server says."""

    def counts(one: Clock, known: Clock) -> bool:
        return one > known

    with patch.object(merge, "_counts", counts), patch.object(desk, "settle", lambda row, op, current: row):
        yield


def no_skew_bound() -> Iterator[None]:
    """The server believes every clock."""
    with patch.object(clock, "AHEAD_MS", 1 << 47):
        yield


def current_ignored() -> Iterator[None]:
    """What was refused stays on the desk that wrote it."""
    with patch.object(desk, "settle", lambda row, op, current: row):
        yield


def lease_ignored() -> Iterator[None]:
    """A ticket is given to whoever asks."""
    with patch("cxdesk.protocol.holding._is_anothers", lambda held, op, now_ms: False):
        yield


BUGS: dict[str, Bug] = {
    bug.__name__: bug
    for bug in (
        wall_clock,
        no_tie_break,
        no_dedupe,
        loser_dropped,
        erase_resurrected,
        erase_keeps_notes,
        cursor_gap,
        restamp_ignored,
        no_skew_bound,
        current_ignored,
        lease_ignored,
    )
}


@contextmanager
def planted(name: str) -> Iterator[None]:
    """The program with this bug."""
    yield from BUGS[name]()
