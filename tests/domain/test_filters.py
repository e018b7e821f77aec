from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.filters import Filters, completions, read_filters
from cxdesk.domain.moments import instant
from cxdesk.domain.words import Channel, Language, Segment, Status

SEOUL = ZoneInfo("Asia/Seoul")
NOW = 1_795_237_380_000  # 2026-11-21 14:03 in Seoul


def read(line: str) -> Filters:
    return read_filters(line, NOW, SEOUL)


def at(year: int, month: int = 1, day: int = 1) -> int:
    return instant(datetime(year, month, day, tzinfo=SEOUL))


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("김민지", Filters("김민지")),
        ("segment:vip", Filters(segment=Segment.VIP)),
        ("고객군:vip", Filters(segment=Segment.VIP)),
        ("고객군:뜸함", Filters(segment=Segment.AT_RISK)),
        ("segment:at-risk", Filters(segment=Segment.AT_RISK)),
        ("status:waiting channel:phone", Filters(status=Status.WAITING, channel=Channel.PHONE)),
        ("상태:대기 채널:전화", Filters(status=Status.WAITING, channel=Channel.PHONE)),
        ("상태:상담중", Filters(status=Status.ACTIVE)),
        ("STATUS:Waiting", Filters(status=Status.WAITING)),
        ("상태：대기", Filters(status=Status.WAITING)),  # a full-width colon, as Korean keyboards type it
        ("before:2026-10", Filters(before=at(2026, 10))),
        ("after:2026-10-05", Filters(after=at(2026, 10, 5))),
        ("이후:2026년10월", Filters(after=at(2026, 10))),
        ("after:2026", Filters(after=at(2026))),
        ("after:today", Filters(after=at(2026, 11, 21))),
        ("이후:어제", Filters(after=at(2026, 11, 20))),
        ("after:7d", Filters(after=at(2026, 11, 14))),
        ("이후:2주", Filters(after=at(2026, 11, 7))),
        ("tag:선물", Filters(tag="선물")),
        ('태그:"단골 손님" 김', Filters("김", tag="단골 손님")),
        ("김 segment:vip 민지", Filters("김 민지", segment=Segment.VIP)),
        ("segment:", Filters()),  # not written yet: neither used nor wrong
    ],
)
def test_a_line_is_conditions_and_a_text(line: str, meant: Filters) -> None:
    assert read(line) == meant


@pytest.mark.parametrize(
    ("line", "code", "word", "choice"),
    [
        ("segmnt:vip", "unknown", "segmnt", "segment:"),
        ("고객:vip", "unknown", "고객", "고객군:"),
        ("segment:gold", "no_value", "gold", "vip"),
        ("상태:화남", "no_value", "화남", "대기"),
        ("before:soon", "no_date", "soon", ""),
        ("before:2026-13", "no_date", "2026-13", ""),
    ],
)
def test_a_condition_that_cannot_be_used_says_what_would_do(line: str, code: str, word: str, choice: str) -> None:
    wrong = read(f"김 {line} channel:mail").wrong
    assert wrong is not None
    assert (wrong.code, wrong.word) == (code, word)
    assert choice in (*wrong.choices, "")
    assert read(f"김 {line} channel:mail").channel is Channel.MAIL, "the others still count"


@pytest.mark.parametrize("line", ["14:30 전화", "http://example.com", "#1042"])
def test_what_only_looks_like_a_condition_is_text_or_is_explained(line: str) -> None:
    found = read(line)
    assert not found
    assert found.text or found.wrong


@given(st.text(max_size=60))
def test_no_line_can_break_it(line: str) -> None:
    found = read(line)
    assert found.text == " ".join(found.text.split())


@pytest.mark.parametrize(
    ("line", "language", "offered"),
    [
        ("", Language.KO, ("고객군:", "상태:", "채널:", "이후:", "이전:", "태그:")),
        ("상태", Language.KO, ("상태:",)),
        ("김민지 고객", Language.KO, ("고객군:",)),
        ("seg", Language.EN, ("segment:",)),
        ("status:w", Language.EN, ("status:waiting",)),
        ("status:waiting", Language.EN, ()),
        ("고객군:", Language.KO, ("고객군:vip", "고객군:단골", "고객군:재방문", "고객군:신규", "고객군:뜸함")),
        ("김", Language.KO, ()),
        ("before:", Language.EN, ()),
    ],
)
def test_a_word_that_has_begun_is_completed(line: str, language: Language, offered: tuple[str, ...]) -> None:
    assert completions(line, language) == offered


@pytest.mark.parametrize("language", list(Language))
def test_every_completion_of_a_value_is_one_that_is_understood(language: Language) -> None:
    for kind in completions("", language):
        for whole in completions(kind, language):
            assert read(whole).wrong is None
            assert read(whole)
