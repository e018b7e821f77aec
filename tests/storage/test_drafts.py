import pytest

from cxdesk.desk import Desk
from cxdesk.domain.words import Channel
from cxdesk.storage import tickets
from cxdesk.storage.faults import Fault
from cxdesk.storage.store import Store
from tests.looking import operations


@pytest.fixture
def key(desk: Desk) -> str:
    """A ticket somebody is writing in."""
    return desk.arrive(Channel.CHAT, said="일주일째 안 와요")[0].id


def test_what_is_typed_is_kept_and_replaced(desk: Desk, key: str) -> None:
    assert tickets.draft(desk.db, key) is None
    desk.save_draft(key, "reply", "불편하")
    desk.save_draft(key, "note", "불편하셨겠어요")
    assert tickets.draft(desk.db, key) == ("note", "불편하셨겠어요")
    desk.save_draft(key, "note", "")
    assert tickets.draft(desk.db, key) is None


def test_what_is_typed_is_there_after_the_program_was_closed(desk: Desk, key: str) -> None:
    desk.save_draft(key, "reply", "불편하셨겠어요")
    folder = desk.store.path.parent
    desk.store.close()
    with Store.open(folder) as again:
        assert tickets.draft(again.db, key) == ("reply", "불편하셨겠어요")


def test_a_draft_is_nobody_elses_business(desk: Desk, key: str) -> None:
    before = operations(desk.db)
    desk.save_draft(key, "reply", "불편하셨겠어요")
    assert operations(desk.db) == before
    undone = desk.undo()
    assert undone is not None
    assert undone.verb == "new", "a draft is no act to take back"


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_sending_empties_the_box_and_undo_fills_it_again(desk: Desk, key: str, kind: str) -> None:
    desk.save_draft(key, kind, "불편하셨겠어요. 확인하고")
    (desk.reply if kind == "reply" else desk.note)(key, "불편하셨겠어요. 확인하고 전화드릴게요.")
    assert tickets.draft(desk.db, key) is None
    desk.undo()
    assert tickets.draft(desk.db, key) == (kind, "불편하셨겠어요. 확인하고 전화드릴게요.")


def test_undo_does_not_throw_away_what_has_been_typed_since(desk: Desk, key: str) -> None:
    desk.reply(key, "내일 오후 3시까지 전화드리겠습니다.")
    desk.save_draft(key, "reply", "그리고 사진도")
    desk.undo()
    assert tickets.draft(desk.db, key) == ("reply", "내일 오후 3시까지 전화드리겠습니다.\n그리고 사진도")


def test_undoing_something_else_leaves_the_box_alone(desk: Desk, key: str) -> None:
    desk.take([key])
    desk.save_draft(key, "reply", "불편하셨겠어요")
    desk.undo()
    assert tickets.draft(desk.db, key) == ("reply", "불편하셨겠어요")


def test_a_reply_that_could_not_be_kept_stays_in_the_box(desk: Desk, key: str) -> None:
    desk.save_draft(key, "reply", "불편하셨겠어요")
    desk.db.execute("CREATE TEMP TRIGGER no BEFORE INSERT ON outbox BEGIN SELECT raise(ABORT, 'no space left'); END")
    with pytest.raises(Fault, match="disk_full"):
        desk.reply(key, "불편하셨겠어요")
    desk.db.execute("DROP TRIGGER no")
    assert tickets.draft(desk.db, key) == ("reply", "불편하셨겠어요")


def test_the_box_is_emptied_with_the_reply_or_not_at_all(desk: Desk, key: str) -> None:
    desk.save_draft(key, "reply", "불편하셨겠어요")
    desk.db.execute("CREATE TEMP TRIGGER no BEFORE DELETE ON draft BEGIN SELECT raise(ABORT, 'no space left'); END")
    with pytest.raises(Fault, match="disk_full"):
        desk.reply(key, "불편하셨겠어요")
    desk.db.execute("DROP TRIGGER no")
    thread = tickets.thread(desk.db, key)
    assert thread is not None
    assert [message.body for message in thread.messages] == ["일주일째 안 와요"]
