"""Knowing people: preferences in three keys, what they do not want, and who is in the file twice."""

from typing import TYPE_CHECKING

from cxdesk.domain.consents import CONTACT, MARKETING
from cxdesk.domain.days import KINDS as DAYS
from cxdesk.domain.preferences import CHOICES
from cxdesk.i18n import t, t_in
from cxdesk.keys import Command
from cxdesk.screens.acts.serve import tell
from cxdesk.screens.dialogs import Choose, Option, Write
from cxdesk.widgets.lines import Line

if TYPE_CHECKING:
    from cxdesk.domain.memory import Memory
    from cxdesk.domain.records import Customer
    from cxdesk.screens.desk import DeskScreen

__all__ = ["ACTS"]


def _at_hand(desk: "DeskScreen") -> "Memory | None":
    """The customer of the ticket that keys go to."""
    ticket = desk.target()
    return desk.desk.read.memory(ticket.customer_id) if ticket is not None and ticket.customer_id else None


async def prefer(desk: "DeskScreen", command: Command) -> None:
    """A kind of preference, then its value; also days of the year, what they do not want, and the list to put right."""
    memory = _at_hand(desk)
    if memory is None:
        return
    options: list[Option[str]] = [(str(i), t(f"preference.{kind}"), kind) for i, kind in enumerate(CHOICES, 1)]
    options += [(str(i), t(f"day.{kind}"), kind) for i, kind in enumerate(DAYS, len(CHOICES) + 1)]
    for key, purpose in (("a", MARKETING), ("n", CONTACT)):
        word = "allow" if purpose in memory.forbidden else "forbid"
        options.append((key, t(f"ask.{word}_{purpose}"), f"{word} {purpose}"))
    options.append(("l", t("ask.kept"), "kept"))
    chosen = await desk.performer.ask(Choose(t("ask.prefer", name=memory.customer.name), options))
    if chosen is None:
        return
    if chosen in CHOICES:
        await _prefer(desk, memory.customer, chosen)
    elif chosen in DAYS:
        await _celebrate(desk, memory.customer, chosen)
    elif chosen == "kept":
        from cxdesk.screens.kept import Kept

        await desk.performer.ask(Kept(desk.desk, memory.customer.id))
        desk.refresh_ticket()
    else:
        word, purpose = chosen.split()
        done = desk.desk.people.consent(memory.customer.id, purpose, allowed=word == "allow")
        tell(desk, done, f"did.{word}_{purpose}")


async def _prefer(desk: "DeskScreen", customer: "Customer", kind: str) -> None:
    """Choose a value of a kind or write one; it is kept in the customer's language, to be said to them as it is."""

    def named(choice: str) -> str:
        return choice if kind == "size" else t(f"preference.{kind}.{choice}")

    value: str | None = ""
    if CHOICES[kind]:
        options = [(str(i), named(choice), choice) for i, choice in enumerate(CHOICES[kind], 1)]
        value = await desk.performer.ask(Choose(t(f"preference.{kind}"), [*options, ("0", t("ask.own_words"), "")]))
        if value is None:
            return
        if value and kind != "size":
            value = t_in(customer.language, f"preference.{kind}.{value}")
    if not value:
        value = await desk.performer.ask(Write(t(f"preference.{kind}")))
    if value is not None:
        done = desk.desk.people.prefer(customer.id, t_in(customer.language, f"preference.{kind}"), value)
        tell(desk, done, "did.prefer", what=t(f"preference.{kind}"), value=value)


async def _celebrate(desk: "DeskScreen", customer: "Customer", kind: str) -> None:
    from cxdesk.domain.days import read_day

    def understood(text: str) -> list[Line]:
        when = read_day(text)
        if when is None:
            return [((t("ask.day_example"), "dim"),)]
        lunar = t("day.lunar") + " " if when.lunar else ""
        return [((lunar + t("day.date", month=when.month, day=when.day), "good"),)]

    question = Write(t(f"day.{kind}"), understood=understood, accept=lambda text: read_day(text) is not None)
    text = await desk.performer.ask(question)
    if text is not None:
        tell(desk, desk.desk.people.celebrate(customer.id, kind, text), "did.celebrate", day=t(f"day.{kind}"))


async def duplicates(desk: "DeskScreen", command: Command) -> None:
    """People who could be in the file twice; two of them are looked at side by side."""
    from cxdesk.screens.merging import Duplicates, SideBySide

    while (pair := await desk.performer.ask(Duplicates(desk.desk, _at_hand(desk)))) is not None:
        one = desk.desk.read.memory(pair.one.id)
        other = desk.desk.read.memory(pair.likeness.other.id)
        if one is None or other is None:
            continue
        decision = await desk.performer.ask(SideBySide(desk.desk, one, other, pair.likeness))
        if decision is None:
            continue
        if decision.apart:
            tell(desk, desk.desk.merging.keep_apart(decision.survivor_id, decision.merged_id), "did.apart")
            desk.refresh_ticket()
        else:
            done = desk.desk.merging.merge(decision.survivor_id, decision.merged_id, decision.take)
            tell(desk, done, "did.merge")


async def part(desk: "DeskScreen", command: Command) -> None:
    """Take a merge of this customer back, however long ago it was."""
    from cxdesk.domain import moments
    from cxdesk.i18n import language

    memory = _at_hand(desk)
    steps = desk.desk.merging.into(memory.customer.id) if memory else ()
    if not steps:
        desk.say("cannot.no_merge")
        return
    now = desk.desk.clock()
    options = [
        (str(i), t("merging.step", name=merged.name, when=moments.ago(step.at, now, language())), step.id)
        for i, (step, merged) in enumerate(steps[:9], 1)
    ]
    chosen = await desk.performer.ask(Choose(t("ask.part"), options, hint=t("ask.part_hint")))
    if chosen is not None:
        tell(desk, desk.desk.merging.part(chosen), "did.part")


ACTS = {"prefer": prefer, "duplicates": duplicates, "part": part}
