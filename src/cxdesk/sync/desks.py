"""The desks of a shared queue: which there are, a code for one more, one of them shut out."""

from cxdesk.domain.together import OtherDesk
from cxdesk.sync.session import Session
from cxdesk.sync.transport import Unreachable

__all__ = ["desks", "invite", "shut_out"]


async def desks(session: Session) -> list[OtherDesk]:
    """Every desk, in the order in which they came. Raises what ``Session.ask`` raises."""
    said = (await session.ask("GET", "/v1/devices")).json().get("devices")
    if not isinstance(said, list):
        raise Unreachable("unreadable")
    return [
        OtherDesk(str(one["device"]), str(one["name"]), str(one["state"]), one.get("last_seen"), str(one["store"]))
        for one in said
    ]


async def invite(session: Session, store: str) -> str:
    """A code that lets one more desk in, once and for some minutes."""
    return str((await session.ask("POST", "/v1/devices", body={"store": store, "role": "agent"})).json()["code"])


async def shut_out(session: Session, device: str) -> None:
    """Its tokens are worth nothing from now on."""
    await session.ask("DELETE", f"/v1/devices/{device}")
