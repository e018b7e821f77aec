"""The shared queue as text: standing alone, and a name that two desks wrote differently."""

import json
from unittest.mock import patch

import pytest

from cxdesk.desk.syncing import Syncing
from cxdesk.domain.afterwards import Conflict
from cxdesk.domain.changes import Change, insert
from cxdesk.protocol.ops import Op
from cxdesk.storage import sync_inbox
from tests.golden.screens import Taken
from tests.golden.test_golden import _all_the_same
from tests.screens.hands import NOW, Hands


def met_again(hands: Hands) -> None:
    """The desk belongs to a queue; a name was written at two desks, and somebody was first."""
    shop = hands.shop
    for name in ("url", "server", "device"):
        shop.store.remember(f"sync.{name}", name)
    row = hands.desk.queue.row(str(hands.desk.queue.current))
    assert row is not None
    customer, ticket = row.ticket.customer_id, row.ticket
    conflict = Conflict(
        *(shop.desk.mint(), "customer", str(customer), "name"),
        *("op1", "device", NOW - 60_000),
        *("op2", "other", NOW - 300_000),
        NOW - 60_000,
        "open",
        winner=json.dumps(row.name),
        loser=json.dumps(f"{row.name} 2"),
    )
    shop.store.commit(Change("sync", (insert(conflict),)), shop.desk.stamp(), undoable=False)
    with shop.store.transaction() as db:
        sync_inbox.refused(db, Op("op3", 3, NOW << 16, "ticket", ticket.id, "claim", f={}), "claimed", NOW)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_shared_queue(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    pictures: list[tuple[str, str]] = []
    with patch.object(Syncing, "start"):
        async with taken.shot(size) as hands:
            await hands.press("g", "s")
            pictures.append((f"{prefix}-alone", hands.text))
            await hands.press("escape")
            met_again(hands)
            await hands.press("g", "s")
            pictures.append((f"{prefix}-together", hands.text))
            await hands.press("enter")
            pictures.append((f"{prefix}-settle", hands.text))
    _all_the_same(pictures)
