"""What is known for sure while a reply is written: the values a rewording may use. Nothing here is ever guessed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from cxdesk.domain.moments import Instant, when
from cxdesk.domain.words import Language
from cxdesk.empathy.spoken import first_name, lasting, wait_range

__all__ = ["Known", "filled"]

_PHONE = re.compile(r"(?<![\d-])(?:\+\d|0\d|1[568]\d\d)[\d -]{6,13}\d(?![\d-])")
# An order number as shops write them: at least five signs, at least one digit, often with dashes.
_ORDER = re.compile(r"(?:주문|order)[^\n.!?]{0,16}?(?<![\w-])((?=[\w-]*\d)[A-Za-z0-9][\w-]{3,24}\d)", re.IGNORECASE)
_PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Known:
    """``said`` is what the customer wrote; ``promises`` are the instants of the ticket's open promises; the minutes
    are the ends of the wait that is estimated. ``options`` and ``acknowledge`` are lines that fit this moment.
    """

    lang: Language
    now: Instant
    zone: tzinfo
    name: str = ""
    phone: str = ""
    order_no: str = ""
    product: str = ""
    said: str = ""
    low_minutes: int | None = None
    high_minutes: int | None = None
    promises: tuple[Instant, ...] = ()
    options: str = ""
    acknowledge: str = ""

    @property
    def calls(self) -> tuple[str, ...]:
        """The ways this customer may be called by name: the whole name, and the given name."""
        if not self.name:
            return ()
        given = self.name[1:] if len(self.name) == 3 and self.name.isalpha() and self.name > "가" else ""
        parts = {self.name, first_name(self.name), given, *self.name.split()}
        return tuple(part for part in parts if len(part) > 1)

    def values(self) -> Mapping[str, str]:
        """Place → what may stand in it; what is not known is left out."""
        phone = self.phone or _found(_PHONE, self.said)
        ahead = [at for at in self.promises if at > self.now]
        known = {
            "name": self.name,
            "first": first_name(self.name),
            "order_no": self.order_no or _found(_ORDER, self.said),
            "phone_end": "".join(char for char in phone if char.isdigit())[-4:],
            "product": self.product,
            "due": when(min(ahead), self.zone, self.lang, self.now) if ahead else "",
            "range": self.wait or "",
            "high": (lasting(self.high_minutes, self.lang) or "") if self.high_minutes is not None else "",
        }
        return {place: value for place, value in known.items() if value}

    @property
    def wait(self) -> str | None:
        """The range that can be said honestly, ``20~40분``; ``None`` while no estimate is known."""
        if self.high_minutes is None:
            return None
        if not self.low_minutes:
            return lasting(self.high_minutes, self.lang)
        return wait_range(self.low_minutes, self.high_minutes, self.lang)


def _found(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[match.re.groups] if match else ""


def filled(templates: tuple[str, ...], values: Mapping[str, str]) -> str:
    """The first template whose every place is known, filled; ``""`` when there is none."""
    for template in templates:
        if all(place in values for place in _PLACE.findall(template)):
            return _PLACE.sub(lambda place: values[place[1]], template)
    return ""
