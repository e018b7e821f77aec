from datetime import UTC

import pytest

from cxdesk.domain.changes import Insert, Stamp, Update
from cxdesk.domain.due import Due, read_due
from cxdesk.domain.moments import DAY, HOUR
from cxdesk.domain.promises import Kept, is_due, kept, make, postpone, settle
from cxdesk.domain.records import FollowUp, from_row
from cxdesk.domain.words import PromiseState


def due(text: str, stamp: Stamp) -> Due:
    found = read_due(text, stamp.at, UTC)
    assert found is not None
    return found


def test_a_promise_is_open_and_knows_who_made_it_when(stamp: Stamp) -> None:
    by = Stamp(stamp.at, "a1", stamp.mint)
    made = make(due("내일 오후 3시 전화", by), "c1", "t1", by)
    assert (made.state, made.done_at, made.agent_id, made.made_at) == (PromiseState.OPEN, None, "a1", by.at)
    assert (made.customer_id, made.ticket_id, made.what) == ("c1", "t1", "전화")
    assert made.due_at > by.at


@pytest.mark.parametrize("state", [PromiseState.KEPT, PromiseState.BROKEN])
def test_a_promise_is_settled_with_its_time(state: PromiseState, stamp: Stamp) -> None:
    (edit,) = settle(FollowUp("f1", None, None, "전화", 9, 1), state, stamp)
    assert isinstance(edit, Update)
    assert edit.after == {"state": str(state), "done_at": stamp.at}


def test_a_promise_put_to_another_time_leaves_the_old_one_marked(stamp: Stamp) -> None:
    old = FollowUp("f1", "c1", "t1", "환불 확인", 9, 1)
    moved, again = postpone(old, due("내일 오후 3시", stamp), stamp)
    assert isinstance(moved, Update)
    assert moved.after["state"] == "moved"
    assert isinstance(again, Insert)
    assert (again.row["what"], again.row["customer_id"], again.row["ticket_id"]) == ("환불 확인", "c1", "t1")
    assert again.row["state"] == "open"


def test_what_is_promised_may_change_with_the_time(stamp: Stamp) -> None:
    again = postpone(FollowUp("f1", None, None, "전화", 9, 1), due("내일 오후 3시 메일", stamp), stamp)[-1]
    assert isinstance(again, Insert)
    assert again.row["what"] == "메일"


def test_a_promise_remembers_when_it_was_first_due_however_often_it_is_moved(stamp: Stamp) -> None:
    first = FollowUp("f1", "c1", "t1", "전화", 9, 1)
    moved, again = postpone(first, due("내일 오후 3시", stamp), stamp, "재고 확인")
    assert isinstance(moved, Update)
    assert isinstance(again, Insert)
    assert moved.after["reason"] == "재고 확인"
    second = from_row(FollowUp, again.row)
    assert (second.first_id, second.first_due_at, second.moves, second.reason) == ("f1", 9, 1, "재고 확인")
    third = postpone(second, due("모레 오후 3시", stamp), stamp)[-1]
    assert isinstance(third, Insert)
    assert (third.row["first_id"], third.row["first_due_at"], third.row["moves"]) == ("f1", 9, 2)
    assert third.row["reason"] == ""


def test_what_was_called_due_stays_due_when_the_clock_is_set_back_a_little() -> None:
    assert is_due(1000, 1000)
    assert not is_due(1000, 999)
    assert is_due(10 * HOUR, 9 * HOUR, told_at=10 * HOUR)
    assert not is_due(10 * DAY, 8 * DAY, told_at=10 * DAY), "a clock that was days ahead was wrong"
    assert not is_due(10 * HOUR, 9 * HOUR, told_at=8 * HOUR), "said before it was due"


def test_the_share_that_was_kept_counts_every_promise_that_was_not() -> None:
    figures = kept(
        [
            (PromiseState.KEPT, True, 6),
            (PromiseState.KEPT, False, 1),
            (PromiseState.BROKEN, True, 1),
            (PromiseState.BROKEN, False, 1),
            (PromiseState.MOVED, True, 2),
            (PromiseState.ANSWERED, True, 4),
        ],
        overdue=1,
    )
    assert figures == Kept(in_time=6, late=1, broken=2, moved=2, overdue=1, answered=4)
    assert figures.n == 12
    assert figures.share == 0.5


def test_of_fewer_than_five_promises_no_share_is_told() -> None:
    assert Kept(in_time=4).share is None
    assert Kept(in_time=4, answered=9).share is None
    assert Kept(in_time=4, late=1).share == 0.8
