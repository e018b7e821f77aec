import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.domain.changes import Change
from cxdesk.domain.correcting import Field
from cxdesk.domain.words import Language


@pytest.fixture
def minji(desk: Desk) -> str:
    customer, edits = desk.people.newcomer("김민지 010-1234-5678 minji@example.com", Language.KO)
    desk.store.commit(Change("new", edits), desk.stamp(), undoable=False)
    return customer.id


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (Field.NAME, "김민지영"),
        (Field.PHONE, "010-9999-8888"),
        (Field.EMAIL, "other@example.com"),
        (Field.ADDRESS, "서울 마포구 합정동 1"),
        (Field.LANGUAGE, "en"),
    ],
)
def test_what_is_put_right_can_be_taken_back(desk: Desk, minji: str, field: Field, text: str) -> None:
    before = desk.card.present(minji, field)
    assert desk.card.correct(minji, field, text)
    assert desk.card.present(minji, field) == text
    desk.undo()
    assert desk.card.present(minji, field) == before


def test_a_corrected_number_is_found_at_once_and_the_old_one_no_more(desk: Desk, minji: str) -> None:
    desk.card.correct(minji, Field.PHONE, "01099998888")
    assert [hit.customer.id for hit in desk.read.find_people("8888").hits if hit.customer] == [minji]
    assert desk.read.find_people("5678").hits == ()


def test_what_cannot_be_read_is_refused_and_nothing_changes(desk: Desk, minji: str) -> None:
    with pytest.raises(Refused, match="no_phone"):
        desk.card.correct(minji, Field.PHONE, "열두시")
    with pytest.raises(Refused, match="no_customer"):
        desk.card.correct("nobody", Field.NAME, "김")
    assert desk.card.present(minji, Field.PHONE) == "010-1234-5678"


def test_whoever_looks_at_what_is_hidden_is_written_down_for_each_field_there_was(desk: Desk, minji: str) -> None:
    fields = (Field.PHONE, Field.EMAIL, Field.ADDRESS)
    shown = desk.card.reveal(minji, fields, "person")
    assert shown == {Field.PHONE: "010-1234-5678", Field.EMAIL: "minji@example.com"}
    assert desk.agent is not None
    looks = desk.read.roster.looks(minji)
    assert {(look.agent_id, look.field, look.why, look.at) for look in looks} == {
        (desk.agent.id, field, "person", desk.clock()) for field in ("phone", "email")
    }
    assert desk.undo() is None, "looking is no change and cannot be undone"
