import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.desk.telling import minutes, told
from cxdesk.domain.records import Ticket
from cxdesk.domain.views import Estimate
from cxdesk.domain.words import Channel, Language

NOW = 1_790_000_000_000
TICKET = Ticket("t1", 1, Channel.PHONE, NOW, NOW, NOW)
TOLD = Ticket("t1", 1, Channel.PHONE, NOW, NOW, NOW, quoted_from=NOW, quoted_until=NOW + 300_000)

estimates = st.builds(
    lambda low, more, most, state, position: Estimate(low, low + more, low + more + most, state, position, 30),
    st.floats(0, 5_000),
    st.floats(0, 5_000),
    st.floats(0, 5_000),
    st.sampled_from(["ok", "cold", "stale", "overload"]),
    st.integers(1, 40),
)


@pytest.mark.parametrize(
    ("expected", "high", "said"),
    [
        (400, 800, (6, 15)),
        (0, 0, (0, 1)),
        (59, 61, (0, 2)),
        (599, 600, (9, 10)),
        (610, 1_799, (10, 30)),
        (1_900, 3_500, (30, 60)),
        (900, 901, (15, 20)),
    ],
)
def test_minutes_are_rounded_outward_and_the_longer_the_coarser(
    expected: float, high: float, said: tuple[int, int]
) -> None:
    assert minutes(expected, high) == said


@given(st.floats(0, 50_000), st.floats(0, 50_000))
def test_what_is_said_covers_what_is_estimated(one: float, two: float) -> None:
    low, high = minutes(min(one, two), max(one, two))
    assert 60 * low <= min(one, two)
    assert 60 * high >= max(one, two)
    assert low < high


@given(estimates, st.sampled_from(list(Language)), st.sampled_from([TICKET, TOLD]))
def test_no_sentence_holds_seconds_a_nought_or_a_range_of_one(wait: Estimate, lang: Language, ticket: Ticket) -> None:
    said = told(wait, lang, NOW, ticket)
    assert said is not None
    numbers = [int(n) for n in re.findall(r"\d+", said.sentence)]
    assert 0 not in numbers
    assert not re.search(r"초|second|[.]\d", said.sentence)
    found = re.search(
        r"(\d+)~(\d+)분|보통 (\d+)분, 길면 (\d+)분|(\d+) (?:and|to) (\d+) min|about (\d+) min.*to (\d+)", said.sentence
    )
    if found:
        low, high = (int(n) for n in found.groups() if n is not None)
        assert low < high
        assert said.high == 60 * high, "what is kept is what was said"


@pytest.mark.parametrize(
    ("wait", "ticket", "words"),
    [
        (Estimate(60, 300, 600, "ok", 3), TICKET, "앞에 2분 계십니다. 보통 5분, 길면 10분쯤 걸립니다."),
        (Estimate(60, 300, 600, "ok", 1), TICKET, "다음 차례이십니다. 보통 5분, 길면 10분쯤 걸립니다."),
        (Estimate(1, 10, 90, "ok", 1), TICKET, "곧 차례가 되십니다."),
        (Estimate(1, 200, 900, "cold", 1), TICKET, "아직 자료가 적어 정확하지 않습니다. 3~15분 사이로 봅니다."),
        (Estimate(1, 2400, 9000, "overload", 9), TICKET, "문의가 몰려 40분 넘게 걸립니다. 전화를 다시 드릴까요?"),
        (
            Estimate(1, 420, 600, "ok", 1),
            TOLD,
            "상담이 길어져 2분쯤 늦어집니다. 기다리시게 해 죄송합니다. 지금 예상은 7~10분입니다.",
        ),
        (Estimate(1, 200, 600, "ok", 1), TOLD, "다음 차례이십니다. 보통 3분, 길면 10분쯤 걸립니다."),
    ],
)
def test_the_sentence_of_each_situation(wait: Estimate, ticket: Ticket, words: str) -> None:
    said = told(wait, Language.KO, NOW, ticket)
    assert said is not None
    assert said.sentence == words


def test_one_person_ahead_is_one_person_in_english() -> None:
    said = told(Estimate(60, 300, 600, "ok", 2), Language.EN, NOW, TICKET)
    assert said is not None
    assert said.sentence.startswith("1 person ahead of you.")


def test_nothing_is_said_before_anything_is_known() -> None:
    assert told(None, Language.KO, NOW, TICKET) is None


@pytest.mark.parametrize("lang", list(Language))
def test_when_nobody_is_there_no_time_is_made_up(lang: Language) -> None:
    said = told(Estimate(0, 0, 0, "no_agents", 4), lang, NOW, TICKET)
    assert said is not None
    assert (said.state, said.low, said.high) == ("no_agents", None, None)
    assert not re.search(r"\d", said.sentence)
