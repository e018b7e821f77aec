import re
import sys
from unicodedata import category, combining, is_normalized

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.domain import inert as module
from cxdesk.domain.inert import inert, inert_line

# Text as an attacker would write it: any code point, with the dangerous ones far more often than chance.
nasty = st.sampled_from(
    "\x00\x07\x08\x09\x0a\x0b\x0c\x0d\x1b\x7f\x80\x85\x9b\x9d\xad\u034f\u061c\u115f\u1160\u1161\u11a8\u1100\u180e"
    "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202e\u2060\u2066\u2069\ufe0e\ufe0f\ufeff\ufffe\uffff\ud800"
    "\udfff\u0301\u0327\u0338\u20e3\u3099\u3164\u2126\u212b\u0340\U000e0020\U000e0101\U0001f468\U0001f469\u2764a가ᄀ "
)
texts = st.text(nasty | st.characters() | st.characters(categories=["Mn", "Me", "Cf", "Cs"]), max_size=60)
limits = st.integers(1, 40) | st.just(100_000)


def assert_harmless(text: str, newline: bool) -> None:
    for char in text:
        kind = category(char)
        assert kind not in ("Cc", "Cs", "Zl", "Zp") or (newline and char == "\n"), hex(ord(char))
        assert kind != "Cf" or char == "\u200d", hex(ord(char))
    assert is_normalized("NFC", text)


@settings(max_examples=2_500, deadline=None)
@given(texts, limits)
def test_any_text_comes_out_harmless_short_and_unchanged_the_second_time(text: str, limit: int) -> None:
    body, line = inert(text, limit), inert_line(text, limit)
    assert_harmless(body, newline=True)
    assert_harmless(line, newline=False)
    assert max(len(body), len(line)) <= limit
    assert line == line.strip()
    assert inert(body, limit) == body
    assert inert_line(line, limit) == line


@pytest.mark.parametrize("text", ["", "김민지 고객님", "plain", "₩12,000 · 3시", "👨‍👩‍👧 ⚠️ 1️⃣ ❤️‍🔥", "né café", "日本語"])
def test_ordinary_text_is_untouched(text: str) -> None:
    assert inert(text) == text
    assert inert_line(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("a\x9b2Jb\x00", "a␦2Jb␀"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a    b"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("010\u200b-1234\ufeff", "010-1234"),
        ("\ud800x\ufffe", "␦x␦"),
        ("\u3164\u3164", "  "),
        ("e" + "\u0301" * 50, "é" + "\u0301" * 4),
        ("a\u200db\ufe0f", "ab"),
        ("기\u11b7", "김"),
        ("\u1100\u1160\u1161", "가"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_or_dropped(text: str, shown: str) -> None:
    assert inert(text) == shown


def test_decomposed_korean_from_a_mac_is_composed() -> None:
    assert inert("\u1100\u1175\u11b7\u1106\u1175\u11ab\u110c\u1175") == "김민지"


def test_a_cut_body_says_how_much_is_missing() -> None:
    cut = inert("가" * 200, 50)
    kept = cut.count("가")
    assert cut == "가" * kept + f"…(+{200 - kept})"
    assert kept > 10


def test_a_very_long_body_still_counts_what_it_never_looked_at() -> None:
    cut = inert("x" * 1_000, 30)
    kept = cut.count("x")
    assert cut.endswith(f"…(+{1_000 - kept})")


def test_a_line_joins_its_lines_and_ends_in_an_ellipsis() -> None:
    assert inert_line("  한 줄 \r\n\n 두 줄\t") == "한 줄 두 줄"
    assert inert_line("x" * 400) == "x" * 299 + "…"
    assert inert_line("\n" + "x" * 4_000) == "x" * 299 + "…"


def test_a_mountain_of_marks_costs_no_more_than_a_hill() -> None:
    assert len(inert("a" + "\u0301\u0327" * 50_000)) <= 6


def test_every_character_of_the_fast_path_is_what_the_slow_path_would_give() -> None:
    plain = re.compile(f"[{module._PLAIN}]")
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        if plain.fullmatch(char):
            assert category(char) not in ("Cc", "Cf", "Cs", "Mn", "Me", "Zl", "Zp"), hex(code)
            assert is_normalized("NFC", char), hex(code)
            assert combining(char) == 0, hex(code)
            assert module._clean(f"a{char}b") == f"a{char}b", hex(code)
