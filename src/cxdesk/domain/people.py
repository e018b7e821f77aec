"""Making customers and keeping what is learned of them."""

import re

from cxdesk.domain.changes import Edit, Stamp, alter, insert
from cxdesk.domain.days import Day, kind_named, read_day
from cxdesk.domain.records import Consent, Customer, Identity, Note, Preference, Shift, SpecialDay
from cxdesk.domain.words import Language

__all__ = ["SCALES", "amend", "consent", "duty", "fact", "newcomer", "prefer", "special_day"]

SCALES: dict[str, tuple[int, int]] = {"csat": (1, 5), "ces": (1, 7), "nps": (0, 10)}
"""Lowest and highest answer of each feedback scale."""

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NUMBER = re.compile(r"\+?[\d][\d\s().-]{6,}\d")
_PAIR = re.compile(r"\s*([^:：]{1,24})[:：]\s*(\S.*)", re.DOTALL)


def newcomer(text: str, language: Language, stamp: Stamp) -> tuple[Customer, tuple[Edit, ...]] | None:
    """The customer that one line describes: a name, a phone number, a mail address, in any order and number.

    ``None`` when the line is empty. A person without a name is called by their number.
    """
    from cxdesk.hangul.phone import read_phone

    mail = _MAIL.search(text)
    rest = text.replace(mail[0], " ") if mail else text
    number = _NUMBER.search(rest)
    phone = read_phone(number[0]) if number else None
    if number and phone:
        rest = rest.replace(number[0], " ")
    name = " ".join(rest.split()).strip(" ,/")
    if not (name or mail or phone):
        return None
    shown = name or (phone.pretty() if phone else mail[0] if mail else "")
    customer = Customer(stamp.mint(), shown, language, created_at=stamp.at)
    edits: tuple[Edit, ...] = (insert(customer),)
    if phone:
        edits += (insert(Identity(stamp.mint(), customer.id, "phone", phone.digits, phone.pretty(), stamp.at)),)
    if mail:
        edits += (insert(Identity(stamp.mint(), customer.id, "email", mail[0].casefold(), mail[0], stamp.at)),)
    return customer, edits


def fact(customer_id: str, text: str, ticket_id: str | None, stamp: Stamp) -> tuple[Edit, ...]:
    """Something to remember: ``size: M`` is a preference, ``생일: 3/5`` a day of the year, anything else a note.

    Nothing for an empty line.
    """
    text = text.strip()
    if not text:
        return ()
    if pair := _PAIR.fullmatch(text):
        if (kind := kind_named(pair[1])) and (when := read_day(pair[2])):
            return special_day(customer_id, kind, when, stamp)
        return prefer(customer_id, pair[1].strip(), pair[2].strip(), stamp)
    return (insert(Note(stamp.mint(), customer_id, text, stamp.at, stamp.agent_id, ticket_id)),)


def prefer(customer_id: str, key: str, value: str, stamp: Stamp) -> tuple[Edit, ...]:
    """A preference learned in a contact; an older one of the same kind stays behind it as what it was."""
    return (insert(Preference(stamp.mint(), customer_id, key, value, "contact", stamp.at)),)


def special_day(customer_id: str, kind: str, when: Day, stamp: Stamp) -> tuple[Edit, ...]:
    """A day of the year, without the year."""
    made = SpecialDay(stamp.mint(), customer_id, kind, when.month, when.day, when.lunar, "contact", stamp.at)
    return (insert(made),)


def amend(note: Note, text: str, ticket_id: str | None, stamp: Stamp) -> tuple[Edit, ...]:
    """A note put right: the new wording stands in front, the old one stays. Nothing for the same words or none."""
    text = text.strip()
    if not text or text == note.body:
        return ()
    return (insert(Note(stamp.mint(), note.customer_id, text, stamp.at, stamp.agent_id, ticket_id, amends=note.id)),)


def consent(customer_id: str, purpose: str, *, allowed: bool, stamp: Stamp) -> tuple[Edit, ...]:
    """What a customer says now about being advertised to or contacted."""
    return (insert(Consent(stamp.mint(), customer_id, purpose, allowed, stamp.at, "contact", stamp.agent_id)),)


def duty(current: Shift | None, agent_id: str, state: str, until: int | None, stamp: Stamp) -> tuple[Edit, ...]:
    """From the current stretch of a shift to the next: ``on``, ``break`` or ``off``."""
    edits: tuple[Edit, ...] = ()
    if current is not None:
        if current.state == state and current.planned_until == until:
            return ()
        ended = Shift(current.id, agent_id, current.state, current.started_at, current.planned_until, stamp.at)
        edits += alter(current, ended)
    if state != "off":
        edits += (insert(Shift(stamp.mint(), agent_id, state, stamp.at, until)),)
    return edits
