"""Two entries that are one person: what moves when they are put together, and what goes back when they are parted.

Putting together re-points every row of the merged person to the survivor and notes, row by row, that it came with
this merge. The merged entry stays as it was and only says whose it is now. Therefore parting is exact, whatever
happened since:

- A row that came with the merge goes back, unless somebody gave it to a third person meanwhile.
- A row that came later and named the merged person (another desk, an old link, a file with their account) is theirs.
- So is what hangs on something of theirs: a promise, note, quote or answer of their contact, a further line or a
  return of their order, a correction of their note.
- Everything else that came later stays with the survivor: nothing in it says that it was the other one.
- A field of the survivor that the merge changed is as it was before, unless somebody has corrected it since.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from cxdesk.domain.changes import Delete, Edit, Insert, Stamp, Update, alter, insert, remove
from cxdesk.domain.consents import stricter
from cxdesk.domain.records import Apart, Consent, Customer, Merge, MergeRow, Tag
from cxdesk.domain.values import dataclass

__all__ = [
    "FIELDS",
    "HOLDERS",
    "LATER",
    "MADE",
    "MOVED",
    "Hanging",
    "Parting",
    "Place",
    "Way",
    "apart",
    "followed",
    "merge",
    "named",
    "part",
    "theirs",
]

FIELDS = ("name", "language", "address")
"""What two entries can say differently and one person has once; everything else is kept from both."""

HOLDERS = (
    "identity",
    "purchase",
    "note",
    "preference",
    "ticket",
    "follow_up",
    "quote",
    "feedback",
    "kindness",
    "consent",
    "special_day",
    "feedback_ask",
    "voice",
    "telling",
    "incident_person",
)
"""Tables whose rows name a customer in ``customer_id``. A tag names one in ``ent_id``."""

MOVED, LATER, MADE = "moved", "later", "made"

Place = tuple[str, str]
"""A table and the id of a row in it."""


def merge(
    survivor: Customer,
    merged: Customer,
    rows: Iterable[Place],
    tags: Iterable[Tag],
    nested: Iterable[Customer],
    consents: tuple[Sequence[Consent], Sequence[Consent]],
    take: Collection[str],
    stamp: Stamp,
) -> tuple[Edit, ...]:
    """Everything of ``merged`` becomes the survivor's; ``take`` names the fields that are right there.

    ``nested`` are those merged into ``merged`` before: they lead to the survivor straight away. ``consents`` are
    those of the two in the same order; a no of either of them stays a no.
    """
    right: dict[str, Any] = {name: getattr(merged, name) for name in FIELDS if name in take}
    fields = alter(survivor, replace(survivor, **right))
    kept = {name: [edit.before[name], edit.after[name]] for edit in fields for name in edit.after}
    made = Merge(stamp.mint(), survivor.id, merged.id, stamp.at, stamp.agent_id, json.dumps(kept, ensure_ascii=False))
    edits: list[Edit] = [*fields, *_lead((merged, *nested), survivor.id), insert(made)]

    def came(kind: str, key: str, how: str = MOVED) -> Insert:
        return insert(MergeRow(stamp.mint(), made.id, kind, key, how))

    for kind, key in rows:
        edits += [_give(kind, key, merged.id, survivor.id), came(kind, key)]
    for tag in tags:
        again = replace(tag, id=stamp.mint(), ent_id=survivor.id)
        edits += [remove(tag), insert(again), came("tag", again.id)]
    for purpose, allowed in stricter(*consents).items():
        said = Consent(stamp.mint(), survivor.id, purpose, allowed, stamp.at, "merge", stamp.agent_id)
        edits += [insert(said), came("consent", said.id, MADE)]
    return tuple(edits)


@dataclass(frozen=True, slots=True)
class Parting:
    """What is known when two people are parted. ``holder_id`` has their rows now: the survivor, or who they became.

    ``rows`` and ``tags`` are with the holder and the merged person's, ``nested`` who was merged into the merged person;
    ``made`` is what the merge added. ``entries`` are the notes of this merge, and those of merges further out about
    the same rows. ``since`` are the merges into the same survivor that came after this one and hold, oldest first.
    """

    merge: Merge
    survivor: Customer
    merged: Customer
    holder_id: str
    rows: tuple[Place, ...]
    tags: tuple[Tag, ...]
    nested: tuple[Customer, ...]
    made: tuple[Consent, ...]
    entries: tuple[MergeRow, ...]
    since: tuple[Merge, ...] = ()
    known_apart: bool = False


def part(parting: Parting, stamp: Stamp) -> tuple[Edit, ...]:
    """Both people as they were, with what came to each of them since; they are not offered as one again."""
    survivor, merged = parting.survivor, parting.merged
    edits = [*_lead((merged,), None), *_lead(parting.nested, merged.id), *_fields_back(parting)]
    edits += [_give(kind, key, parting.holder_id, merged.id) for kind, key in parting.rows]
    for tag in parting.tags:
        edits += [remove(tag), insert(replace(tag, id=stamp.mint(), ent_id=merged.id))]
    edits += [remove(consent) for consent in parting.made]
    edits += [remove(entry) for entry in parting.entries]
    edits += alter(parting.merge, replace(parting.merge, undone_at=stamp.at))
    if not parting.known_apart:
        edits.append(insert(apart(survivor.id, merged.id, stamp)))
    return tuple(edits)


def _fields_back(parting: Parting) -> Iterator[Edit]:
    """The survivor's fields as they were before, unless somebody has corrected them since.

    Where a later merge wrote over the value of this one, it is that merge which will have to give the older one back.
    """
    back = {}
    since = {later.id: (later, json.loads(later.kept)) for later in parting.since}
    for name, (was, now) in json.loads(parting.merge.kept).items():
        over = next((kept for _, kept in since.values() if name in kept), None)
        if over is None and getattr(parting.survivor, name) == now:
            back[name] = was
        elif over is not None and over[name][0] == now:
            over[name][0] = was
    yield from alter(parting.survivor, replace(parting.survivor, **back))
    for later, kept in since.values():
        yield from alter(later, replace(later, kept=json.dumps(kept, ensure_ascii=False)))


def apart(one_id: str, other_id: str, stamp: Stamp) -> Apart:
    """These two are two."""
    first, second = sorted((one_id, other_id))
    return Apart(stamp.mint(), first, second, stamp.at, stamp.agent_id)


@dataclass(frozen=True, slots=True)
class Hanging:
    """A row of the holder that hangs ``on`` a ticket, an older note, or an order (its source and number)."""

    kind: str
    id: str
    on: Place


def theirs(moved: Collection[Place], orders: Collection[str], later: Iterable[Hanging]) -> set[Place]:
    """Which of the rows that came ``later`` belong with those that ``moved``; ``orders`` are the moved purchases'."""
    known = set(moved) | {("order", order) for order in orders}
    waiting, found = list(later), set[Place]()
    while more := [row for row in waiting if row.on in known and (row.kind, row.id) not in known]:
        found |= {(row.kind, row.id) for row in more}
        known |= found
    return found


