"""Particles, initials and the two-set keyboard held against hangulpy, which was written by somebody else.

Where both claim to know they must agree; where it goes by the letters and not by how they are said, the rules decide.
"""

import hangulpy
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.hangul.jamo import initials, to_jamo
from cxdesk.hangul.josa import with_josa
from cxdesk.hangul.keyboard import letters_of, to_hangul

SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4)]
THEIR_NAMES = {pair: pair for pair in ("은/는", "이/가", "을/를", "으로/로", "아/야", "이랑/랑", "이나/나", "이라/라")}
THEIR_NAMES["과/와"] = "와/과"
names = st.text(st.sampled_from(SYLLABLES), min_size=1, max_size=5)


@pytest.mark.parametrize("pair", THEIR_NAMES)
def test_after_every_syllable_there_is_the_same_particle(pair: str) -> None:
    theirs = [hangulpy.josa(syllable, THEIR_NAMES[pair]) for syllable in SYLLABLES]
    assert [with_josa(syllable, pair) for syllable in SYLLABLES] == theirs


@pytest.mark.parametrize("word", ["3", "10", "12,000원", "L", "M", "XL", "VIP", "shirt"])
def test_numbers_and_letters_that_both_read_take_the_same_particle(word: str) -> None:
    assert with_josa(word, "은/는") == hangulpy.josa(word, "은/는")
    assert with_josa(word, "으로/로") == hangulpy.josa(word, "으로/로")


@pytest.mark.parametrize(
    ("word", "theirs", "ours"),
    [
        ("10%", "10%은", "10%는"),  # 퍼센트
        ("email", "email는", "email은"),  # 이메일
        ("iPhone", "iPhone는", "iPhone은"),  # 아이폰
        ("김민지(선물)", "김민지(선물)은", "김민지(선물)는"),  # a remark is written, not said
        ("김*", "김*은", "김*은(는)"),  # nobody can tell
    ],
)
def test_where_it_goes_by_the_letters_the_way_it_is_said_decides(word: str, theirs: str, ours: str) -> None:
    assert hangulpy.josa(word, "은/는") == theirs
    assert with_josa(word, "은/는") == ours


@given(names)
def test_initials_and_key_jamo_of_a_name_are_the_same(name: str) -> None:
    assert initials(name) == hangulpy.get_chosung_string(name)
    assert to_jamo(name) == hangulpy.disassemble(name, "string")


@given(names)
def test_a_name_typed_with_the_keyboard_in_latin_is_read_the_same(name: str) -> None:
    keys = letters_of(name)
    assert to_hangul(keys) == hangulpy.convert_qwerty_to_hangul(keys) == name
