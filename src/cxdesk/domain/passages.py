"""One person's way: what they did and what was done for them, each in its stage, oldest first."""

from collections.abc import Iterable, Sequence

from cxdesk.domain.durations import Lengths, bin_of, lengths
from cxdesk.domain.journey import VALENCE, Step, Way, answer_stage, contact_stage, order_stage
from cxdesk.domain.records import Feedback, Purchase, Ticket
from cxdesk.domain.timeline import Event
from cxdesk.domain.values import dataclass

__all__ = ["Passage", "Stretch", "passages", "stretches"]


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that happened, and the stage and rule it falls under."""

    event: Event
    step: Step

    @property
    def feelings(self) -> tuple[int, ...]:
        """How good it felt, from -2 to 2, at the start and at the end as far as it is known."""
        record = self.event.record
        if not isinstance(record, Ticket):
            return ()
        return tuple(VALENCE[feeling] for feeling in (record.emotion or record.heard, record.feeling_after) if feeling)


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stage of a person's way: what happened in it, the usual wait, and the feelings one after the other."""

    way: Way
    passages: tuple[Passage, ...]
    contacts: int
    wait: Lengths | None
    feelings: tuple[int, ...]
    answers: tuple[Feedback, ...]


def passages(events: Iterable[Event]) -> tuple[Passage, ...]:
    """Purchases, contacts and answers in their stages, oldest first; notes and promises are no step of the way."""
    ordered = sorted(events, key=lambda event: event.mark)
    bought = [event.record.ordered_at for event in ordered if _is_order(event.record)]  # type: ignore[union-attr]
    contacts = {
        event.record.id: contact_stage(
            event.record.topic, event.record.segment, known=event.record.customer_id is not None
        )
        for event in ordered
        if isinstance(event.record, Ticket)
    }
    found = []
    for event in ordered:
        step = _step(event, bought[0] if bought else None, contacts)
        if step is not None:
            found.append(Passage(event, step))
    return tuple(found)


def _is_order(record: object) -> bool:
    return isinstance(record, Purchase) and order_stage(record, None).way is Way.PURCHASE


def _step(event: Event, first_at: int | None, contacts: dict[str, Step]) -> Step | None:
    match event.record:
        case Purchase() as bought:
            return order_stage(bought, first_at)
        case Ticket() as ticket:
            return contacts[ticket.id]
        case Feedback() as answer:
            return answer_stage(answer.scale, answer.value, contacts.get(answer.ticket_id or ""))
    return None


def stretches(found: Sequence[Passage]) -> tuple[Stretch, ...]:
    """Every stage in order, with what of a person's way is in it."""
    return tuple(_stretch(way, tuple(one for one in found if one.step.way is way)) for way in Way)


def _stretch(way: Way, mine: tuple[Passage, ...]) -> Stretch:
    tickets = [one.event.record for one in mine if isinstance(one.event.record, Ticket)]
    waits: dict[int, int] = {}
    for ticket in tickets:
        if ticket.taken_at is not None:
            waited = bin_of((ticket.taken_at - ticket.waiting_since) / 1000)
            waits[waited] = waits.get(waited, 0) + 1
    return Stretch(
        way,
        mine,
        len(tickets),
        lengths(waits),
        tuple(feeling for one in mine for feeling in one.feelings),
        tuple(one.event.record for one in mine if isinstance(one.event.record, Feedback)),
    )
