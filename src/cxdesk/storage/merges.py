"""Reading who was merged into whom, and which rows are with a survivor because of it."""

import sqlite3
from collections.abc import Collection, Iterable

from cxdesk.domain.changes import Change, Stamp, Update
from cxdesk.domain.merging import HOLDERS, MADE, Hanging, Parting, Place, Way, followed, theirs
from cxdesk.domain.records import Apart, Consent, Customer, Merge, MergeRow, Tag
from cxdesk.storage.rows import fetch, fetch_all, insert_sql, update_sql

__all__ = [
    "are_apart",
    "belongings",
    "chain",
    "gather",
    "heir",
    "into",
    "merge",
    "naming",
    "parting",
    "survives",
    "tags",
    "ways",
]

_HANGING = (
    "SELECT 'note', id, 'ticket', ticket_id FROM note WHERE customer_id = :who AND ticket_id IS NOT NULL"
    " UNION ALL SELECT 'note', id, 'note', amends FROM note WHERE customer_id = :who AND amends IS NOT NULL"
    " UNION ALL SELECT 'follow_up', id, 'ticket', ticket_id FROM follow_up"
    " WHERE customer_id = :who AND ticket_id IS NOT NULL"
    " UNION ALL SELECT 'quote', id, 'ticket', ticket_id FROM quote WHERE customer_id = :who"
    " UNION ALL SELECT 'feedback', id, 'ticket', ticket_id FROM feedback"
    " WHERE customer_id = :who AND ticket_id IS NOT NULL"
    " UNION ALL SELECT 'kindness', id, 'ticket', ticket_id FROM kindness"
    " WHERE customer_id = :who AND ticket_id IS NOT NULL"
    " UNION ALL SELECT 'feedback_ask', id, 'ticket', ticket_id FROM feedback_ask"
    " WHERE customer_id = :who AND ticket_id IS NOT NULL"
    " UNION ALL SELECT 'voice', id, 'ticket', ticket_id FROM voice"
    " WHERE customer_id = :who AND ticket_id IS NOT NULL"
    " UNION ALL SELECT 'telling', id, 'voice', voice_id FROM telling WHERE customer_id = :who"
    " UNION ALL SELECT 'purchase', id, 'order', source || ' ' || order_no FROM purchase WHERE customer_id = :who"
)


def heir(db: sqlite3.Connection, customer_id: str) -> Customer | None:
    """The person as they are now: whoever an entry was merged into, and they in turn. ``None`` for nobody."""
    seen: set[str] = set()
    found = fetch(db, Customer, "id = ?", customer_id)
    # Two desks that were out of touch can each merge the other's survivor; then the first entry stands for both.
    while found is not None and found.merged_into is not None and found.id not in seen:
        seen.add(found.id)
        found = fetch(db, Customer, "id = ?", found.merged_into)
    return found


def merge(db: sqlite3.Connection, merge_id: str) -> Merge | None:
    """One merge."""
    return fetch(db, Merge, "id = ?", merge_id)


def chain(db: sqlite3.Connection, customer_id: str) -> tuple[Merge, ...]:
    """The merges in force that lead from an entry to who they are now, from the first outwards."""
    found: list[Merge] = []
    at = customer_id
    while step := fetch(db, Merge, "merged_id = ? AND undone_at IS NULL ORDER BY at DESC", at):
        if step.survivor_id == customer_id or step in found:
            break
        found.append(step)
        at = step.survivor_id
    return tuple(found)


def ways(db: sqlite3.Connection, customer_ids: Iterable[str]) -> dict[str, Way]:
    """Where those among these customers who were merged have gone."""
    found = {}
    for key in customer_ids:
        now = heir(db, key)
        if now is not None and now.id != key:
            found[key] = Way(now.id, chain(db, key))
    return found


def into(db: sqlite3.Connection, customer_id: str) -> tuple[tuple[Merge, Customer], ...]:
    """The merges in force that made this person, the newest first, with the entry that was merged; nested ones too."""
    found: list[tuple[Merge, Customer]] = []
    survivors = [customer_id]
    while survivors:
        for step in fetch_all(db, Merge, "survivor_id = ? AND undone_at IS NULL", survivors.pop()):
            merged = fetch(db, Customer, "id = ?", step.merged_id)
            if merged is not None and all(step.id != other.id for other, _ in found):
                found.append((step, merged))
                survivors.append(merged.id)
    return tuple(sorted(found, key=lambda pair: (-pair[0].at, pair[0].id)))


def survives(db: sqlite3.Connection, customer_id: str) -> bool:
    """Whether somebody was merged into this entry."""
    sql = "SELECT 1 FROM merge WHERE survivor_id = ? AND undone_at IS NULL"
    return db.execute(sql, (customer_id,)).fetchone() is not None


def belongings(db: sqlite3.Connection, customer_id: str) -> tuple[Place, ...]:
    """Every row that names a customer, tags left out."""
    each = (f"SELECT '{kind}', id FROM {kind} WHERE customer_id = :who" for kind in HOLDERS)  # noqa: S608 - our names
    return tuple(db.execute(" UNION ALL ".join(each), {"who": customer_id}).fetchall())


