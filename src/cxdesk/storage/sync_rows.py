"""Rows as the merge sees them: read from the tables and from what is kept beside them, merged, and written back.

What the tables cannot say is kept beside them. ``field_clock`` has who wrote a field last: the empty field name stands
for whatever has no entry of its own, ``-`` for the row's being gone. ``extra_field`` has values without a column, the
values of rows that are not shown, ``~`` and the name of each column whose value nobody wrote, ``#`` and the id of each
tag that was taken off, and ``!`` for what was erased.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from cxdesk.domain.changes import Change, Delete, Edit, Insert, Update
from cxdesk.domain.records import Row
from cxdesk.protocol.merge import Lost
from cxdesk.protocol.rows import Clock, Entity, Hold, Tag
from cxdesk.storage.rows import columns
from cxdesk.storage.sync_beside import GONE, TAKEN_OFF, UNSAID
from cxdesk.storage.sync_fields import known, row_of, values_of
from cxdesk.storage.sync_twins import sold_twice

__all__ = ["Key", "Rows"]

ERASED = "!"
_ASIDE = (ERASED, TAKEN_OFF, UNSAID)
_TAGGED = ("customer", "ticket")
_NOBODY = Clock(0, "", "")
"""Who wrote the rows of a file that was restored from an export: anybody's word counts more."""

Key = tuple[str, str]


_Beside = dict[str, list[tuple[Any, ...]]]
"""Statements, and the values to carry each of them out with."""

_FORGET_CLOCK = "DELETE FROM field_clock WHERE ent = ? AND ent_id = ? AND field = ?"
_CLOCK = (
    "INSERT INTO field_clock (ent, ent_id, field, t, dev, op) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (ent, ent_id, field) DO UPDATE SET t = excluded.t, dev = excluded.dev, op = excluded.op"
)
_FORGET_EXTRA = "DELETE FROM extra_field WHERE ent = ? AND ent_id = ? AND field = ?"
_EXTRA = "INSERT OR REPLACE INTO extra_field (ent, ent_id, field, value) VALUES (?, ?, ?, ?)"
_HOLD = "INSERT OR REPLACE INTO holding (ticket_id, agent_id, dev, fence, until, tentative) VALUES (?, ?, ?, ?, ?, 0)"


class _Seen(NamedTuple):
    """What the file holds of one row."""

    row: Row | None
    clocks: dict[str, Clock]
    extra: dict[str, str]
    tags: dict[str, Row]
    hold: Hold | None


