"""What the morning looks for, row by row: what counts as late, as unanswered, as quiet."""

import sqlite3
from datetime import date

import pytest

from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.evidence import Morning
from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Customer, Purchase, SpecialDay
from cxdesk.domain.segments import Rules, Summary, stand
from cxdesk.domain.words import Language, PurchaseState, Segment
from cxdesk.storage import morning
from cxdesk.storage.store import Store
from tests.conftest import START


def know(store: Store, stamp: Stamp, *ids: str) -> None:
    store.commit(Change("new", tuple(insert(Customer(key, key, Language.KO)) for key in ids)), stamp)


def order(
    store: Store, stamp: Stamp, who: str, days: float, state: str = "delivered", quantity: int = 1, order_no: str = ""
) -> None:
    key = stamp.mint()
    at, number = START - round(days * DAY), order_no or key
    made = Purchase(
        key, who, number, "찻잔", 9_000, "KRW", at, quantity, state=PurchaseState(state), source="s", external_id=key
    )
    store.commit(Change("buy", (insert(made),)), stamp)


def deliveries(db: sqlite3.Connection) -> list[tuple[str | None, int, int]]:
    return [(one.customer_id, one.days, one.n) for one in morning.late_deliveries(db, START, Morning())]


def test_an_order_under_way_too_long_is_one_late_delivery_however_many_lines_it_has(store: Store, stamp: Stamp) -> None:
    know(store, stamp, "a", "b", "c", "d")
    for _ in range(2):
        order(store, stamp, "a", 5.5, "shipping", order_no="o1")
    order(store, stamp, "b", 3.9, "shipping")
    order(store, stamp, "c", 50, "shipping")
    order(store, stamp, "d", 9, "delivered")
    assert deliveries(store.db) == [("a", 5, 2)]


def test_what_was_paid_and_never_sent_counts_where_the_source_tells_of_sending(store: Store, stamp: Stamp) -> None:
    know(store, stamp, "a", "b")
    order(store, stamp, "a", 6, "paid")
    assert deliveries(store.db) == []
    order(store, stamp, "b", 1, "shipping")
    assert deliveries(store.db) == [("a", 6, 1)]


@pytest.mark.parametrize("rules", [Rules(), Rules(risk_factor=1.5, risk_days=30), Rules(risk_factor=1.0, risk_days=10)])
def test_who_cools_is_who_has_just_become_quiet_by_the_rule_of_segments(
    store: Store, stamp: Stamp, rules: Rules
) -> None:
    know(store, stamp, *(f"c{n}" for n in range(12)))
    for n in range(12):
        for nth in range(3):
            order(store, stamp, f"c{n}", 8 * (n + 1) + nth * (4 + 9 * (n % 3)))
    found = {one.customer_id for one in morning.cooling(store.db, START, rules)}
    quiet = set()
    for key, *figures in store.db.execute(
        "SELECT customer_id, orders, spent, currency, first_at, last_at FROM customer_summary"
    ):
        now_quiet, then_quiet = (
            stand(Summary(*figures), at, rules).segment is Segment.AT_RISK for at in (START, START - 31 * DAY)
        )
        if now_quiet and not then_quiet:
            quiet.add(key)
    assert quiet
    assert quiet <= found
    assert all(stand(_summary(store, key), START + DAY, rules).segment is Segment.AT_RISK for key in found if key)


def _summary(store: Store, key: str) -> Summary:
    sql = "SELECT orders, spent, currency, first_at, last_at FROM customer_summary WHERE customer_id = ?"
    return Summary(*store.db.execute(sql, (key,)).fetchone())


def test_the_rhythm_is_kept_with_the_purchases_and_rebuilt_the_same(store: Store, stamp: Stamp) -> None:
    know(store, stamp, "a", "b")
    for days in (10, 30, 50):
        order(store, stamp, "a", days)
    for days in (10, 30):
        order(store, stamp, "b", days)
    sql = "SELECT customer_id, next_at FROM customer_summary ORDER BY 1"
    kept = store.db.execute(sql).fetchall()
    assert kept == [("a", START + 10 * DAY), ("b", None)]
    with store.transaction() as db:
        from cxdesk.storage import summaries

        summaries.rebuild(db)
    assert store.db.execute(sql).fetchall() == kept


def days(db: sqlite3.Connection, today: date) -> list[tuple[str, int]]:
    return [(one.subject, one.days) for one in morning.special_days(db, today, START, Morning(special_days=2))]


def test_days_come_round_the_lunar_ones_are_left_and_29_february_is_kept_on_the_28th(
    store: Store, stamp: Stamp
) -> None:
    know(store, stamp, "a")
    for key, month, day, lunar in (("leap", 2, 29, 0), ("may", 5, 5, 0), ("moon", 5, 5, 1), ("first", 1, 1, 0)):
        one = SpecialDay(key, "a", "birthday", month, day, bool(lunar), "contact", 0)
        store.commit(Change("celebrate", (insert(one),)), stamp)
    assert days(store.db, date(2027, 5, 3)) == [("may", 2)]
    assert days(store.db, date(2027, 5, 6)) == []
    assert days(store.db, date(2026, 12, 31)) == [("first", 1)]
    assert days(store.db, date(2027, 2, 28)) == [("leap", 0)]
    assert days(store.db, date(2028, 2, 28)) == [("leap", 1)]
