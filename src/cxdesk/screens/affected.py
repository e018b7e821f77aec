"""Whom an incident touches: finding them by what they bought, the list of what was done for each, and its tickets."""

from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from cxdesk.desk import Desk
from cxdesk.desk.affected import Affected, counted
from cxdesk.domain import moments
from cxdesk.domain.afterwards import Incident, IncidentReach
from cxdesk.domain.incident_report import Touched
from cxdesk.domain.reaching import Stretch, read_stretch
from cxdesk.domain.records import Ticket
from cxdesk.i18n import language, t
from cxdesk.screens.dialogs import Choose, Write
from cxdesk.screens.incident_frame import Act, Frame
from cxdesk.screens.pick import Pick
from cxdesk.widgets.incidents import reach_text
from cxdesk.widgets.lines import Line, column
from cxdesk.widgets.privacy import masked, shared_text, shown_name

__all__ = ["AffectedPeople", "LinkedTickets", "ask_reach"]


class PickProduct(Pick[str]):
    """One of the goods, found while its name is typed."""

    PLACEHOLDER = "incident.product_example"

    def __init__(self, desk: Desk, text: str) -> None:
        super().__init__(t("incident.ask_product"), text=text)
        self._desk = desk

    def find(self, text: str) -> Sequence[str]:
        """Goods that hold the text."""
        return self._desk.incidents.products(text.strip())

    def line(self, item: Any) -> Line:
        """Its name."""
        return ((str(item), "text"),)

    def answer(self, item: Any) -> str:
        """Its name."""
        return str(item)


async def ask_reach(frame: Frame, incident: Incident) -> tuple[str, Stretch] | None:
    """Which product, ordered when, of which batch; while it is typed, how many people that finds."""
    desk = frame.desk
    product = await frame.ask(PickProduct(desk, incident.product))
    if product is None:
        return None

    def read(text: str) -> Stretch | None:
        return read_stretch(text, desk.clock(), desk.zone)

    finds = cache(partial(counted, desk, product))  # typing on in an option's name goes through them once

    def understood(text: str) -> list[Line]:
        stretch = read(text)
        if stretch is None:
            return [((t("refused.no_range"), "warn"),)]
        n = finds(stretch)
        since = moments.day(stretch.since, desk.zone, language(), desk.clock()) if stretch.since is not None else ""
        until = moments.day(stretch.until - 1, desk.zone, language(), desk.clock()) if stretch.until is not None else ""
        when = f"{since} ~ {until}" if since or until else t("incident.any_day")
        found = t("incident.finds", when=when, option=stretch.option or t("incident.any_option"), n=n)
        return [((found, "good" if n else "warn"),)]

    question = Write(
        t("incident.ask_stretch", product=product),
        understood=understood,
        accept=lambda text: read(text) is not None,
        placeholder=t("incident.stretch_example"),
    )
    text = await frame.ask(question)
    stretch = read(text) if text is not None else None
    return (product, stretch) if stretch is not None else None


