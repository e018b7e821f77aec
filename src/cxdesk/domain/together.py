"""How one desk stands with the others, and what it has to be told, as values without a network."""

from enum import StrEnum
from typing import Any

from cxdesk.domain.values import dataclass

__all__ = ["OtherDesk", "RefusedOp", "State", "Status"]


class State(StrEnum):
    """What the top line says (``sync.state.<value>``)."""

    NONE = "none"
    ONLINE = "online"
    SYNCING = "syncing"
    OFFLINE = "offline"
    LOGIN = "login"
    PORTAL = "portal"
    CLOCK = "clock"
    UPGRADE = "upgrade"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Status:
    """``pending`` operations wait here; ``since`` (ms UTC) is when the desk was last in touch; ``offset`` is by how
    many ms the server's clock is ahead; ``done`` of ``total`` rows have come in a first sync; ``detail`` is the name of
    a problem."""

    state: State = State.NONE
    pending: int = 0
    since: int | None = None
    offset: int = 0
    done: int = 0
    total: int = 0
    detail: str = ""

    @property
    def connected(self) -> bool:
        """Whether this desk belongs to a shared queue at all, reachable or not."""
        return self.state is not State.NONE


@dataclass(frozen=True, slots=True)
class RefusedOp:
    """An operation of this desk that the server refused for good; ``f`` is what it would have written."""

    n: int
    at: int
    agent_id: str | None
    ent: str
    ent_id: str
    k: str
    problem: str
    f: dict[str, Any]


@dataclass(frozen=True, slots=True)
class OtherDesk:
    """A desk of the shared queue as its server knows it; ``seen`` is when it was last heard from, in ms UTC."""

    id: str
    name: str
    state: str
    seen: int | None
    store: str
