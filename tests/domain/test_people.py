from typing import Any

import pytest

from cxdesk.domain.changes import Edit, Insert, Stamp, Update
from cxdesk.domain.people import SCALES, duty, fact, newcomer
from cxdesk.domain.records import Shift
from cxdesk.domain.words import Language


def rows(edits: tuple[Edit, ...], kind: str) -> list[dict[str, Any]]:
    return [edit.row for edit in edits if isinstance(edit, Insert) and edit.kind == kind]


@pytest.mark.parametrize(
    ("text", "name", "identities"),
    [
        ("김민지", "김민지", []),
        ("김민지 010-1234-5678", "김민지", [("phone", "01012345678")]),
        ("01012345678 김민지", "김민지", [("phone", "01012345678")]),
        ("010 1234 5678", "010-1234-5678", [("phone", "01012345678")]),
        ("Emma Clarke, emma@Example.com", "Emma Clarke", [("email", "emma@example.com")]),
        ("emma@example.com", "emma@example.com", [("email", "emma@example.com")]),
        (
            "emma@example.com / +82 10-1234-5678 / Emma Clarke",
            "Emma Clarke",
            [("phone", "01012345678"), ("email", "emma@example.com")],
        ),
        ("3층 손님", "3층 손님", []),
        ("김[@click=app.quit]민지 010-1234-5678", "김[@click=app.quit]민지", [("phone", "01012345678")]),
        ("김민지emma@example.com", "김민지", [("email", "emma@example.com")]),
    ],
)
def test_one_line_describes_a_customer_in_any_order(
    text: str, name: str, identities: list[tuple[str, str]], stamp: Stamp
) -> None:
    made = newcomer(text, Language.KO, stamp)
    assert made is not None
    customer, edits = made
    assert customer.name == name
    assert [(row["kind"], row["value"]) for row in rows(edits, "identity")] == identities
    assert all(row["customer_id"] == customer.id for row in rows(edits, "identity"))


@pytest.mark.parametrize("text", ["", "   ", " , / "])
def test_an_empty_line_is_nobody(text: str, stamp: Stamp) -> None:
    assert newcomer(text, Language.KO, stamp) is None


def test_an_address_is_kept_as_it_was_given_and_compared_in_small_letters(stamp: Stamp) -> None:
    made = newcomer("Emma@Example.COM", Language.EN, stamp)
    assert made is not None
    (identity,) = rows(made[1], "identity")
    assert (identity["value"], identity["shown"]) == ("emma@example.com", "Emma@Example.COM")


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("사이즈: M", "사이즈", "M"),
        ("size:M", "size", "M"),
        ("연락：문자로", "연락", "문자로"),
        ("배송 메모 : 경비실에\n맡겨 주세요", "배송 메모", "경비실에\n맡겨 주세요"),
    ],
)
def test_a_word_with_a_colon_is_a_preference(text: str, key: str, value: str, stamp: Stamp) -> None:
    (row,) = rows(fact("c1", text, "t1", stamp), "preference")
    assert (row["key"], row["value"], row["source"], row["noted_at"]) == (key, value, "contact", stamp.at)


@pytest.mark.parametrize(
    "text", ["포장이 예쁘다고 하심", "이십오 글자가 넘는 긴 말 뒤에 오는 쌍점은 그냥 문장입니다: 네", "사이즈:", ": M"]
)
def test_anything_else_is_a_note(text: str, stamp: Stamp) -> None:
    (row,) = rows(fact("c1", text, "t1", stamp), "note")
    assert (row["body"], row["ticket_id"], row["amends"]) == (text, "t1", None)


def test_nothing_is_remembered_of_an_empty_line(stamp: Stamp) -> None:
    assert fact("c1", "  \n ", None, stamp) == ()


def test_a_shift_goes_from_stretch_to_stretch(stamp: Stamp) -> None:
    (begun,) = duty(None, "a1", "on", None, stamp)
    assert isinstance(begun, Insert)
    current = Shift(begun.id, "a1", "on", stamp.at)
    ended, paused = duty(current, "a1", "break", stamp.at + 600_000, stamp)
    assert isinstance(ended, Update)
    assert ended.after == {"ended_at": stamp.at}
    assert isinstance(paused, Insert)
    assert (paused.row["state"], paused.row["planned_until"]) == ("break", stamp.at + 600_000)


def test_going_home_ends_the_stretch_and_begins_none(stamp: Stamp) -> None:
    assert [type(edit) for edit in duty(Shift("s1", "a1", "on", 0), "a1", "off", None, stamp)] == [Update]
    assert duty(None, "a1", "off", None, stamp) == ()


def test_saying_the_same_again_changes_nothing(stamp: Stamp) -> None:
    assert duty(Shift("s1", "a1", "break", 0, 99), "a1", "break", 99, stamp) == ()
    assert len(duty(Shift("s1", "a1", "break", 0, 99), "a1", "break", 100, stamp)) == 2


def test_the_scales_are_the_ones_of_the_field() -> None:
    assert SCALES == {"csat": (1, 5), "ces": (1, 7), "nps": (0, 10)}
