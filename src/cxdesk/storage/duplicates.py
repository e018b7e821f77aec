"""Who is in the file twice: looked up by index for one person, gone through in the order of an index for all.

A number that many have (a shop's own, typed in for everybody) says nothing about any of them and is passed over.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import combinations, groupby

from cxdesk.domain.likeness import Likeness, Pair, Reason, compare, full_address, identifies
from cxdesk.domain.records import Customer, Identity
from cxdesk.storage.merges import are_apart
from cxdesk.storage.rows import fetch, fetch_all

__all__ = ["of", "pairs"]

_TOO_MANY = 8
"""More people than this with one number or door: it is no one's own."""

_HELD_BY_SEVERAL = (
    "SELECT kind, value FROM identity WHERE kind = ? GROUP BY kind, value"
    " HAVING min(customer_id) <> max(customer_id) LIMIT ?"
)
_DOORS_OF_SEVERAL = (
    "SELECT address FROM customer INDEXED BY customer_place WHERE address IS NOT NULL"
    " GROUP BY address HAVING count(*) BETWEEN 2 AND ? LIMIT ?"
)


def of(db: sqlite3.Connection, person: Customer, identities: Iterable[Identity]) -> tuple[Likeness, ...]:
    """Who else could be this person, the surest first; those somebody has found to be two are left out."""
    if person.merged_into is not None:
        return ()
    shared = _shared_with(db, person.id, identities)
    neighbours = {other.id: other for other in _at_the_door_of(db, person)}
    found = []
    for key in sorted({*shared, *neighbours}):
        other = neighbours.get(key) or fetch(db, Customer, "id = ?", key)
        if other is None or other.merged_into is not None:
            continue
        likeness = compare(person, other, shared.get(key, ()))
        if likeness is not None and not are_apart(db, person.id, key):
            found.append(likeness)
    return tuple(sorted(found, key=lambda one: (-one.surety, one.other.id)))


def pairs(db: sqlite3.Connection, most: int) -> tuple[Pair, ...]:
    """At most ``most`` pairs of all the file, the surest first. Goes through two indexes from end to end."""
    found: dict[tuple[str, str], Pair] = {}
    for one_id, other_id in _candidates(db, 4 * most):
        first, second = sorted((one_id, other_id))
        if (first, second) in found:
            continue
        one = fetch(db, Customer, "id = ?", first)
        alike = of(db, one, fetch_all(db, Identity, "customer_id = ?", first)) if one is not None else ()
        likeness = next((likeness for likeness in alike if likeness.other.id == second), None)
        if one is not None and likeness is not None:
            found[first, second] = Pair(one, likeness)
            if len(found) == most:
                break
    return tuple(sorted(found.values(), key=lambda pair: (-pair.likeness.surety, pair.one.id)))


def _shared_with(
    db: sqlite3.Connection, customer_id: str, identities: Iterable[Identity]
) -> dict[str, tuple[Reason, ...]]:
    """Other customer → the numbers and addresses that both have."""
    found: dict[str, tuple[Reason, ...]] = {}
    for (kind, value), shown in {(one.kind, one.value): one.shown for one in identities}.items():
        if identifies(kind, value):
            holders = _holders(db, kind, value)
            for other_id in holders if len(holders) <= _TOO_MANY else ():
                if other_id != customer_id:
                    found[other_id] = (*found.get(other_id, ()), Reason(kind, shown))
    return found


def _at_the_door_of(db: sqlite3.Connection, person: Customer) -> tuple[Customer, ...]:
    """Others at the same full address, spelt alike."""
    if not full_address(person.address):
        return ()
    where = "address = ? AND id <> ? AND merged_into IS NULL LIMIT ?"
    found = fetch_all(db, Customer, where, person.address, person.id, _TOO_MANY)
    return found if len(found) < _TOO_MANY else ()


def _candidates(db: sqlite3.Connection, most: int) -> Iterator[tuple[str, str]]:
    """Pairs that have something in common; numbers before doors."""
    for kind in ("phone", "email"):
        for found_kind, value in db.execute(_HELD_BY_SEVERAL, (kind, most)).fetchall():
            if identifies(found_kind, value):
                yield from _pairs_among(_holders(db, found_kind, value))
    for (address,) in db.execute(_DOORS_OF_SEVERAL, (_TOO_MANY, most)).fetchall():
        if full_address(address):
            where = "address = ? AND merged_into IS NULL ORDER BY id"
            yield from _pairs_among(person.id for person in fetch_all(db, Customer, where, address))


def _holders(db: sqlite3.Connection, kind: str, value: str) -> list[str]:
    rows = db.execute(
        "SELECT DISTINCT customer_id FROM identity WHERE kind = ? AND value = ? LIMIT ?", (kind, value, _TOO_MANY + 1)
    )
    return [str(row[0]) for row in rows]


def _pairs_among(ids: Iterable[str]) -> Iterator[tuple[str, str]]:
    people = [key for key, _ in groupby(sorted(ids))]
    if len(people) <= _TOO_MANY:
        yield from combinations(people, 2)
