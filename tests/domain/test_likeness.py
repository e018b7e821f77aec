import pytest

from cxdesk.domain.likeness import Names, Reason, Surety, compare, full_address, identifies, like_names
from cxdesk.domain.records import Customer
from cxdesk.domain.words import Language

PHONE = Reason("phone", "010-1234-5678")
MAIL = Reason("email", "minji@example.com")


def person(name: str, address: str | None = None) -> Customer:
    return Customer(name, name, Language.KO, address)


@pytest.mark.parametrize(
    ("kind", "value", "personal"),
    [
        ("phone", "01012345678", True),
        ("phone", "0212345678", True),
        ("phone", "+4915112345678", True),
        ("phone", "050412345678", False),
        ("phone", "010****5678", False),
        ("phone", "15881234", False),
        ("phone", "0801234567", False),
        ("email", "minji@example.com", True),
        ("email", "mi***@example.com", False),
        ("handle", "minji", False),
    ],
)
def test_a_number_that_changes_hands_or_hides_a_part_identifies_nobody(kind: str, value: str, personal: bool) -> None:
    assert identifies(kind, value) is personal


@pytest.mark.parametrize(
    ("one", "other", "names"),
    [
        ("김민지", "김민지", Names.SAME),
        ("김민지", "김민지(선물)", Names.SAME),
        ("김민지", "김 민지 고객님", Names.SAME),
        ("김민지", "김민자", Names.NEAR),
        ("김민지", "Minji Kim", Names.NEAR),
        ("Kim Min-ji", "김민지", Names.NEAR),
        ("Emma Clarke", "emma clarke", Names.SAME),
        ("Emma Clarke", "Emma Clark", Names.NEAR),
        ("김민지", "박서준", Names.DIFFERENT),
        ("이솔", "이슬", Names.DIFFERENT),
        ("김*지", "김민지", Names.UNKNOWN),
        ("#17850", "김민지", Names.UNKNOWN),
        ("010-1234-5678", "김민지", Names.UNKNOWN),
        ("minji@example.com", "김민지", Names.UNKNOWN),
    ],
)
def test_how_names_stand_to_each_other(one: str, other: str, names: Names) -> None:
    assert like_names(one, other) is names
    assert like_names(other, one) is names


@pytest.mark.parametrize(
    ("one", "other", "shared", "surety"),
    [
        ("김민지", "김민지", (PHONE,), Surety.SURE),
        ("김민지", "Minji Kim", (MAIL,), Surety.SURE),
        ("김민지", "김*지", (PHONE,), Surety.LIKELY),
        ("김민지", "박서준", (PHONE,), Surety.WEAK),
        ("김민지", "박서준", (PHONE, MAIL), Surety.SURE),
    ],
)
def test_a_number_in_common_is_sure_unless_the_names_contradict_it(
    one: str, other: str, shared: tuple[Reason, ...], surety: Surety
) -> None:
    likeness = compare(person(one), person(other), shared)
    assert likeness is not None
    assert likeness.surety is surety
    assert likeness.reasons == shared


DOOR = "서울 마포구 연남동 12-3, 201호"


def test_one_name_at_one_door_is_likely_and_a_near_name_weak() -> None:
    same = compare(person("김민지", DOOR), person("김민지", "서울 마포구 연남동 12-3 201호"), ())
    near = compare(person("김민지", DOOR), person("김민자", DOOR), ())
    assert same is not None
    assert near is not None
    assert (same.surety, near.surety) == (Surety.LIKELY, Surety.WEAK)
    assert [reason.kind for reason in same.reasons] == ["address"]


@pytest.mark.parametrize("address", [None, "", "서울 마포구 연남동", "서울 마포구 *** 12"])
def test_a_district_or_a_hidden_part_is_no_door(address: str | None) -> None:
    assert full_address(address) == ""
    assert compare(person("김민지", address), person("김민지", address), ()) is None


def test_a_name_alone_or_a_family_behind_one_door_is_no_evidence() -> None:
    assert compare(person("김민지"), person("김민지"), ()) is None
    assert compare(person("김민지", DOOR), person("박서준", DOOR), ()) is None
