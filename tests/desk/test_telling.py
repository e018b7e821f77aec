import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.desk.telling import Around, minutes, told, told_mail
from cxdesk.domain.records import Quote, Ticket
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
        r"(\d+)~(\d+)분|보통 (\d+)분, 길면 (\d+)분|(\d+) (?:and|to) (\d+) min|about (\d+) minutes; up to (\d+)",
        said.sentence,
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


# -- what is around the estimate


def quote(*, expected: int = 700, high: int = 1200, at: int = NOW) -> Quote:
    return Quote("q1", "t1", None, 120, expected, high, "ok", 30, at, "")


def test_a_range_that_was_told_is_told_again_while_it_holds() -> None:
    before = told(Estimate(60, 700, 1200, "ok", 3), Language.KO, NOW, TICKET)
    again = told(Estimate(60, 790, 1500, "ok", 3), Language.KO, NOW + 1000, TICKET, Around(last=quote()))
    assert before is not None
    assert again is not None
    assert again.sentence == before.sentence


@pytest.mark.parametrize(
    "wait",
    [
        pytest.param(Estimate(60, 900, 1100, "ok", 3), id="a fifth longer"),
        pytest.param(Estimate(60, 400, 1100, "ok", 3), id="a third shorter"),
        pytest.param(Estimate(60, 1300, 2000, "ok", 3), id="beyond what was told"),
    ],
)
def test_a_range_that_no_longer_holds_is_estimated_anew(wait: Estimate) -> None:
    assert told(wait, Language.KO, NOW + 1000, TICKET, Around(last=quote())) == told(wait, Language.KO, NOW, TICKET)


def test_nobody_is_counted_down_to_nothing() -> None:
    later = NOW + 1000 * 560
    said = told(Estimate(30, 40, 300, "ok", 1), Language.KO, later, TICKET, Around(last=quote()))
    assert said == told(Estimate(30, 40, 300, "ok", 1), Language.KO, later, TICKET)


def test_what_was_told_before_a_ticket_was_reopened_is_no_range_to_keep_to() -> None:
    wait = Estimate(60, 660, 1500, "ok", 3)
    assert told(wait, Language.KO, NOW, TICKET, Around(last=quote(at=NOW - 1))) == told(wait, Language.KO, NOW, TICKET)


def test_a_clock_set_back_does_not_make_the_last_quote_a_range() -> None:
    wait = Estimate(60, 660, 1500, "ok", 3)
    ahead = Around(last=quote(at=NOW + 3_600_000))
    assert told(wait, Language.KO, NOW, TICKET, ahead) == told(wait, Language.KO, NOW, TICKET)


@pytest.mark.parametrize(
    ("around", "words"),
    [
        (Around(back="오늘 오후 2:30"), "지금은 상담할 직원이 자리에 없습니다. 오늘 오후 2:30에 다시 시작합니다."),
        (Around(open=False, back="내일 오전 9시"), "지금은 상담 시간이 아닙니다. 내일 오전 9시에 다시 시작합니다."),
        (
            Around(),
            "지금은 상담할 직원이 자리에 없습니다. 연락처를 남겨 주시면 다시 전화드리겠습니다.",
        ),
    ],
)
def test_while_nobody_serves_it_is_said_when_somebody_will(around: Around, words: str) -> None:
    said = told(Estimate(0, 0, 0, "no_agents", 4), Language.KO, NOW, TICKET, around)
    assert said is not None
    assert said.sentence == words
    assert said.offers_call


def test_somebody_who_is_late_and_whom_nobody_serves_is_told_so_with_an_apology() -> None:
    said = told(Estimate(0, 0, 0, "no_agents", 4), Language.KO, NOW + 301_000, TOLD, Around(back="오늘 오후 2:30"))
    assert said is not None
    assert said.sentence.startswith("기다리시게 해 죄송합니다. 지금은")


def test_a_wait_beyond_closing_time_is_said_before_it_is_waited_for() -> None:
    closes = Around(closes=("오늘 오후 6시", 300.0, "내일 오전 9시"))
    said = told(Estimate(100, 400, 900, "ok", 4), Language.KO, NOW, TICKET, closes)
    assert said is not None
    assert (said.state, said.high, said.offers_call) == ("closing", None, True)
    assert "오늘 오후 6시" in said.sentence
    assert "내일 오전 9시" in said.sentence
    before = told(Estimate(100, 200, 900, "ok", 4), Language.KO, NOW, TICKET, closes)
    assert before is not None
    assert before.state == "ok"


@pytest.mark.parametrize("lang", list(Language))
def test_whoever_may_be_passed_is_told_that_the_order_may_change(lang: Language) -> None:
    plain = told(Estimate(100, 400, 900, "ok", 4), lang, NOW, TICKET)
    passed = told(Estimate(100, 400, 900, "ok", 4), lang, NOW, TICKET, Around(passed=True))
    assert plain is not None
    assert passed is not None
    assert passed.sentence.startswith(plain.sentence + " ")


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("days", [1, 400])
def test_a_clock_that_jumped_makes_no_absurd_delay(lang: Language, days: int) -> None:
    said = told(Estimate(1, 420, 600, "ok", 1), lang, NOW + days * 86_400_000, TOLD)
    assert said is not None
    assert max(int(n) for n in re.findall(r"\d+", said.sentence)) <= 10


@pytest.mark.parametrize("state", ["ok", "cold", "overload", "stale"])
def test_services_of_ten_hours_are_said_in_hours(state: str) -> None:
    said = told(Estimate(18_000, 36_000, 90_000, state, 3), Language.KO, NOW, TICKET)
    assert said is not None
    assert "10시간" in said.sentence
    assert not re.search(r"\d+분", said.sentence)


SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Estimate(600, 7_000, 60_000, "ok"), "내일 오후 4시까지 답을 드립니다(10건 중 9건)."),
        (Estimate(60, 600, 3_000, "ok"), "내일 오전 0:10까지 답을 드립니다(10건 중 9건)."),
        (Estimate(60, 600, 0, "ok"), "오늘 오후 11:30까지 답을 드립니다(10건 중 9건)."),
    ],
)
def test_a_mail_is_answered_by_a_round_time(reply: Estimate, words: str) -> None:
    said = told_mail(reply, Language.KO, NOW, SEOUL)
    assert said is not None
    assert said.sentence == words
    assert said.high is not None
    assert said.high >= reply.high


def test_a_mail_whose_answer_nobody_can_foresee_is_told_nothing() -> None:
    assert told_mail(None, Language.KO, NOW, SEOUL) is None
