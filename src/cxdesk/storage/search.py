"""Finding customers while a name is being said: a range of the index, ranked, and narrowed by conditions.

What ``text`` spells whole comes before what it begins to spell; within each, who was in contact last, then who spent
most. A stretch of the index is sorted by the rank it carries. One that holds very many is not: the list of people,
which is kept in that order, is walked from its top until enough of them are found in the stretch.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator

from cxdesk.domain.changes import Delete, Edit, Insert, Update
from cxdesk.domain.filters import Filters
from cxdesk.domain.inert import inert_line
from cxdesk.domain.segments import Rules
from cxdesk.domain.words import Status
from cxdesk.storage import spellings, words
from cxdesk.storage.roster import EVER
from cxdesk.storage.spellings import Stretch
from cxdesk.storage.standing import stands_in
from cxdesk.storage.words import find_products, find_text, words_found

__all__ = ["find_customers", "find_products", "find_text", "follow", "narrowed", "words_found"]

_FEW = 20_000
"""So many spellings of a stretch are sorted by rank; where there are more, the top of the list holds enough of them."""
_WALK = 5000
"""How many lines are looked at before what was found among them must do."""

_OPEN = (Status.WAITING, Status.ACTIVE, Status.PENDING)
_ANYBODY = Filters()
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
    """Ids of customers that ``text`` spells or begins to spell: a name in any stage of typing, 초성, phone digits,
    last four, an e-mail address, an order number, a tag. ``only`` are conditions; ``now`` and ``rules`` say who is in
    which segment. Without a text, everybody whom the conditions leave, the latest contact first.
    """
    text = inert_line(text).strip()
    search = _Search(db, limit, only, now, rules)
    if not text:
        return list(search.everybody()) if only else []
    found: dict[str, None] = {}
    tag = (spellings.tag_stretch(text.lstrip("#")),)
    for stretch in tag if text.startswith("#") else (*spellings.stretches(text), *tag):
        if len(found) >= limit:
            break
        found |= dict.fromkeys(search.within(stretch))
    if len(found) < limit:
        found |= dict.fromkeys(search.with_order(text))
    return list(found)[:limit]


def narrowed(
    db: sqlite3.Connection, ids: Iterable[str], *, only: Filters, now: int = 0, rules: Rules = _RULES
) -> list[str]:
    """Those of some customers whom the conditions leave, in their order."""
    found = dict.fromkeys(ids)
    left = set(_Search(db, max(1, len(found)), only, now, rules).among(list(found)))
    return [key for key in found if key in left]


class _Search:
    """The statements of one search, all under the same conditions.

    Each statement answers lines of the roster in their rank and is read only until enough of them fit. ``CROSS JOIN``
    keeps the loops in the order written, and so the rank without a second sort.
    """

    def __init__(self, db: sqlite3.Connection, limit: int, only: Filters, now: int, rules: Rules) -> None:
        self._db, self._limit, self._only = db, limit, only
        segment, values = stands_in(only.segment, now, rules)
        tagged, more = _tagged(only)
        met, most = _met(only)
        self._standing = segment + tagged, (*values, *more)
        self._where, self._values = segment + tagged + met, (*values, *more, *most)

    def within(self, stretch: Stretch) -> Iterator[str]:
        """Customers whose spellings lie in a stretch of the index, ranked."""
        key, whole, pattern = stretch
        inside = "key = ?" if whole else "key >= ? AND key < ?"
        edges = (key,) if whole else (key, key + spellings.LAST)
        if not self._reaches(inside, edges, 0):
            return
        like, values = (" AND r.name_sort GLOB ?", (pattern,)) if pattern else ("", ())
        if self._only.status not in _OPEN and not self._reaches(inside, edges, _FEW):
            ranked = f"SELECT n FROM search_key WHERE {inside} AND rank >= ? ORDER BY rank DESC, n DESC LIMIT {_WALK}"  # noqa: S608
            every = f"({ranked}) CROSS JOIN roster r USING (n) WHERE 1{like}"
            yield from self._chosen(every + self._where, (*edges, self._least_rank, *values, *self._values))
            return
        here = f"{like} AND EXISTS (SELECT 1 FROM search_key WHERE search_key.n = r.n AND {inside})"  # noqa: S608
        yield from self._from_top(here, (*values, *edges))
        if not self._only:
            some = f"(SELECT n FROM search_key WHERE {inside} LIMIT {_WALK}) CROSS JOIN roster r USING (n) WHERE 1"  # noqa: S608
            yield from self._chosen(some + like, (*edges, *values))

    @property
    def _least_rank(self) -> int:
        """Below which nobody had a contact such as is asked for, for it would be their last or an earlier one."""
        return max(self._only.after or 0, EVER) if self._only.of_contact else -(2**63)

    def _reaches(self, inside: str, edges: tuple[str, ...], many: int) -> bool:
        """Whether a stretch holds more than so many spellings."""
        sql = f"SELECT 1 FROM search_key WHERE {inside} LIMIT 1 OFFSET ?"  # noqa: S608
        return self._db.execute(sql, (*edges, many)).fetchone() is not None

    def everybody(self) -> Iterator[str]:
        """Customers whom the conditions leave."""
        if self._only.tag:
            yield from self.within(spellings.tag_stretch(self._only.tag))
        else:
            yield from self._from_top("", ())

    def _from_top(self, here: str, edges: tuple[object, ...]) -> Iterator[str]:
        """Those for whom ``here`` holds, too: by their latest contact that meets the conditions, or by their latest."""
        if self._only.of_contact:
            where, values = _contact(self._only)
            # What is open is little, whatever the statistics say of a file in which most is not.
            index = "ticket_queue" if self._only.status in _OPEN else "ticket_arrived"
            latest = f"ticket t INDEXED BY {index} WHERE {where} ORDER BY arrived_at DESC LIMIT {_WALK}"
            top = f"SELECT customer_id FROM {latest}"  # noqa: S608
            source, rest, more = f"({top}) CROSS JOIN roster r USING (customer_id)", *self._standing
        else:
            many = _WALK if here else _FEW
            source = f"(SELECT n FROM roster ORDER BY rank DESC, n DESC LIMIT {many}) CROSS JOIN roster r USING (n)"  # noqa: S608
            values, rest, more = (), *self._standing
        yield from self._chosen(f"{source} WHERE 1{rest}{here}", (*values, *more, *edges))

    def with_order(self, number: str) -> Iterator[str]:
        """Customers with a purchase under this order number."""
        source = "purchase p CROSS JOIN roster r ON r.customer_id = p.customer_id WHERE p.order_no = ?"
        yield from self._chosen(source + self._where, (number, *self._values))

    def among(self, ids: list[str]) -> Iterator[str]:
        """Those of these customers whom the conditions leave."""
        source = "json_each(?) one CROSS JOIN roster r ON r.customer_id = one.value WHERE 1"
        yield from self._chosen(source + self._where, (json.dumps(ids), *self._values))

    def _chosen(self, source: str, values: tuple[object, ...]) -> Iterator[str]:
        """The first so many of a statement's customers, each once."""
        found: set[str] = set()
        for (customer_id,) in self._db.execute(f"SELECT r.customer_id FROM {source}", values):  # noqa: S608
            if customer_id not in found:
                found.add(customer_id)
                yield customer_id
            if len(found) == self._limit:
                return


def _met(only: Filters) -> tuple[str, tuple[object, ...]]:
    """That a line ``r`` of the roster had such a contact, as SQL and its values."""
    if not only.of_contact:
        return "", ()
    where, values = _contact(only)
    return (
        f" AND EXISTS (SELECT 1 FROM ticket t WHERE t.customer_id = r.customer_id AND {where})",  # noqa: S608
        values,
    )


def _tagged(only: Filters) -> tuple[str, tuple[object, ...]]:
    if not only.tag:
        return "", ()
    return (
        " AND EXISTS (SELECT 1 FROM search_key WHERE search_key.key = ? AND search_key.n = r.n)",
        (spellings.of_tag(only.tag),),
    )


def _contact(only: Filters) -> tuple[str, tuple[object, ...]]:
    """What one contact ``t`` must meet."""
    asked = {
        "t.status = ?": only.status,
        "t.channel = ?": only.channel,
        "t.arrived_at >= ?": only.after,
        "t.arrived_at < ?": only.before,
    }
    found = {condition: value for condition, value in asked.items() if value is not None}
    return " AND ".join(found), tuple(found.values())