class Rows:
    """The rows one transaction is about. ``device`` is this desk's id, written as an empty text in the file."""

    def __init__(self, db: sqlite3.Connection, device: str) -> None:
        self._db = db
        self._device = device
        self._seen: dict[Key, _Seen] = {}
        self._now: dict[Key, Entity] = {}
        self._moved: set[Key] = set()

    def fetch(self, keys: Iterable[Key]) -> None:
        """Read these rows, a table at a time."""
        wanted: dict[str, list[str]] = defaultdict(list)
        for ent, key in dict.fromkeys(keys):
            if (ent, key) not in self._now:
                wanted[ent].append(key)
        for ent, ids in wanted.items():
            self._fetch(ent, ids)

    def get(self, ent: str, key: str) -> Entity:
        """One row as it stands now."""
        if (ent, key) not in self._now:
            self._fetch(ent, [key])
        return self._now[ent, key]

    def put(self, entity: Entity) -> None:
        """One row as it shall be."""
        key = (entity.ent, entity.id)
        if self._now[key] != entity:
            self._now[key] = entity
            self._moved.add(key)

    def put_again(self, ent: str, key: str) -> None:
        """Write a row down again as it is: what had no column may have one by now."""
        self.get(ent, key)
        self._moved.add((ent, key))

    def unheard_of(self, ent: str, key: str) -> bool:
        """Whether nothing at all was known of a row: then any version of it is the whole of it."""
        seen = self._seen[ent, key]
        return seen.row is None and not (seen.clocks or seen.extra or seen.tags or seen.hold)

    def lose(self, lost: Iterable[Lost], at: int) -> None:
        """Keep values that others took the place of."""
        self._db.executemany(
            "INSERT INTO field_history (ent, ent_id, field, value, t, dev, op, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [
                (one.ent, one.id, one.field, json.dumps(one.value, ensure_ascii=False), *self._stored(one.clock), at)
                for one in lost
            ],
        )

    def write(self) -> Change:
        """Put down what is kept beside the tables; the edits of the tables themselves are the answer, those first that
        make room for others."""
        edits: list[Edit] = []
        rows = {key: row_of(entity) for key, entity in self._now.items() if key in self._moved}
        hidden = sold_twice(self._db, rows)
        self.fetch(hidden)
        rows |= dict.fromkeys(hidden)
        beside: _Beside = defaultdict(list)
        for key, row in rows.items():
            entity, seen = self._now[key], self._seen[key]
            edits += _edits(entity, seen.row, row)
            edits += self._tag_edits(entity, seen)
            self._note_clocks(beside, entity, seen)
            _note_extra(beside, entity, seen, row)
            if entity.hold != seen.hold and entity.hold is not None:
                agent, dev, fence, until = entity.hold.agent, entity.hold.dev, entity.hold.fence, entity.hold.until
                beside[_HOLD].append((entity.id, agent, dev or "", fence, until))
        for sql, lines in beside.items():
            self._db.executemany(sql, lines)
        return Change("sync", tuple(sorted(edits, key=lambda edit: not isinstance(edit, Delete))))

    # -- reading

    def _fetch(self, ent: str, ids: list[str]) -> None:
        asked = json.dumps(ids)
        rows = self._rows(ent, asked)
        clocks = self._clocks(ent, asked)
        extra = self._extra(ent, asked)
        tags = self._tags(ent, asked)
        holds = self._holds(asked) if ent == "ticket" else {}
        for key in ids:
            seen = _Seen(rows.get(key), clocks[key], extra[key], tags[key], holds.get(key))
            self._seen[ent, key] = seen
            self._now[ent, key] = self._entity(ent, key, seen)

    def _rows(self, ent: str, asked: str) -> dict[str, Row]:
        if not known(ent):
            return {}
        names = columns(ent)
        found = self._db.execute(
            f"SELECT {', '.join(names)} FROM {ent} WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608 - ours
            (asked,),
        )
        return {row[0]: dict(zip(names, row, strict=True)) for row in found}

    def _clocks(self, ent: str, asked: str) -> dict[str, dict[str, Clock]]:
        found: dict[str, dict[str, Clock]] = defaultdict(dict)
        for key, field, t, dev, op in self._db.execute(
            "SELECT ent_id, field, t, dev, op FROM field_clock"
            " WHERE ent = ? AND ent_id IN (SELECT value FROM json_each(?))",
            (ent, asked),
        ):
            found[key][field] = Clock(t, dev or self._device, op)
        return found

    def _extra(self, ent: str, asked: str) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for key, field, value in self._db.execute(
            "SELECT ent_id, field, value FROM extra_field WHERE ent = ? AND ent_id IN (SELECT value FROM json_each(?))",
            (ent, asked),
        ):
            found[key][field] = value
        return found

    def _tags(self, ent: str, asked: str) -> dict[str, dict[str, Row]]:
        """Id of the adding → its row. An adding that undo made again goes by another id than its row."""
        found: dict[str, dict[str, Row]] = defaultdict(dict)
        if ent not in _TAGGED:
            return found
        names = columns("tag")
        for row in self._db.execute(
            f"SELECT coalesce(json_extract(alias.value, '$'), tag.id), {', '.join(f'tag.{n}' for n in names)} FROM tag"  # noqa: S608
            " LEFT JOIN extra_field AS alias ON alias.ent = 'tag' AND alias.ent_id = tag.id AND alias.field = 'add'"
            " WHERE tag.ent = ? AND tag.ent_id IN (SELECT value FROM json_each(?))",
            (ent, asked),
        ):
            tag = dict(zip(names, row[1:], strict=True))
            found[tag["ent_id"]][row[0]] = tag
        return found

    def _holds(self, asked: str) -> dict[str, Hold]:
        rows = self._db.execute(
            "SELECT ticket_id, fence, agent_id, dev, until FROM holding"
            " WHERE fence IS NOT NULL AND ticket_id IN (SELECT value FROM json_each(?))",
            (asked,),
        )
        return {key: Hold(fence, agent, dev or None, until or 0) for key, fence, agent, dev, until in rows}

    def _entity(self, ent: str, key: str, seen: _Seen) -> Entity:
        if seen.row is None and not (seen.clocks or seen.extra or seen.tags):
            return Entity(ent, key, hold=seen.hold)
        begin = seen.clocks.get("")
        gone = seen.clocks.get(GONE)
        extra = {name: json.loads(value) for name, value in seen.extra.items() if name[0] not in _ASIDE}
        if seen.row is None and not extra and begin is not None and gone is None:
            begin, gone = None, begin  # how a row that was taken away was noted before desks could meet
        if seen.row is not None and begin is None:
            begin = self._imported(key) or _NOBODY
        own = {
            name: clock
            for name, clock in seen.clocks.items()
            if name not in ("", GONE) and (begin is None or clock > begin or clock.op == begin.op)
        }
        said = {
            name: value
            for name, value in values_of(ent, seen.row).items()
            if (value is not None or name in own) and UNSAID + name not in seen.extra
        }
        f = said | extra
        tags: dict[str, Tag | None] = {add: Tag(row["tag"], row["at"]) for add, row in seen.tags.items()}
        tags |= {name[1:]: None for name in seen.extra if name[0] == TAKEN_OFF}
        clk = {name: own.get(name) or begin or _NOBODY for name in f}
        return Entity(ent, key, f, clk, tags, gone, ERASED in seen.extra, seen.hold)

    def _imported(self, key: str) -> Clock | None:
        """The clock of a row that an import added and that was not written out yet: that of the import's one line."""
        row = self._db.execute(
            "SELECT t FROM outbox WHERE k = 'bulk' AND ent_id > ? AND ent_id < ? AND substr(ent_id, -12) = ?"
            " AND json_extract(body, '$.gone') IS NULL",
            (f"{key[:13]}-", f"{key[:13]}-~", key[-12:]),
        ).fetchone()
        return None if row is None else Clock(row[0], self._device, key)

    # -- writing

    def _stored(self, clock: Clock) -> tuple[int, str, str]:
        return clock.t, "" if clock.dev == self._device else clock.dev, clock.op

    def _note_clocks(self, beside: _Beside, entity: Entity, seen: _Seen) -> None:
        wanted: dict[str, Clock] = {}
        if entity.clk:
            begin = min(entity.clk.values())
            wanted = {name: clock for name, clock in entity.clk.items() if clock != begin or entity.f[name] is None}
            wanted[""] = begin
        if entity.gone is not None:
            wanted[GONE] = entity.gone
        ent, key = entity.ent, entity.id
        beside[_FORGET_CLOCK] += [(ent, key, name) for name in seen.clocks.keys() - wanted.keys()]
        beside[_CLOCK] += [
            (ent, key, name, *self._stored(clock)) for name, clock in wanted.items() if seen.clocks.get(name) != clock
        ]

    def _tag_edits(self, entity: Entity, seen: _Seen) -> Iterable[Edit]:
        shown = {add: tag for add, tag in entity.tags.items() if tag is not None}
        for add, row in seen.tags.items():
            if add not in shown:
                yield Delete("tag", row)
        for add in shown.keys() - seen.tags.keys():
            free = self._db.execute("SELECT 1 FROM tag WHERE id = ?", (add,)).fetchone() is None
            if free:  # a stranger's id that is in use on another row would stop everything else
                tag = shown[add]
                row = {"id": add, "ent": entity.ent, "ent_id": entity.id, "tag": tag.tag, "at": tag.at}
                yield Insert("tag", row)


