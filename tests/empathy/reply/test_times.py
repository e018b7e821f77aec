from benchmarks.check import NOW, SEOUL
from cxdesk.domain.moments import HOUR, local
from tests.empathy.reply.conftest import Check

TOMORROW_AT_3 = NOW + 25 * HOUR - 3 * 60_000
TODAY_AT_6 = NOW + 4 * HOUR - 3 * 60_000


def test_a_vague_time_becomes_the_time_that_was_promised(ko: Check, en: Check) -> None:
    found = ko("최대한 빨리 연락드리겠습니다.", promises=(TOMORROW_AT_3, TODAY_AT_6))["vague-time"]
    assert found.fix is not None
    assert found.fix.apply("최대한 빨리 연락드리겠습니다.") == "오늘 오후 6시까지 연락드리겠습니다."
    assert en("I'll call you soon.", promises=(TOMORROW_AT_3,))["vague-time"].better == "tomorrow 3 pm"


def test_a_promise_whose_time_has_passed_is_no_time_to_give(ko: Check) -> None:
    assert ko("최대한 빨리 연락드리겠습니다.", promises=(NOW - HOUR,))["vague-time"].better == "{? 시각 ?}까지"


def test_while_somebody_waits_a_vague_time_becomes_the_estimated_wait(ko: Check, en: Check) -> None:
    found = ko("곧 차례가 옵니다.", low_minutes=10, high_minutes=25, promises=(TODAY_AT_6,))["vague-time"]
    assert found.better == "10~25분 안에"
    assert en("You'll be seen shortly.", low_minutes=10, high_minutes=25)["vague-time"].better == "within 10–25 minutes"


def test_with_nothing_known_a_blank_asks_and_no_time_is_invented(ko: Check, en: Check) -> None:
    assert ko("조만간 연락드리겠습니다.")["vague-time"].better == "{? 시각 ?}까지"
    assert en("I'll reply ASAP.")["vague-time"].better == "by {? time ?}"


def test_a_vague_word_beside_a_time_is_no_fault(ko: Check, en: Check) -> None:
    assert ko("최대한 빨리, 늦어도 화요일까지는 받으시게 하겠습니다.") == {}
    assert "vague-time" not in en("As soon as possible, by Tuesday at the latest.")


def test_words_that_only_look_vague_are_left_alone(ko: Check, en: Check) -> None:
    for good in ("곧바로 취소했습니다.", "곧장 오시면 됩니다.", "나중에 필요하시면 말씀해 주세요."):
        assert ko(good) == {}
    for good in ("See you soon!", "As soon as it ships you get a text.", "How soon do you need it?"):
        assert en(good) == {}


def test_a_time_before_the_long_end_of_the_wait_is_too_soon(ko: Check, en: Check) -> None:
    found = ko("10분 안에 연결됩니다.", low_minutes=20, high_minutes=40)["over-promise"]
    assert (found.start, found.end) == (0, 3)
    assert found.fix is not None
    assert found.fix.apply("10분 안에 연결됩니다.") == "20~40분 안에 연결됩니다."
    assert en("We'll see you in ten minutes.", high_minutes=40)["over-promise"].better == "40 minutes"
    assert "over-promise" in ko("오후 2시 20분까지 차례가 됩니다.", high_minutes=40)


def test_nothing_is_too_soon_while_no_wait_is_known(ko: Check) -> None:
    assert ko("10분 안에 연결됩니다.") == {}


def test_the_long_end_itself_and_a_range_that_reaches_it_are_honest(ko: Check, en: Check) -> None:
    for honest in ("40분 안에 연결됩니다.", "20~40분이면 차례가 됩니다.", "한 시간쯤 걸립니다."):
        assert ko(honest, low_minutes=20, high_minutes=40) == {}
    assert en("It takes 20 to 40 minutes.", low_minutes=20, high_minutes=40) == {}


def test_a_promise_nobody_noted_down_is_offered_with_its_time(ko: Check, en: Check) -> None:
    found = ko("확인했습니다. 내일 오후 3시까지 전화드리겠습니다.")["promise-untracked"]
    assert found.due is not None
    assert local(found.due.at, SEOUL).isoformat() == "2026-11-22T15:00:00+09:00"
    assert found.fix is None
    found = en("I'll text you by 6pm today.")["promise-untracked"]
    assert found.due is not None
    assert local(found.due.at, SEOUL).hour == 18


def test_a_promise_that_is_noted_down_is_not_offered_again(ko: Check) -> None:
    reply = "내일 오후 3시까지 전화드리겠습니다."
    assert ko(reply, promises=(TOMORROW_AT_3,)) == {}
    assert "promise-untracked" in ko(reply, promises=(TODAY_AT_6,))


def test_a_day_without_an_hour_is_kept_by_any_promise_of_that_day(ko: Check) -> None:
    assert ko("내일까지 답을 드리겠습니다.", promises=(TOMORROW_AT_3,)) == {}


def test_an_offer_a_question_or_the_past_is_no_promise(ko: Check, en: Check) -> None:
    for good in (
        "내일 오후 3시에 전화드려도 될까요?",
        "원하시면 오늘 5시까지 보내 드리겠습니다.",
        "어제 3시에 전화드렸습니다.",
        "환불은 이틀 안에 입금됩니다.",
    ):
        assert ko(good) == {}
    for good in (
        "May I call you at 3pm tomorrow?",
        "If you like, I'll send it by 5 today.",
        "I called at 3 yesterday.",
    ):
        assert en(good) == {}


def test_a_promise_that_is_too_soon_is_not_offered_to_be_noted_down(ko: Check) -> None:
    found = ko("10분 안에 전화드리겠습니다.", high_minutes=40)
    assert set(found) == {"over-promise"}
