from datetime import UTC

import pytest

from cxdesk.domain.changes import Insert, Stamp, Update
from cxdesk.domain.due import Due, read_due
from cxdesk.domain.promises import make, postpone, settle
from cxdesk.domain.records import FollowUp
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
