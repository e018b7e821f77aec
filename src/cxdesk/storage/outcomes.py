"""The contacts in which a line was said, and what is known of how they ended, straight from the rows.

Nothing is kept beside the rows: one statement over an index of the replies that came from a line finds them all. It
reads up to a year, so it belongs on a thread and never on the path of a key.
"""

import sqlite3
from collections.abc import Iterator

from cxdesk.domain.moments import DAY
from cxdesk.domain.outcomes import AGAIN, Contact
from cxdesk.domain.words import Emotion

__all__ = ["contacts"]

_REMEMBERED = 365 * DAY
"""Customers, goods and agents change: what worked longer ago says little about today."""

# A line said twice in one contact is one outcome. Praise that comes within the week is no sign of trouble.
_CONTACTS = f"""
WITH said AS (
    SELECT DISTINCT script_id, ticket_id FROM message WHERE script_id IS NOT NULL AND at >= :since
)
SELECT s.script_id, coalesce(t.emotion, t.heard), t.feeling_after,
       CASE WHEN t.customer_id IS NULL OR t.resolved_at IS NULL THEN NULL
            WHEN EXISTS (SELECT 1 FROM ticket AS later WHERE later.customer_id = t.customer_id
                            AND later.arrived_at > t.resolved_at AND later.arrived_at <= t.resolved_at + {AGAIN}
                            AND later.topic <> 'praise') THEN 1
            WHEN t.resolved_at + {AGAIN} <= :now THEN 0 END,
       (SELECT group_concat(f.scale || ' ' || f.value) FROM feedback AS f
         WHERE f.customer_id IS t.customer_id AND f.ticket_id = t.id)
  FROM said AS s JOIN ticket AS t ON t.id = s.ticket_id
"""  # noqa: S608 - a number of ours


def contacts(db: sqlite3.Connection, now: int) -> Iterator[Contact]:
    """Every contact of the last year in which a line was said, once for each of its lines."""
    for line_id, before, after, again, answers in db.execute(_CONTACTS, {"since": now - _REMEMBERED, "now": now}):
        yield Contact(
            line_id,
            tuple(_answer(one) for one in answers.split(",")) if answers else (),
            Emotion(before) if before else None,
            Emotion(after) if after else None,
            None if again is None else bool(again),
        )


def _answer(text: str) -> tuple[str, int]:
    scale, value = text.split()
    return scale, int(value)