class AffectedPeople(Frame):
    """Who was touched, and with one key each: told, cared for, asked how it was."""

    KEYS = (
        ("t", "told"),
        ("c", "cared"),
        ("f", "asked"),
        ("x", "told_all"),
        ("z", "undo"),
        ("Enter", "person"),
        ("d", "unreach"),
        ("Esc", "leave"),
    )

    def __init__(self, desk: Desk, incident: Incident) -> None:
        super().__init__(desk)
        self._incident = incident
        self._people = Affected(desk, incident.id)
        self._at = 0

    def title_line(self) -> str:
        """How many have been read so far, and whether there are more."""
        more = "" if self._people.whole else "+"
        return t("incident.people_title", title=self._incident.title, n=f"{len(self._people.found)}{more}")

    def read(self) -> None:
        """From the beginning as far as was read."""
        wanted = self._at + 1
        self._people = Affected(self.desk, self._incident.id)
        while len(self._people.found) <= wanted and self._people.more():
            pass

    def lines(self, width: int, height: int) -> list[Line]:
        """The rules that find people, and the people in sight."""
        now, zone = self.desk.clock(), self.desk.zone
        head: list[Line] = [((reach_text(rule, zone, now), "dim"),) for rule in self._people.rules]
        head.append(
            (
                (column("", 36), "dim"),
                *((column(t(f"incident.column.{name}"), 10), "dim") for name in ("told", "cared", "asked")),
            )
        )
        found = self._people.found
        if not found:
            return [*head, ((t("incident.nobody"), "dim"),)]
        rows = max(3, height - len(head))
        top = max(0, min(self._at - rows // 2, len(found) - rows))
        return head + [
            (("▌" if top + i == self._at else " ", "accent"), *self._line(one, now))
            for i, one in enumerate(found[top : top + rows])
        ]

    def _line(self, one: Touched, now: int) -> Line:
        name = shown_name(one.customer.name)
        kept = self.desk.zone
        cells = tuple(
            (column(f"✓ {moments.clock(at, kept, language())}" if at is not None else "·", 10), "good" if at else "dim")
            for at in (one.told_at, one.cared_at, one.asked_at)
        )
        why = t("incident.no_contact") if one.forbidden else "" if one.came else t("incident.did_not_come")
        phone = masked("phone", one.phone) if one.phone else ""
        return (
            (column(name, 14) + " ", "strong"),
            (column(phone, 20), "dim"),
            *cells,
            (why, "bad" if one.forbidden else "dim"),
        )

    def acts(self) -> Mapping[str, Act]:
        """Marking, looking."""
        return {
            **dict.fromkeys(("j", "down"), partial(self._move, 1)),
            **dict.fromkeys(("k", "up"), partial(self._move, -1)),
            "pagedown": partial(self._move, 20),
            "pageup": partial(self._move, -20),
            "t": partial(self._mark, "told"),
            "c": partial(self._mark, "cared"),
            "f": self._ask,
            "x": self._told_all,
            "d": self._unreach,
            "enter": self._person,
            "z": self.undo,
            "escape": self.leave,
        }

    def _move(self, by: int) -> None:
        self._at += by
        while self._at >= len(self._people.found) - 1 and self._people.more():
            pass
        self._at = max(0, min(len(self._people.found) - 1, self._at))

    def _mark(self, what: str) -> None:
        if not self._people.found:
            return
        one = self._people.found[self._at]
        self.desk.incidents.touching.mark(self._incident.id, one.customer.id, what)
        self._people.again(self._at)
        self._move(1)

    def _ask(self) -> None:
        """Ask how it was: the sentence to say or write, and that it was asked is kept."""
        if not self._people.found:
            return
        one = self._people.found[self._at]
        if one.asked_at is not None:
            self.say(t("incident.asked_already"))
            return
        also = self.desk.incidents.touching.marking(self._incident.id, one.customer.id, "asked")
        sentence, _ = self.desk.feedback.ask(customer_id=one.customer.id, also=also)
        self._people.again(self._at)
        self.say(sentence)

    async def _told_all(self) -> None:
        """A message sent elsewhere told everybody whom a rule finds; those who want no contact were not written to."""
        rule = await self._rule(t("incident.ask_told_all"), t("incident.told_all_hint"))
        if rule is not None:
            self.desk.incidents.touching.told_all(rule)
            self.show_done(t("did.incident_person"))

    async def _unreach(self) -> None:
        """A rule found the wrong people."""
        rule = await self._rule(t("incident.ask_unreach"), "")
        if rule is not None:
            self.desk.incidents.touching.unreach(rule)
            self._at = 0
            self.show_done(t("did.incident_unreach"))

    async def _rule(self, question: str, hint: str) -> IncidentReach | None:
        """One of the rules that find people."""
        now, zone = self.desk.clock(), self.desk.zone
        rules = self._people.rules[:9]
        if not rules:
            self.say(t("incident.no_rules"))
            return None
        options = [(str(n), reach_text(rule, zone, now), rule) for n, rule in enumerate(rules, 1)]
        return await self.ask(Choose(question, options, hint=hint))

    async def _person(self) -> None:
        if not self._people.found:
            return
        from cxdesk.screens.person import Person

        key = await self.ask(Person(self.desk, self._people.found[self._at].customer.id))
        if key is None:
            self._people.again(self._at)
            self.draw()
        else:
            self.dismiss(key)


class LinkedTickets(Frame):
    """The tickets of an incident; Enter opens one, ``x`` takes it out."""

    KEYS = (("Enter", "open"), ("x", "unlink"), ("z", "undo"), ("Esc", "leave"))

    def __init__(self, desk: Desk, incident: Incident) -> None:
        super().__init__(desk)
        self._incident = incident
        self._found: Sequence[tuple[Ticket, str, str]] = ()
        self._at = 0

    def title_line(self) -> str:
        """How many there are."""
        return t("incident.tickets_title", title=self._incident.title, n=len(self._found))

    def read(self) -> None:
        """Read the list."""
        self._found = self.desk.incidents.tickets(self._incident.id)
        self._at = max(0, min(self._at, len(self._found) - 1))

    def lines(self, width: int, height: int) -> list[Line]:
        """A line a ticket."""
        now = self.desk.clock()
        top = max(0, min(self._at - height // 2, len(self._found) - height))
        return [
            (("▌" if top + i == self._at else " ", "accent"), *_ticket_line(ticket, name, now))
            for i, (ticket, name, _) in enumerate(self._found[top : top + height])
        ] or [((t("incident.no_tickets"), "dim"),)]

    def acts(self) -> Mapping[str, Act]:
        """Moving, opening, taking out."""
        return {
            **dict.fromkeys(("j", "down"), partial(self._move, 1)),
            **dict.fromkeys(("k", "up"), partial(self._move, -1)),
            "pagedown": partial(self._move, 20),
            "pageup": partial(self._move, -20),
            "enter": self._open,
            "x": self._unlink,
            "z": self.undo,
            "escape": self.leave,
        }

    def _move(self, by: int) -> None:
        self._at = max(0, min(len(self._found) - 1, self._at + by))

    def _open(self) -> None:
        if self._found:
            self.dismiss(self._found[self._at][0].id)

    def _unlink(self) -> None:
        if self._found:
            self.desk.incidents.unlink([self._found[self._at][0].id])
            self.show_done(t("did.incident_unlink"))


def _ticket_line(ticket: Ticket, name: str, now: int) -> Line:
    who = shown_name(name) if name else t("customer.unknown")
    return (
        (column(f"#{ticket.number}", 8), "dim"),
        (column(who, 16), "strong"),
        (column(t(f"channel.{ticket.channel}"), 10), "dim"),
        (column(t(f"status.{ticket.status}"), 12), "text"),
        (moments.ago(ticket.arrived_at, now, language()), "dim"),
        ("  " + shared_text(ticket.subject), "dim"),
    )
