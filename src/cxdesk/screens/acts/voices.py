"""The voice of the customer: keeping one in a few keys, and going to the board."""

import re
from typing import TYPE_CHECKING

from cxdesk.domain import moments
from cxdesk.domain.inert import inert_line
from cxdesk.domain.words import MessageKind
from cxdesk.i18n import language, t
from cxdesk.keys import Command
from cxdesk.screens.acts.serve import tell
from cxdesk.widgets.lines import Line
from cxdesk.widgets.privacy import shown_name

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.domain.records import Ticket
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS", "due_read_back"]

_SENTENCES = re.compile(r"(?<=[.!?。ㅠㅜ~])\s+|\n+")
_RECENT = 8


def due_read_back(desk: "Desk", text: str) -> list[Line]:
    """What is to be changed and until when, as it is understood while it is written."""
    if not text.strip():
        return [((t("theme.work_how"), "dim"),)]
    due = desk.voices.read_due(text)
    if due.wrong:
        return [((t(f"refused.{due.wrong}"), "warn"),)]
    if due.at is None:
        return [((due.what, "strong"), (f" · {t('theme.no_due')}", "dim"))]
    when = moments.when(due.at, desk.zone, language(), desk.clock())
    return [((due.what, "strong"), (f" · {t('theme.until', when=when)}", "good"))]


async def voice(desk: "DeskScreen", command: Command) -> None:
    """Keep what the customer said; of several marked tickets, for the customer of each."""
    from cxdesk.screens.voice import RecordVoice

    ids, ticket, verbs = desk.targets(), desk.target(), desk.desk.voices
    if ids and (ticket is None or ticket.id not in ids):  # rows are marked, and the cursor is elsewhere
        ticket = desk.desk.read.ticket(ids[0])
    said = verbs.said_in(ticket)
    customer = desk.desk.read.customer(ticket.customer_id) if ticket and ticket.customer_id else None
    memory = desk.desk.read.memory(customer.id) if customer else None
    products = tuple(dict.fromkeys(bought.product for bought in memory.purchases)) if memory else ()
    title = t("voices.record_of", name=shown_name(customer.name)) if customer else t("voices.record")
    lines = _said(desk, ticket) if ticket else []
    kept = await desk.performer.ask(RecordVoice(desk.desk, said, lines, products, title=title))
    if kept is None:
        return
    theme, done = verbs.record(kept.said, ids, "" if kept.alone else None)
    desk.queue.unmark()
    tell(desk, done, "did.voice", title=theme.title)


def _said(desk: "DeskScreen", ticket: "Ticket") -> list[str]:
    """What the customer said, the latest first: each message whole, then its sentences."""
    thread = desk.desk.read.thread(ticket.id)
    messages = [m.body for m in thread.messages if m.kind is MessageKind.CUSTOMER] if thread else []
    found: dict[str, None] = {}
    for body in messages[::-1][:_RECENT]:
        for part in (body, *_SENTENCES.split(body)):
            if line := inert_line(part, 2000):
                found.setdefault(line)
    return list(found)


async def go_voices(desk: "DeskScreen", command: Command) -> None:
    """What customers say, and what becomes of it."""
    from cxdesk.screens.voices import VoiceBoard

    desk.draft.keep()
    desk.come_back(await desk.performer.ask(VoiceBoard(desk.desk)))


ACTS = {"voice": voice, "go_voices": go_voices}
