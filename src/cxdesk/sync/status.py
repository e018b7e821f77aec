"""How the desk stands with the server, in one word and a few figures: a state machine without a clock of its own."""

from dataclasses import replace
from enum import StrEnum

from cxdesk.domain.together import State, Status

__all__ = ["CLOCK_OFF", "Event", "State", "Status", "after"]

CLOCK_OFF = 60_000
"""Milliseconds by which this machine's clock may be wrong before the agent is told."""


class Event(StrEnum):
    """What happened."""

    BEGUN = "begun"
    """A cycle sends or fetches something."""
    DONE = "done"
    """A cycle ended with nothing left to do."""
    UNREACHABLE = "unreachable"
    """No answer, or one that says to come again later."""
    UNAUTHORISED = "unauthorised"
    """The token is not accepted and could not be renewed."""
    STRANGER = "stranger"
    """Somebody answered who is not the server."""
    OUTDATED = "outdated"
    """The server speaks a later version only."""
    REFUSED = "refused"
    """The server does not take what this desk sends, and sending it again would not help."""
    LEFT = "left"
    """The desk stands alone again."""


_NEXT: dict[Event, State] = {
    Event.BEGUN: State.SYNCING,
    Event.DONE: State.ONLINE,
    Event.UNREACHABLE: State.OFFLINE,
    Event.UNAUTHORISED: State.LOGIN,
    Event.STRANGER: State.PORTAL,
    Event.OUTDATED: State.UPGRADE,
    Event.REFUSED: State.REFUSED,
    Event.LEFT: State.NONE,
}
_STUCK = (State.OFFLINE, State.LOGIN, State.PORTAL, State.UPGRADE, State.REFUSED)


def after(status: Status, event: Event, now: int, detail: str = "") -> Status:
    """The status after an event at ``now`` (ms UTC).

    Beginning a cycle changes no word while the desk is out of touch: the line would flicker with every attempt. A clock
    that is off is said once the desk is in touch, since until then nobody knows.
    """
    if event is Event.BEGUN and status.state in _STUCK:
        return status
    if event is Event.LEFT:
        return Status()
    state = _NEXT[event]
    if state is State.ONLINE and abs(status.offset) > CLOCK_OFF:
        state = State.CLOCK
    since = now if event is Event.DONE else status.since
    return replace(status, state=state, since=since, detail=detail)
