"""One queue for many desks, as screens and commands see it: how things stand, what wants a look, connecting.

Everything here but ``connect`` and ``sync_now`` answers from this machine's own file and never waits for the network.
"""

import json
import os
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain.afterwards import Conflict
from cxdesk.domain.changes import Change, Edit, Update, alter
from cxdesk.domain.correcting import Field, Unusable, reach
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import Row
from cxdesk.domain.together import OtherDesk, RefusedOp, State, Status
from cxdesk.i18n import t
from cxdesk.protocol.exchange import Membership, Touched
from cxdesk.storage import outbox, sync_inbox
from cxdesk.storage.replica import LocalReplica, membership_of
from cxdesk.storage.secrets import Secrets
from cxdesk.storage.sync_fields import fits, row_now
from cxdesk.storage.sync_inbox import Holder, OlderValue
from cxdesk.sync.addresses import BadAddress, checked

if TYPE_CHECKING:
    from cxdesk.sync.session import Session
    from cxdesk.sync.transport import Client
    from cxdesk.sync.worker import Worker

__all__ = ["LOCKED", "Choice", "Syncing"]

Choice = Literal["winner", "loser", "new"]
T = TypeVar("T")

LOCKED = "locked"
"""The detail of a status: the token of this desk lies under a passphrase that nobody has said yet."""