def _edits(entity: Entity, before: Row | None, after: Row | None) -> Iterable[Edit]:
    kind, key = entity.ent, entity.id
    if before is None and after is not None:
        yield Insert(kind, after)
    elif before is not None and after is None:
        yield Delete(kind, before)
    elif before is not None and after is not None:
        changed = [name for name in after if after[name] != before[name]]
        if changed:
            yield Update(kind, key, {n: before[n] for n in changed}, {n: after[n] for n in changed})


def _note_extra(beside: _Beside, entity: Entity, seen: _Seen, row: Row | None) -> None:
    said = values_of(entity.ent, row)
    wanted = {
        name: json.dumps(value, ensure_ascii=False)
        for name, value in entity.f.items()
        if name not in said or said[name] != value
    }
    wanted |= {UNSAID + name: "null" for name, value in said.items() if value is not None and name not in entity.f}
    wanted |= {TAKEN_OFF + add: "null" for add, tag in entity.tags.items() if tag is None}
    if entity.erased:
        wanted[ERASED] = "true"
    ent, key = entity.ent, entity.id
    beside[_FORGET_EXTRA] += [(ent, key, name) for name in seen.extra.keys() - wanted.keys()]
    beside[_EXTRA] += [(ent, key, name, value) for name, value in wanted.items() if seen.extra.get(name) != value]
