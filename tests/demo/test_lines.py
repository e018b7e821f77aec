from random import Random

import pytest

from cxdesk.demo.catalogue import CATALOGUE, SHOP_NAME, Kind
from cxdesk.demo.lines import as_heard, fill_in, spoken, voices
from cxdesk.domain.words import Channel, Emotion, Language, Topic

LINES = [(language, line) for language in Language for line in voices(language).openings]


def test_at_least_a_hundred_and_twenty_things_are_said_first() -> None:
    assert len({line.text for _, line in LINES}) >= 200
    assert len(voices(Language.KO).openings) >= 120
    assert len(voices(Language.EN).openings) >= 90


@pytest.mark.parametrize("language", list(Language))
def test_every_topic_and_every_emotion_has_its_words(language: Language) -> None:
    words = voices(language)
    assert {line.topic for line in words.openings} == set(Topic)
    assert {line.emotion for line in words.openings} == set(Emotion)
    assert set(words.endings) == set(Emotion)
    assert set(words.by_topic) == set(words.resolutions) == set(words.subjects) == set(Topic)
    assert all(lines for lines in words.by_topic.values())
    # Somebody without a purchase must always find something to say.
    assert all(any(not line.needs for line in words.by_topic[t]) for t in (Topic.PRODUCT, Topic.OTHER))


def test_a_line_can_be_filled_and_its_strength_fits_its_feeling() -> None:
    for language, line in LINES:
        assert (line.intensity == 0) is (line.emotion is Emotion.NEUTRAL), line
        assert line.intensity <= 3
        assert line.needs in {"", "any", "late", "textile", "leaf", *Kind}, line
        item = "린넨 셔츠" if language is Language.KO else "Linen shirt"
        for text in (line.text, line.reply):
            filled = fill_in(text, language, name="김민지", item=item, days=7)
            assert "{" not in filled
            assert "{days}" not in text or line.needs == "late", line
            assert "{item" not in text or line.needs or line.topic in (Topic.PRODUCT, Topic.PRICE), line


def test_a_stranger_is_addressed_without_a_name() -> None:
    assert fill_in("감사합니다, {who}.", Language.KO) == "감사합니다, 고객님."
    assert fill_in("Thank you, {who}.", Language.EN) == "Thank you."
    assert fill_in("{item:이/가}", Language.KO, item="찻잔") == "찻잔이"
    assert fill_in("the {item}", Language.EN, item="Teapot") == "the teapot"


def test_nobody_says_a_tear_aloud() -> None:
    assert spoken("안 와요 ㅠㅠ 어디예요ㅡㅡ") == "안 와요 어디예요"
    for language, line in LINES:
        if line.sayable:
            text = as_heard(line.text, Channel.PHONE, language, None, Random(1))
            assert not any("ㄱ" <= char <= "ㅣ" for char in text)


def test_a_letter_begins_with_a_greeting() -> None:
    assert as_heard("환불 문의요", Channel.MAIL, Language.KO, "김민지", Random(1)).startswith(
        "안녕하세요, 김민지입니다.\n"
    )
    assert as_heard("Refund?", Channel.MAIL, Language.EN, "Ann Lee", Random(1)) == "Hello,\nRefund?\nAnn"


def test_the_catalogue_has_two_names_and_a_price_for_everything() -> None:
    assert set(SHOP_NAME) == set(Language)
    assert {product.kind for product in CATALOGUE} == set(Kind)
    for language in Language:
        assert len({product.name(language) for product in CATALOGUE}) == len(CATALOGUE)
    assert all(5_000 <= product.price <= 150_000 and product.price % 1000 == 0 for product in CATALOGUE)
