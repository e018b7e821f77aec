"""Finding customers while a name is being said: a range of the index, ranked, and narrowed by conditions.

What ``text`` spells whole comes before what it begins to spell; within each, who was in contact last, then who spent
most. A stretch of the index is sorted by the rank it carries. One that holds very many is not: ``ranked``, which lies
in that order with everybody's spellings, is walked from its top until enough of them are found.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain, islice

from cxdesk.domain.changes import Delete, Edit, Insert, Update
from cxdesk.domain.filters import Filters
from cxdesk.domain.inert import inert_line
from cxdesk.domain.segments import Rules
from cxdesk.storage import spellings, words
from cxdesk.storage.roster import EVER
from cxdesk.storage.spellings import Stretch
from cxdesk.storage.standing import stands_in
from cxdesk.storage.words import find_products, find_text, said_by, words_found

__all__ = [
    "find_customers",
    "find_lines",
    "find_products",
    "find_text",
    "follow",
    "narrowed",
    "said_by",
    "words_found",
]

_FEW = 10_000
"""So many spellings of a stretch are sorted by rank; where there are more, the top of the list holds enough of them."""
_WALK = 10_000
"""How many lines of the list are walked before what was found among them must do."""
_LOOKED = 5000
"""How many of those who are spelt so, or of their contacts, are looked at."""

Spot = tuple[str, int]
"""A customer, and the number of their line in the roster."""
_Values = tuple[object, ...]
_Condition = tuple[str, _Values]
"""A part of a WHERE, and the values of its places."""
_ANYBODY = Filters()
_ANYHOW: _Condition = ("1", ())
_RULES = Rules()


def follow(db: sqlite3.Connection, edit: Edit) -> None:
    """Keep the word index in step with one edit; people's spellings follow with the roster."""
    match edit:
        case Insert(kind, row):
            words.added(db, kind, row)
        case Delete(kind, row):
            words.removed(db, kind, row)
        case Update(kind, key, _, after):
            words.moved(db, kind, key, after)


def find_customers(
    db: sqlite3.Connection,
    text: str,
    limit: int = 20,
    *,
    only: Filters = _ANYBODY,
    now: int = 0,
    rules: Rules = _RULES,
) -> list[str]:
    """Ids of the customers that ``find_lines`` finds."""
    return list(find_lines(db, text, limit, only=only, now=now, rules=rules))


def find_lines(
    db: sqlite3.Connection,
    text: str,
    limit: int = 20,
    *,
    only: Filters = _ANYBODY,
    now: int = 0,
    rules: Rules = _RULES,
) -> dict[str, int]:
    """Customers that ``text`` spells or begins to spell, ranked, each with the number of their line in the roster: a
    name in any stage of typing, 초성, phone digits, last four, an e-mail address, an order number, a tag. ``only`` are
    conditions; ``now`` and ``rules`` say who is in which segment. Without a text, everybody whom the conditions leave,
    the latest contact first.
    """
    text = inert_line(text).strip()
    search = _Search(db, limit, only, now, rules)
    if not text:
        return dict(search.everybody()) if only else {}
    found: dict[str, int] = {}
    tag = (spellings.tag_stretch(text.lstrip("#")),)
    for stretch in tag if text.startswith("#") else (*spellings.stretches(text), *tag):
        if len(found) >= limit:
            break
        found |= dict(search.within(stretch))
    if len(found) < limit:
        found |= dict(search.with_order(text))
    return dict(islice(found.items(), limit))


def narrowed(
    db: sqlite3.Connection, ids: Iterable[str], *, only: Filters, now: int = 0, rules: Rules = _RULES
) -> dict[str, int]:
    """Those of some customers whom the conditions leave, in their order, each with the number of their line."""
    found = dict.fromkeys(ids)
    left = dict(_Search(db, max(1, len(found)), only, now, rules).among(list(found)))
    return {key: left[key] for key in found if key in left}


