"""What a sync needs of the file it keeps in step; ``storage.replica`` is it, and tests have one without a file."""

from collections.abc import Sequence
from typing import Protocol

from cxdesk.protocol.exchange import Batch, Membership, SnapshotPlace, Touched
from cxdesk.protocol.ops import Op
from cxdesk.protocol.results import Result
from cxdesk.protocol.rows import Entity

__all__ = ["Replica"]


class Replica(Protocol):
    """The file of one desk. Every method is one transaction; all raise ``FileTrouble`` for what the file refuses."""

    def close(self) -> None:
        """Let go of the file; called on the thread that used it."""

    @property
    def membership(self) -> Membership | None:
        """Where this file belongs, or ``None``."""

    def join(self, membership: Membership) -> None:
        """Belong to a shared queue from now on. Under another device id than before, what waits is numbered anew."""

    def leave(self) -> None:
        """Stand alone again; rows and what waits stay."""

    def pending(self) -> int:
        """How many operations wait to be sent."""

    def batch(self, most: int, most_bytes: int) -> Batch | None:
        """The first operations that wait, at least one; ``None`` when nothing waits."""

    def acknowledge(self, results: Sequence[Result], at: int) -> Touched:
        """Take results over and forget what was answered. ``at`` is now, in ms UTC."""

    def apply(self, ops: Sequence[Op], cursor: str | None, at: int) -> Touched:
        """What every desk did, in order; with the last of a page comes its cursor."""

    def begin_snapshot(self, place: SnapshotPlace) -> None:
        """From now on rows of this snapshot come in."""

    def snapshot(self) -> SnapshotPlace | None:
        """The snapshot that was begun and not finished."""

    def apply_rows(self, rows: Sequence[Entity], place: SnapshotPlace, at: int) -> Touched:
        """Rows of a snapshot, with where it stands after them."""

    def end_snapshot(self) -> None:
        """All rows are here: pull from where the snapshot began."""

    def begin_epoch(self, epoch: str) -> None:
        """The server's history began anew: what it lost is sent again, and everything is fetched again."""

    def renumber(self, first_n: int) -> None:
        """Number what waits from here on."""

    def measured(self, offset: int) -> None:
        """By how many ms the server's clock is ahead."""

    def erased(self) -> Sequence[str]:
        """Erasures that were carried out here and that the server does not know of yet."""

    def erasure_known(self, erasure: str) -> None:
        """The server knows."""
