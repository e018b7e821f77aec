"""What is found by its words: policy, blame, jargon, asking again, names, honorifics, particles, shouting."""

import pytest

from cxdesk.empathy.reply.findings import Finding
from tests.empathy.reply.conftest import Check


def fixed(reply: str, finding: Finding) -> str:
    assert finding.fix is not None
    return finding.fix.apply(reply)


def test_policy_as_the_reason_gives_way_to_a_reason(ko: Check, en: Check) -> None:
    reply = "저희 규정상 7일이 지났습니다."
    assert fixed(reply, ko(reply)["hides-behind-policy"]) == "{? 고객님께 해당하는 이유 ?} 때문에 7일이 지났습니다."
    assert "hides-behind-policy" in en("As per company policy, it is closed.")
    assert en("Our privacy policy is linked below.") == {}
    assert ko("환불 규정이 궁금하다고 하셨지요.") == {}


def test_blame_is_found_and_our_own_mistake_is_not_blame(ko: Check, en: Check) -> None:
    assert "blame" in ko("고객님이 주소를 잘못 적으셨어요.")
    assert "blame" in en("That was your mistake.")
    assert ko("고객님 잘못이 아닙니다. 저희 실수예요.") == {}
    assert en("The mistake is ours.") == {}


def test_better_words_agree_with_the_particle_after_them(ko: Check) -> None:
    assert fixed("유선으로 안내합니다.", ko("유선으로 안내합니다.")["jargon"]) == "전화로 안내합니다."


def test_better_words_begin_a_sentence_with_a_capital(en: Check) -> None:
    reply = "Due to our policy it is closed."
    assert fixed(reply, en(reply)["hides-behind-policy"]).startswith("Because {?")


@pytest.mark.parametrize(
    ("reply", "known", "better"),
    [
        ("주문번호가 어떻게 되세요?", {"order_no": "A-1001"}, "주문번호 A-1001 건이 맞으시지요?"),
        ("성함을 알려 주세요.", {"name": "김민지"}, "김민지 고객님이 맞으시지요?"),
        ("연락처 부탁드립니다.", {"phone": "010-1234-5678"}, "끝자리 5678 번호로 연락드리면 될까요?"),
        ("어떤 상품인가요?", {"product": "린넨 셔츠"}, "린넨 셔츠 말씀이시지요?"),
        ("주문번호 알려 주세요.", {"said": "주문번호 20261120-77 인데요"}, "주문번호 20261120-77 건이 맞으시지요?"),
    ],
)
def test_a_question_for_what_is_known_gives_way_to_it(
    ko: Check, reply: str, known: dict[str, str], better: str
) -> None:
    found = ko(reply, **known)["asks-again"]
    assert fixed(reply, found) == better
    assert "asks-again" not in ko(reply)


def test_a_whole_phone_number_is_never_read_back(ko: Check) -> None:
    assert "1234" not in ko("연락처 부탁드립니다.", phone="010-1234-5678")["asks-again"].better


def test_identity_and_other_people_may_be_asked_about(ko: Check, en: Check) -> None:
    assert ko("본인 확인을 위해 성함을 말씀해 주세요.", name="김민지") == {}
    assert ko("받으실 분의 성함을 알려 주세요.", name="김민지") == {}
    assert en("What's the new phone number?", phone="010-1234-5678") == {}


def test_a_greeting_without_the_name_gets_it(ko: Check, en: Check) -> None:
    reply = "안녕하세요, 고객님. 사진 잘 받았어요."
    assert fixed(reply, ko(reply, name="김민지")["no-name"]) == "안녕하세요, 김민지 고객님. 사진 잘 받았어요."
    reply = "Dear customer, thanks."
    assert fixed(reply, en(reply, name="Ms Emma Brown")["no-name"]) == "Dear Emma, thanks."


def test_a_given_name_counts_and_a_reply_in_the_middle_needs_none(ko: Check, en: Check) -> None:
    assert ko("안녕하세요, 민지 님.", name="김민지") == {}
    assert ko("네, 고객님. 바로 보겠습니다.", name="김민지") == {}
    assert ko("안녕하세요, 고객님.") == {}
    assert en("Good morning Ms Brown, it left today.", name="Emma Brown") == {}
    assert "no-name" not in en("Hello {? name ?}, it left today.", name="Emma Brown")


@pytest.mark.parametrize(
    ("reply", "better"),
    [
        ("주문하신 상품이 나오셨습니다.", "주문하신 상품이 나왔습니다."),
        ("그 셔츠는 품절이십니다.", "그 셔츠는 품절입니다."),
        ("배송비는 3,000원이세요.", "배송비는 3,000원이에요."),
        ("재고가 없으십니다.", "재고가 없습니다."),
        ("환불이 완료되셨어요.", "환불이 완료됐어요."),
    ],
)
def test_goods_are_not_honoured(ko: Check, reply: str, better: str) -> None:
    assert fixed(reply, ko(reply)["goods-honorific"]) == better


@pytest.mark.parametrize(
    "reply",
    [
        "찾으시는 상품이 있으세요?",
        "상품은 잘 받으셨어요?",
        "주문하신 분이 도착하시면 알려 주세요.",
        "취소가 안 되어 걱정되셨지요.",
        "어머님이 오셨어요.",
    ],
)
def test_people_are_honoured(ko: Check, reply: str) -> None:
    assert "goods-honorific" not in ko(reply)


@pytest.mark.parametrize(
    ("reply", "better"),
    [
        ("상품를 보냈습니다.", "상품을 보냈습니다."),
        ("고객님가 고르신 색입니다.", "고객님이 고르신 색입니다."),
        ("주소으로 보냈습니다.", "주소로 보냈습니다."),
        ("반품와 교환이 됩니다.", "반품과 교환이 됩니다."),
        ("셔츠은 찬물에 빨아 주세요.", "셔츠는 찬물에 빨아 주세요."),
        ("최유진 고객님은(는) 적립금이 있어요.", "최유진 고객님은 적립금이 있어요."),
    ],
)
def test_a_wrong_particle_is_put_right(ko: Check, reply: str, better: str) -> None:
    assert fixed(reply, ko(reply)["wrong-josa"]) == better


@pytest.mark.parametrize(
    "reply",
    [
        "가을이 오면 마을을 걷는 길이 좋습니다.",
        "나은 방법을 새로 찾은 것은 하은 님입니다.",
        "서울로 가는 상자는 오늘 떠났고, 결과와 효과를 적었습니다.",
        "USB를 꽂고 M을 고르시면 3개를 담을 수 있어요.",
        "지은 지 오래된 집이라 고은 색으로 칠했습니다.",
    ],
)
def test_words_that_only_end_like_a_particle_are_left_alone(ko: Check, reply: str) -> None:
    assert "wrong-josa" not in ko(reply)


def test_a_product_and_a_name_are_nouns_too(ko: Check) -> None:
    assert "wrong-josa" in ko("쪽배는 있고 쪽배은 없다.", product="쪽배")


def test_marks_and_capitals_in_a_row_are_quietened(ko: Check, en: Check) -> None:
    assert fixed("네!!! 됐어요.", ko("네!!! 됐어요.")["shouting"]) == "네! 됐어요."
    assert fixed("왜요?!", ko("왜요?!")["shouting"]) == "왜요?"
    reply = "PLEASE READ THE PAGE."
    assert fixed(reply, en(reply)["shouting"]) == "Please read the page."


def test_one_mark_and_abbreviations_are_no_shouting(ko: Check, en: Check) -> None:
    assert ko("축하드려요!") == {}
    assert en("It has USB HDMI ports, in XS to XXL. Thank you!") == {}
