"""What people do at a desk, one act at a time, chosen by dice among what the desk in front of them shows."""

from collections.abc import Callable
from random import Random

from benchmarks.convergence.desk import Desk
from cxdesk.protocol.rows import Entity

__all__ = ["ACTS", "Act", "act", "erase"]

Act = Callable[[Desk, int, Random], None]


def act(desk: Desk, now: int, dice: Random) -> None:
    """One act."""
    ACTS[int(dice.random() * len(ACTS))](desk, now, dice)


def _some(desk: Desk, ent: str, dice: Random, **such: object) -> Entity | None:
    """Any row of a table that this desk shows, with these values."""
    found = [row for (table, _), row in desk.rows.items() if table == ent and row.shown and not row.erased]
    if such:
        found = [row for row in found if all(row.f.get(name) == value for name, value in such.items())]
    return found[int(dice.random() * len(found))] if found else None


def newcomer(desk: Desk, now: int, _dice: Random) -> None:
    """A customer nobody knows, with a phone number."""
    customer = desk.mint()
    desk.write(now, "customer", customer, "set", {"name": f"name {desk.minted}", "language": "ko"})
    desk.write(now, "identity", desk.mint(), "set", {"customer_id": customer, "kind": "phone", "value": customer})


def arrival(desk: Desk, now: int, dice: Random) -> None:
    """Somebody contacts the shop; the number is the next one that this desk knows of."""
    customer = _some(desk, "customer", dice)
    numbers = [row.f["number"] for (ent, _), row in desk.rows.items() if ent == "ticket" and "number" in row.f]
    known = {"customer_id": customer.id} if customer else {}
    begin = {"number": max(numbers, default=1000) + 1, "status": "waiting", "waiting_since": now, "subject": "?"}
    desk.write(now, "ticket", desk.mint(), "set", begin | known)


def note(desk: Desk, now: int, dice: Random) -> None:
    """Something to remember about a customer."""
    if customer := _some(desk, "customer", dice):
        desk.write(now, "note", desk.mint(), "append", {"customer_id": customer.id, "body": f"note {desk.minted}"})


def message(desk: Desk, now: int, dice: Random) -> None:
    """A word in a contact."""
    if ticket := _some(desk, "ticket", dice):
        desk.write(now, "message", desk.mint(), "append", {"ticket_id": ticket.id, "body": f"word {desk.minted}"})


def correction(desk: Desk, now: int, dice: Random) -> None:
    """A field or two of a customer."""
    if customer := _some(desk, "customer", dice):
        f: dict[str, object] = {"name": f"name {desk.dev} {desk.minted}"}
        if dice.random() < 0.5:
            f = {"address": f"address {desk.dev} {desk.minted}"} | (f if dice.random() < 0.3 else {})
        desk.write(now, "customer", customer.id, "set", f)


def priority(desk: Desk, now: int, dice: Random) -> None:
    """A field of a ticket that is not part of its state."""
    if ticket := _some(desk, "ticket", dice):
        desk.write(now, "ticket", ticket.id, "set", {"priority": f"{desk.dev} {desk.minted}"})


def setting(desk: Desk, now: int, _dice: Random) -> None:
    """A choice for the whole shop: few rows, many hands."""
    desk.write(now, "setting", "hours", "set", {"value": f"{desk.dev} {desk.minted}"})


def tag(desk: Desk, now: int, dice: Random) -> None:
    """A word put on a customer."""
    if customer := _some(desk, "customer", dice):
        desk.write(now, "customer", customer.id, "add", {"tag": "vip", "add": desk.mint(), "at": now})


def untag(desk: Desk, now: int, _dice: Random) -> None:
    """Every word taken off a customer."""
    for row in [row for row in desk.rows.values() if any(row.tags.values())][:1]:
        saw = [key for key, on in row.tags.items() if on]
        desk.write(now, row.ent, row.id, "rem", {"tag": "vip", "saw": saw})


def claim(desk: Desk, now: int, dice: Random) -> None:
    """A ticket taken, if it looks free from here."""
    if ticket := _some(desk, "ticket", dice, status="pending" if dice.random() < 0.2 else "waiting"):
        desk.write(now, "ticket", ticket.id, "claim", {"status": "active", "assignee": desk.agent, "taken_at": now})


def onward(desk: Desk, now: int, dice: Random) -> None:
    """A ticket resolved, put aside, or given back to the queue; sometimes it is a colleague's."""
    if ticket := _some(desk, "ticket", dice, status="active"):
        where = ("resolved", "pending", "waiting")[int(dice.random() * 3)]
        desk.write(now, "ticket", ticket.id, "transition", {"status": where, "assignee": None})


def handover(desk: Desk, now: int, dice: Random) -> None:
    """A ticket released, or handed to somebody else."""
    if ticket := _some(desk, "ticket", dice, assignee=desk.agent):
        k, f = ("release", {}) if dice.random() < 0.5 else ("transition", {"assignee": "somebody"})
        desk.write(now, "ticket", ticket.id, k, f)


def undo(desk: Desk, now: int, dice: Random) -> None:
    """A row taken back that this desk began, or begun again after that: both are what undo says."""
    ent = ("note", "customer", "ticket", "identity")[int(dice.random() * 4)]
    found = [row for (table, _), row in desk.rows.items() if table == ent and row.id.startswith(desk.dev)]
    if found:
        row = found[int(dice.random() * len(found))]
        if row.shown:
            desk.write(now, ent, row.id, "del", {})
        elif not row.erased and row.clk:
            desk.write(now, ent, row.id, "append" if ent == "note" else "set", dict(row.f))


def unite(desk: Desk, now: int, dice: Random) -> None:
    """Two customers who are one person: ordinary rows and fields."""
    one, two = _some(desk, "customer", dice), _some(desk, "customer", dice)
    if one and two and one.id != two.id and not one.f.get("merged_into") and not two.f.get("merged_into"):
        merge = desk.mint()
        desk.write(now, "merge", merge, "set", {"survivor_id": one.id, "merged_id": two.id, "kept": "{}"})
        desk.write(now, "customer", two.id, "set", {"merged_into": one.id})
        for row in [row for row in desk.rows.values() if row.f.get("customer_id") == two.id and row.shown]:
            desk.write(now, row.ent, row.id, "set", {"customer_id": one.id})
            desk.write(now, "merge_row", desk.mint(), "set", {"merge_id": merge, "ent": row.ent, "ent_id": row.id})


def decision(desk: Desk, now: int, dice: Random) -> None:
    """A conflict settled: the value that was chosen, and that it is settled."""
    if conflict := _some(desk, "conflict", dice, state="open"):
        row = desk.rows.get((conflict.f["ent"], conflict.f["ent_id"]))
        if row and row.shown and not row.erased and "loser" in conflict.f:
            desk.write(now, row.ent, row.id, "set", {conflict.f["field"]: conflict.f["loser"]})
        desk.write(now, "conflict", conflict.id, "resolve", {"state": "settled"})


def erase(desk: Desk, now: int, dice: Random) -> None:
    """A customer asked to be forgotten."""
    if customer := _some(desk, "customer", dice):
        desk.write(now, "customer", customer.id, "erase", {})


_OFTEN: dict[Act, int] = {
    newcomer: 2,
    arrival: 4,
    note: 3,
    message: 3,
    correction: 10,
    priority: 2,
    setting: 3,
    tag: 2,
    untag: 2,
    claim: 6,
    onward: 8,
    handover: 3,
    undo: 3,
    unite: 1,
    decision: 4,
    erase: 1,
}
ACTS: tuple[Act, ...] = tuple(act for act, times in _OFTEN.items() for _ in range(times))
