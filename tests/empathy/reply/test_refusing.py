"""Refusals without a choice, and apologies that name nothing."""

import pytest

from cxdesk.empathy.reply.findings import Weight
from tests.empathy.reply.conftest import Check

LINE = "① 오늘 발송, 모레 도착 ② 바로 환불, {? 입금되는 때 ?} 입금"


def test_a_refusal_alone_asks_once_before_it_is_sent(ko: Check, en: Check) -> None:
    assert ko("교환은 안 됩니다.")["no-alternative"].weight is Weight.ASK
    assert en("We can't exchange it.")["no-alternative"].weight is Weight.ASK


@pytest.mark.parametrize(
    "reply",
    [
        "교환은 어렵습니다. 대신 ① 수리 ② 환불 중에서 골라 주세요.",
        "교환은 안 됩니다. 수선해 드리거나, 만 원을 돌려드릴 수 있어요.",
        "그날은 불가합니다. 하지만 전날 받으시거나 매장에서 찾으실 수 있습니다.",
    ],
)
def test_a_refusal_with_two_choices_is_fine(ko: Check, reply: str) -> None:
    assert ko(reply) == {}


def test_one_choice_is_not_two(ko: Check, en: Check) -> None:
    assert "no-alternative" in ko("교환은 어렵고, 대신 쿠폰을 드릴 수 있습니다.")
    assert "no-alternative" in en("We can't exchange it, but I can give you a voucher.")


def test_an_or_inside_the_refusal_is_no_choice(en: Check) -> None:
    assert "no-alternative" in en("We can't refund or exchange it.")
    assert "no-alternative" not in en("We can't refund it, but I can swap it or mend it.")


@pytest.mark.parametrize(
    "told",
    [
        "결제가 안 되셨다니 당황하셨겠어요.",
        "찾기 어려우셨지요.",
        "걱정하지 않으셔도 됩니다.",
        "언제라고 약속드리기는 어렵습니다.",
        "두 번이나 잘못 보내 드렸습니다.",
    ],
)
def test_what_the_customer_could_not_do_is_no_refusal(ko: Check, told: str) -> None:
    assert "no-alternative" not in ko(told)


@pytest.mark.parametrize("told", ["If you can't log in, tell me.", "I can't wait to see it.", "You can't go wrong."])
def test_what_only_sounds_like_a_refusal_is_none(en: Check, told: str) -> None:
    assert en(told) == {}


def test_two_choices_come_from_the_lines_for_the_topic(ko: Check) -> None:
    found = ko("교환은 안 됩니다.", options=LINE)["no-alternative"]
    assert found.better == LINE
    assert found.fix is not None
    assert found.fix.apply("교환은 안 됩니다.") == f"교환은 안 됩니다.\n{LINE}"
    assert set(ko(found.fix.apply("교환은 안 됩니다."), options=LINE)) == {"unfilled"}


def test_without_a_line_only_the_reason_is_told(ko: Check) -> None:
    found = ko("교환은 안 됩니다.")["no-alternative"]
    assert (found.better, found.fix) == ("", None)


def test_an_apology_alone_names_nothing(ko: Check, en: Check) -> None:
    for bare in ("죄송합니다.", "정말 죄송합니다, 김민지 고객님.", "이용에 불편을 드려 사과드립니다. 감사합니다."):
        assert "bare-apology" in ko(bare, name="김민지")
    for bare in ("Sorry.", "I'm so sorry, Emma.", "We apologise for any inconvenience caused."):
        assert "bare-apology" in en(bare, name="Emma Brown")


def test_an_apology_that_names_a_feeling_or_our_part_is_fine(ko: Check, en: Check) -> None:
    for good in ("배송이 늦어 죄송합니다.", "얼마나 놀라셨어요. 죄송합니다.", "죄송합니다. 제가 주소를 빠뜨렸습니다."):
        assert ko(good) == {}
    for good in ("I'm sorry your parcel is late.", "How upsetting. I'm sorry.", "Sorry, we sent the wrong size."):
        assert en(good) == {}


def test_an_acknowledgement_goes_before_the_apology(ko: Check) -> None:
    reply = "확인했습니다. 죄송합니다."
    found = ko(reply, acknowledge="많이 답답하셨겠어요.")["bare-apology"]
    assert found.fix is not None
    assert found.fix.apply(reply) == "확인했습니다. 많이 답답하셨겠어요. 죄송합니다."
    assert ko(found.fix.apply(reply)) == {}
