"""Reading what is known of a person, and who works here."""

import sqlite3
from collections.abc import Callable

from cxdesk.domain.memory import Contact, Memory
from cxdesk.domain.records import (
    Agent,
    Consent,
    Customer,
    FollowUp,
    Identity,
    Note,
    Preference,
    Purchase,
    Shift,
    SpecialDay,
    Tag,
)
from cxdesk.domain.segments import Rules, Standing, stand
from cxdesk.domain.views import Duty
from cxdesk.domain.words import Channel, Emotion, Status, Topic
from cxdesk.storage import summaries
from cxdesk.storage.rows import fetch, fetch_all

__all__ = [
    "FEW",
    "agent_named",
    "agents",
    "consents",
    "customer",
    "customers",
    "duties",
    "history",
    "living",
    "memory",
    "open_shift",
    "preferences",
    "shifts_since",
    "standing",
    "wordings",
]

FEW = 8
"""How much of each kind a glance takes in."""
_OF_EVERY_KIND = 40
"""Preferences read to find the newest of each kind."""


def customer(db: sqlite3.Connection, customer_id: str) -> Customer | None:
    """One person."""
    return fetch(db, Customer, "id = ?", customer_id)


def living(db: sqlite3.Connection, person: Customer) -> Customer:
    """The person themselves, or who they were merged into."""
    if person.merged_into is None:
        return person
    from cxdesk.storage.merges import heir

    return heir(db, person.merged_into) or person


def customers(db: sqlite3.Connection, ids: list[str]) -> list[tuple[Customer, str | None]]:
    """These people, in this order, each with a phone number to tell namesakes apart."""
    found = []
    for key in ids:
        if person := customer(db, key):
            phone = fetch(db, Identity, "customer_id = ? AND kind = 'phone'", key)
            found.append((person, phone.shown if phone else None))
    return found


def standing(db: sqlite3.Connection, customer_id: str, now: int, rules: Rules) -> Standing:
    """The customer's segment, from the kept summary."""
    return stand(summaries.of(db, customer_id), now, rules)


def memory(
    db: sqlite3.Connection,
    customer_id: str,
    now: int,
    rules: Rules,
    *,
    few: int = FEW,
    but: str | None = None,
    person: Customer | None = None,
) -> Memory | None:
    """Everything one glance needs, ``few`` of each; ``but`` is the ticket on screen, which is no memory yet.
    ``person`` is the customer where they have just been read."""
    person = person or customer(db, customer_id)
    if person is None:
        return None
    from cxdesk.domain.consents import forbidden
    from cxdesk.domain.preferences import newest

    person = living(db, person)
    customer_id = person.id
    known = fetch_all(db, Preference, "customer_id = ? ORDER BY noted_at DESC LIMIT ?", customer_id, _OF_EVERY_KIND)
    return Memory(
        customer=person,
        standing=standing(db, customer_id, now, rules),
        identities=fetch_all(db, Identity, "customer_id = ? ORDER BY kind DESC, created_at", customer_id),
        purchases=fetch_all(
            db, Purchase, "customer_id = ? ORDER BY ordered_at DESC, id DESC LIMIT ?", customer_id, few
        ),
        preferences=newest(known)[:few],
        notes=fetch_all(
            db,
            Note,
            "customer_id = ? AND id NOT IN (SELECT amends FROM note WHERE customer_id = ? AND amends IS NOT NULL)"
            " ORDER BY created_at DESC LIMIT ?",
            customer_id,
            customer_id,
            few,
        ),
        contacts=_contacts(db, customer_id, few, but),
        promises=fetch_all(db, FollowUp, "customer_id = ? AND state = 'open' ORDER BY due_at", customer_id),
        tags=fetch_all(db, Tag, "ent = 'customer' AND ent_id = ? ORDER BY at", customer_id),
        days=fetch_all(db, SpecialDay, "customer_id = ? ORDER BY noted_at DESC, id DESC", customer_id),
        forbidden=forbidden(consents(db, customer_id)),
    )


def history(db: sqlite3.Connection, customer_id: str, most: int = 200) -> tuple[Purchase, ...]:
    """The latest purchases, the newest first."""
    where = "customer_id = ? ORDER BY ordered_at DESC, id DESC LIMIT ?"
    return fetch_all(db, Purchase, where, customer_id, most)


def consents(db: sqlite3.Connection, customer_id: str) -> tuple[Consent, ...]:
    """What a customer said about being contacted, oldest first."""
    return fetch_all(db, Consent, "customer_id = ? ORDER BY at, id", customer_id)


def preferences(
    db: sqlite3.Connection, customer_id: str, wanted: Callable[[Preference], bool]
) -> tuple[Preference, ...]:
    """Those of a customer's preferences that are wanted, the oldest too."""
    return tuple(one for one in fetch_all(db, Preference, "customer_id = ?", customer_id) if wanted(one))


def wordings(db: sqlite3.Connection, note: Note) -> tuple[Note, ...]:
    """What a note said before it was corrected, the latest wording first, itself included."""
    found = [note]
    while (older := found[-1].amends) is not None and (earlier := fetch(db, Note, "id = ?", older)) is not None:
        found.append(earlier)
    return tuple(found)


def _contacts(db: sqlite3.Connection, customer_id: str, few: int, but: str | None) -> tuple[Contact, ...]:
    found = db.execute(
        "SELECT id, number, arrived_at, channel, topic, status, emotion, intensity, feeling_after FROM ticket"
        " WHERE customer_id = ? AND id IS NOT ? ORDER BY arrived_at DESC LIMIT ?",
        (customer_id, but, few),
    )
    return tuple(
        Contact(
            key,
            number,
            at,
            Channel(channel),
            Topic(topic),
            Status(status),
            Emotion(emotion) if emotion else None,
            intensity,
            Emotion(after) if after else None,
        )
        for key, number, at, channel, topic, status, emotion, intensity, after in found
    )


def agents(db: sqlite3.Connection) -> tuple[Agent, ...]:
    """Who works here, by name."""
    return fetch_all(db, Agent, "active = 1 ORDER BY name")


def agent_named(db: sqlite3.Connection, name: str) -> Agent | None:
    """The agent called exactly this."""
    return fetch(db, Agent, "name = ? AND active = 1", name)


def open_shift(db: sqlite3.Connection, agent_id: str) -> Shift | None:
    """The stretch of duty or break an agent is in."""
    return fetch(db, Shift, "ended_at IS NULL AND agent_id = ? ORDER BY started_at DESC", agent_id)


def shifts_since(db: sqlite3.Connection, start: int) -> tuple[Shift, ...]:
    """Stretches of duty and break that had not ended before ``start``."""
    return fetch_all(db, Shift, "ended_at IS NULL OR ended_at >= ? ORDER BY started_at", start)


def duties(db: sqlite3.Connection) -> tuple[Duty, ...]:
    """Every agent with their shift and what they have in hand."""
    shifts = {shift.agent_id: shift for shift in fetch_all(db, Shift, "ended_at IS NULL ORDER BY started_at")}
    busy = dict(
        db.execute("SELECT assignee, count(*) FROM ticket WHERE status = 'active' GROUP BY assignee").fetchall()
    )
    return tuple(Duty(agent, shifts.get(agent.id), busy.get(agent.id, 0)) for agent in agents(db))
