import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.hangul.keyboard import jamo_twin, letters_of, to_hangul, to_latin

syllables = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))


def test_every_letter_key_has_a_twin_and_only_seven_capitals_do() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    assert len({jamo_twin(letter) for letter in letters} - {None}) == 26
    assert [letter for letter in letters.upper() if jamo_twin(letter)] == list("EOPQRTW")
    assert (jamo_twin("j"), jamo_twin("q"), jamo_twin("/"), jamo_twin("J")) == ("ㅓ", "ㅂ", None, None)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rlaalswl", "김민지"), ("RLAALSWL", "김민지"), ("Ekfrl", "딸기"), ("EKFRL", "달기"), ("dhkTek", "왔다"),
        ("rkqtdl", "값이"), ("rkqtl", "갑시"), ("ghksqnf", "환불"), ("RlAaLswl", "낌민지"), ("wodlqrh", "재입고"),
        ("qksv", "반ㅍ"), ("rr", "ㄱㄱ"), ("hk", "ㅘ"), ("dkssud 1", "안녕 1"), ("", ""),
    ],
)  # fmt: skip
def test_korean_typed_in_latin_mode_is_recovered(typed: str, meant: str) -> None:
    assert to_hangul(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ㅗ디ㅣㅐ", "hello"), ("너", "sj"), ("ㅓ", "j"), ("ㅘ", "hk"), ("까", "Rk"), ("hi 5!", "hi 5!")],
)
def test_latin_typed_in_korean_mode_is_recovered(typed: str, meant: str) -> None:
    assert to_latin(typed) == letters_of(typed) == meant


@given(syllables)
def test_syllables_survive_the_keyboard_and_back(text: str) -> None:
    # A text whose keys are all shifted looks like Caps Lock; a vowel key at the end rules that out.
    assert to_hangul(to_latin(text + "가")) == text + "가"


@given(st.text("qwertyuiopasdfghjklzxcvbnm"))
def test_lower_case_keys_survive_the_automaton(keys: str) -> None:
    assert to_latin(to_hangul(keys)) == keys