def named(edits: Iterable[Edit]) -> set[str]:
    """The customers whom edits put something to."""
    return {key for edit in edits if (key := _goes_to(edit)) is not None}


@dataclass(frozen=True, slots=True)
class Way:
    """Who a merged customer is now, and the merges that led there, from the first outwards."""

    heir_id: str
    merges: tuple[Merge, ...]


def followed(edits: Iterable[Edit], ways: Mapping[str, Way], mint: Callable[[], str]) -> tuple[Edit, ...]:
    """The edits with whoever was merged replaced by who they are now, and a note that the row came for them.

    ``ways`` has one for each merged customer whom the edits name.
    """
    done: list[Edit] = []
    notes: list[Edit] = []
    came: dict[str, tuple[Merge, int]] = {}
    for edit in edits:
        way = ways.get(_goes_to(edit) or "")
        done.append(_redirected(edit, way.heir_id) if way else edit)
        for merge in way.merges if way else ():
            notes.append(insert(MergeRow(mint(), merge.id, edit.kind, edit.id, LATER)))
            came[merge.id] = (merge, came.get(merge.id, (merge, 0))[1] + 1)
    counted = [alter(merge, replace(merge, later=merge.later + n)) for merge, n in came.values()]
    return (*done, *notes, *(edit for edits in counted for edit in edits))


def _goes_to(edit: Edit) -> str | None:
    """The customer to whom an edit puts a row."""
    match edit:
        case Insert("tag", row):
            return str(row["ent_id"]) if row["ent"] == "customer" else None
        case Insert(kind, row) | Update(kind, _, _, row) if kind in HOLDERS:
            return row.get("customer_id")
    return None


def _redirected(edit: Edit, customer_id: str) -> Edit:
    match edit:
        case Insert("tag", row):
            return Insert("tag", row | {"ent_id": customer_id})
        case Insert(kind, row):
            return Insert(kind, row | {"customer_id": customer_id})
        case Update(kind, key, before, after):
            return Update(kind, key, before, after | {"customer_id": customer_id})
        case Delete():
            return edit


def _lead(people: Iterable[Customer], to: str | None) -> list[Edit]:
    """Entries that were merged say who they are now."""
    return [edit for person in people for edit in alter(person, replace(person, merged_into=to))]


def _give(kind: str, key: str, giver: str, taker: str) -> Update:
    return Update(kind, key, {"customer_id": giver}, {"customer_id": taker})
