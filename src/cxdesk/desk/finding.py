"""Finding: one line of typing into people, tickets, goods and words that were said, under the line's conditions."""

import sqlite3
from collections.abc import Callable
from datetime import tzinfo
from itertools import islice

from cxdesk.domain.filters import Filters, read_filters
from cxdesk.domain.records import Customer, Ticket
from cxdesk.domain.segments import Rules
from cxdesk.domain.values import dataclass
from cxdesk.storage import people, search, tickets

__all__ = ["Finding", "Found", "Hit", "Whom"]

_More = Callable[[sqlite3.Connection, str, int], list[tuple[str, str]]]
"""Other ways to come by people: ``(customer id, what they were found by)`` for a text, so many at most."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding: a person (with a number to tell namesakes apart), a ticket, or words in a ticket or a note.

    ``bought`` is the product a person was found by.
    """

    customer: Customer | None
    ticket: Ticket | None = None
    words: str = ""
    phone: str | None = None
    bought: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; ``read_as`` is the Korean that Latin keys would have typed, when that is what was found."""

    hits: tuple[Hit, ...]
    read_as: str = ""
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True)
class Whom:
    """People by id: the number of their line in the roster, in the order found, and what they were found by where that
    is not how they are spelt. The rest as in ``Found``."""

    lines: dict[str, int]
    why: dict[str, str]
    read_as: str
    filters: Filters


class Finding:
    """Searches of one file; every statement is a range of an index and ends after a fixed number of rows."""

    def __init__(self, db: sqlite3.Connection, clock: Callable[[], int], zone: tzinfo, rules: Rules) -> None:
        self._db, self._clock, self._zone, self._rules = db, clock, zone, rules

    def whom(self, line: str, limit: int, *, goods: bool = False, words: bool = False) -> Whom:
        """The people a line finds, with what they were found by; failing that, the Korean its keys would have typed.

        With ``goods``, also those who bought such a thing; with ``words``, who said it, or of whom it was noted.
        """
        from cxdesk.hangul.keyboard import to_hangul

        only = read_filters(line, self._clock(), self._zone)
        text = only.text
        beyond = (search.find_products,) * goods + (search.said_by,) * words
        found, why = self._whom(text, limit, only, beyond)
        if not found and text.isascii() and text.isalpha() and (hangul := to_hangul(text)) != text:
            found, why = self._whom(hangul, limit, only, beyond)
            return Whom(found, why, hangul if found else "", only)
        return Whom(found, why, "", only)

    def people(self, line: str, limit: int = 20, *, goods: bool = False) -> Found:
        """The people a line spells; with ``goods``, also those who bought such a thing."""
        whom = self.whom(line, limit, goods=goods)
        hits = tuple(
            Hit(customer, phone=phone, bought=whom.why.get(customer.id, ""))
            for customer, phone in people.customers(self._db, list(whom.lines))
        )
        return Found(hits, whom.read_as, whom.filters)

    def everything(self, line: str, limit: int = 20) -> Found:
        """A ticket by its number, people, then words that were said or noted."""
        found = self.people(line, limit, goods=True)
        if found.filters:
            return found
        text = found.filters.text
        return Found((*self._by_number(text), *found.hits, *self._said(text, limit)), found.read_as, found.filters)

    def _whom(
        self, text: str, limit: int, only: Filters, beyond: tuple[_More, ...]
    ) -> tuple[dict[str, int], dict[str, str]]:
        """Id → line of the roster, and id → the product or the words for those whom the text does not spell."""
        now, rules = self._clock(), self._rules
        found = search.find_lines(self._db, text, limit, only=only, now=now, rules=rules)
        why: dict[str, str] = {}
        for more in beyond:
            if len(found) >= limit:
                break
            others: dict[str, str] = {}
            for key, words in more(self._db, text, limit):
                if key not in found:
                    others.setdefault(key, words)  # what was latest comes first
            left = search.narrowed(self._db, others, only=only, now=now, rules=rules)
            for key, line in islice(left.items(), limit - len(found)):
                found[key], why[key] = line, others[key]
        return found, why

    def _by_number(self, text: str) -> tuple[Hit, ...]:
        digits = text.strip().lstrip("#")
        number = int(digits) if digits.isdecimal() and len(digits) < 10 else None
        ticket = tickets.by_number(self._db, number) if number is not None else None
        return (Hit(self._owner(ticket.customer_id), ticket),) if ticket else ()

    def _said(self, text: str, limit: int) -> tuple[Hit, ...]:
        hits = []
        for kind, body, parent in search.words_found(self._db, text, limit):
            ticket = tickets.ticket(self._db, parent) if kind == "message" else None
            owner = ticket.customer_id if ticket else parent if kind == "note" else None
            hits.append(Hit(self._owner(owner), ticket, body))
        return tuple(hits)

    def _owner(self, customer_id: str | None) -> Customer | None:
        return people.customer(self._db, customer_id) if customer_id else None
