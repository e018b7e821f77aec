"""When mails are likely to be answered: they have no place in line, only working hours that pass (WAIT.md 5.1.8)."""

import sqlite3

from cxdesk.domain.hours import Hours
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Ticket
from cxdesk.domain.views import Estimate
from cxdesk.storage import history
from cxdesk.wait import Calendar, ReplyModel

__all__ = ["Replies"]

_MOST = 300
_AHEAD = 60 * DAY


class Replies:
    """First replies to mail, learned from the latest ones; the calendar reaches two months ahead of ``now``."""

    def __init__(self, db: sqlite3.Connection, hours: Hours, now: int) -> None:
        mails = history.mail_replies(db, _MOST)
        first = min((came for _, _, came, _, _ in mails), default=now)
        windows = hours.between(first, now + _AHEAD)
        self._model = ReplyModel(Calendar((opens / 1000, closes / 1000) for opens, closes in windows))
        for topic, priority, came, answered, given_up in mails:
            end = answered or given_up or now
            self._model.learn(came / 1000, end / 1000, group=topic, priority=priority, replied=answered is not None)

    def estimate(self, ticket: Ticket, now: int) -> Estimate | None:
        """Seconds of real time until the first reply; ``None`` when it would come after everything foreseen."""
        reply = self._model.estimate(
            ticket.waiting_since / 1000, now / 1000, group=ticket.topic, priority=ticket.priority
        )
        if reply.p10_at is None or reply.p50_at is None or reply.p90_at is None:
            return None
        low, expected, high = (max(0.0, at - now / 1000) for at in (reply.p10_at, reply.p50_at, reply.p90_at))
        return Estimate(low, expected, high, reply.state, basis=reply.n)