def tags(db: sqlite3.Connection, customer_id: str) -> tuple[Tag, ...]:
    """A customer's tags."""
    return fetch_all(db, Tag, "ent = 'customer' AND ent_id = ? ORDER BY at, id", customer_id)


def are_apart(db: sqlite3.Connection, one_id: str, other_id: str) -> bool:
    """Whether somebody has said that these two are two."""
    return fetch(db, Apart, "one_id = ? AND other_id = ?", *sorted((one_id, other_id))) is not None


def naming(db: sqlite3.Connection, places: Iterable[Place]) -> dict[Place, str]:
    """Which customer each of these rows names now, for those that are there and name one."""
    found: dict[Place, str] = {}
    for kind, key in places:
        if kind == "tag":
            sql = "SELECT ent_id FROM tag WHERE id = ? AND ent = 'customer'"
        elif kind in HOLDERS:
            sql = f"SELECT customer_id FROM {kind} WHERE id = ?"  # noqa: S608 - a name of ours
        else:
            continue
        row = db.execute(sql, (key,)).fetchone()
        if row is not None and row[0] is not None:
            found[kind, key] = str(row[0])
    return found


def gather(db: sqlite3.Connection, customer_ids: Collection[str], stamp: Stamp) -> set[str]:
    """Bring the rows that name those of these customers who were merged to who they are now, noted as theirs.

    For what comes in by the thousand, inside the caller's transaction; answers whose rows became more.
    """
    from cxdesk.storage import figures, outbox, search

    merged = {str(row[0]) for row in db.execute("SELECT id FROM customer WHERE merged_into IS NOT NULL")}
    gone = ways(db, sorted(merged & set(customer_ids)))
    strays = [
        Update(kind, key, {"customer_id": owner}, {"customer_id": owner})
        for owner in gone
        for kind, key in belongings(db, owner)
    ]
    edits = followed(strays, gone, stamp.mint)
    for edit in edits:
        if isinstance(edit, Update):
            values = (*edit.after.values(), edit.id, *(edit.before[name] for name in edit.after))
            db.execute(update_sql(edit.kind, tuple(edit.after)), values)
        else:
            db.execute(insert_sql(edit.kind), edit.row)
        search.follow(db, edit)
    figures.refresh(db, Change("gather", edits), figures.made_by(db)[0])
    outbox.add(db, Change("gather", edits), stamp)
    return {gone[edit.before["customer_id"]].heir_id for edit in strays}


def parting(db: sqlite3.Connection, step: Merge) -> Parting | None:
    """What has to be known to take a merge back; ``None`` when one of the two people is no longer there."""
    survivor = fetch(db, Customer, "id = ?", step.survivor_id)
    merged = fetch(db, Customer, "id = ?", step.merged_id)
    holder = heir(db, step.survivor_id)
    if survivor is None or merged is None or holder is None:
        return None
    notes = fetch_all(db, MergeRow, "merge_id = ? ORDER BY id", step.id)
    noted = {(note.ent, note.ent_id) for note in notes if note.how != MADE}
    came = {place for place, owner in naming(db, noted).items() if owner == holder.id}
    came |= _hanging_on(db, step, holder.id, noted)
    made = [fetch(db, Consent, "id = ?", note.ent_id) for note in notes if note.how == MADE]
    return Parting(
        merge=step,
        survivor=survivor,
        merged=merged,
        holder_id=holder.id,
        rows=tuple(sorted(place for place in came if place[0] != "tag")),
        tags=tuple(tag for tag in tags(db, holder.id) if ("tag", tag.id) in came),
        nested=tuple(person for _, person in into(db, merged.id)),
        made=tuple(consent for consent in made if consent is not None),
        entries=notes + _further_out(db, step, came),
        since=fetch_all(
            db, Merge, "survivor_id = ? AND undone_at IS NULL AND id > ? ORDER BY id", step.survivor_id, step.id
        ),
        known_apart=are_apart(db, survivor.id, merged.id),
    )


def _hanging_on(db: sqlite3.Connection, step: Merge, holder_id: str, noted: set[Place]) -> set[Place]:
    """Rows of the holder that came after the merge and hang on rows that came with it.

    Ids of rows sort by the moment they were made, so the survivor's own rows of before are told from later ones.
    """
    later, orders = [], set()
    for kind, key, on, what in db.execute(_HANGING, {"who": holder_id}):
        if (kind, key) not in noted and key > step.id:
            later.append(Hanging(kind, key, (on, what)))
        elif kind == "purchase" and (kind, key) in noted:
            orders.add(what)
    return theirs(noted, orders, later)


def _further_out(db: sqlite3.Connection, step: Merge, came: set[Place]) -> tuple[MergeRow, ...]:
    """The notes that later merges of the survivor made about rows that go: those merges no longer hold them."""
    outer = {other.id for other in chain(db, step.survivor_id)}
    if not outer:
        return ()
    return tuple(
        note
        for kind, key in sorted(came)
        for note in fetch_all(db, MergeRow, "ent = ? AND ent_id = ? ORDER BY id", kind, key)
        if note.merge_id in outer
    )
