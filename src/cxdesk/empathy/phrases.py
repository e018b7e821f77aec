"""The wording of the sentence that remembers, in both languages; several natural ways for each kind of record."""

from collections.abc import Mapping
from typing import Final

from cxdesk.domain.words import Language, Topic
from cxdesk.empathy.kinds import Kind

__all__ = ["CONTACT", "JOINED", "PREFERENCE", "PROMISE", "PURCHASE", "TOPIC"]

Variants = tuple[str, ...]
KO, EN = Language.KO, Language.EN

TOPIC: Final[Mapping[Language, Mapping[Topic, str]]] = {
    KO: {
        Topic.DELIVERY: "배송 건",
        Topic.REFUND: "교환·환불 건",
        Topic.DEFECT: "상품 이상 건",
        Topic.PAYMENT: "결제 건",
        Topic.PRICE: "가격 문의",
        Topic.STAFF: "응대 관련 말씀",
        Topic.PRODUCT: "상품 문의",
        Topic.WAITING: "예약 건",
        Topic.ACCOUNT: "계정 건",
        Topic.PRAISE: "말씀",
        Topic.OTHER: "문의",
    },
    EN: {
        Topic.DELIVERY: "your delivery",
        Topic.REFUND: "your return",
        Topic.DEFECT: "the fault you reported",
        Topic.PAYMENT: "your payment",
        Topic.PRICE: "your question about the price",
        Topic.STAFF: "how you were treated",
        Topic.PRODUCT: "your question about the product",
        Topic.WAITING: "your booking",
        Topic.ACCOUNT: "your account",
        Topic.PRAISE: "what you told us",
        Topic.OTHER: "your question",
    },
}

PROMISE: Final[Mapping[Language, Mapping[str, Variants]]] = {
    KO: {
        "due": (
            "지난번 약속드린 ‘{what}’, {due}까지인 것 잊지 않고 있습니다.",
            "‘{what}’ 건은 {due}까지 약속드렸지요. 제가 챙기고 있습니다.",
            "말씀드린 ‘{what}’, {due}까지로 적어 두었습니다.",
        ),
        "late": (
            "‘{what}’ 건은 {due}까지 약속드렸는데 시간을 넘겼습니다. 지금 바로 확인하겠습니다.",
            "{due}에 약속드린 ‘{what}’, 아직 못 지켜 드렸습니다. 이것부터 보겠습니다.",
        ),
        "due_unnamed": (
            "지난번에 드린 약속, {due}까지인 것 잊지 않고 있습니다.",
            "약속드린 일은 {due}까지로 적어 두었습니다.",
        ),
        "late_unnamed": ("{due}까지 드린 약속을 아직 못 지켰습니다. 이것부터 확인하겠습니다.",),
    },
    EN: {
        "due": (
            "I haven't forgotten what we promised you: {what}, by {due}.",
            "We owe you this by {due}: {what}. I'm keeping an eye on it.",
        ),
        "late": (
            "We promised you this by {due}, and it's late: {what}. Let me check on it right now.",
            "This was due {due} and we haven't kept it yet: {what}. I'll start with that.",
        ),
        "due_unnamed": ("I haven't forgotten the promise we made you, due {due}.",),
        "late_unnamed": ("We made you a promise for {due} and haven't kept it yet. I'll start with that.",),
    },
}

CONTACT: Final[Mapping[Language, Mapping[str, Variants]]] = {
    KO: {
        "missed": (
            "지난번 {topic} 때문에 연락 주셨을 때 저희가 받지 못했지요. 오늘은 끝까지 듣겠습니다.",
            "지난번에는 기다리시다 그냥 돌아서셨지요. {topic}부터 먼저 보겠습니다.",
        ),
        "pending": (
            "지난번 {topic}, 아직 마무리해 드리지 못했지요. 이어서 보겠습니다.",
            "말씀하셨던 {topic}, 아직 답을 다 못 드렸습니다. 그것부터 확인할게요.",
        ),
        "cared": (
            "지난번 {topic}, 그 뒤로는 괜찮으셨어요?",
            "지난번 {topic}, 그 뒤로 불편하신 점은 없으셨어요?",
        ),
    },
    EN: {
        "missed": (
            "We missed you last time, when you got in touch about {topic}. I'm here for it now.",
            "You had to give up waiting last time. Shall we start with {topic}?",
        ),
        "pending": (
            "We still owe you an answer about {topic}. Let me pick that up.",
            "I see we haven't finished with {topic} yet. Let's start there.",
        ),
        "cared": (
            "How have things been since we talked about {topic}?",
            "Last time it was about {topic}. Has everything been all right since?",
        ),
    },
}

PURCHASE: Final[Mapping[Language, Mapping[Kind, Variants]]] = {
    KO: {
        Kind.WEAR: (
            "지난번 {topic} 잘 맞으셨어요?",
            "지난번에 고르신 {topic} 마음에 드셨어요?",
        ),
        Kind.EAT: (
            "지난번 {topic} 입에 맞으셨어요?",
            "지난번 {topic} 맛있게 드셨어요?",
        ),
        Kind.USE: (
            "지난번 {topic} 잘 쓰고 계세요?",
            "지난번에 고르신 {topic} 써 보시니 어떠세요?",
        ),
        Kind.OTHER: (
            "지난번 {topic} 어떠셨어요?",
            "지난번에 고르신 {topic} 괜찮으셨어요?",
        ),
        Kind.ARRIVED: (
            "이번에 주문하신 {topic} 잘 받으셨어요?",
            "주문하신 {name}, 받아 보시니 괜찮으셨어요?",
        ),
    },
    EN: {
        Kind.WEAR: (
            "Did the {name} fit well?",
            "How did the {name} turn out, fit and all?",
        ),
        Kind.EAT: (
            "Did you enjoy the {name}?",
            "How did you like the {name} last time?",
        ),
        Kind.USE: (
            "How are you getting on with the {name}?",
            "Is everything all right with the {name}?",
        ),
        Kind.OTHER: (
            "How did the {name} go down?",
            "Did the {name} turn out as you hoped?",
        ),
        Kind.ARRIVED: (
            "Did the {name} reach you all right?",
            "Did the {name} get to you in one piece?",
        ),
    },
}

PREFERENCE: Final[Mapping[Language, Variants]] = {
    KO: (
        "{key} {value} 적어 두었는데, 지금도 그대로면 될까요?",
        "{key} 지난번에 {value} 말씀하셨지요. 이번에도 그렇게 할까요?",
    ),
    EN: (
        "I have a note from you, {key}: {value}. Is that still right?",
        "Last time you told us {key}: {value}. Shall we keep to that?",
    ),
}

JOINED: Final[Mapping[Language, Variants]] = {
    KO: (
        "저희를 처음 찾아 주신 지 이번 주로 꼭 {years}년이 되었네요. 고맙습니다.",
        "{years}년 전 이맘때 처음 찾아 주셨지요. 오래 함께해 주셔서 감사합니다.",
    ),
    EN: (
        "It's {years} year{s} this week since you first came to us. Thank you for staying.",
        "You first came to us {years} year{s} ago this week. Thank you.",
    ),
}
