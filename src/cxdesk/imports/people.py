"""Who a row speaks of, and by what they can be found again.

A person's name when the file has none is ``#`` and the number they are known by (their id, else the last four digits
of their telephone, else the part of their e-mail before the ``@``): ``#17850``. It is a sign on a drawer, not
something to say aloud, and the first import that knows a real name replaces it. A masked name (``김*수``) is taken
when there is no better one and replaced in the same way.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cxdesk.hangul.phone import read_phone
from cxdesk.imports.binding import Binding
from cxdesk.imports.cells import full_name, given, is_masked, number_name, read_email, read_name, several
from cxdesk.imports.private import scrubbed_id

__all__ = ["People", "Person"]


class Person(NamedTuple):
    """Somebody a row names. ``phones`` are (digits, as shown, may be matched on), the matchable ones first."""

    name: str
    external_id: str | None
    phones: tuple[tuple[str, str, bool], ...]
    emails: tuple[str, ...]
    address: str | None


def _nothing(cells: Sequence[str]) -> None:
    """Reads a field that the file has no column for."""


class People:
    """Reads the person of a row."""

    def __init__(self, binding: Binding) -> None:
        self._bound = binding
        self._own_id = binding.identifier("customer.id")
        self._name = binding.reader("customer.name") or _nothing
        self._given_name = binding.reader("customer.given_name") or _nothing
        self._family_name = binding.reader("customer.family_name") or _nothing
        self._address_text = binding.reader("customer.address") or _nothing
        self._order_no = binding.identifier("purchase.order_no") if binding.map.has_purchases else None
        self.unusable_phones = 0
        self.unusable_emails = 0

    def read(self, cells: Sequence[str]) -> Person | None:
        """The person of a row; ``None`` when it names nobody who could be found again.

        Somebody with neither an id nor a number or address of their own is known by the order: two orders under one
        name need not be one person's. Raises ``RowRefused`` ``too_long``.
        """
        order_no = None if self._order_no is None else self._order_no(cells)
        name = read_name(self._name(cells) or "") or full_name(self._given_name(cells), self._family_name(cells))
        own = self._own_id(cells)
        external_id = None if own is not None and is_masked(own) else own
        phones = self._phones(cells)
        emails = self._emails(cells)
        number = external_id or (phones[0][0][-4:] if phones else "".join(emails[:1]).partition("@")[0])
        if external_id is None and not emails and not any(matchable for _, _, matchable in phones):
            if order_no is None or not (name or phones):
                return None
            external_id, number = f"order {order_no}", order_no
        return Person(name or number_name(number), external_id, phones, emails, self._address(cells))

    def _phones(self, cells: Sequence[str]) -> tuple[tuple[str, str, bool], ...]:
        found: dict[str, tuple[str, str, bool]] = {}
        for cell in self._values("customer.phone", cells):
            phone = read_phone(cell)
            self.unusable_phones += phone is None
            # A masked number can neither be dialled nor matched, and must not stand where a real one could.
            if phone is not None and phone.kind != "masked":
                found[phone.digits] = (phone.digits, phone.pretty(), phone.matchable)
        return tuple(sorted(found.values(), key=lambda phone: not phone[2]))

    def _emails(self, cells: Sequence[str]) -> tuple[str, ...]:
        said = self._values("customer.email", cells)
        emails = dict.fromkeys(email for cell in said if (email := read_email(cell)) is not None)
        self.unusable_emails += sum(read_email(cell) is None for cell in said)
        return tuple(emails)

    def _values(self, field: str, cells: Sequence[str]) -> list[str]:
        said = (value for place in self._bound.places.get(field, ()) for value in several(cells[place]))
        return [value for value in said if self._bound.scrubbed(value, scrubbed_id) == value]

    def _address(self, cells: Sequence[str]) -> str | None:
        """The address, unless the parcel went to somebody else or part of it is hidden."""
        if len({given(cells[place]) for place in self._bound.same_person}) > 1:
            return None
        address = next(iter(several(self._address_text(cells) or "")), None)
        return None if address is None or is_masked(address) else address
