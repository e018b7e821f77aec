"""The file of one desk as the sync sees it: what waits to be sent, and what other desks did, merged into the tables.

It has a connection of its own on the thread of the sync. What was answered, the rows it changed and how far the two
have come are written in one transaction, so that a desk that is killed anywhere goes on where it was.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from typing import Any

from cxdesk.domain.changes import Delete, Insert
from cxdesk.protocol import clock as clocks
from cxdesk.protocol.exchange import Batch, FileTrouble, Membership, SnapshotPlace, Touched
from cxdesk.protocol.merge import delta, join, merge, settle
from cxdesk.protocol.ops import Op, read_op
from cxdesk.protocol.results import Result
from cxdesk.protocol.rows import Entity
from cxdesk.storage import outbox, sync_bulk, sync_erasing, sync_inbox
from cxdesk.storage.carrying import carry_out
from cxdesk.storage.faults import Fault
from cxdesk.storage.migrate import LATEST
from cxdesk.storage.store import Store, keep
from cxdesk.storage.sync_rows import Rows

__all__ = ["LocalReplica", "membership_of"]

_MEMBER = tuple(field.name for field in fields(Membership))
_WRITTEN_OUT = 500
_PARENTS = (("ticket_id", "ticket"), ("customer_id", "customer"))


def membership_of(db: sqlite3.Connection) -> Membership | None:
    """The shared queue a file belongs to."""
    known = dict(db.execute("SELECT substr(key, 6), value FROM local WHERE key LIKE 'sync.%'").fetchall())
    return Membership(**{name: known.get(name, "") for name in _MEMBER}) if known.get("server") else None


class LocalReplica:
    """The sync's hands on one file; see ``sync.ports.Replica``. Used on one thread, closed there."""

    def __init__(self, store: Store, mint: Callable[[], str]) -> None:
        self._store = store
        self._db = store.second()
        self._mint = mint
        if self._store.shared:
            self._adopt()

    def close(self) -> None:
        """Let go of the connection."""
        self._db.close()

    # -- belonging

    @property
    def membership(self) -> Membership | None:
        """Where this file belongs, or ``None``."""
        return membership_of(self._db)

    def join(self, membership: Membership) -> None:
        """Belong to a shared queue from now on. Under another device id than before, what waits is numbered anew."""
        with self._whole() as db:
            before = membership_of(db)
            if before is None or before.device != membership.device:
                _become(db, before.device if before else "")
            for name, value in asdict(membership).items():
                keep(db, f"sync.{name}", value)

    def leave(self) -> None:
        """Stand alone again; rows and what waits stay."""
        with self._whole() as db:
            device = self._device()
            db.execute("DELETE FROM local WHERE key LIKE 'sync.%'")
            db.execute("DELETE FROM holding")
            keep(db, "sync.left", device)

    def measured(self, offset: int) -> None:
        """By how many ms the server's clock is ahead."""
        with self._whole() as db:
            keep(db, "sync.offset", str(offset))

    # -- sending

    def pending(self) -> int:
        """How many operations wait to be sent."""
        return outbox.pending(self._db)

    def batch(self, most: int, most_bytes: int) -> Batch | None:
        """The first operations that wait, at least one; ``None`` when nothing waits."""
        while self._begins_with_bulk():
            with self._whole() as db:
                sync_bulk.write_out(db, _WRITTEN_OUT, self._mint)
        ops: list[dict[str, Any]] = []
        first = size = 0
        for n, body, k in self._db.execute("SELECT n, body, k FROM outbox ORDER BY n LIMIT ?", (most,)):
            size += len(body.encode())
            if k == "bulk" or (ops and size > most_bytes):
                break
            first = first or n
            ops.append(json.loads(body) | {"n": n})
        return Batch(first, tuple(ops), self._last_acked()) if ops else None

    def _begins_with_bulk(self) -> bool:
        row = self._db.execute("SELECT k FROM outbox ORDER BY n LIMIT 1").fetchone()
        return row is not None and row[0] == "bulk"

    def _last_acked(self) -> dict[str, object] | None:
        row = self._db.execute("SELECT value FROM local WHERE key = 'sync.acked'").fetchone()
        return None if row is None else json.loads(row[0])

    def acknowledge(self, results: Sequence[Result], at: int) -> Touched:
        """Take results over and forget what was answered. ``at`` is now, in ms UTC."""
        with self._whole() as db:
            sent = {n: read_op(json.loads(body) | {"n": n}) for n, body in self._lines(results)}
            rows = Rows(db, self._device())
            rows.fetch((op.ent, op.id) for op in sent.values())
            seen = 0
            for result in results:
                if op := sent.get(result.n):
                    seen = max(seen, self._answered(rows, op, result, at))
                    db.execute("DELETE FROM outbox WHERE n = ?", (op.n,))
                    keep(db, "sync.acked", json.dumps({"n": op.n, "op": op.op}))
            self._tick(seen, back=True)
            return self._carry(rows)

    def _lines(self, results: Sequence[Result]) -> Iterable[tuple[int, str]]:
        asked = json.dumps([result.n for result in results])
        return self._db.execute(
            "SELECT n, body FROM outbox WHERE k <> 'bulk' AND n IN (SELECT value FROM json_each(?))", (asked,)
        ).fetchall()

    def _answered(self, rows: Rows, op: Op, result: Result, at: int) -> int:
        """What the answer to one operation changes here; the stamp that counts."""
        row = rows.get(op.ent, op.id)
        if result.current is not None:
            row = settle(row, op, result.current)
        if result.problem is not None:
            sync_inbox.refused(self._db, op, result.problem, at)
        if op.k == "claim":
            sync_inbox.claim_answered(self._db, op, result, self._device())
        rows.put(row)
        return 0 if result.problem is not None else result.t or op.t

    # -- hearing

    def apply(self, ops: Sequence[Op], cursor: str | None, at: int) -> Touched:
        """What every desk did, in order; with the last of a page comes its cursor."""
        erasures = [op for op in ops if op.k == "erase"]
        with self._whole() as db:
            device = self._device()
            rows = Rows(db, device)
            rows.fetch((op.ent, op.id) for op in ops)
            for op in ops:
                row = rows.get(op.ent, op.id)
                if op.dev == device:
                    rows.put(settle(row, op, delta(op)))
                else:
                    merged = merge(row, op)
                    rows.lose(merged.lost, at)
                    rows.put(merged.row)
            touched = self._carry(rows)
            sync_erasing.carry_out(db, erasures)
            self._tick(max((op.t for op in ops), default=0))
            if cursor is not None:
                keep(db, "sync.cursor", cursor)
        if erasures:  # what was overwritten still lies in the log of the file
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return touched

    def begin_snapshot(self, place: SnapshotPlace) -> None:
        """From now on rows of this snapshot come in."""
        with self._whole() as db:
            keep(db, "sync.snapshot", json.dumps(asdict(place)))

    def snapshot(self) -> SnapshotPlace | None:
        """The snapshot that was begun and not finished."""
        row = self._db.execute("SELECT value FROM local WHERE key = 'sync.snapshot'").fetchone()
        return None if row is None else SnapshotPlace(**json.loads(row[0]))

    def apply_rows(self, found: Sequence[Entity], place: SnapshotPlace, at: int) -> Touched:
        """Rows of a snapshot, with where it stands after them."""
        with self._whole() as db:
            rows = Rows(db, self._device())
            rows.fetch((row.ent, row.id) for row in found)
            for theirs in found:
                if rows.unheard_of(theirs.ent, theirs.id) and not theirs.erased:
                    rows.put(theirs)
                    continue
                merged = join(rows.get(theirs.ent, theirs.id), theirs)
                rows.lose(merged.lost, at)
                rows.put(merged.row)
            touched = self._carry(rows)
            self._tick(max((clock.t for row in found for clock in row.clk.values()), default=0))
            keep(db, "sync.snapshot", json.dumps(asdict(place)))
            return touched

    def end_snapshot(self) -> None:
        """All rows are here: pull from where the snapshot began."""
        with self._whole() as db:
            place = self.snapshot()
            if place is not None:
                keep(db, "sync.cursor", place.since)
                keep(db, "sync.snapshot", None)

    # -- when the two no longer agree on the past

    def begin_epoch(self, epoch: str) -> None:
        """The server's history began anew: everything is fetched again."""
        with self._whole() as db:
            keep(db, "sync.epoch", epoch)
            for name in ("cursor", "snapshot", "acked"):
                keep(db, f"sync.{name}", None)

    def renumber(self, first_n: int) -> None:
        """Number what waits from here on."""
        with self._whole() as db:
            sync_bulk.renumber(db, first_n)
            keep(db, "sync.acked", None)

    # -- erasures

    def erased(self) -> Sequence[str]:
        """Erasures that were carried out here and that the server does not know of yet."""
        return sync_erasing.untold(self._db)

    def erasure_known(self, erasure: str) -> None:
        """The server knows."""
        with self._whole() as db:
            sync_erasing.told(db, erasure)

    # -- inside

    def _adopt(self) -> None:
        """After an upgrade: what was kept for want of a column or a table goes where it belongs now."""
        by = self._db.execute("SELECT value FROM local WHERE key = 'sync.schema'").fetchone()
        if by is not None and by[0] == str(LATEST):
            return
        with self._whole() as db:
            rows = Rows(db, self._device())
            for ent, key in db.execute("SELECT DISTINCT ent, ent_id FROM extra_field WHERE ent <> 'tag'").fetchall():
                rows.put_again(ent, key)
            self._carry(rows)
            keep(db, "sync.schema", str(LATEST))

    @contextmanager
    def _whole(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._store.short_transaction(self._db) as db:
                yield db
        except Fault as fault:
            raise FileTrouble(fault.code) from fault

    def _device(self) -> str:
        row = self._db.execute("SELECT value FROM local WHERE key = 'sync.device'").fetchone()
        return "" if row is None else str(row[0])

    def _carry(self, rows: Rows) -> Touched:
        """Put the rows down. What a ticket's messages and a customer's rows belong to counts as touched with them."""
        change = rows.write()
        carry_out(self._db, change, self._store.zone, of_others=True)
        touched = {(edit.kind, edit.id) for edit in change.edits}
        for edit in change.edits:
            if isinstance(edit, Insert | Delete):
                touched |= {(kind, edit.row[name]) for name, kind in _PARENTS if edit.row.get(name)}
        return frozenset(touched)

    def _tick(self, seen: int, *, back: bool = False) -> None:
        """The clock after hearing of a stamp. When ``back``, a clock that ran ahead is pulled back, which it may be as
        soon as nothing stamped by it waits any more."""
        clock, number = outbox.position(self._db)
        if back:
            heard = self._heard(seen)
            waiting = self._db.execute("SELECT coalesce(max(t), 0) FROM outbox").fetchone()[0]
            outbox.advance(self._db, clocks.position(heard, [waiting]), number)
        else:
            self._heard(seen)
            outbox.advance(self._db, max(clock, seen), number)

    def _heard(self, seen: int) -> int:
        """The latest stamp that counts, of all that were ever heard of."""
        row = self._db.execute("SELECT value FROM local WHERE key = 'sync.heard'").fetchone()
        heard = max(seen, int(row[0]) if row else 0)
        keep(self._db, "sync.heard", str(heard))
        return heard


def _become(db: sqlite3.Connection, before: str) -> None:
    """Be another device than before: what it wrote and had answered stays its own, what waits is numbered from one."""
    if not before:
        row = db.execute("SELECT value FROM local WHERE key = 'sync.left'").fetchone()
        before = str(row[0]) if row else ""
    if before:
        for table in ("field_clock", "field_history"):
            db.execute(f"UPDATE {table} SET dev = ? WHERE dev = '' AND op NOT IN (SELECT op FROM outbox)", (before,))  # noqa: S608
    for name in ("acked", "cursor", "snapshot", "left"):
        keep(db, f"sync.{name}", None)
    sync_bulk.renumber(db, 1)
