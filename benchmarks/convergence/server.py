"""A server in a few dictionaries, built only on ``protocol.admit``."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cxdesk.protocol import admit
from cxdesk.protocol.erasing import Key
from cxdesk.protocol.merge import Lost
from cxdesk.protocol.ops import Op
from cxdesk.protocol.results import Result
from cxdesk.protocol.rows import Entity

__all__ = ["ME", "Enrolled", "Held", "Server"]

ME = "server"


@dataclass
class Enrolled:
    """What the server knows about a desk: the answers it gave, the first of them to number 1, and the last stamp."""

    answers: list[Result] = field(default_factory=list)
    last_t: int = 0


@dataclass
class Held:
    """A ticket given to somebody, or moved by them: when, under which fence, and whether they have it after that."""

    ticket: str
    agent: str | None
    at: int
    fence: int
    claim: bool
    keeps: bool


@dataclass
class Server:
    """A shop. ``log`` is the one order of it: the operation at index 0 has ``seq`` 1."""

    now: int
    rows: dict[Key, Entity] = field(default_factory=dict)
    log: list[Op] = field(default_factory=list)
    came: list[int] = field(default_factory=list)
    history: set[tuple[str, str, str, str]] = field(default_factory=set)
    desks: dict[str, Enrolled] = field(default_factory=dict)
    holds: list[Held] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)
    authors: dict[str, str | None] = field(default_factory=dict)

    def push(self, dev: str, ops: Sequence[Op]) -> list[Result]:
        """The answer to each operation, in order; what was here before is answered as it was then."""
        desk = self.desks.setdefault(dev, Enrolled())
        results = []
        for op in ops:
            if op.n <= len(desk.answers):
                results.append(admit.repeat(desk.answers[op.n - 1], op, self))
            elif op.n == len(desk.answers) + 1:
                results.append(self._first(op, desk))
            else:
                raise AssertionError(f"{dev} left out operations before {op.n}")
        return results

    def pull(self, since: int, limit: int) -> tuple[list[Op], int]:
        """So many operations after a place in the order, and the place to go on from."""
        found = self.log[since : since + limit]
        return found, since + len(found)

    def snapshot(self) -> tuple[int, list[Key]]:
        """Where the order is now, and the rows to be read one after the other from now on."""
        return len(self.log), list(self.rows)

    def _first(self, op: Op, desk: Enrolled) -> Result:
        held = self.rows[op.ent, op.id].hold if (op.ent, op.id) in self.rows else None
        done = admit.admit(op, self, self.now, desk.last_t, ME)
        for row in done.rows:
            self.keep(row)
        self.history.update(map(_named, done.lost))
        self.log += done.ops
        self.came += [self.now] * len(done.ops)
        self.authors[op.op] = op.agent
        desk.last_t = done.last_t or desk.last_t
        desk.answers.append(done.result)
        if op.ent == "ticket" and done.rows and (hold := done.rows[0].hold) is not held and hold:
            who = op.agent if op.k == "claim" else (held.agent if held else None)
            self.holds.append(Held(op.id, who, self.now, hold.fence, op.k == "claim", hold.agent is not None))
        return done.result

    def keep(self, row: Entity) -> None:
        """A row as it is now."""
        self.rows[row.ent, row.id] = row
        if row.ent == "ticket" and "number" in row.f:
            self.numbers[row.f["number"]] = row.id
        if row.erased:
            self.history = {entry for entry in self.history if entry[:2] != (row.ent, row.id)}

    # What ``admit`` asks of the rows (``admit.World``).

    def get(self, ent: str, row_id: str) -> Entity | None:
        """A row."""
        return self.rows.get((ent, row_id))

    def number_taken(self, number: int, ticket_id: str) -> bool:
        """Whether another ticket has this number."""
        return self.numbers.get(number, ticket_id) != ticket_id

    def next_number(self) -> int:
        """A number no ticket has had."""
        return max(self.numbers, default=1000) + 1

    def agent_of(self, op: str) -> str | None:
        """Who made an operation."""
        return self.authors.get(op)

    def naming(self, field: str, value: str) -> Iterable[Key]:
        """The rows that name this value in this field."""
        return list(self._naming(field, value))

    def _naming(self, field: str, value: str) -> Iterator[Key]:
        return (key for key, row in self.rows.items() if row.f.get(field) == value)


def _named(lost: Lost) -> tuple[str, str, str, str]:
    return lost.ent, lost.id, lost.field, lost.clock.op
