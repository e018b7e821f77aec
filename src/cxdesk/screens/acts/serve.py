"""A contact's way through the desk: new, next, resolve, reopen, hold, left."""

from typing import TYPE_CHECKING

from cxdesk.domain import moments
from cxdesk.domain.words import Emotion, Status
from cxdesk.i18n import language, t
from cxdesk.keys import Command
from cxdesk.screens.dialogs import Choose, Write
from cxdesk.screens.find import Find
from cxdesk.widgets.lines import Line

if TYPE_CHECKING:
    from cxdesk.desk import Done
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS", "feelings", "take", "tell"]


def tell(desk: "DeskScreen", done: "Done", key: str, **values: object) -> None:
    """Show what a verb did and say it; tickets it did not fit are counted with the reason."""
    desk.changed(done)
    if done.skipped:
        reason = t(f"skipped.{done.skipped[0][1]}")
        desk.say("did.some", n=len(done.tickets), skipped=len(done.skipped), reason=reason)
    elif done:
        desk.say(key, n=len(done.tickets), **values)


def take(desk: "DeskScreen", ids: list[str]) -> None:
    """Begin to serve, and show the one that was taken."""
    done = desk.desk.take(ids)
    desk.queue.unmark()
    tell(desk, done, "did.take")
    if len(done.tickets) == 1:
        desk.open_ticket(done.tickets[0])


def next_(desk: "DeskScreen", command: Command) -> None:
    """The next customer."""
    done = desk.desk.take_next()
    tell(desk, done, "did.take_spared" if done.because == "spared" else "did.take")
    desk.open_ticket(done.tickets[0])


async def new(desk: "DeskScreen", command: Command) -> None:
    """Somebody comes or calls: find or make the customer while typing."""
    answer = await desk.performer.ask(Find(desk.desk, t("find.new"), arriving=True))
    if answer is None:
        return
    customer, also, channel = answer
    ticket, done = desk.desk.arrive(channel, customer=customer, also=also)
    tell(desk, done, "did.new", number=ticket.number)
    desk.open_ticket(ticket.id)


async def resolve(desk: "DeskScreen", command: Command) -> None:
    """Done; asks once how the customer felt at the end, which Escape skips. On a resolved ticket: open it again."""
    ids = desk.targets()
    ticket = desk.target()
    if ticket is not None and ticket.status is Status.RESOLVED:
        tell(desk, desk.desk.reopen(ids), "did.reopen", number=ticket.number)
        return
    feeling = await desk.performer.ask(Choose(t("ask.felt"), feelings(), hint=t("ask.skip")))
    unsent = desk.in_ticket and bool(desk.pane.composer.text.strip())
    done = desk.desk.resolve(ids, feeling)
    desk.queue.unmark()
    desk.close_ticket()
    scale = desk.desk.feedback.due(done.tickets[0]).scale if len(done.tickets) == 1 else None
    after = "did.resolve_break" if desk.desk.caring.break_due() else "did.resolve_ask" if scale else "did.resolve"
    said = "did.resolve_unsent" if unsent else after
    tell(desk, done, said, number=ticket.number if ticket else "", scale=scale.upper() if scale else "")


def feelings() -> list[tuple[str, str, Emotion]]:
    """The six emotions, each on its digit."""
    return [(str(i), t(f"emotion.{emotion}"), emotion) for i, emotion in enumerate(Emotion, 1)]


async def hold(desk: "DeskScreen", command: Command) -> None:
    """Put aside until a time that is written, or, with an empty line, until the customer replies."""
    ids = desk.targets()

    def understood(text: str) -> list[Line]:
        if not text.strip():
            return [((t("ask.hold_reply"), "dim"),)]
        due = desk.desk.promises.read(text)
        if due is None:
            return [((t(f"refused.{desk.desk.promises.why_unread(text)}"), "warn"),)]
        when = moments.when(due.at, desk.desk.zone, language(), desk.desk.clock())
        return [((t("ask.hold_until", when=when), "good"),)]

    def accept(text: str) -> bool:
        return not text.strip() or desk.desk.promises.read(text) is not None

    question = Write(t("ask.hold"), understood=understood, accept=accept, placeholder=t("ask.hold_example"))
    text = await desk.performer.ask(question)
    if text is None:
        return
    due = desk.desk.promises.read(text) if text.strip() else None
    done = desk.desk.hold(ids, due.at if due else None)
    desk.queue.unmark()
    if due:
        when = moments.when(due.at, desk.desk.zone, language(), desk.desk.clock())
        tell(desk, done, "did.hold_until", when=when)
    else:
        tell(desk, done, "did.hold")


def left(desk: "DeskScreen", command: Command) -> None:
    """The customer gave up waiting."""
    done = desk.desk.left(desk.targets())
    desk.queue.unmark()
    tell(desk, done, "did.left")


ACTS = {"next": next_, "new": new, "resolve": resolve, "hold": hold, "left": left}
