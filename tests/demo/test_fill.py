from dataclasses import replace
from pathlib import Path
from time import process_time

from cxdesk.demo.book import summary_of
from cxdesk.demo.shop import build, fill
from cxdesk.domain.changes import Stamp
from cxdesk.domain.records import Purchase
from cxdesk.storage import summaries
from cxdesk.storage.search import find_customers, find_text
from cxdesk.storage.store import Store
from tests.demo.desk_in_memory import NOW, minter


def test_a_store_takes_the_whole_shop_and_gives_it_back(tmp_path: Path) -> None:
    shop = build(7, NOW, minter())
    with Store.open(tmp_path) as store:
        began = process_time()
        for change in fill(shop):
            store.commit(change, Stamp(NOW, None, minter(2)), undoable=False)
        spent = process_time() - began
        for table, records in {
            "agent": shop.agents,
            "customer": shop.customers,
            "identity": shop.identities,
            "purchase": shop.purchases,
            "preference": shop.preferences,
            "note": shop.notes,
            "ticket": shop.tickets,
            "message": shop.messages,
            "follow_up": shop.follow_ups,
            "quote": shop.quotes,
            "feedback": shop.feedback,
            "shift": shop.shifts,
            "consent": shop.consents,
            "special_day": shop.special_days,
        }.items():
            count = store.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - names of our own
            assert count == len(records), table
        assert store.db.execute("SELECT count(*) FROM change_log").fetchone() == (0,)
        bought: dict[str | None, list[Purchase]] = {}
        for purchase in shop.purchases:
            bought.setdefault(purchase.customer_id, []).append(purchase)
        for customer in shop.customers:
            kept = replace(summaries.of(store.db, customer.id), outwaited=0, outwaited_at=None, over=0)
            assert kept == summary_of(bought.get(customer.id, []))
        assert find_customers(store.db, "남궁")
        assert find_text(store.db, "환불")
    # Processor time, generous: it takes 0.6 to 0.8 s on the slow machine this was written on.
    assert spent < 3.0
