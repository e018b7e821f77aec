"""Short ways to write the records of one customer."""

from typing import Any

from cxdesk.domain.memory import Contact, Memory
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Customer, FollowUp, Preference, Purchase, Ticket
from cxdesk.domain.segments import Standing, Summary
from cxdesk.domain.words import Channel, PurchaseState, Segment, Status, Topic
from tests.empathy.shipped import NOW


def bought(product: str, days_ago: float, state: PurchaseState = PurchaseState.DELIVERED, **more: Any) -> Purchase:
    known: dict[str, Any] = {
        "id": f"p-{product}-{days_ago}",
        "customer_id": "c1",
        "order_no": f"20261114-{product}",
        "amount": 39_000,
        "currency": "KRW",
    } | more
    return Purchase(product=product, ordered_at=NOW - int(days_ago * DAY), state=state, **known)


def spoke(days_ago: float, topic: Topic = Topic.DELIVERY, status: Status = Status.RESOLVED, **more: Any) -> Contact:
    known: dict[str, Any] = {"ticket_id": "t0", "number": 1000} | more
    return Contact(
        at=NOW - int(days_ago * DAY),
        channel=Channel.PHONE,
        topic=topic,
        status=status,
        emotion=None,
        intensity=0,
        feeling_after=None,
        **known,
    )


def promised(what: str, due_in_hours: float, **more: Any) -> FollowUp:
    known: dict[str, Any] = {"id": f"f-{what}", "customer_id": "c1", "ticket_id": "t0", "made_at": NOW - DAY} | more
    return FollowUp(what=what, due_at=NOW + int(due_in_hours * DAY / 24), **known)


def prefers(key: str, value: str, days_ago: float = 30) -> Preference:
    return Preference(f"pref-{key}", "c1", key, value, "desk", NOW - int(days_ago * DAY))


def memory(name: str = "김민지", first_at: int | None = None, **records: Any) -> Memory:
    standing = Standing(Segment.NEW, Summary(first_at=first_at), "no_orders")
    known: dict[str, Any] = {key: tuple(values) for key, values in records.items()}
    return Memory(Customer("c1", name), standing, **known)


def ticket(topic: Topic = Topic.DELIVERY, **more: Any) -> Ticket:
    known: dict[str, Any] = {"arrived_at": NOW, "waiting_since": NOW, "rank_at": NOW} | more
    return Ticket("t1", 1042, Channel.PHONE, topic=topic, **known)
