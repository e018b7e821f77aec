"""Everything one look at an open ticket needs: the conversation, the customer's memory, the sentence, the lines."""

from dataclasses import replace
from typing import TYPE_CHECKING

from cxdesk.domain.memory import Memory
from cxdesk.domain.values import dataclass
from cxdesk.domain.views import Estimate, Sounds, Thread
from cxdesk.domain.words import Language, MessageKind, Stage, Status

if TYPE_CHECKING:
    from cxdesk.desk.desk import Desk
    from cxdesk.desk.phrases import Phrases
    from cxdesk.domain.afterwards import Incident
    from cxdesk.domain.suggesting import Suggestion
    from cxdesk.empathy.choose import Offer
    from cxdesk.empathy.hearing.result import Heard
    from cxdesk.empathy.library import Line

__all__ = ["Look", "look"]


@dataclass(frozen=True, slots=True)
class Look:
    """One ticket as it stands now. ``language`` is the customer's; ``alike`` counts who else could be them;
    ``incident`` is the open one it belongs to."""

    thread: Thread
    memory: Memory | None
    sayable: str | None
    offers: "tuple[Offer, ...]"
    language: Language
    sounds: Sounds | None = None
    next_stage: Stage | None = None
    suggestions: "tuple[Suggestion, ...]" = ()
    alike: int = 0
    incident: "Incident | None" = None

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
        memory = desk.read.memory(ticket.customer_id, but=ticket.id, known=thread.customer)
    found = Look(thread, memory, None, (), language)
    if phrases is None:
        return found
    from cxdesk.empathy.flow import next_stage

    said = next((m for m in reversed(thread.messages) if m.kind is MessageKind.CUSTOMER), None)
    heard = desk.listening.heard(said.body) if said else None
    promised = any(promise.state == "open" for promise in thread.promises)
    incident = desk.incidents.of(ticket.id)
    found = replace(
        found,
        offers=phrases.offers(
            desk.db,
            thread,
            memory,
            lang=language,
            now=now,
            agent=desk.agent.name if desk.agent else "",
            shop=desk.settings.shop.name,
            wait=_seconds(desk.waits.outlook.waits.get(ticket.id)) if ticket.status is Status.WAITING else None,
            heard=heard,
            crisis=incident is not None,
            approved=_approved(desk, incident, thread, language) if incident else None,
        ),
        incident=incident,
        sayable=phrases.sayable(memory, language, now),
        sounds=_sounds(said.id, heard) if said and heard else None,
        next_stage=next_stage(ticket, thread.messages, phrases.stage_of, promised=promised),
    )
    closing = _closing(desk, ticket.id) if promised or (memory and memory.promises) else ()
    if memory is None:
        return replace(found, suggestions=closing)
    suggestions = (*closing, *desk.suggesting.of(memory, ticket))
    return replace(found, suggestions=suggestions, alike=len(desk.merging.alike(memory)))


def _closing(desk: "Desk", ticket_id: str) -> "tuple[Suggestion, ...]":
    """A promise that the customer made needless by coming first may be closed."""
    from cxdesk.domain.suggesting import Suggestion

    at_hand = desk.promises.at_hand(ticket_id)
    if at_hand is None or at_hand.answered_at is None:
        return ()
    return (Suggestion("answered", promise=at_hand.promise.what),)


def _approved(desk: "Desk", incident: "Incident", thread: Thread, language: Language) -> "Line | None":
    """What may be said of the incident behind a ticket."""
    named = thread.customer is not None
    return desk.incidents.candid.approved(incident, thread.ticket.channel, language, named=named)


def _sounds(message_id: str, heard: "Heard") -> Sounds:
    spans = tuple(sorted({(reason.start, reason.end) for reason in heard.reasons}))
    return Sounds(
        message_id,
        heard.emotion,
        heard.intensity,
        heard.urgency,
        heard.topic,
        heard.abuse,
        heard.confidence,
        spans,
    )


def _seconds(wait: Estimate | None) -> tuple[int, int, int] | None:
    """The range that a line may quote; nothing when it could mislead."""
    return (int(wait.low), int(wait.expected), int(wait.high)) if wait and wait.known else None
