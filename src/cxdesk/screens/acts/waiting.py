"""The wait: telling it, saying why, agreeing on a call instead, looking back at what was told, asking what if."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from cxdesk.domain import moments
from cxdesk.i18n import language, t
from cxdesk.keys import Command
from cxdesk.screens.acts.care import read_back
from cxdesk.screens.acts.serve import tell
from cxdesk.screens.clipboard import copy
from cxdesk.screens.dialogs import Write
from cxdesk.widgets.lines import Line, paragraph

if TYPE_CHECKING:
    from cxdesk.desk.telling import Told
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


def wait(desk: "DeskScreen", command: Command) -> Coroutine[Any, Any, None] | None:
    """Tell the wait: the sentence is copied, the quote kept. Whoever was offered a call can name a time at once."""
    ids = desk.targets()
    told, done = desk.desk.quotes.tell(ids[0])
    copy(desk.app, told.sentence)
    desk.changed(done)
    desk.say("did.wait" if done else "did.wait_unquoted", sentence=told.sentence)
    return _agree_on_call(desk, ids[0], told) if told.offers_call else None


async def call_back(desk: "DeskScreen", command: Command) -> None:
    """Agree on a call instead of the wait."""
    await _agree_on_call(desk, desk.targets()[0], None)


async def _agree_on_call(desk: "DeskScreen", ticket_id: str, told: "Told | None") -> None:
    """Ask when to call; Escape means that the customer would rather wait."""
    width = max(20, min(94, desk.app.size.width - 6))
    said = paragraph(told.sentence, "ours", width) if told else []

    def understood(text: str) -> list[Line]:
        due = desk.desk.promises.read(text)
        shut = due is not None and not desk.desk.waits.hours.open_at(due.at)
        return [*said, *read_back(desk.desk, text), *([((t("ask.call_closed"), "warn"),)] if shut else [])]

    question = Write(
        t("ask.call_back"),
        understood=understood,
        accept=lambda text: desk.desk.promises.read(text) is not None,
        placeholder=t("ask.call_back_example"),
    )
    text = await desk.performer.ask(question)
    if text is not None:
        made, done = desk.desk.quotes.call_back(ticket_id, text)
        tell(desk, done, "did.call_back", when=moments.when(made.due_at, desk.desk.zone, language(), desk.desk.clock()))


async def why(desk: "DeskScreen", command: Command) -> None:
    """Why this customer stands where they stand, and waits as long as they do."""
    from cxdesk.screens.why import Explained
    from cxdesk.widgets.why import order_sentence, why_lines

    ticket = desk.target()
    if ticket is None:
        return
    lines: list[Line] = [((order_sentence(ticket, desk.desk.place_of(ticket.id)), "accent"),)]
    reasons, now = desk.desk.quotes.why(ticket.id), desk.desk.clock()
    if reasons is not None:
        lines += why_lines(desk.desk.waits.estimate(ticket, now), reasons, desk.desk.zone, now)
    await desk.performer.ask(Explained(t("why.title", number=ticket.number), lines))


async def go_honesty(desk: "DeskScreen", command: Command) -> None:
    """How honest our waits are."""
    from cxdesk.screens.honesty import HonestyPanel

    await desk.performer.ask(HonestyPanel(desk.desk))


async def go_staffing(desk: "DeskScreen", command: Command) -> None:
    """What if one more came; how many people tomorrow."""
    from cxdesk.screens.what_if import WhatIfScreen

    await desk.performer.ask(WhatIfScreen(desk.desk))


ACTS = {"wait": wait, "call_back": call_back, "why": why, "go_honesty": go_honesty, "go_staffing": go_staffing}
