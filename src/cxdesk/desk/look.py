"""Everything one look at an open ticket needs: the conversation, the customer's memory, the sentence, the lines."""

from typing import TYPE_CHECKING

from cxdesk.domain.memory import Memory
from cxdesk.domain.values import dataclass
from cxdesk.domain.views import Estimate, Thread
from cxdesk.domain.words import Language, Status

if TYPE_CHECKING:
    from cxdesk.desk.desk import Desk
    from cxdesk.desk.phrases import Phrases
    from cxdesk.empathy.choose import Offer

__all__ = ["Look", "look"]


@dataclass(frozen=True, slots=True)
class Look:
    """One ticket as it stands now. ``language`` is the customer's."""

    thread: Thread
    memory: Memory | None
    sayable: str | None
    offers: "tuple[Offer, ...]"
    language: Language

    @property
    def id(self) -> str:
        """The ticket's id."""
        return self.thread.ticket.id

    @property
    def customer_id(self) -> str | None:
        """Whose ticket it is."""
        return self.thread.ticket.customer_id


def look(desk: "Desk", phrases: "Phrases | None", ticket_id: str) -> Look | None:
    """Read a ticket; ``None`` when there is no such one. Without ``phrases`` there is no sentence and no line."""
    thread = desk.read.thread(ticket_id)
    if thread is None:
        return None
    now, ticket = desk.clock(), thread.ticket
    language = thread.customer.language if thread.customer else Language(desk.settings.shop.language)
    memory = None
    if ticket.customer_id:
        memory = desk.read.memory(ticket.customer_id, but=ticket.id)
    if phrases is None:
        return Look(thread, memory, None, (), language)
    offers = phrases.offers(
        desk.db,
        thread,
        memory,
        lang=language,
        now=now,
        agent=desk.agent.name if desk.agent else "",
        shop=desk.settings.shop.name,
        wait=_seconds(desk.waits.outlook.waits.get(ticket.id)) if ticket.status is Status.WAITING else None,
    )
    return Look(thread, memory, phrases.sayable(memory, language, now), offers, language)


def _seconds(wait: Estimate | None) -> tuple[int, int, int] | None:
    """The range that a line may quote; nothing when it could mislead."""
    return (int(wait.low), int(wait.expected), int(wait.high)) if wait and wait.known else None
