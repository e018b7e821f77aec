from collections.abc import Callable

import pytest

from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.records import Customer, Ticket
from cxdesk.domain.roster import Listed, Sort
from cxdesk.domain.segments import Rules
from cxdesk.domain.words import Channel, Language
from cxdesk.storage import pages
from cxdesk.storage.store import Store

NOW = 1_790_000_000_000
MANY = 23


@pytest.fixture
def shop(store: Store, stamp: Stamp, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Namesakes, people who were in contact and people who never were, in blocks of four."""
    monkeypatch.setattr(pages, "BLOCK", 4)
    people = [Customer(f"c{n:02}", ("김민지", "Emma", "박서준", "이하늘")[n % 4], Language.KO) for n in range(MANY)]
    tickets = [Ticket(f"t{n}", n, Channel.PHONE, NOW - n % 5, 0, 0, f"c{n:02}") for n in range(0, MANY, 2)]
    store.commit(Change("new", tuple(insert(one) for one in (*people, *tickets))), stamp)
    return store


@pytest.mark.parametrize("sort", list(Sort))
def test_the_blocks_are_the_whole_list_once_and_in_order(shop: Store, sort: Sort) -> None:
    fences, total = pages.fences(shop.db, sort)
    blocks = [pages.block(shop.db, sort, fence, NOW, Rules(), 4) for fence in fences]
    listed = [line.customer_id for block in blocks for line in block]
    assert total == MANY
    assert [len(block) for block in blocks] == [4, 4, 4, 4, 4, 3]
    assert len(set(listed)) == MANY
    assert pages.block(shop.db, sort, None, NOW, Rules(), 4) == blocks[0]


ORDERED: dict[Sort, Callable[[list[Listed]], bool]] = {
    Sort.NAME: lambda lines: [line.name for line in lines] == sorted((line.name for line in lines), key=_letters),
    Sort.SEEN: lambda lines: [line.seen_at or 0 for line in lines] == sorted(
        (line.seen_at or 0 for line in lines), reverse=True
    ),
    Sort.SPENT: lambda lines: [line.standing.summary.spent for line in lines] == [0] * MANY,
}  # fmt: skip


def _letters(name: str) -> tuple[bool, str]:
    return not "가" <= name[0] <= "힣", name.casefold()


@pytest.mark.parametrize("sort", list(Sort))
def test_the_list_is_in_its_order_hangul_before_latin(shop: Store, sort: Sort) -> None:
    assert ORDERED[sort](list(pages.block(shop.db, sort, None, NOW, Rules(), MANY)))


def test_an_empty_shop_is_one_empty_block(store: Store) -> None:
    assert pages.fences(store.db, Sort.NAME) == ([], 0)
    assert pages.block(store.db, Sort.NAME, None, NOW, Rules()) == ()


def test_lines_come_back_in_the_order_they_were_asked_for(shop: Store) -> None:
    numbers = dict(shop.db.execute("SELECT customer_id, n FROM roster").fetchall())
    found = pages.lines_at(shop.db, [numbers["c03"], 10**6, numbers["c01"]], NOW, Rules())
    assert [line.customer_id for line in found] == ["c03", "c01"]
