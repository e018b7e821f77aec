import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.hangul.jamo import initials, is_initials, name_pattern_matches, to_jamo, untensed
from cxdesk.hangul.keyboard import to_hangul, to_latin

syllables = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1)


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("반ㅍ", "반품"),
        ("김미", "김민지"),
        ("김민ㅈ", "김민지"),
        ("김밍", "김미영"),
        ("고", "과일"),
        ("갑", "값"),
        ("ㄱ", "김"),
    ],
)
def test_what_is_typed_so_far_begins_the_whole(typed: str, whole: str) -> None:
    assert to_jamo(whole).startswith(to_jamo(typed))


@given(syllables)
def test_at_every_key_press_the_text_so_far_is_a_prefix(text: str) -> None:
    keys = to_latin(text + "가")
    for pressed in range(1, len(keys) + 1):
        so_far = keys[:pressed]
        if so_far != so_far.upper():
            assert to_jamo(text + "가").startswith(to_jamo(to_hangul(so_far)))


@given(st.text())
def test_the_form_of_unicode_does_not_matter(text: str) -> None:
    assert to_jamo(unicodedata.normalize("NFD", text)) == to_jamo(text)


def test_latin_and_digits_stay_as_they_are() -> None:
    assert to_jamo("iPhone 15 케이스") == "iPhone 15 ㅋㅔㅇㅣㅅㅡ"


def test_initials_of_names() -> None:
    assert initials("김민지") == "ㄱㅁㅈ"
    assert initials("Kim 민지") == "kim ㅁㅈ"
    assert initials("ㄱㅁㅈ") == "ㄱㅁㅈ"
    assert untensed(initials("꽃님")) == "ㄱㄴ"


@pytest.mark.parametrize(
    ("text", "expected"), [("ㄱㅁㅈ", True), ("ㄳ", True), ("ㅏ", False), ("김ㅁ", False), ("a", False), ("", False)]
)
def test_a_query_of_initials_is_recognised(text: str, expected: bool) -> None:
    assert is_initials(text) is expected


@pytest.mark.parametrize(
    ("query", "name"),
    [("김ㅁㅈ", "김민지"), ("ㄱㅁㅈ", "김민지"), ("민ㅈ", "김민지"), ("김민ㅈ", "김민지"), ("김미", "김민지"),
     ("김밍", "김미영"), ("ㄱ", "꽃님"),
     ("ㄳ", "김수"), ("김 민지", "김민지"), ("KIM", "Kim Minji"), ("김민지", "김민지")],
)  # fmt: skip
def test_mixed_and_half_typed_queries_find_the_name(query: str, name: str) -> None:
    assert name_pattern_matches(query, name)


@pytest.mark.parametrize(
    ("query", "name"),
    [("ㄲ", "김수"), ("김ㅈㅁ", "김민지"), ("", "김민지"), ("김민지ㄱ", "김민지"), ("밍ㅈ", "김민지")],
)
def test_other_names_are_left_out(query: str, name: str) -> None:
    assert not name_pattern_matches(query, name)
