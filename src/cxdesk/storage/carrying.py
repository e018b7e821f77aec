"""The one way edits get into the tables, whether somebody at this desk made them or another desk did.

Rows, search words, figures and the list of customers move together; what tells other desks (``outbox``) and what takes
a change back (``change_log``) is the business of whoever commits a change of this desk's own.
"""

import sqlite3

from cxdesk.domain.changes import Change, Delete, Insert, Update
from cxdesk.storage import figures, merges, roster, search, summaries
from cxdesk.storage.faults import Stale
from cxdesk.storage.rows import delete_sql, insert_sql, update_sql

__all__ = ["carry_out"]


def carry_out(db: sqlite3.Connection, change: Change, zone: str, *, of_others: bool = False) -> None:
    """Write the edits, inside the caller's transaction. Raises ``Stale`` when a row is not as an edit expects it.

    What other desks did (``of_others``) has happened, also where this desk would have refused it.
    """
    for edit in change.edits:
        match edit:
            case Insert(kind, row):
                db.execute(insert_sql(kind), row)
            case Delete(kind, row):
                # Whoever others were merged into holds what those had; to take them away would lose it.
                survives = not of_others and kind == "customer" and merges.survives(db, edit.id)
                if survives or db.execute(delete_sql(kind), row).rowcount != 1:
                    raise Stale(kind, edit.id)
            case Update(kind, key, before, after):
                sql = update_sql(kind, tuple(after))
                values = (*after.values(), key, *(before[name] for name in after))
                if db.execute(sql, values).rowcount != 1:
                    raise Stale(kind, key)
        search.follow(db, edit)
    summaries.refresh(db, change)
    figures.refresh(db, change, zone)
    roster.refresh(db, change)
