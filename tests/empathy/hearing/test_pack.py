from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.words import Emotion, Language
from cxdesk.empathy.hearing.chances import chances_of
from cxdesk.empathy.hearing.pack import MAGIC, UNIT, Pack, PackError, open_pack
from tests.empathy.hearing.conftest import HEAD, key_of


def test_a_pack_is_read_back_as_it_was_built(pack: Pack) -> None:
    assert pack.head == HEAD
    assert len(pack) == 4
    assert key_of("gift") in pack
    assert key_of("parcel") not in pack


def test_scores_are_sums_over_the_length_of_the_message(pack: Pack) -> None:
    emotions, topics, now = pack.scores([key_of("slow"), key_of("gift"), key_of("help"), 12345], 4)
    # Two thousand and forty-eight is twice the norm's 1024, and a message of four features is two long.
    assert dict(zip(Emotion, emotions, strict=True)) == {
        Emotion.ANGER: 90,
        Emotion.ANXIETY: 0,
        Emotion.DISAPPOINTMENT: 0,
        Emotion.CONFUSION: 0,
        Emotion.GRATITUDE: 100,
        Emotion.NEUTRAL: 32,
    }
    assert sorted(topics, reverse=True)[:3] == [90, 60, 0]
    assert now == 127


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_pack"),
        (b"PK\x03\x04 something else", "not_a_pack"),
        (MAGIC, "damaged"),
        (MAGIC + b"\xff\xff\xff\xff{}", "damaged"),
        (MAGIC + b"\x02\x00\x00\x00[]", "damaged"),
    ],
)
def test_what_is_no_pack_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(PackError) as refused:
        open_pack(data, Language.EN)
    assert refused.value.code == code


def test_a_pack_of_another_language_is_refused(data: bytes) -> None:
    with pytest.raises(PackError) as refused:
        open_pack(data, Language.KO)
    assert refused.value.code == "other_version"


def test_a_pack_cut_short_anywhere_is_refused(data: bytes) -> None:
    for end in range(len(data)):
        with pytest.raises(PackError):
            open_pack(data[:end], Language.EN)


@given(place=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_pack_with_a_changed_byte_is_refused_or_harmless(data: bytes, place: int, byte: int) -> None:
    place %= len(data)
    try:
        pack = open_pack(data[:place] + bytes([byte]) + data[place + 1 :], Language.EN)
    except PackError:
        return
    assert len(pack.scores([key_of("gift")], 9)[0]) == len(Emotion)


@given(st.lists(st.integers(-3000, 3000), min_size=2, max_size=11))
def test_chances_are_the_softmax_of_the_scores(scores: list[int]) -> None:
    chances = chances_of(scores)
    parts = [exp((score - max(scores)) / UNIT) for score in scores]
    assert all(abs(chance / 1000 - part / sum(parts)) < 0.002 for chance, part in zip(chances, parts, strict=True))
