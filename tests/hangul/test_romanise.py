import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.hangul.romanise import normalise_latin, romanised


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("kim minji", "김민지"), ("gim minji", "김민지"), ("minji kim", "김민지"), ("Kim Min-ji", "김민지"),
        ("KIMMINJI", "김민지"), ("min", "김민지"), ("park", "박서준"), ("bak", "박서준"), ("lee", "이서준"),
        ("yi", "이서준"), ("rhee", "이서준"), ("lee seojoon", "이서준"), ("yoojin choi", "최유진"),
        ("jung haneul", "정하늘"), ("yoon dohyun", "윤도현"), ("hyunwoo", "김현우"), ("kim jiyoung", "김지영"),
        ("ahn", "안지수"), ("oh", "오세훈"), ("namgung", "남궁민수"),
        ("minji", "Kim Minji"), ("zoe muller", "Zoé Müller"),
    ],
)  # fmt: skip
def test_a_name_is_found_as_people_spell_it(query: str, name: str) -> None:
    assert any(key.startswith(normalise_latin(query)) for key in romanised(name))


@pytest.mark.parametrize(("query", "name"), [("kim", "이서준"), ("park", "김민지"), ("minsu", "김민지")])
def test_another_name_is_not(query: str, name: str) -> None:
    assert not any(key.startswith(normalise_latin(query)) for key in romanised(name))


def test_a_name_in_neither_script_has_no_key() -> None:
    assert romanised("田中") == ()
    assert romanised("") == ()


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=6))
def test_the_keys_of_a_name_are_plain_lower_case_letters(name: str) -> None:
    keys = romanised(name)
    assert keys == tuple(sorted(set(keys)))
    assert all(key.isascii() and key.isalpha() and key.islower() for key in keys)
