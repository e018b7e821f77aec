"""The rows of one transaction, as ``admit`` asks for them.

``admit`` is pure and asks at once; a database answers later. So what it will ask for is fetched first, and when it asks
for something else after all, ``Wanted`` carries the question out, and ``admit`` is asked again: it has no effects.
"""

from collections.abc import Collection, Iterable

from cxdesk.protocol.admit import Admitted, admit, wanted
from cxdesk.protocol.erasing import OWNER_FIELDS, Key
from cxdesk.protocol.merge import Lost
from cxdesk.protocol.ops import Op
from cxdesk.protocol.rows import Entity
from cxdesk.server.store import entities
from cxdesk.server.store.port import Work

__all__ = ["Rows"]


class Wanted(Exception):
    """A question that has no answer yet: its kind and its words."""


class Rows:
    """What is known of a shop's rows in one transaction, and what changed in it."""

    def __init__(self, work: Work, server: str, now: int) -> None:
        self.work, self.server, self.now = work, server, now
        self.known: dict[Key, Entity | None] = {}
        self.before: set[Key] = set()
        self.changed: set[Key] = set()
        self.erased: dict[Key, int] = {}
        """Rows that were erased, with how many effective operations there were before."""
        self.ops: list[Op] = []
        self.lost: list[Lost] = []
        self.numbers: dict[int, str] = {}
        self.highest: int | None = None
        self.authors: dict[str, str | None] = {}
        self.names: dict[tuple[str, str], tuple[Key, ...]] = {}
        self.at: Key = ("", "")

    # -- what admit asks

    def get(self, ent: str, row_id: str) -> Entity | None:
        """A row."""
        if (ent, row_id) not in self.known:
            raise Wanted("row", ent, row_id)
        return self.known[ent, row_id]

    def number_taken(self, number: object, ticket_id: str) -> bool:
        """Whether another ticket has this number; what is no number, none has."""
        if not (number := entities.whole(number)):
            return False
        if number not in self.numbers:
            raise Wanted("number", number)
        return self.numbers[number] not in ("", ticket_id)

    def next_number(self) -> int:
        """A number that no ticket has had."""
        if self.highest is None:
            raise Wanted("highest")
        self.highest = max([self.highest, *self.numbers]) + 1
        return self.highest

    def agent_of(self, op: str) -> str | None:
        """Who made an operation on the row that is asked about now."""
        if op not in self.authors:
            raise Wanted("author", op)
        return self.authors[op]

    def naming(self, field: str, value: str) -> Iterable[Key]:
        """The rows in which this field has this value."""
        if (field, value) not in self.names:
            raise Wanted("naming", field, value)
        return self.names[field, value]

    # -- what is fetched for it

    async def fetch(self, keys: Iterable[Key]) -> None:
        """Lock and read the rows under these keys that are not here yet."""
        missing = {key for key in keys if key not in self.known}
        found = await entities.load(self.work, missing)
        self._add(found)
        self.known |= {key: None for key in missing if key not in found}

    async def fetch_for(self, ops: Collection[Op]) -> None:
        """Everything that these operations are likely to ask for."""
        keys = {key for op in ops for key in wanted(op)}
        await self.fetch(keys | {("agent", op.agent) for op in ops if op.agent})
        for number in {op.f["number"] for op in ops if op.ent == "ticket" and entities.whole(op.f.get("number"))}:
            await self._fetch_number(number)

    async def fetch_person(self, customer_id: str) -> None:
        """Every row that has to do with a customer, level by level, so that erasing asks for nothing more."""
        await self.fetch([("customer", customer_id)])
        ahead, seen = {("customer", customer_id)}, set[Key]()
        while ahead:
            found: set[Key] = set()
            for name in ("ent_id", *OWNER_FIELDS):
                owners = [row_id for ent, row_id in sorted(ahead) if OWNER_FIELDS.get(name, ent) == ent]
                found |= await self._fetch_naming(name, owners) if owners else set()
            found |= {
                ("customer", str(row.f["merged_into"]))
                for key in ahead
                if (row := self.known.get(key)) and row.f.get("merged_into")
            }
            await self.fetch(found)
            seen |= ahead
            ahead = found - seen

    async def _fetch_naming(self, name: str, values: list[str]) -> set[Key]:
        found = await entities.named(self.work, name, values)
        self._add({key: row for key, row in found.items() if key not in self.known})
        for value in values:
            # What this transaction wrote counts as well.
            self.names[name, value] = tuple(
                key for key, row in self.known.items() if row is not None and row.f.get(name) == value
            )
        return {key for value in values for key in self.names[name, value]}

    async def _fetch_number(self, number: int) -> None:
        if number not in self.numbers:
            self.numbers[number] = await entities.number_of(self.work, number)

    def _add(self, found: dict[Key, Entity]) -> None:
        self.known |= found
        self.before |= found.keys()

    async def _answer(self, question: Wanted) -> None:
        match question.args:
            case ("row", ent, row_id):
                await self.fetch([(ent, row_id)])
            case ("number", number):
                await self._fetch_number(number)
            case ("highest",):
                self.highest = await entities.highest_number(self.work)
            case ("author", op):
                self.authors[op] = await entities.agent_of(self.work, self.at, op)
            case ("naming", name, value):
                await self._fetch_naming(name, [value])

    # -- admitting

    async def admit(self, op: Op, last_t: int) -> Admitted:
        """What becomes of an operation; what it changes counts for the next one."""
        self.at = (op.ent, op.id)
        if op.k == "erase":
            await self.fetch_person(op.id)
        while True:
            try:
                admitted = admit(op, self, self.now, last_t, self.server)
            except Wanted as question:
                await self._answer(question)
            else:
                self._take(admitted)
                return admitted

    def _take(self, admitted: Admitted) -> None:
        for row in admitted.rows:
            key = (row.ent, row.id)
            known = self.known.get(key)
            if row.erased and not (known and known.erased):
                self.erased[key] = len(self.ops)
            self.known[key] = row
            self.changed.add(key)
            if row.ent == "ticket" and (number := entities.whole(row.f.get("number"))):
                self.numbers[number] = row.id
        self.lost += admitted.lost
        self.ops += admitted.ops
        self.authors |= {op.op: op.agent for op in admitted.ops}

    async def save(self) -> None:
        """Write what changed. Raises ``Raced``."""
        rows = {key: row for key in self.changed if (row := self.known[key]) is not None}
        await entities.save(self.work, rows, rows.keys() - self.before, self.now)
        await entities.keep_lost(
            self.work, [one for one in self.lost if (one.ent, one.id) not in self.erased], self.now
        )
        await entities.forget(self.work, self.erased)
