"""Putting right what is known of a person: the name, how to reach them, where they live, what they speak."""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

from cxdesk.domain.changes import Edit, Stamp, alter, insert, remove
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import Customer, Identity
from cxdesk.domain.words import Language

__all__ = ["Field", "Unusable", "correct", "present", "reach"]

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


class Field(StrEnum):
    """What can be put right, in the order it is offered."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    LANGUAGE = "language"


class Unusable(Exception):
    """What was typed cannot be kept; ``code`` names the sentence (``refused.<code>``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def present(customer: Customer, identities: Sequence[Identity], field: Field) -> str:
    """What is known now, as it was given; '' for nothing."""
    match field:
        case Field.NAME:
            return customer.name
        case Field.ADDRESS:
            return customer.address or ""
        case Field.LANGUAGE:
            return customer.language
    known = _first(identities, field)
    return known.shown if known else ""


def correct(
    customer: Customer, identities: Sequence[Identity], field: Field, text: str, stamp: Stamp
) -> tuple[Edit, ...]:
    """The edits that put ``text`` in the place of what is known; none when it is the same.

    An empty text takes a number or an address away; the name and the language cannot be empty. Of several numbers the
    first is meant. Raises ``Unusable``: ``no_name``, ``no_phone``, ``no_mail``, ``no_language``.
    """
    text = inert_line(text).strip()
    match field:
        case Field.NAME:
            if not text:
                raise Unusable("no_name")
            return alter(customer, replace(customer, name=text))
        case Field.ADDRESS:
            return alter(customer, replace(customer, address=text or None))
        case Field.LANGUAGE:
            if text not in tuple(Language):
                raise Unusable("no_language")
            return alter(customer, replace(customer, language=Language(text)))
    known = _first(identities, field)
    if not text:
        return (remove(known),) if known else ()
    value, shown = reach(field, text)
    if known is None:
        return (insert(Identity(stamp.mint(), customer.id, field.value, value, shown, stamp.at)),)
    return alter(known, replace(known, value=value, shown=shown))


def _first(identities: Sequence[Identity], field: Field) -> Identity | None:
    known = sorted((one for one in identities if one.kind == field), key=lambda one: (one.created_at, one.id))
    return known[0] if known else None


def reach(field: Field, text: str) -> tuple[str, str]:
    """Normal form and shown form of a number or an address for mail. Raises ``Unusable``."""
    from cxdesk.hangul.phone import read_phone

    if field is Field.EMAIL:
        if not _MAIL.fullmatch(text):
            raise Unusable("no_mail")
        return text.casefold(), text
    phone = read_phone(text)
    if phone is None or phone.kind == "masked":
        raise Unusable("no_phone")
    return phone.digits, phone.pretty()
