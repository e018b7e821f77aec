"""Asking how it was, and writing the answer down."""

from typing import TYPE_CHECKING

from cxdesk.domain.feedback import read_answer
from cxdesk.i18n import t
from cxdesk.keys import Command
from cxdesk.screens.acts.serve import tell

if TYPE_CHECKING:
    from cxdesk.domain.records import Ticket
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


async def feedback(desk: "DeskScreen", command: Command) -> None:
    """Ask the customer of the open ticket, or of the one that was just resolved; a number is their answer."""
    from cxdesk.screens.clipboard import copy
    from cxdesk.screens.feedback import AskFeedback

    ticket = _whose(desk)
    if ticket is None:
        desk.say("cannot.no_ticket")
        return
    verbs = desk.desk.feedback
    customer = desk.desk.read.customer(ticket.customer_id) if ticket.customer_id else None
    dialog = AskFeedback(desk.desk, ticket, customer, verbs.due(ticket.id))
    text = await desk.performer.ask(dialog)
    if text is None:
        return
    answer = read_answer(text)
    if answer is not None:
        scale = answer.scale or dialog.scale
        done = verbs.record(scale, answer.value, answer.comment, ticket_id=ticket.id)
        tell(desk, done, "did.feedback", scale=scale.upper(), value=answer.value)
    else:
        sentence, done = verbs.ask(ticket.id, scale=dialog.scale)
        copied = t(f"did.copied_{copy(desk.app, sentence)}")
        tell(desk, done, "did.ask", copied=copied, days=desk.desk.settings.feedback.again_days)


def _whose(desk: "DeskScreen") -> "Ticket | None":
    """The ticket that is open, else the one this agent has just resolved, else the one under the cursor."""
    if desk.in_ticket:
        return desk.target()
    return desk.desk.feedback.just_resolved() or desk.target()


ACTS = {"feedback": feedback}