class _Search:
    """The statements of one search, all under the same conditions.

    Each statement answers lines of the roster in their rank and is read only until enough of them fit. ``CROSS JOIN``
    keeps the loops in the order written, and so the rank without a second sort.
    """

    def __init__(self, db: sqlite3.Connection, limit: int, only: Filters, now: int, rules: Rules) -> None:
        self._db, self._limit, self._only, self._now, self._rules = db, limit, only, now, rules
        # A person may be there under several spellings of one stretch.
        self._looked = _LOOKED if only else 4 * limit

    def within(self, stretch: Stretch) -> Iterator[Spot]:
        """Customers whose spellings lie in a stretch of the index, ranked."""
        where, values = _inside(stretch)
        many = f"SELECT count(*) FROM (SELECT 1 FROM search_key WHERE {where} LIMIT {_FEW + 1})"  # noqa: S608
        (count,) = self._db.execute(many, values).fetchone()
        if count == 0:
            return
        if stretch.pattern:
            where, values = f"{where} AND key GLOB ?", (*values, stretch.pattern)
        lines = f"SELECT n FROM search_key WHERE {where}"  # noqa: S608
        if self._few_met:
            yield from self._by_contact(_spelt(stretch))
        elif count <= _FEW:
            ranked = f"{lines} AND rank >= ? ORDER BY rank DESC, n DESC LIMIT {self._looked}"
            yield from self._chosen(f"({ranked}) CROSS JOIN roster r USING (n)", (*values, self._least_rank))
        else:
            yield from self._walked(_spelt(stretch))
            if not self._only:
                yield from self._chosen(f"({lines} LIMIT {self._looked}) CROSS JOIN roster r USING (n)", values)

    @cached_property
    def _few_met(self) -> bool:
        """Whether so few contacts meet the condition on their state that it is best to begin with them."""
        sql = f"SELECT 1 FROM ticket WHERE status = ? LIMIT 1 OFFSET {_LOOKED}"  # noqa: S608
        status = self._only.status
        return status is not None and self._db.execute(sql, (status,)).fetchone() is None

    @property
    def _least_rank(self) -> int:
        """Below which nobody had a contact such as is asked for, for it would be their last or an earlier one."""
        return max(self._only.after or 0, EVER) if self._only.of_contact else -(2**63)

    def everybody(self) -> Iterator[Spot]:
        """Customers whom the conditions leave."""
        if self._only.tag:
            yield from self.within(spellings.tag_stretch(self._only.tag))
        elif self._only.of_contact and (self._few_met or self._only.segment is None or self._only.before is not None):
            yield from self._by_contact(_ANYHOW)
        else:
            yield from self._walked(_ANYHOW)

    def _walked(self, spelt: _Condition) -> Iterator[Spot]:
        """Those at the top of the list who are spelt so."""
        top = f"(SELECT * FROM ranked WHERE rank >= ? ORDER BY rank DESC, n DESC LIMIT {_WALK}) AS top"  # noqa: S608
        yield from self._chosen(f"{top} CROSS JOIN roster r USING (n)", (self._least_rank,), spelt, line="top")

    def _by_contact(self, spelt: _Condition) -> Iterator[Spot]:
        """Those with the latest contacts that meet the conditions and who are spelt so."""
        where, values = _contact(self._only)
        index = "ticket_queue" if self._few_met else "ticket_arrived"
        latest = f"ticket t INDEXED BY {index} WHERE {where} ORDER BY arrived_at DESC LIMIT {_LOOKED}"
        source = f"(SELECT customer_id FROM {latest}) CROSS JOIN roster r USING (customer_id)"  # noqa: S608
        if spelt != _ANYHOW:
            source += " CROSS JOIN ranked top ON top.rank = r.rank AND top.n = r.n"
        yield from self._chosen(source, values, spelt, met=_ANYHOW)

    def with_order(self, number: str) -> Iterator[Spot]:
        """Customers with a purchase under this order number."""
        source = "purchase p CROSS JOIN roster r ON r.customer_id = p.customer_id AND p.order_no = ?"
        yield from self._chosen(source, (number,))

    def among(self, ids: list[str]) -> Iterator[Spot]:
        """Those of these customers whom the conditions leave."""
        source = "json_each(?) one CROSS JOIN roster r ON r.customer_id = one.value"
        yield from self._chosen(source, (json.dumps(ids),))

    def _chosen(
        self,
        source: str,
        values: _Values,
        spelt: _Condition = _ANYHOW,
        *,
        line: str = "r",
        met: _Condition | None = None,
    ) -> Iterator[Spot]:
        """The first so many of a statement's customers whom the conditions leave, each once.

        ``line`` is where the statement has a line's buying first; ``met`` stands for the condition on their contacts.
        """
        segment = stands_in(self._only.segment, self._now, self._rules, line)
        wheres = (spelt, segment, _tagged(self._only), met or _met(self._only))
        sql = f"SELECT r.customer_id, r.n FROM {source} WHERE {' AND '.join(where for where, _ in wheres)}"  # noqa: S608
        found: set[int] = set()
        for customer_id, n in self._db.execute(sql, values + tuple(chain.from_iterable(more for _, more in wheres))):
            if n not in found:
                found.add(n)
                yield customer_id, n
            if len(found) == self._limit:
                return


def _inside(stretch: Stretch) -> _Condition:
    """That a row of the index lies in a stretch, whatever its pattern."""
    if stretch.whole:
        return "key = ?", (stretch.key,)
    return "key >= ? AND key < ?", (stretch.key, stretch.key + spellings.LAST)


def _spelt(stretch: Stretch) -> _Condition:
    """That one of the spellings of a line lies in a stretch."""
    key, whole, pattern = stretch
    if pattern:
        return "top.spellings GLOB ?", (f"*\n{pattern}\n*",)
    return "instr(top.spellings, ?)", (f"\n{key}\n" if whole else f"\n{key}",)


def _met(only: Filters) -> _Condition:
    """That a line ``r`` of the roster had such a contact."""
    if not only.of_contact:
        return _ANYHOW
    where, values = _contact(only)
    return f"EXISTS (SELECT 1 FROM ticket t WHERE t.customer_id = r.customer_id AND {where})", values  # noqa: S608


def _tagged(only: Filters) -> _Condition:
    """That a line ``r`` has the tag."""
    if not only.tag:
        return _ANYHOW
    where = "EXISTS (SELECT 1 FROM search_key WHERE search_key.key = ? AND search_key.n = r.n)"
    return where, (spellings.of_tag(only.tag),)


def _contact(only: Filters) -> _Condition:
    """What one contact ``t`` must meet."""
    asked = {
        "t.status = ?": only.status,
        "t.channel = ?": only.channel,
        "t.arrived_at >= ?": only.after,
        "t.arrived_at < ?": only.before,
    }
    found = {condition: value for condition, value in asked.items() if value is not None}
    return " AND ".join(found), tuple(found.values())
