"""Which customer a row means: by (source, external id), else by a matchable telephone number, else by e-mail.

Two accounts of one source stay two customers even when they share a telephone: their shop knows them apart. Names and
addresses alone never make two rows one person.
"""

from collections.abc import Iterable

from cxdesk.domain.changes import Update
from cxdesk.imports.cells import is_masked, is_number_name
from cxdesk.imports.ids import RunIds
from cxdesk.imports.people import Person
from cxdesk.imports.ports import KnownCustomer, Shelf

__all__ = ["Somebody", "resolve"]


class Somebody:
    """A customer while a slice is planned: as kept before (``before``, ``None`` when new) and as they will be."""

    def __init__(self, customer_id: str, source: str, before: KnownCustomer | None, person: Person) -> None:
        self.id = customer_id
        self.before = before
        self.name = person.name if before is None else before.name
        self.address = person.address if before is None else before.address
        self.source = source if before is None else before.source
        self.external_id = person.external_id if before is None else before.external_id
        self.identities: set[tuple[str, str]] = set()
        self.new_identities: list[tuple[str, str, str]] = []
        self.taken = False
        self._home = source

    def take(self, person: Person) -> str:
        """Learn what a row says. Answers ``new`` for the first row of a new customer, ``changed`` or ``''``."""
        fate = "new" if self.before is None and not self.taken else ""
        self.taken = True
        if person.external_id and not self.external_id and self.source in (None, self._home):
            self.source, self.external_id, fate = self._home, person.external_id, fate or "changed"
        if _says_more(person.name, self.name):
            self.name, fate = person.name, fate or "changed"
        if person.address and not self.address:
            self.address, fate = person.address, fate or "changed"
        for kind, value, shown in _identities(person):
            if (kind, value) not in self.identities:
                self.identities.add((kind, value))
                self.new_identities.append((kind, value, shown))
                fate = fate or "changed"
        return fate

    def update(self) -> Update | None:
        """What changed of a customer who was there before."""
        if self.before is None:
            return None
        names = ("name", "address", "source", "external_id")
        columns = [c for c in names if getattr(self, c) != getattr(self.before, c)]
        if not columns:
            return None
        return Update(
            "customer",
            self.id,
            {column: getattr(self.before, column) for column in columns},
            {column: getattr(self, column) for column in columns},
        )


def resolve(people: Iterable[Person | None], source: str, shelf: Shelf, ids: RunIds) -> dict[Person, Somebody]:
    """Who each of these is; those nobody knows become new customers, the same one for all rows that agree."""
    distinct = _distinct(people)
    by_id = dict(shelf.customers(source, [p.external_id for p in distinct if p.external_id]))
    phones = {digits for p in distinct for digits, _, matchable in p.phones if matchable}
    by_phone = dict(shelf.owners("phone", phones)) if phones else {}
    emails = {email for p in distinct for email in p.emails}
    by_email = dict(shelf.owners("email", emails)) if emails else {}
    found: dict[str, Somebody] = {}
    answer: dict[Person, Somebody] = {}
    for person in distinct:
        known = _known(person, source, by_id, by_phone, by_email)
        if known is not None and known.id in found:
            somebody = found[known.id]
        else:
            somebody = Somebody(ids.mint() if known is None else known.id, source, known, person)
            found[somebody.id] = somebody
        answer[person] = somebody
        if person.external_id:
            by_id[person.external_id] = somebody
        for digits, _, matchable in person.phones:
            if matchable:
                by_phone.setdefault(digits, somebody)
        for email in person.emails:
            by_email.setdefault(email, somebody)
    known_ids = [somebody.id for somebody in found.values() if somebody.before is not None]
    for customer_id, kind, value in shelf.identities(known_ids) if known_ids else ():
        found[customer_id].identities.add((kind, value))
    return answer


def _distinct(people: Iterable[Person | None]) -> list[Person]:
    """Each of them once. Equal neighbours are one object, which is quicker to see than that they are equal."""
    found: dict[Person, None] = {}
    last = None
    for person in people:
        if person is not None and person is not last:
            found[person] = None
            last = person
    return list(found)


def _known(
    person: Person,
    source: str,
    by_id: dict[str, KnownCustomer],
    by_phone: dict[str, KnownCustomer],
    by_email: dict[str, KnownCustomer],
) -> KnownCustomer | None:
    if person.external_id and (known := by_id.get(person.external_id)) is not None:
        return known
    candidates = [by_phone.get(digits) for digits, _, matchable in person.phones if matchable]
    candidates += [by_email.get(email) for email in person.emails]
    for candidate in candidates:
        if candidate is not None and not _another_account(person, source, candidate):
            return candidate
    return None


def _another_account(person: Person, source: str, candidate: KnownCustomer) -> bool:
    return bool(
        person.external_id
        and candidate.source == source
        and candidate.external_id
        and candidate.external_id != person.external_id
    )


def _identities(person: Person) -> Iterable[tuple[str, str, str]]:
    for digits, shown, _ in person.phones:
        yield "phone", digits, shown
    for email in person.emails:
        yield "email", email, email


def _says_more(new: str, old: str) -> bool:
    """A real name says more than a masked one, and that more than a number."""
    return _worth(new) > _worth(old)


def _worth(name: str) -> int:
    return 0 if is_number_name(name) or not name else 1 if is_masked(name) else 2
