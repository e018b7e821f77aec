"""The verbs about two entries of one person: putting them together, parting them again, saying that they are two."""

import sqlite3
from collections.abc import Collection
from dataclasses import replace

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import merging
from cxdesk.domain.changes import Change, Edit, Update, insert, remove
from cxdesk.domain.likeness import Likeness, Pair
from cxdesk.domain.memory import Memory
from cxdesk.domain.records import Customer, Merge
from cxdesk.storage import duplicates, people
from cxdesk.storage import merges as stored

__all__ = ["Merging"]


class Merging:
    """What can be done with people who are in the file twice."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    # -- looking

    def alike(self, memory: Memory) -> tuple[Likeness, ...]:
        """Who else could be this person, the surest first, with the reasons."""
        return duplicates.of(self._desk.db, memory.customer, memory.identities)

    def pairs(self, most: int = 200, reader: sqlite3.Connection | None = None) -> tuple[Pair, ...]:
        """People who are probably in the file twice, the surest first.

        Goes through two indexes from end to end: on a screen it is for a thread with a ``reader`` of its own.
        """
        return duplicates.pairs(reader or self._desk.db, most)

    def into(self, customer_id: str) -> tuple[tuple[Merge, Customer], ...]:
        """Who was merged into this person and has not been parted from them, the newest first."""
        return stored.into(self._desk.db, customer_id)

    # -- verbs

    def merge(self, survivor_id: str, merged_id: str, take: Collection[str] = ()) -> Done:
        """Two entries are one person: everything of ``merged_id`` becomes the survivor's.

        ``take`` names the fields (``merging.FIELDS``) in which the merged entry is right. Raises ``Refused``.
        """
        db = self._desk.db
        survivor, merged = self._living(survivor_id), self._living(merged_id)
        if survivor.id == merged.id:
            raise Refused("same_person")
        edits = merging.merge(
            survivor,
            merged,
            stored.belongings(db, merged.id),
            stored.tags(db, merged.id),
            (person for _, person in stored.into(db, merged.id)),
            (people.consents(db, survivor.id), people.consents(db, merged.id)),
            take,
            self._desk.stamp(),
        )
        return self._desk.commit("merge", edits, as_is=True)

    def part(self, merge_id: str) -> Done:
        """Two people were not one after all: each gets back what was theirs and what came to them since.

        Raises ``Refused`` for a merge that does not hold any more.
        """
        step = stored.merge(self._desk.db, merge_id)
        parting = stored.parting(self._desk.db, step) if step is not None and step.undone_at is None else None
        if parting is None:
            raise Refused("no_merge")
        return self._desk.commit("part", merging.part(parting, self._desk.stamp()), as_is=True)

    def keep_apart(self, one_id: str, other_id: str) -> Done:
        """These two look alike and are two: they are not offered again. Raises ``Refused`` for one person."""
        if one_id == other_id:
            raise Refused("same_person")
        if stored.are_apart(self._desk.db, one_id, other_id):
            return Done(Change("apart", ()))
        return self._desk.commit("apart", (insert(merging.apart(one_id, other_id, self._desk.stamp())),), as_is=True)

    def gather(self, change: Change) -> None:
        """Bring rows that a change has put to somebody merged to who they are now, noted as having come for them.

        For what is written without passing ``Writer.commit``: taking an old act back, operations of another desk.
        """
        db, mint = self._desk.db, self._desk.mint
        ways = stored.ways(db, merging.named(change.edits))
        if not ways:
            return
        strays: list[Edit] = []
        for place, owner in stored.naming(db, [(edit.kind, edit.id) for edit in change.edits]).items():
            if owner not in ways:
                continue
            if place[0] == "tag":
                tag = next(tag for tag in stored.tags(db, owner) if tag.id == place[1])
                strays += [remove(tag), insert(replace(tag, id=mint()))]
            else:
                strays.append(Update(*place, {"customer_id": owner}, {"customer_id": owner}))
        self._desk.commit("gather", merging.followed(strays, ways, mint), undoable=False, as_is=True)

    def _living(self, customer_id: str) -> Customer:
        found = stored.heir(self._desk.db, customer_id)
        if found is None:
            raise Refused("no_customer")
        return found
