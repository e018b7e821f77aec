"""The desk now as JSON: who waits, who is served, who is on duty."""

from __future__ import annotations

import math
from bisect import insort

from cxdesk.wait.floor import Contact, Floor
from cxdesk.wait.learning import numbers


def dump_floor(floor: Floor) -> dict[str, object]:
    """Contacts in the order they came, and seats."""
    return {
        "seq": floor._seq,
        "since": dict(floor.topic_since),
        "contacts": [
            [
                *(c.id, c.cls, c.topic, c.channel, c.phase, c.agent, c.waited),
                [c.arrived, c.since, c.served, float(c.key[2])],
                list(c.forecast) if c.forecast is not None else None,
            ]
            for c in floor.contacts.values()
        ],
        "seats": [
            [
                s.name,
                s.state,
                sorted(s.skills) if s.skills is not None else None,
                [[a, b if math.isfinite(b) else None] for a, b in s.spans],
                [c.id for c in s.active],
                s.trial,
                s.until,
                [s.since, float(s.peak), float(s.below_peak), s.speed_n, s.speed_sum],
                max(s.booked, -1e18),
            ]
            for s in floor.seats.values()
        ],
    }


def load_floor(floor: Floor, value: object) -> None:
    """Fill an empty floor; rows that cannot be read are skipped."""
    if not isinstance(value, dict):
        return
    for row in _rows(value.get("contacts"), 9):
        _contact(floor, row)
    for row in _rows(value.get("seats"), 9):
        _seat(floor, row)
    since = value.get("since")
    for topic, at in since.items() if isinstance(since, dict) else ():
        if topic in floor.waiting_by_topic and (one := numbers([at], 1)) is not None:
            floor.topic_since[topic] = one[0]
    if (seq := numbers([value.get("seq")], 1)) is not None:
        floor._seq = max(floor._seq, int(seq[0]))


def _rows(value: object, width: int) -> list[list[object]]:
    rows = value if isinstance(value, list) else []
    return [row for row in rows if isinstance(row, list) and len(row) == width]


def _contact(floor: Floor, row: list[object]) -> None:
    times = numbers(row[7], 4)
    phase = row[4]
    if times is None or not isinstance(row[0], str) or row[0] in floor.contacts:
        return
    cls, topic, channel, agent = (str(x) for x in (row[1], row[2], row[3], row[5]))
    key = (*floor.policy.key(cls, times[0]), int(times[3]))
    contact = Contact(row[0], cls, topic, channel, times[0], key, agent=agent, waited=row[6] is True)
    contact.since, contact.served = times[1], times[2]
    forecast = numbers(row[8], 9)
    contact.forecast = tuple(forecast) if forecast is not None else None
    floor.contacts[contact.id] = contact
    if phase == "waiting":
        insort(floor.order, (*key, contact))
        floor.waiting_by_topic[topic] = floor.waiting_by_topic.get(topic, 0) + 1
        floor.topic_since[topic] = min(floor.topic_since.get(topic, times[0]), times[0])
    else:
        contact.phase = "parked"
    floor._seq = max(floor._seq, key[2])


def _seat(floor: Floor, row: list[object]) -> None:
    figures = numbers(row[7], 5)
    state = row[1]
    if figures is None or not isinstance(row[0], str) or state not in ("on", "break", "off"):
        return
    seat = floor.seat(row[0], figures[0])
    seat.state = "on" if state == "on" else "break" if state == "break" else "off"
    seat.skills = frozenset(str(x) for x in row[2]) if isinstance(row[2], list) else None
    for span in row[3] if isinstance(row[3], list) else []:
        if isinstance(span, list) and len(span) == 2 and (a := numbers(span[:1], 1)) is not None:
            b = numbers(span[1:], 1)
            seat.spans.append((a[0], b[0] if b is not None else math.inf))
    for cid in row[4] if isinstance(row[4], list) else []:
        contact = floor.contacts.get(str(cid))
        if contact is not None and contact.phase == "parked" and contact.agent == seat.name:
            contact.phase = "active"
            seat.active.append(contact)
    seat.trial = row[5] is True
    until = numbers([row[6]], 1)
    seat.until = until[0] if until is not None else None
    if (booked := numbers([row[8]], 1)) is not None:
        seat.booked = booked[0]
    seat.peak, seat.below_peak = max(1, int(figures[1])), int(figures[2])
    seat.speed_n, seat.speed_sum = figures[3], figures[4]
