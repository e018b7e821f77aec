"""The verbs about a wait: saying how long it will be, why, and agreeing on a call instead."""

from dataclasses import replace

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.telling import Around, Told, told, told_mail
from cxdesk.desk.writer import Writer
from cxdesk.domain import moments, promises, tickets
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.inert import inert_line
from cxdesk.domain.records import FollowUp, Quote, Ticket
from cxdesk.domain.waits import Why
from cxdesk.domain.words import Channel, Language, Status
from cxdesk.i18n import t_in
from cxdesk.storage import queue
from cxdesk.storage import tickets as stored

__all__ = ["Quotes"]

_NAMED = 4
"""How many of those ahead are named."""
_OFTEN = 0.5
"""Expected people passing from which a customer is told that the order may change."""


class Quotes:
    """What customers are told of their wait."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    def saying(self, ticket_id: str) -> Told | None:
        """What this waiting customer could be told now, in their language; nothing for one who is being served."""
        ticket = self._desk.ticket(ticket_id)
        if ticket.status is not Status.WAITING:
            return None
        desk, now, lang = self._desk, self._desk.clock(), self._desk.language_of(ticket)
        if ticket.channel is Channel.MAIL:
            by = told_mail(desk.waits.reply_by(ticket, now), lang, now, desk.zone)
            if by is not None:
                return by
        wait = desk.waits.estimate(ticket, now)
        return told(wait, lang, now, ticket, self._around(ticket, lang, now))

    def tell(self, ticket_id: str) -> tuple[Told, Done]:
        """Tell the wait: the sentence, and the quote kept for later. Raises ``Refused`` when there is none to tell."""
        saying = self.saying(ticket_id)
        if saying is None:
            raise Refused("not_waiting")
        if saying.low is None or saying.high is None or saying.expected is None:
            return saying, Done(Change("wait", ()))
        ticket, stamp = self._desk.ticket(ticket_id), self._desk.stamp()
        quote = Quote(
            id=stamp.mint(),
            ticket_id=ticket.id,
            customer_id=ticket.customer_id,
            low=saying.low,
            expected=saying.expected,
            high=saying.high,
            method="mail" if ticket.channel is Channel.MAIL else saying.state,
            basis=saying.basis,
            told_at=stamp.at,
            sentence=saying.sentence,
            agent_id=stamp.agent_id,
        )
        return saying, self._desk.commit("wait", tickets.quote(ticket, quote), (ticket.id,))

    def call_back(self, ticket_id: str, text: str) -> tuple[FollowUp, Done]:
        """Agree on a call instead of the wait: a promise, and the ticket put aside until then, in one act.

        Raises ``Refused`` when no time can be read in ``text`` or nobody waits. What was told before is left
        unanswered: that wait neither came true nor failed to.
        """
        from cxdesk.domain.due import read_due

        desk, ticket = self._desk, self._desk.ticket(ticket_id)
        due = read_due(inert_line(text), desk.clock(), desk.zone)
        if due is None:
            raise Refused("no_time")
        if ticket.status is not Status.WAITING:
            raise Refused("not_waiting")
        stamp = desk.stamp()
        what = due.what or t_in(Language(desk.settings.shop.language), "promise.call")
        made = promises.make(replace(due, what=what), ticket.customer_id, ticket.id, stamp)
        edits = (insert(made), *tickets.hold(ticket, stamp, due.at))
        return made, desk.commit("call_back", edits, (ticket.id,))

    def why(self, ticket_id: str) -> Why | None:
        """Why the estimate of a waiting ticket is what it is; ``None`` before anything is known."""
        desk, ticket, now = self._desk, self._desk.ticket(ticket_id), self._desk.clock()
        found = desk.waits.explain(ticket, now)
        if found is None:
            return None
        return Why(
            state=found.state,
            position=found.position,
            ahead=queue.ahead(desk.db, ticket, _NAMED),
            may_leave=found.may_leave,
            may_overtake=found.may_overtake,
            agents_on=found.agents_on,
            agents_busy=found.agents_busy,
            agents_away=found.agents_away,
            serving=tuple((name, (now - since) // 1000) for name, since in queue.serving(desk.db)),
            service_s=found.mean_service_s,
            drift=found.drift,
            next_free_s=found.next_free_s,
            back_at=round(1000 * found.next_back_at) if found.next_back_at else None,
            forgotten=tuple(duty.agent.name for duty in desk.read.duties() if duty.agent.id in desk.waits.forgotten),
            n=found.n_services,
        )

    def _around(self, ticket: Ticket, lang: Language, now: int) -> Around:
        desk, hours = self._desk, self._desk.waits.hours
        found = desk.waits.explain(ticket, now)
        is_open, closes, opens = hours.open_at(now), hours.closes(now), hours.opens(now)
        back = [duty.shift.planned_until for duty in desk.read.duties() if duty.shift]
        soonest = min((at for at in (*back, None if is_open else opens) if at is not None and at > now), default=None)

        def words(at: int) -> str:
            return moments.when(at, desk.zone, lang, now)

        return Around(
            open=is_open,
            back=words(soonest) if soonest else None,
            closes=(words(closes), (closes - now) / 1000, words(opens)) if closes and opens else None,
            last=stored.last_quote(desk.db, ticket.id),
            passed=found is not None and found.may_overtake >= _OFTEN,
        )
