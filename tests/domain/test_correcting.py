import pytest

from cxdesk.domain.changes import Stamp, apply, insert
from cxdesk.domain.correcting import Field, Unusable, correct, present
from cxdesk.domain.records import Customer, Identity, Row
from cxdesk.domain.words import Language

STAMP = Stamp(1000, "a1", lambda: "new")
MINJI = Customer("c1", "김민지", Language.KO, address="서울 마포구 합정동 1")
PHONE = Identity("i1", "c1", "phone", "01012345678", "010-1234-5678", 1)
SECOND = Identity("i2", "c1", "phone", "0215885678", "02-1588-5678", 2)


def after(field: Field, text: str, *known: Identity) -> dict[tuple[str, str], Row]:
    world: dict[tuple[str, str], Row] = {}
    apply(world, [insert(record) for record in (MINJI, *known)])
    apply(world, correct(MINJI, known, field, text, STAMP))
    return world


def test_a_name_and_an_address_are_put_right() -> None:
    assert after(Field.NAME, " 김민지영 ")["customer", "c1"]["name"] == "김민지영"
    assert after(Field.ADDRESS, "")["customer", "c1"]["address"] is None
    assert after(Field.LANGUAGE, "en")["customer", "c1"]["language"] == "en"


def test_the_first_number_is_the_one_that_is_put_right() -> None:
    world = after(Field.PHONE, "01099998888", SECOND, PHONE)
    assert world["identity", "i1"]["value"] == "01099998888"
    assert world["identity", "i1"]["shown"] == "010-9999-8888"
    assert world["identity", "i2"]["value"] == "0215885678"


def test_a_number_that_was_not_known_is_added_and_an_empty_one_taken_away() -> None:
    assert after(Field.PHONE, "010 1111 2222")["identity", "new"]["shown"] == "010-1111-2222"
    assert after(Field.EMAIL, "Minji@Example.com")["identity", "new"]["value"] == "minji@example.com"
    assert ("identity", "i1") not in after(Field.PHONE, "", PHONE)


def test_what_is_the_same_changes_nothing() -> None:
    for field in (Field.NAME, Field.PHONE, Field.ADDRESS, Field.LANGUAGE):
        assert correct(MINJI, (PHONE,), field, present(MINJI, (PHONE,), field), STAMP) == ()
    assert correct(MINJI, (), Field.EMAIL, "", STAMP) == ()


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        (Field.NAME, "  ", "no_name"),
        (Field.PHONE, "010-****-5678", "no_phone"),
        (Field.PHONE, "열두시", "no_phone"),
        (Field.EMAIL, "minji.example.com", "no_mail"),
        (Field.LANGUAGE, "fr", "no_language"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_reason(field: Field, text: str, code: str) -> None:
    with pytest.raises(Unusable) as refusal:
        correct(MINJI, (PHONE,), field, text, STAMP)
    assert refusal.value.code == code
