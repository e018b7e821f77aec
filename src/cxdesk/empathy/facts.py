"""What is known for sure, as the facts a line may use. What is not known is left out, and so is what cannot be said.

The facts and their names are listed in ``check.KNOWN``; values are text, whole numbers, and instants.
"""

from collections.abc import Callable, Iterable

from cxdesk.domain.memory import Contact, Memory
from cxdesk.domain.moments import DAY, MINUTE, Instant
from cxdesk.domain.records import FollowUp, Preference, Purchase, Ticket
from cxdesk.domain.words import PurchaseState, Topic
from cxdesk.empathy.engine import Facts
from cxdesk.empathy.spoken import person_name, product_name

__all__ = ["facts_of", "purchase_about"]

# Older than this, an order is not what today's call is about.
_CURRENT = 60 * DAY
_USED_AFTER = 5 * DAY
_REMEMBERED = 200 * DAY
_LONGEST_PROMISE = 40

_MOVING = (PurchaseState.SHIPPING, PurchaseState.PAID)
_GONE = (PurchaseState.RETURNED, PurchaseState.CANCELLED)
_AFTER_ARRIVAL = (Topic.DEFECT, Topic.REFUND)
_ABOUT_THE_ORDER = (*_AFTER_ARRIVAL, Topic.DELIVERY, Topic.PAYMENT)

# Shops type preference keys in their own words; lines ask by these.
_KEYS = {"사이즈": "size", "치수": "size", "색": "color", "색상": "color", "연락": "contact", "연락방법": "contact"}

Values = dict[str, str | int]


def facts_of(
    memory: Memory | None,
    ticket: Ticket,
    *,
    agent_name: str,
    shop_name: str,
    now: Instant,
    wait: tuple[int, int, int] | None,
    commit: FollowUp | None,
    label: Callable[[str], str],
) -> Facts:
    """The facts of one contact.

    ``wait`` is low, expected, high in seconds. ``label`` turns a vocabulary key (``topic.delivery``,
    ``purchase_state.shipping``) into the word of the customer's language; a key it does not know may come back as is.
    """
    facts: dict[str, Values] = {
        "agent": {"name": agent_name},
        "shop": {"name": shop_name},
        "ticket": _ticket(ticket, now, label),
        "waited": _waited(ticket, now),
    }
    if wait is not None:
        low, expected, high = wait
        # Rounded outwards: the range that is said must hold the range that was estimated.
        facts["wait"] = {"low": low // 60, "expected": round(expected / 60), "high": -(-high // 60)}
    if commit is not None and commit.due_at > now:
        facts["commit"] = {"due": commit.due_at}
        if 0 < len(commit.what.strip()) <= _LONGEST_PROMISE:
            facts["commit"]["what"] = commit.what.strip()
    if memory is not None:
        facts |= _remembered(memory, ticket, now, label)
    return {name: values for name, values in facts.items() if values}


def purchase_about(purchases: Iterable[Purchase], topic: Topic, now: Instant) -> Purchase | None:
    """The purchase a contact on ``topic`` is most likely about; ``None`` rather than a wild guess.

    Delivery and payment: the one on its way. Defect and refund: the one that arrived last. Otherwise the one that
    has been used for a while, never a gift.
    """
    bought = sorted((one for one in purchases if one.quantity > 0), key=lambda one: -one.ordered_at)
    current = [one for one in bought if now - one.ordered_at <= _CURRENT]
    arrived = [one for one in current if one.state is PurchaseState.DELIVERED]
    moving = [one for one in current if one.state in _MOVING]
    # Shipped before merely paid, and of those the one that has been awaited longest.
    awaited = sorted(moving, key=lambda one: (_MOVING.index(one.state), one.ordered_at))
    gone = [one for one in current if one.state in _GONE]
    if topic is Topic.DELIVERY:
        recent = [one for one in arrived if now - one.ordered_at <= 14 * DAY]
        return _first(awaited, recent)
    if topic is Topic.PAYMENT:
        return _first([one for one in current if one.state not in _GONE])
    if topic is Topic.DEFECT:
        return _first(arrived)
    if topic is Topic.REFUND:
        return _first(arrived, gone, awaited)
    used = [
        one
        for one in bought
        if one.state is PurchaseState.DELIVERED and not one.gift and _USED_AFTER <= now - one.ordered_at <= _REMEMBERED
    ]
    return _first(used)


def _first(*groups: list[Purchase]) -> Purchase | None:
    return next((one for group in groups for one in group), None)


def _ticket(ticket: Ticket, now: Instant, label: Callable[[str], str]) -> Values:
    return (
        _counted("number", ticket.number)
        | _counted("minutes", (now - ticket.arrived_at) // MINUTE)
        | (_topic(ticket.topic, label))
    )


def _waited(ticket: Ticket, now: Instant) -> Values:
    until = ticket.taken_at if ticket.taken_at is not None else now
    waited = _counted("minutes", (until - ticket.waiting_since) // MINUTE)
    if ticket.quoted_until is not None:
        waited |= _counted("over", (until - ticket.quoted_until) // MINUTE)
    return waited


def _remembered(memory: Memory, ticket: Ticket, now: Instant, label: Callable[[str], str]) -> dict[str, Values]:
    facts: dict[str, Values] = {"preference": _preferences(memory.preferences)}
    if name := person_name(memory.customer.name):
        facts["customer"] = {"name": name}
    if purchase := purchase_about(memory.purchases, ticket.topic, now):
        facts["purchase"] = _purchase(purchase, now, label)
    earlier = [contact for contact in memory.contacts if contact.ticket_id != ticket.id]
    if earlier:
        facts["last_contact"] = _contact(earlier[0], now, label)
    return facts


def _purchase(purchase: Purchase, now: Instant, label: Callable[[str], str]) -> Values:
    values: Values = {"order_no": purchase.order_no, "ordered": purchase.ordered_at, "option": purchase.option}
    if product := product_name(purchase.product):
        values["product"] = product
    values |= _counted("days_ago", (now - purchase.ordered_at) // DAY)
    values |= _word("state", f"purchase_state.{purchase.state}", label)
    return {key: value for key, value in values.items() if value != ""}


def _contact(contact: Contact, now: Instant, label: Callable[[str], str]) -> Values:
    return {"when": contact.at} | _counted("days_ago", (now - contact.at) // DAY) | _topic(contact.topic, label)


def _preferences(preferences: Iterable[Preference]) -> Values:
    """Key → value, the newest of each key; a Korean key also under its English name."""
    values: Values = {}
    for preference in preferences:
        key = "_".join(preference.key.split()).lower()
        for name in {key, _KEYS.get(key, key)}:
            if preference.value.strip():
                values.setdefault(name, preference.value.strip())
    return values


def _counted(key: str, value: int) -> Values:
    return {key: value} if value > 0 else {}


def _topic(topic: Topic, label: Callable[[str], str]) -> Values:
    """The topic in words; 'other' says nothing and is left out."""
    return {} if topic is Topic.OTHER else _word("topic", f"topic.{topic}", label)


def _word(key: str, name: str, label: Callable[[str], str]) -> Values:
    word = label(name)
    if not word or word == name:
        return {}
    # Labels are written to stand alone; in the middle of an English sentence they lose their capital.
    return {key: word[0].lower() + word[1:] if word[1:2].islower() else word}