class Syncing:
    """What can be asked and done about the shared desk."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk
        self._worker: Worker | None = None
        self._secrets: Secrets | None = None

    # -- how things stand

    @property
    def membership(self) -> Membership | None:
        """The shared queue this file belongs to, or ``None``."""
        return membership_of(self._desk.db)

    def status(self) -> Status:
        """How the desk stands with the server; ``Status()`` for a desk that stands alone."""
        if self._worker is not None:
            return replace(self._worker.status, pending=self.pending)
        if self.membership is None:
            return Status()
        return Status(State.OFFLINE, self.pending)

    @property
    def pending(self) -> int:
        """How many operations have not been sent."""
        return outbox.pending(self._desk.db)

    # -- what wants a look

    def attention(self) -> list[RefusedOp]:
        """What the server refused for good and nobody has looked at yet, the latest first."""
        return sync_inbox.attention(self._desk.db)

    def attention_count(self) -> int:
        """How many there are."""
        return sync_inbox.attention_count(self._desk.db)

    def looked_at(self, entry: RefusedOp) -> None:
        """Take an entry off that list."""
        with self._desk.store.transaction() as db:
            sync_inbox.close_attention(db, entry.n, self._desk.clock())

    def conflicts(self, *, open_only: bool = True) -> tuple[Conflict, ...]:
        """Fields that two desks wrote without having seen each other's value, the latest first."""
        return sync_inbox.conflicts(self._desk.db, open_only=open_only)

    def history(self, ent: str, row_id: str, field: str | None = None) -> list[OlderValue]:
        """Values that others took the place of."""
        return sync_inbox.history(self._desk.db, ent, row_id, field)

    def holders(self, ticket_ids: Iterable[str] | None = None) -> dict[str, Holder]:
        """Ticket → who has it, for those that somebody has."""
        return sync_inbox.holders(self._desk.db, ticket_ids)

    def resolve(self, conflict_id: str, choice: Choice, value: Any = None) -> Done:
        """Say which of two values counts: the ``winner``, which stands now, the ``loser``, or a ``new`` one.

        Raises ``Refused``: ``no_conflict``, ``conflict_gone`` (the row is), ``unusable`` (the value does not fit).
        """
        conflict = sync_inbox.conflict(self._desk.db, conflict_id)
        if conflict is None:
            raise Refused("no_conflict")
        edits: tuple[Edit, ...] = ()
        if choice != "winner":
            chosen = value if choice == "new" else json.loads(conflict.loser) if conflict.loser else None
            edits = self._written(conflict, inert_line(chosen, 2000) if isinstance(chosen, str) else chosen)
        return self._desk.commit("settle_conflict", (*edits, *alter(conflict, replace(conflict, state="settled"))))

    def _written(self, conflict: Conflict, value: Any) -> tuple[Edit, ...]:
        row = row_now(self._desk.db, conflict.ent, conflict.ent_id)
        if row is None or conflict.field not in row:
            raise Refused("conflict_gone")
        if not fits(conflict.ent, conflict.field, value):
            raise Refused("unusable")
        after = _in_full(conflict, row, value)
        before = {name: row[name] for name in after}
        return (Update(conflict.ent, conflict.ent_id, before, after),) if before != after else ()

    # -- keeping in step

    def start(self, heard: Callable[[Touched], None], show: Callable[[Status], None]) -> None:
        """Begin to sync on a thread, if this file belongs to a shared queue. Both are called on that thread."""
        if self.membership is None or self._worker is not None:
            return
        from cxdesk.sync.worker import Worker

        store, mint = self._desk.store, self._desk.mint
        self._worker = Worker(
            lambda: LocalReplica(store, mint),
            self._client,
            self.secrets,
            clock=self._desk.clock,
            tell=lambda touched: heard(touched) if touched else None,
            show=show,
        )
        store.committed = self._worker.wake
        self._worker.start()

    def retry(self) -> None:
        """Sync now rather than when it is due again."""
        if self._worker is not None:
            self._worker.retry()

    def stop(self) -> None:
        """End the thread; what waits goes out another time."""
        worker, self._worker = self._worker, None
        if worker is not None:
            self._desk.store.committed = None
            worker.stop()

    def follow(self, touched: Touched) -> Change:
        """Let the desk follow what others did; the answer is what a screen has to show anew. On the desk's thread."""
        edits = tuple(Update(kind, key, {}, {}) for kind, key in sorted(touched))
        change = Change("sync", edits)
        self._desk.follow(change)
        return change

    # -- the other desks; these wait for the network: never on the screen's thread

    def desks(self) -> list[OtherDesk]:
        """Every desk of the queue. Raises ``Refused`` ``not_connected``."""
        from cxdesk.sync.desks import desks

        return self._asked(desks)

    def invite(self) -> str:
        """A code for one more desk beside this one. Raises ``Refused`` ``not_connected``."""
        from cxdesk.sync.desks import invite

        device = self.membership.device if self.membership else ""
        store = next((desk.store for desk in self.desks() if desk.id == device), "")
        return self._asked(lambda session: invite(session, store))

    def shut_out(self, device: str) -> None:
        """Let a desk that was lost in no more. Raises ``Refused`` ``not_connected``."""
        from cxdesk.sync.desks import shut_out

        self._asked(lambda session: shut_out(session, device))

    def _asked(self, question: "Callable[[Session], Coroutine[Any, Any, T]]") -> T:
        from cxdesk.sync.worker import FAILURES

        if self._worker is None:
            raise Refused("not_connected", why=t("connect.problem.unreachable"))
        try:
            return self._worker.ask(question)
        except FAILURES as failure:
            raise Refused("not_connected", why=t(f"connect.problem.{_name_of(failure)}")) from failure

    # -- belonging

    @property
    def secrets(self) -> Secrets:
        """Where the token of this desk lies."""
        if self._secrets is None:
            folder = self._desk.store.path.parent
            self._secrets = Secrets(folder, "sync", lambda: os.environ.get("CXDESK_PASSPHRASE"))
        return self._secrets

    def connect(self, url: str, code: str, name: str, passphrase: str | None = None) -> Membership:
        """Belong to the queue at ``url``, with a code its owner made. Waits: never on the screen's thread.

        ``name`` is what this desk is called there. Raises ``Refused``: ``passphrase_needed``, and ``not_connected``
        with the reason in words.
        """
        try:
            address = checked(url)
        except BadAddress as bad:
            raise Refused("not_connected", why=t(f"connect.address.{bad.code}")) from bad
        if passphrase:
            self.secrets.unlock(passphrase)
        if self.secrets.needs_passphrase and not self.secrets.has_passphrase:
            raise Refused("passphrase_needed")  # before the code is used up
        import asyncio

        self.stop()
        member, refresh = asyncio.run(self._enrol(address, _plain(code), inert_line(name, 60)))
        self.secrets.write(refresh)
        replica = LocalReplica(self._desk.store, self._desk.mint)
        try:
            replica.join(member)
        finally:
            replica.close()
        return member

    async def _enrol(self, url: str, code: str, name: str) -> tuple[Membership, str]:
        from cxdesk.sync.session import enrol
        from cxdesk.sync.transport import Transport
        from cxdesk.sync.worker import FAILURES

        http = self._client()
        try:
            said = await enrol(Transport(url, http, self._desk.clock), code, self._desk.mint(), name)
        except FAILURES as failure:
            raise Refused("not_connected", why=t(f"connect.problem.{_name_of(failure)}")) from failure
        finally:
            await http.aclose()
        return said.membership, said.refresh

    def disconnect(self) -> None:
        """Stand alone again: rows and what waits stay, the token is forgotten."""
        self.stop()
        replica = LocalReplica(self._desk.store, self._desk.mint)
        try:
            replica.leave()
        finally:
            replica.close()
        self.secrets.forget()

    def sync_now(self, heard: Callable[[Touched], None], progress: Callable[[int, int], None]) -> Status:
        """One whole sync, waited for; how it went. For the command line: the screen has ``start``."""
        import asyncio

        from cxdesk.sync.worker import run_once

        replica = LocalReplica(self._desk.store, self._desk.mint)
        try:
            return asyncio.run(run_once(replica, self._client(), self.secrets, self._desk.clock, heard, progress))
        finally:
            replica.close()

    def _client(self) -> "Client":
        from cxdesk.sync.transport import client

        chosen = self._desk.settings.sync
        return client(proxy=chosen.proxy, authority=Path(chosen.authority).expanduser() if chosen.authority else None)


def _in_full(conflict: Conflict, row: Row, value: Any) -> Row:
    """The columns that go with the chosen value: a number is kept in normal form and as it is shown."""
    if (conflict.ent, conflict.field) != ("identity", "value") or row["kind"] not in tuple(Field):
        return {conflict.field: value}
    try:
        normal, shown = reach(Field(row["kind"]), str(value))
    except Unusable as no:
        raise Refused(no.code) from no
    return {"value": normal, "shown": shown}


def _plain(code: str) -> str:
    """A code as its maker meant it: Crockford's base 32 has no I, L, O, and whoever reads it aloud adds dashes."""
    return code.strip().replace("-", "").replace(" ", "").upper().translate(str.maketrans("ILO", "110"))


def _name_of(failure: Exception) -> str:
    from cxdesk.sync.worker import failure_of

    event, detail, _ = failure_of(failure)
    known = ("code-invalid", "code-used", "too-many", "upgrade", "malformed", "not-allowed")
    return detail.replace("-", "_") if detail in known else str(event)
