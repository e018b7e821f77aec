"""The promises of the house: the follow-up that is promised, what is remembered, who it is."""

from typing import TYPE_CHECKING

from cxdesk.domain import moments
from cxdesk.domain.words import PromiseState
from cxdesk.i18n import has, language, t
from cxdesk.keys import Command
from cxdesk.screens.acts.serve import tell
from cxdesk.screens.clipboard import copy
from cxdesk.screens.dialogs import Write
from cxdesk.screens.find import Find
from cxdesk.widgets.lines import Line

if TYPE_CHECKING:
    from cxdesk.desk import Desk
    from cxdesk.domain.due import Due
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS", "read_back"]


def read_back(desk: "Desk", text: str) -> list[Line]:
    """How a promise in words is understood, with whatever had to be assumed."""
    due = desk.promises.read(text)
    if due is None:
        if not text.strip():
            return [((t("ask.promise_example"), "dim"),)]
        return [((t(f"refused.{desk.promises.why_unread(text)}"), "warn"),)]
    when = moments.when(due.at, desk.zone, language(), desk.clock())
    return [((f"{when}  ", "good"), (due.what or t("promise.contact"), "strong"), (_assumed(due), "dim"))]


def _assumed(due: "Due") -> str:
    known = [t(f"assumed.{code}") for code in due.assumed if has(f"assumed.{code}")]
    return "  (" + ", ".join(known) + ")" if known else ""


async def promise(desk: "DeskScreen", command: Command) -> None:
    """Promise a follow-up in words; what was understood is read back before it is made."""
    ids = desk.targets()
    question = Write(
        t("ask.promise"),
        understood=lambda text: read_back(desk.desk, text),
        accept=lambda text: desk.desk.promises.read(text) is not None,
    )
    text = await desk.performer.ask(question)
    if text is not None:
        made, done = desk.desk.promises.make(text, ids[0])
        when = moments.when(made.due_at, desk.desk.zone, language(), desk.desk.clock())
        tell(desk, done, "did.promise", when=when, what=made.what or t("promise.contact"))


def settle_promise(desk: "DeskScreen", command: Command) -> None:
    """The promise at hand was kept, or is closed because the customer came first."""
    ticket = desk.target()
    found = desk.desk.promises.at_hand(ticket.id) if ticket else None
    if found is None:
        desk.say("cannot.no_promise")
        return
    state = PromiseState.KEPT if found.answered_at is None else PromiseState.ANSWERED
    done = desk.desk.promises.settle(found.promise, state)
    tell(desk, done, f"did.promise_{state}", what=found.promise.what or t("promise.contact"))


def memory(desk: "DeskScreen", command: Command) -> None:
    """Up and down go to the memory; on a small screen its drawer opens."""
    if desk.has_class("drawers"):
        desk.drawer("memory")
    else:
        desk.toggle_class("on-memory")


def copy_sentence(desk: "DeskScreen", command: Command) -> None:
    """Copy the sentence that remembers."""
    if desk.look and desk.look.sayable:
        desk.say(f"did.copied_{copy(desk.app, desk.look.sayable)}")


async def remember(desk: "DeskScreen", command: Command) -> None:
    """Keep something about the customer: ``size: M`` as a preference, a sentence as a note."""
    ticket = desk.target()
    if ticket is None or ticket.customer_id is None:
        return
    question = Write(t("ask.remember"), understood=_kept_as, placeholder=t("ask.remember_example"))
    text = await desk.performer.ask(question)
    if text is not None:
        tell(desk, desk.desk.people.remember(ticket.customer_id, text, ticket.id), "did.remember")


def _kept_as(text: str) -> list[Line]:
    if not text.strip():
        return [((t("ask.remember_how"), "dim"),)]
    pair = ":" in text[:24] or "：" in text[:24]
    return [((t("ask.as_preference" if pair else "ask.as_note"), "good"),)]


async def who(desk: "DeskScreen", command: Command) -> None:
    """Say who the person of this ticket is."""
    ticket = desk.target()
    if ticket is None:
        return
    answer = await desk.performer.ask(Find(desk.desk, t("find.who")))
    customer, also, _ = answer or (None, (), None)
    if customer is not None:
        tell(desk, desk.desk.attach(ticket.id, customer, also), "did.who", name=customer.name)


ACTS = {
    "promise": promise,
    "settle_promise": settle_promise,
    "memory": memory,
    "copy": copy_sentence,
    "remember": remember,
    "who": who,
}
