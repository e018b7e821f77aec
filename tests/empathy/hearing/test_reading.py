import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.words import Language
from cxdesk.empathy.hearing.features import features_of
from cxdesk.empathy.hearing.reading import READ, guess_language, read


def test_what_says_the_same_is_read_the_same() -> None:
    one, other = (read(text, Language.KO).dense for text in ("일주일째 안와요ㅜㅜㅜ", "일주일째  안 와요ㅠㅠ"))
    assert one == other


@pytest.mark.parametrize(("text", "plain"), [("SOOOO late!!!!", "soo late!!"), ("order 20931\n", "order 0 ")])
def test_cries_are_shortened_and_numbers_are_not_told_apart(text: str, plain: str) -> None:
    assert read(text, Language.EN).plain == plain


def test_a_place_in_the_reading_leads_back_to_the_message() -> None:
    text = "정말   일주일째\n안 와요"
    reading = read(text, Language.KO)
    at = reading.dense.index("안와")
    start, end = reading.span(at, at + 2, dense=True)
    assert text[start:end] == "안 와"


@given(st.text(max_size=300))
def test_any_text_can_be_read_and_every_place_is_inside_it(text: str) -> None:
    for language in Language:
        reading = read(text, language)
        assert len(reading.plain) == len(reading.at)
        assert list(reading.at) == sorted(set(reading.at))
        for start, end in features_of(reading).values():
            assert 0 <= start < end <= len(text)


def test_of_a_very_long_message_the_beginning_and_the_end_are_read() -> None:
    reading = read("furious " + "x y " * 30_000 + "refund", Language.EN)
    assert len(reading.plain) <= READ
    assert reading.plain.startswith("furious")
    assert reading.plain.endswith("refund")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("배송 언제 와요", Language.KO),
        ("iPhone 15 Pro Max 케이스 재입고 되나요", Language.KO),
        ("Where is my order?", Language.EN),
        ("I tried to order 떡볶이 yesterday and it never arrived at my place", Language.EN),
        ("ㅡㅡ", Language.KO),
        ("😀😀", Language.KO),
        ("", Language.KO),
    ],
)
def test_the_language_is_guessed_from_the_letters(text: str, language: Language) -> None:
    assert guess_language(text) is language
