"""An incident of a while ago, as it stands in the file: what was said when, whom it touched, and how it ended."""

from collections import Counter
from random import Random

from cxdesk.demo.book import Book
from cxdesk.domain.afterwards import Incident, IncidentEntry, IncidentPerson, IncidentTicket, IncidentWord
from cxdesk.domain.incidents import EntryKind, Form, step
from cxdesk.domain.moments import DAY, HOUR, MINUTE
from cxdesk.domain.records import Ticket
from cxdesk.domain.words import Language, Status, Topic

__all__ = ["past_incident"]

_TEXTS = {
    Language.KO: {
        "title": "배송 조회 멈춤",
        "cause": "택배사 전산 점검이 길어져 송장이 하루 동안 움직이지 않음",
        "happened": "택배사 전산이 멈춰 배송 조회가 하루째 바뀌지 않습니다",
        "known": "상품은 저희 창고를 모두 떠났습니다",
        "unknown": "몇 시에 다시 조회되는지",
        "doing": "택배사와 통화하며 늦어지는 분께 따로 알려 드리고 있습니다",
        "note": "택배사와 통화: 저녁 6시까지 복구한다고 함",
        "first": "택배사 전산이 멈춰 배송 조회가 바뀌지 않고 있습니다. 상품은 모두 출고되었습니다.",
        "second": "아직 복구되지 않았습니다. 택배사는 저녁 6시를 말합니다. 늦어지는 분께는 따로 연락드리겠습니다.",
        "third": "전산이 복구되어 다시 조회하실 수 있습니다. 기다려 주셔서 고맙습니다.",
    },
    Language.EN: {
        "title": "Tracking stood still",
        "cause": "The carrier's maintenance ran over; no parcel moved in its tracking for a day",
        "happened": "The carrier's system is down and tracking has not moved for a day",
        "known": "Every parcel has left our store",
        "unknown": "When tracking will be back",
        "doing": "We are on the phone with the carrier and write to everybody who will be late",
        "note": "Called the carrier: back by six in the evening, they say",
        "first": "The carrier's system is down, so tracking does not move. Every parcel has left our store.",
        "second": "It is not back yet. The carrier says six in the evening. We write to everybody who will be late.",
        "third": "Tracking is back. Thank you for bearing with us.",
    },
}


def past_incident(book: Book, rng: Random) -> None:
    """The day of the last month on which most asked about their delivery becomes the day of an incident."""
    found = _busiest(book)
    if len(found) < 3:
        return
    agent, words = book.agents[0].id, _TEXTS[book.language]
    opened = found[1].arrived_at + 4 * MINUTE
    stamp = book.stamp(opened, agent)
    incident = Incident(
        book.mint(),
        words["title"],
        opened,
        Topic.DELIVERY,
        cause=words["cause"],
        agent_id=agent,
        first_word_at=opened + 9 * MINUTE,
        last_word_at=opened + 78 * MINUTE,
        closed_at=opened + 5 * HOUR,
    )
    book.aftermath += [incident, step(incident, "opened", stamp)]
    book.aftermath += [
        IncidentTicket(book.mint(), incident.id, one.id, max(opened, one.arrived_at), agent) for one in found
    ]
    for minute, check in enumerate(("happened", "known", "unknown", "doing"), 3):
        at = opened + minute * MINUTE
        item = f"{check}.{book.language}"
        book.aftermath.append(
            IncidentEntry(book.mint(), incident.id, EntryKind.CHECK, words[check], at, item, agent_id=agent)
        )
    book.aftermath.append(
        IncidentEntry(book.mint(), incident.id, EntryKind.NOTE, words["note"], opened + 25 * MINUTE, agent_id=agent)
    )
    _speak(book, incident, agent, words)
    _care(book, rng, incident, found)
    book.aftermath.append(step(incident, "closed", book.stamp(opened + 5 * HOUR, agent), n=0))


def _busiest(book: Book) -> list[Ticket]:
    """The settled tickets about delivery of one day, in the order they came."""
    asked = [
        ticket
        for ticket in book.tickets
        if ticket.topic is Topic.DELIVERY and ticket.customer_id and ticket.status is Status.RESOLVED
    ]
    days = Counter((book.now - ticket.arrived_at) // DAY for ticket in asked if book.now - ticket.arrived_at > 3 * DAY)
    day = min(days, key=lambda day: (-days[day], day), default=0)
    return sorted((t for t in asked if (book.now - t.arrived_at) // DAY == day), key=lambda t: t.arrived_at)


def _speak(book: Book, incident: Incident, agent: str, words: dict[str, str]) -> None:
    """Three words: the first in time, the second too, the third twelve minutes late."""
    due = incident.opened_at + 15 * MINUTE
    for after, text in ((9, "first"), (36, "second"), (78, "third")):
        at = incident.opened_at + after * MINUTE
        word = IncidentWord(book.mint(), incident.id, Form.WRITE, book.language, words[text], at, agent)
        item = f"{Form.WRITE}.{book.language}"
        book.aftermath += [
            word,
            IncidentEntry(book.mint(), incident.id, EntryKind.WORD, word.body, at, item, due, agent),
        ]
        due = at + 30 * MINUTE


def _care(book: Book, rng: Random, incident: Incident, found: list[Ticket]) -> None:
    """Everybody who came was told, most were called again afterwards, some asked how it was."""
    closed = incident.closed_at or incident.opened_at
    people = dict.fromkeys(ticket.customer_id for ticket in found if ticket.customer_id)
    for customer_id in people:
        told = incident.opened_at + rng.randrange(10, 60) * MINUTE
        cared = closed + rng.randrange(1, 20) * HOUR if rng.random() < 0.7 else None
        asked = cared + DAY if cared is not None and rng.random() < 0.6 else None
        book.aftermath.append(IncidentPerson(book.mint(), incident.id, customer_id, "ticket", told, cared, asked))
