"""One sync: send, begin with a snapshot where that is due, hear, and confirm what was forgotten."""

from collections.abc import Callable

from cxdesk.protocol.exchange import Touched
from cxdesk.sync import pull, push, snapshot
from cxdesk.sync.ports import Replica
from cxdesk.sync.session import Session
from cxdesk.sync.transport import Problem, Unreachable

__all__ = ["cycle"]

_NEW_START = frozenset({"horizon", "scope-changed"})


async def cycle(
    session: Session,
    replica: Replica,
    clock: Callable[[], int],
    tell: Callable[[Touched], None],
    progress: snapshot.Progress,
) -> None:
    """Bring this desk and the server into step once. Raises what ``Session.ask`` raises.

    What the server did not know of the desk's past (an epoch that began anew, a log that no longer reaches far enough)
    is put right here once; a second time in one sync is a server that does not know what it says.
    """
    began_anew = False
    while True:
        try:
            await push.push(session, replica, clock, tell)
            member = replica.membership
            if member is not None and (not member.cursor or replica.snapshot() is not None):
                await snapshot.take(session, replica, clock, tell, progress)
            await pull.pull(session, replica, clock, tell)
            break
        except Problem as problem:
            if began_anew or problem.name not in {"epoch-changed", *_NEW_START}:
                raise
            began_anew = True
            await _begin_anew(session, replica, problem)
    replica.measured(session.transport.offset)
    for erasure in replica.erased():
        await session.ask("POST", f"/v1/erasures/{erasure}/ack")
        replica.erasure_known(erasure)


async def _begin_anew(session: Session, replica: Replica, problem: Problem) -> None:
    member = replica.membership
    if member is None:
        raise Unreachable("left")
    epoch = member.epoch
    if problem.name == "epoch-changed":
        said = (await session.transport.ask("GET", "/v1/meta")).json().get("epoch")
        if not isinstance(said, str) or said == epoch:
            raise problem
        epoch = said
    replica.begin_epoch(epoch)
