"""Preview and import of one file. Both go the same way through the same planner, so that they count alike.

Nothing is held but two slices of rows: while one is written, the next is read and converted.
"""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from cxdesk.domain.changes import Stamp
from cxdesk.domain.inert import inert_line
from cxdesk.domain.words import Language
from cxdesk.imports.binding import Binding
from cxdesk.imports.convert import Converter, Defaults, Staged
from cxdesk.imports.ids import RunIds
from cxdesk.imports.maps import ColumnMap
from cxdesk.imports.plan import Plan, Planner
from cxdesk.imports.ports import Desk, Keeper
from cxdesk.imports.reasons import ImportRefused, Reject, Remark
from cxdesk.imports.rejects import RejectFile
from cxdesk.imports.table import Table
from cxdesk.imports.unpack import unpacked

__all__ = ["EXAMPLES", "SLICE", "Example", "Job", "Outcome", "Preview", "apply", "dry_run"]

SLICE = 2_000
"""Rows between two looks at the cancel button."""

EXAMPLES = 5
"""How many examples of each fate a preview shows."""

Batch = list[tuple[int, list[str]]]
"""Rows of a file, each with its number."""
Progress = Callable[[int, int | None], None]
Watch = Callable[[str, "Example"], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A file, how to read it, and what the shop means where neither says."""

    table: Table
    map: ColumnMap
    defaults: Defaults
    language: Language = Language.KO


@dataclass(frozen=True, slots=True)
class Example:
    """One row of a preview: what it says per field, and for a rejected one why."""

    row: int
    shown: Mapping[str, str]
    code: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. The four counts add up to ``rows``; ``examples`` has up to five rows under each."""

    rows: int
    new: int
    changed: int
    same: int
    rejected: int
    customers: int
    examples: Mapping[str, tuple[Example, ...]]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did. ``added`` counts rows per table, ``rejects`` is the file of the rows not taken."""

    run_id: str
    rows: int
    new: int
    changed: int
    same: int
    rejected: int
    customers: int
    added: Mapping[str, int]
    remarks: tuple[Remark, ...]
    rejects: Path | None


def never() -> bool:
    """The cancel callback of somebody who will not."""
    return False


def silent(_done: int, _total: int | None) -> None:
    """The progress callback of somebody who does not look."""


def dry_run(job: Job, desk: Desk, *, progress: Progress = silent, cancelled: Callable[[], bool] = never) -> Preview:
    """Count and show what ``apply`` would do, without a write.

    Raises ``ImportRefused`` and the store's ``Fault``.
    """
    shown: dict[str, list[Example]] = {fate: [] for fate in ("new", "changed", "same", "rejected")}

    def watch(fate: str, example: Example) -> None:
        if len(shown[fate]) < EXAMPLES:
            shown[fate].append(example)

    with desk.rehearsal() as keeper:
        course = _Course(job, keeper, RunIds(0, 0), 0, watch, lambda reject: None)
        course.run(progress, cancelled, job.table.total)
    counts = course.counts
    return Preview(
        rows=course.rows,
        new=counts["new"],
        changed=counts["changed"],
        same=counts["same"],
        rejected=counts["rejected"],
        customers=counts["customers"],
        examples={fate: tuple(examples) for fate, examples in shown.items()},
        remarks=course.remarks(),
    )


def apply(
    job: Job,
    desk: Desk,
    stamp: Stamp,
    ids: RunIds,
    *,
    clock: Callable[[], int],
    rejects: RejectFile,
    total: int | None = None,
    progress: Progress = silent,
    cancelled: Callable[[], bool] = never,
) -> Outcome:
    """Bring the file in, in one transaction.

    ``ids`` belong to this run and ``stamp.at`` is when it began; ``total`` is the number of rows where a preview
    counted them. Raises ``ImportRefused`` (``cancelled`` among others), ``OSError`` from the file of rejects and the
    store's ``Fault``; the desk and the folder are then as before.
    """
    kept = False
    try:
        # Operations get ids of the run too: taking it back must tell its own from those of people.
        with desk.keeper(replace(stamp, mint=ids.mint), ids.run_id) as keeper:
            course = _Course(job, keeper, ids, stamp.at, None, rejects.write)
            course.run(progress, cancelled, job.table.total if total is None else total)
            counts = course.counts
            results = (counts["new"], counts["changed"], counts["same"], counts["rejected"])
            name = inert_line(job.table.path.name)
            run = (ids.run_id, name, job.table.sha256, job.map.id, stamp.at, clock(), *results)
            keeper.finish(run, sum(course.added.values()))
        kept = True
    finally:
        path = rejects.close(keep=kept)
    return Outcome(ids.run_id, course.rows, *results, counts["customers"], dict(course.added), course.remarks(), path)


@contextmanager
def _without_collections() -> Iterator[None]:
    """No looking for cycles meanwhile: an import makes millions of tuples and none of them is in one."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Course:
    """One way through a file."""

    def __init__(
        self,
        job: Job,
        keeper: Keeper,
        ids: RunIds,
        at: int,
        watch: Watch | None,
        reject: Callable[[Reject], None],
    ) -> None:
        self._table = unpacked(job.table, job.map)
        self._keeper = keeper
        self._binding = Binding(job.map, self._table.header)
        self._converter = Converter(self._binding, job.defaults)
        self._planner = Planner(job.map.source, job.language, ids, at)
        self._watch = watch
        self._reject = reject
        self.counts: Counter[str] = Counter()
        self.added: Counter[str] = Counter()
        self.rows = 0

    def run(self, progress: Progress, cancelled: Callable[[], bool], total: int | None) -> None:
        """Every slice in turn."""
        with _without_collections():
            self._run(progress, cancelled, total)
        self.counts["customers"] = self._planner.counts["customers"]

    def _run(self, progress: Progress, cancelled: Callable[[], bool], total: int | None) -> None:
        rows = self._table.rows()
        with ThreadPoolExecutor(1) as writer:
            written: Future[None] | None = None
            while batch := list(islice(rows, SLICE)):
                if cancelled():
                    raise ImportRefused("cancelled")
                # SQLite writes the rows of the last slice meanwhile; the plan for these must see them.
                staged = self._read(batch)
                if written is not None:
                    written.result()
                plan = self._plan(batch, staged)
                written = writer.submit(self._write, plan)
                self.rows += len(batch)
                progress(self.rows, total)
            if written is not None:
                written.result()
        if cancelled():
            raise ImportRefused("cancelled")

    def remarks(self) -> tuple[Remark, ...]:
        """What its owner should know about the file."""
        older = self._planner.counts["older_state"]
        return (
            *self._binding.remarks(),
            *self._converter.remarks(),
            *([Remark("older_state", {"count": older})] if older else []),
        )

    def _read(self, batch: Batch) -> list[Staged]:
        staged: list[Staged] = []
        for number, cells in batch:
            read = self._converter.read(number, cells)
            if isinstance(read, Reject):
                self._rejected(read)
            else:
                staged.append(read)
        return staged

    def _write(self, plan: Plan) -> None:
        for kind, added in plan.added.items():
            self._keeper.insert(kind, added)
            self.added[kind] += len(added)
        if plan.updates:
            self._keeper.update(plan.updates)

    def _plan(self, batch: Batch, staged: list[Staged]) -> Plan:
        plan = self._planner.plan(staged, self._keeper)
        self.counts.update(plan.fates)
        if plan.differing:
            cells_of = dict(batch)
            for row, key, before, after in plan.differing:
                values = {"key": key, "before": before, "after": after}
                self._rejected(Reject(row, "facts_differ", values, self._binding.without_private(cells_of[row])))
        if self._watch is not None:
            self._show(staged, plan, self._watch)
        return plan

    def _show(self, staged: list[Staged], plan: Plan, watch: Watch) -> None:
        for fate in ("new", "changed", "same"):
            rows = (row for row, its in zip(staged, plan.fates, strict=True) if its == fate)
            for row in islice(rows, EXAMPLES):
                watch(fate, _example(row, plan))

    def _rejected(self, reject: Reject) -> None:
        self.counts["rejected"] += 1
        self._reject(reject)
        if self._watch is not None:
            cells = dict(zip(self._binding.header, reject.cells, strict=False))
            self._watch("rejected", Example(reject.row, cells, reject.code, reject.values))


def _example(row: Staged, plan: Plan) -> Example:
    """A row as its fields, the state as ``before → after`` where it moves."""
    shown: dict[str, Any] = {}
    if row.person is not None:
        phone = row.person.phones[0][1] if row.person.phones else None
        email = row.person.emails[0] if row.person.emails else None
        shown |= {"customer.name": row.person.name, "customer.phone": phone, "customer.email": email}
    if row.line is not None:
        line = row.line
        shown |= {
            "purchase.order_no": line.order_no,
            "purchase.product": line.product,
            "purchase.option": line.option,
            "purchase.quantity": line.quantity,
            "purchase.amount": line.amount,
            "purchase.currency": line.currency,
            "purchase.state": " → ".join(plan.moves.get(row.row, (line.state,) if line.state else ())),
        }
    return Example(row.row, {name: str(value) for name, value in shown.items() if value not in (None, "")})
