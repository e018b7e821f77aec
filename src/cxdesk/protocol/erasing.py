"""What becomes of a person's rows when the person asks to be forgotten.

Whatever names the customer is emptied with them. Records of trade and of the desk's own work stay, without the person:
a shop must keep its sales for years (전자상거래법, article 6), and a wait that was told was told.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

__all__ = ["OWNER_FIELDS", "Key", "blank", "owners", "persons_rows", "survives"]

Key = tuple[str, str]
"""Table and id."""

_KEPT: dict[str, frozenset[str]] = {
    "purchase": frozenset(
        {
            "order_no",
            "product",
            "amount",
            "currency",
            "ordered_at",
            "quantity",
            "option",
            "state",
            "gift",
            "source",
            "external_id",
        }
    ),
    "ticket": frozenset(
        {
            "number",
            "channel",
            "arrived_at",
            "waiting_since",
            "rank_at",
            "topic",
            "priority",
            "status",
            "stage",
            "assignee",
            "taken_at",
            "hold_until",
            "hold_for_reply",
            "quoted_from",
            "quoted_until",
            "resolved_at",
            "abandoned_at",
            "intensity",
            "urgency",
        }
    ),
    "quote": frozenset({"ticket_id", "low", "expected", "high", "method", "basis", "told_at", "agent_id", "waited"}),
    "feedback": frozenset({"scale", "value", "at", "ticket_id"}),
}
"""Table → the fields that stay in an erased row. Of any other table nothing does, also of those not known here."""

_BLANK: dict[Key, Any] = {("ticket", "subject"): "", ("quote", "sentence"): "", ("feedback", "comment"): ""}

OWNER_FIELDS: dict[str, str] = {
    "customer_id": "customer",
    "merged_into": "customer",
    "survivor_id": "customer",
    "merged_id": "customer",
    "one_id": "customer",
    "other_id": "customer",
    "ticket_id": "ticket",
    "merge_id": "merge",
}
"""Fields by which a row says to which row it belongs, and the table of that row; a conflict says both."""


def survives(ent: str, name: str) -> bool:
    """Whether a field stays in an erased row of this table."""
    return name in _KEPT.get(ent, ())


def blank(ent: str, name: str) -> Any:
    """What stands in a column that lost its value and may not be empty."""
    return _BLANK.get((ent, name))


def owners(ent: str, f: Mapping[str, Any]) -> Iterator[Key]:
    """The rows that a row with these fields belongs to. The customer it names comes before the ticket it names."""
    if ent == "conflict":
        if f.get("ent") and f.get("ent_id"):
            yield f["ent"], f["ent_id"]
        return
    for name, table in OWNER_FIELDS.items():
        if f.get(name) and not (name == "ticket_id" and f.get("customer_id")):
            yield table, f[name]


def persons_rows(
    customer_id: str, fields_of: Callable[[Key], Mapping[str, Any]], naming: Callable[[str, str], Iterable[Key]]
) -> tuple[Key, ...]:
    """Every row of a person, the customer first, found from row to row.

    ``naming(field, value)`` are the rows of all tables in which that field has that value. An entry that was merged
    into another one is the same person as that other one.
    """
    found: dict[Key, None] = {}
    ahead: list[Key] = [("customer", customer_id)]
    while ahead:
        key = ahead.pop()
        if key in found:
            continue
        found[key] = None
        ent, row_id = key
        if ent == "customer" and (survivor := fields_of(key).get("merged_into")):
            ahead.append((ent, survivor))
        for name in ("ent_id", *(name for name, table in OWNER_FIELDS.items() if table == ent)):
            ahead.extend(other for other in naming(name, row_id) if key in owners(other[0], fields_of(other)))
    return tuple(found)
