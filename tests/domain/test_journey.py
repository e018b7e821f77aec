from typing import Any

import pytest

from cxdesk.domain.journey import Touch, Way, answer_stage, contact_stage, mood, order_stage, rate
from cxdesk.domain.passages import passages, stretches
from cxdesk.domain.records import Feedback, Note, Purchase, Ticket
from cxdesk.domain.timeline import Event, EventKind
from cxdesk.domain.words import Channel, Emotion, PurchaseState, Segment, Status, Topic

RULES = [
    (Topic.PRAISE, None, False, Way.RECOMMENDATION, "praise"),
    (Topic.DELIVERY, Segment.VIP, True, Way.PURCHASE, "order"),
    (Topic.DEFECT, None, False, Way.USE, "after"),
    (Topic.PRICE, None, False, Way.CONSIDERATION, "asks"),
    (Topic.PRODUCT, Segment.NEW, True, Way.CONSIDERATION, "asks"),
    (Topic.PRODUCT, Segment.RETURNING, True, Way.LOYALTY, "asks_again"),
    (Topic.OTHER, None, False, Way.AWARENESS, "stranger"),
    (Topic.ACCOUNT, Segment.REGULAR, True, Way.LOYALTY, "often"),
    (Topic.ACCOUNT, Segment.RETURNING, True, Way.USE, "customer"),
]


@pytest.mark.parametrize(("topic", "segment", "known", "way", "reason"), RULES)
def test_the_first_rule_that_fits_gives_the_stage_and_its_reason(
    topic: Topic, segment: Segment | None, known: bool, way: Way, reason: str
) -> None:
    step = contact_stage(topic, segment, known=known)
    assert (step.way, step.reason) == (way, reason)


def bought(key: str, at: int, amount: int = 39_000, state: PurchaseState = PurchaseState.DELIVERED) -> Purchase:
    return Purchase(key, "c1", key, "울 니트", amount, "KRW", at, state=state)


def test_the_first_order_is_the_purchase_and_the_next_one_loyalty() -> None:
    assert order_stage(bought("p1", 10), 10).way is Way.PURCHASE
    assert order_stage(bought("p2", 20), 10).reason == "next_order"
    assert order_stage(bought("p3", 20, -39_000), 10).reason == "sent_back"
    assert order_stage(bought("p4", 20, state=PurchaseState.RETURNED), 10).way is Way.USE


def test_who_would_recommend_us_does_and_other_answers_belong_to_their_contact() -> None:
    about = contact_stage(Topic.DEFECT, None, known=True)
    assert answer_stage("nps", 9, about).way is Way.RECOMMENDATION
    assert answer_stage("nps", 8, about).way is Way.LOYALTY
    assert answer_stage("csat", 1, about).way is Way.USE
    assert answer_stage("ces", 7, contact_stage(Topic.PAYMENT, None, known=True)).way is Way.PURCHASE
    assert answer_stage("csat", 5, None).reason == "answer"


def test_the_mood_is_the_mean_of_known_feelings() -> None:
    assert mood({Emotion.ANGER: 1, Emotion.GRATITUDE: 3}) == pytest.approx(1.0)
    assert mood({Emotion.NEUTRAL: 4}) == 0.0
    assert mood({}) is None
    assert mood({"joy": 3}) is None  # from another version of the program


def test_touchpoints_are_weighed_as_the_formula_says() -> None:
    # 4 of 10 and 1 of 5 ended badly, so 80 % and 20 % of all that did; 20 contacts in 60 days are 10 in thirty.
    phone, mail = Touch("phone", "delivery", 20, 6, 3, 1), Touch("mail", "refund", 5, 4, 1, 0)
    quiet = Touch("visit", "praise", 3, 0, 0, 0)
    first, second, third = rate([mail, quiet, phone], {"mail/refund": 5}, days=60)
    assert (first.touch, first.frequency, first.feasibility) == (phone, 10.0, None)
    assert first.severity == pytest.approx(0.4)
    assert (first.impact, first.priority) == pytest.approx((0.8, 0.48))
    assert second.touch == mail
    assert second.priority == pytest.approx(0.2)
    assert (third.severity, third.impact) == (None, 0.0)


def test_how_feasible_it_is_moves_a_touchpoint_up_and_down() -> None:
    touches = [Touch("phone", "delivery", 10, 5, 5, 0), Touch("mail", "refund", 10, 6, 4, 0)]
    assert rate(touches, {}, 30)[0].touch.key == "phone/delivery"
    assert rate(touches, {"phone/delivery": 1, "mail/refund": 5}, 30)[0].touch.key == "mail/refund"


def contact(key: str, at: int, topic: Topic, **more: Any) -> Event:
    made = Ticket(key, 1, Channel.PHONE, at, at, at, "c1", topic, status=Status.RESOLVED, **more)
    return Event(EventKind.CONTACT, at, made, "안녕하세요")


def test_one_persons_way_is_told_from_the_beginning_stage_by_stage() -> None:
    first, again = bought("p1", 200), bought("p2", 900)
    answer = Feedback("f1", "c1", "t2", "csat", 5, 700)
    found = passages(
        [
            Event(EventKind.PURCHASE, 900, again),
            Event(EventKind.NOTE, 800, Note("n1", "c1", "포장", 800)),
            Event(EventKind.FEEDBACK, 700, answer),
            contact("t2", 600, Topic.DEFECT, emotion=Emotion.ANGER, feeling_after=Emotion.NEUTRAL, taken_at=60_600),
            Event(EventKind.PURCHASE, 200, first),
            contact("t1", 100, Topic.PRICE),
        ]
    )
    assert [one.step.way for one in found] == [Way.CONSIDERATION, Way.PURCHASE, Way.USE, Way.USE, Way.LOYALTY]
    use = stretches(found)[list(Way).index(Way.USE)]
    assert (use.contacts, use.feelings, use.answers) == (1, (-2, 0), (answer,))
    assert use.wait is not None
    assert 55 < use.wait.median < 66
    assert stretches(())[0].passages == ()
