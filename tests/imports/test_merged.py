"""Files that come in for somebody who was merged: everything goes to who they are now, and is theirs when parted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk.desk import Desk as Hand
from cxdesk.settings import Settings
from cxdesk.storage import check
from tests.conftest import Mint
from tests.imports.conftest import NOW, Desk
from tests.imports.test_run import people
from tests.looking import derived

Write = Callable[..., Path]
HEAD = "이름,전화,메일,번호,주소,메모\n"
FIRST = "김민지,010-1234-5678,,1,,\nMinji Kim,,minji@example.com,2,,\n"
LATER = "Minji Kim,010-9999-8888,minji@example.com,2,,리본을 좋아하심\n김민지,,,1,,포장은 간단히\n"


class Merged:
    """Two accounts of one shop that were made one person."""

    def __init__(self, desk: Desk, write: Write) -> None:
        self.desk = desk
        self.later = write(HEAD + LATER, "later.csv")
        desk.bring_in(write(HEAD + FIRST, "first.csv"), people())
        self.one, self.other = (row[0] for row in desk.rows("SELECT id FROM customer ORDER BY external_id"))
        self.hand = Hand(desk.store, Settings(), clock=lambda: NOW + 50, mint=Mint(seed=3))
        (self.merge,) = self.hand.merging.merge(self.one, self.other).change.touched("merge")

    def held(self, customer_id: str) -> tuple[set[str], set[str]]:
        """Numbers and notes of somebody."""
        reach = self.desk.rows("SELECT value FROM identity WHERE customer_id = ?", customer_id)
        notes = self.desk.rows("SELECT body FROM note WHERE customer_id = ?", customer_id)
        return {row[0] for row in reach}, {row[0] for row in notes}


@pytest.fixture
def merged(desk: Desk, write: Write) -> Merged:
    return Merged(desk, write)


def test_what_a_file_brings_for_either_account_is_with_the_one_person(merged: Merged) -> None:
    merged.desk.bring_in(merged.later, people())
    assert merged.held(merged.one) == (
        {"01012345678", "01099998888", "minji@example.com"},
        {"리본을 좋아하심", "포장은 간단히"},
    )
    assert merged.held(merged.other) == (set(), set())
    kept = derived(merged.desk.store.db)
    with merged.desk.store.transaction() as db:
        check.rebuild(db)
    assert derived(merged.desk.store.db) == kept


def test_the_same_file_again_changes_nothing(merged: Merged) -> None:
    merged.desk.bring_in(merged.later, people())
    before = merged.desk.shared()
    outcome = merged.desk.bring_in(merged.later, people())
    assert (outcome.new, outcome.changed) == (0, 0)
    assert {name: rows for name, rows in merged.desk.shared().items() if name != "outbox"} == {
        name: rows for name, rows in before.items() if name != "outbox"
    }


def test_parted_each_has_what_came_for_their_own_account(merged: Merged) -> None:
    merged.desk.bring_in(merged.later, people())
    merged.hand.merging.part(merged.merge)
    assert merged.held(merged.one) == ({"01012345678"}, {"포장은 간단히"})
    assert merged.held(merged.other) == ({"minji@example.com", "01099998888"}, {"리본을 좋아하심"})
