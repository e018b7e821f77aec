"""From the facts of some rows and what the desk knows already to the rows to add and to change.

The rules: what is there stays. An import adds, fills blanks, replaces a number or a masked name by a real one, and
moves an order's state forward (paid → shipping → delivered → returned or cancelled), so that an older file never
takes back what a newer one said. A purchase's money never changes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cxdesk.domain.changes import Update
from cxdesk.domain.money import format_money
from cxdesk.domain.words import Language
from cxdesk.imports.convert import Staged
from cxdesk.imports.ids import RunIds
from cxdesk.imports.lines import Line
from cxdesk.imports.people import Person
from cxdesk.imports.ports import KnownPurchase, Shelf
from cxdesk.imports.resolve import Somebody, resolve

__all__ = ["Plan", "Planner"]

_RANK = {"paid": 0, "shipping": 1, "delivered": 2, "returned": 3, "cancelled": 3}


@dataclass(slots=True)
class Plan:
    """What a slice of rows amounts to: rows per table, updates, and the fate of each row of the file."""

    added: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    purchases: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    updates: list[Update] = field(default_factory=list)
    fates: list[str] = field(default_factory=list)
    """``new``, ``changed``, ``same`` or ``facts_differ`` for each row, in order."""
    differing: list[tuple[int, str, str, str]] = field(default_factory=list)
    """(Row number, key, before, after) of the rows that contradict what was kept."""
    moves: dict[int, tuple[str, str]] = field(default_factory=dict)
    """Row number → state before and after."""

    def bought(self, key: str) -> "_Bought":
        """The purchase of that key that an earlier row of the slice adds."""
        row = self.purchases[key]
        return _Bought(id=row[0], customer_id=row[1], state=row[9], quantity=row[7], amount=row[4], currency=row[5])

    def add(self, kind: str, row: tuple[Any, ...]) -> None:
        """One row to insert."""
        self.added.setdefault(kind, []).append(row)


class _Bought(NamedTuple):
    """A purchase known before or added by an earlier row of the slice."""

    id: str
    customer_id: str | None
    state: str
    quantity: int
    amount: int
    currency: str


class Planner:
    """Plans slice after slice of one run."""

    def __init__(self, source: str, language: Language, ids: RunIds, at: int) -> None:
        self._source = source
        self._language = language
        self._ids = ids
        self._at = at
        self.counts: Counter[str] = Counter()
        self._latest: Person | None = None

    def plan(self, staged: Sequence[Staged], shelf: Shelf) -> Plan:
        """What to do about these rows."""
        plan = Plan()
        self._latest = None
        people = resolve((row.person for row in staged), self._source, shelf, self._ids)
        wanted = [row.line.external_id for row in staged if row.line is not None]
        known: dict[str, KnownPurchase] = dict(shelf.purchases(self._source, wanted)) if wanted else {}
        noted = self._notes(staged, people, shelf)
        plan.fates = [self._fate(plan, row, people, known, noted) for row in staged]
        self._write_people(plan, people.values())
        if plan.purchases:
            plan.added["purchase"] = list(plan.purchases.values())
        return plan

    def _fate(
        self,
        plan: Plan,
        row: Staged,
        people: Mapping[Person, Somebody],
        known: dict[str, KnownPurchase],
        noted: set[tuple[str, str]],
    ) -> str:
        """Plan one row and say what it is to the desk."""
        line, person = row.line, row.person
        before = None if line is None else known.get(line.external_id)
        if before is None and line is not None and line.external_id in plan.purchases:
            before = plan.bought(line.external_id)
        if line is not None and before is not None and _contradicts(line, before):
            plan.differing.append((row.row, line.external_id, _money(before), _money(line)))
            return "facts_differ"
        fate = ""
        somebody = None if person is None else people[person]
        # The rows of an order share one Person: what it says has to be learnt once only.
        if person is not None and somebody is not None and person is not self._latest:
            self._latest = person
            fate = somebody.take(person)
        if row.note and somebody is not None and (somebody.id, row.note) not in noted:
            noted.add((somebody.id, row.note))
            plan.add("note", (self._ids.mint(), somebody.id, row.note, row.note_at or self._at, None, None, None))
            fate = fate or "changed"
        if line is None:
            return fate or "same"
        customer_id = None if somebody is None else somebody.id
        if before is None:
            self._buy(plan, line, customer_id)
            return "new"
        moved = self._move(plan, row, line, before, customer_id, known)
        return "changed" if moved or fate else "same"

    def _buy(self, plan: Plan, line: Line, customer_id: str | None) -> None:
        key, order_no, product, option, quantity, amount, currency, ordered_at, state = line
        plan.purchases[key] = (
            self._ids.mint(), customer_id, order_no, product, amount, currency, ordered_at, quantity, option,
            state or "paid", 0, self._source, key,
        )  # fmt: skip

    def _move(
        self,
        plan: Plan,
        row: Staged,
        line: Line,
        before: KnownPurchase,
        customer_id: str | None,
        known: dict[str, KnownPurchase],
    ) -> bool:
        """Move a purchase's state forward and give it the customer it lacked; whether there was anything to do."""
        was: dict[str, Any] = {}
        now: dict[str, Any] = {}
        if line.state is not None and line.state != before.state:
            if _RANK[line.state] > _RANK[before.state]:
                was["state"], now["state"] = before.state, line.state
                plan.moves[row.row] = (before.state, line.state)
            else:
                self.counts["older_state"] += 1
        if before.customer_id is None and customer_id is not None:
            was["customer_id"], now["customer_id"] = None, customer_id
        if now:
            plan.updates.append(Update("purchase", before.id, was, now))
            known[line.external_id] = _Bought(
                before.id,
                now.get("customer_id", before.customer_id),
                now.get("state", before.state),
                before.quantity,
                before.amount,
                before.currency,
            )
        return bool(now)

    def _notes(self, staged: Sequence[Staged], people: Mapping[Person, Somebody], shelf: Shelf) -> set[tuple[str, str]]:
        ids = {people[row.person].id for row in staged if row.note and row.person is not None}
        return set(shelf.notes(ids)) if ids else set()

    def _write_people(self, plan: Plan, people: Iterable[Somebody]) -> None:
        for somebody in {one.id: one for one in people}.values():
            if not somebody.taken:
                continue
            if somebody.before is None:
                self.counts["customers"] += 1
                plan.add(
                    "customer",
                    (somebody.id, somebody.name, str.__str__(self._language), somebody.address, somebody.source,
                     somebody.external_id, None, self._at),
                )  # fmt: skip
            elif update := somebody.update():
                plan.updates.append(update)
            for kind, value, shown in somebody.new_identities:
                plan.add("identity", (self._ids.mint(), somebody.id, kind, value, shown, self._at))


def _contradicts(line: Line, before: KnownPurchase) -> bool:
    """Whether a line states other money than was kept. One whose state moved may: a return can be written so."""
    if line.state is not None and line.state != before.state:
        return False
    return (line.quantity, line.amount, line.currency) != (before.quantity, before.amount, before.currency)


def _money(line: Line | KnownPurchase) -> str:
    return f"{line.quantity}: {format_money(line.amount, line.currency, Language.EN)}"
