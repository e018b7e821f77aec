"""The verbs about feedback: asking at the right moment, writing an answer down, bringing a file of answers in."""

from pathlib import Path
from typing import TYPE_CHECKING

from cxdesk.desk.result import Done, Refused
from cxdesk.desk.writer import Writer
from cxdesk.domain import asking
from cxdesk.domain.afterwards import FeedbackAsk
from cxdesk.domain.asking import Asking
from cxdesk.domain.changes import Change, Edit, insert
from cxdesk.domain.feedback import SCALES, Scale, Score, fits, score
from cxdesk.domain.inert import inert_line
from cxdesk.domain.moments import DAY, MINUTE
from cxdesk.domain.records import Customer, Feedback, Ticket
from cxdesk.domain.words import Language
from cxdesk.storage import feedback as stored
from cxdesk.storage import people

if TYPE_CHECKING:
    from cxdesk.desk.answers import Brought

__all__ = ["FeedbackDesk"]

_STILL = 10 * MINUTE
"""For so long after a contact its customer is the one who is asked."""


class FeedbackDesk:
    """What can be done with answers on a scale, and with the question itself."""

    def __init__(self, desk: Writer) -> None:
        self._desk = desk

    # -- asking

    def due(self, ticket_id: str) -> Asking:
        """Whether the customer of a ticket should be asked now and on which scale, with the code of the reason."""
        ticket = self._desk.ticket(ticket_id)
        segment = self._desk.read.standing(ticket.customer_id).segment if ticket.customer_id else None
        known = stored.asked_of_ticket(self._desk.db, ticket, segment)
        return asking.due(ticket, known, self._desk.clock(), self._desk.settings.feedback)

    def question(self, scale: str, customer: Customer | None) -> str:
        """The sentence that asks, in the customer's language."""
        from cxdesk.i18n import t_in

        lang = customer.language if customer else Language(self._desk.settings.shop.language)
        if customer is None:
            return t_in(lang, f"feedback.ask.{Scale(scale)}")
        return t_in(lang, "feedback.ask.named", name=customer.name, question=t_in(lang, f"feedback.ask.{Scale(scale)}"))

    def ask(
        self,
        ticket_id: str | None = None,
        *,
        customer_id: str | None = None,
        scale: str = Scale.CSAT,
        also: tuple[Edit, ...] = (),
    ) -> tuple[str, Done]:
        """Ask the customer of a ticket, or a customer: the sentence to say or send, and that it was asked is kept.
        ``also`` are edits that belong to the same act.

        Raises ``Refused`` for nobody (``ask_nobody``), for a customer who wants no contact (``no_contact``), and for
        one who was asked or has answered too lately (``ask_lately``). Whether the moment is right is ``due``'s to
        say.
        """
        if ticket_id is not None:
            customer_id = self._desk.ticket(ticket_id).customer_id
        customer = people.customer(self._desk.db, customer_id) if customer_id else None
        customer = people.living(self._desk.db, customer) if customer else None
        known = stored.asked(self._desk.db, customer.id) if customer else asking.Asked()
        now, rules = self._desk.clock(), self._desk.settings.feedback
        hindrance = asking.may_be_asked(customer.id if customer else None, known, now, rules)
        if customer is None:
            raise Refused("ask_nobody")
        if hindrance is not None and hindrance.why == "no_contact":
            raise Refused("no_contact")
        if hindrance is not None:
            raise Refused("ask_lately", days=rules.again_days)
        stamp = self._desk.stamp()
        kept = FeedbackAsk(stamp.mint(), customer.id, ticket_id, Scale(scale), stamp.at, stamp.agent_id)
        done = self._desk.commit("ask", (insert(kept), *also), (ticket_id,) if ticket_id else (), stamp=stamp)
        return self.question(scale, customer), done

    def just_resolved(self) -> Ticket | None:
        """The contact that this agent ended last, within the minutes in which one still asks how it was."""
        agent = self._desk.agent
        return stored.just_resolved(self._desk.db, agent.id, self._desk.clock() - _STILL) if agent else None

    # -- answers

    def record(
        self, scale: str, value: int, comment: str = "", *, ticket_id: str | None = None, customer_id: str | None = None
    ) -> Done:
        """An answer of the customer. Raises ``Refused`` ``out_of_scale`` for a value that is not on the scale."""
        if not fits(scale, value):
            low, high = SCALES.get(scale, (1, 0))
            raise Refused("out_of_scale", low=low, high=high)
        if ticket_id is not None:
            customer_id = self._desk.ticket(ticket_id).customer_id
        stamp = self._desk.stamp()
        words = inert_line(comment, 2000)
        answer = Feedback(stamp.mint(), customer_id, ticket_id, str(scale), value, stamp.at, words)
        return self._desk.commit("feedback", (insert(answer),), (ticket_id,) if ticket_id else (), stamp=stamp)

    def bring(self, path: Path) -> "Brought":
        """Bring a table of answers in. Raises ``ImportRefused`` for a file that is no such table."""
        from cxdesk.desk.answers import read

        brought = read(self._desk, path)
        edits = tuple(insert(answer) for answer in brought.answers)
        brought.done = self._desk.commit("feedback_import", edits) if edits else Done(Change("feedback_import", ()))
        return brought

    # -- figures

    def scores(self, days: int = 30) -> tuple[Score, ...]:
        """The figure of each scale over so many days up to now; a scale nobody answered on has its counts empty."""
        now = self._desk.clock()
        return self.scores_between(max(0, now - days * DAY), now + 1)

    def scores_between(self, since: int, until: int) -> tuple[Score, ...]:
        """The figure of each scale from ``since`` up to and without ``until``; what is outside a scale is left out."""
        found = stored.counts(self._desk.db, since, until)
        return tuple(
            score(scale, {value: n for value, n in found.get(scale, {}).items() if fits(scale, value)})
            for scale in Scale
        )

    def comments(self, days: int = 30, most: int = 20) -> tuple[tuple[Feedback, str | None], ...]:
        """The newest answers that came with words, each with the customer's name."""
        return stored.comments(self._desk.db, max(0, self._desk.clock() - days * DAY), most)
