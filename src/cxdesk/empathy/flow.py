"""Where a contact stands by what was said in it: the stage that comes next, as a suggestion."""

from collections.abc import Callable, Sequence

from cxdesk.domain.records import Message, Ticket
from cxdesk.domain.words import MessageKind, Stage, Status

__all__ = ["next_stage"]

_STAGES = list(Stage)


def next_stage(
    ticket: Ticket, messages: Sequence[Message], stage_of: Callable[[str], Stage | None], *, promised: bool
) -> Stage | None:
    """The stage that the conversation has reached, where it is not the one on the bar; ``None`` to stay.

    A customer who has spoken is acknowledged; a line said moves past its own stage (``stage_of`` names it); a promise
    leads to the close. Who speaks again after that has something new to say, and is acknowledged again.
    """
    if ticket.status is not Status.ACTIVE:
        return None
    reached = _STAGES.index(Stage.GREET)
    for message in messages:
        if message.kind is MessageKind.CUSTOMER:
            reached = _heard(reached)
        elif message.kind is MessageKind.REPLY:
            said = stage_of(message.script_id) if message.script_id else None
            reached = max(reached, min(len(_STAGES) - 1, _STAGES.index(said) + 1)) if said else reached
    if promised:
        reached = max(reached, _STAGES.index(Stage.CLOSE))
    suggested = _STAGES[reached]
    return suggested if suggested is not ticket.stage else None


def _heard(reached: int) -> int:
    """Who has said what is wrong is acknowledged; who speaks again once it was settled is acknowledged again."""
    acknowledge, commit = _STAGES.index(Stage.ACKNOWLEDGE), _STAGES.index(Stage.COMMIT)
    return acknowledge if reached < acknowledge or reached > commit else reached
