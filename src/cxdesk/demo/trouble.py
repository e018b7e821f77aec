"""What goes wrong while somebody plays: the carrier's tracking calls parcels lost, and within minutes many ask.

Seven of them about one thing is far beyond the usual hour of this shop: it begs for an incident.
"""

from collections.abc import Container, Iterator
from random import Random

from cxdesk.demo.book import Guest
from cxdesk.demo.events import Arrive, ArriveSpec
from cxdesk.demo.shop import Shop
from cxdesk.domain.moments import DAY, SECOND
from cxdesk.domain.records import Customer
from cxdesk.domain.words import Channel, Emotion, Language, Priority, PurchaseState, Topic

__all__ = ["Trouble"]

_BEGINS = 90 * SECOND
_GAP = 26 * SECOND
_LATE = 300 * SECOND
"""Somebody who should have come longer ago than this does not come any more: the demo was closed meanwhile."""
_FRESH = 25 * DAY

_SAID = {
    Language.KO: (
        "배송 조회에 ‘분실’이라고 떠요. 제 물건이 없어진 건가요?",
        "방금 조회했더니 상품 분실로 나오는데 이게 무슨 일이에요?",
        "어제까지 배송 중이었는데 갑자기 분실 처리됐어요. 확인 좀 해 주세요.",
        "택배 조회에 분실이라고 나와서 놀라서 연락드려요.",
        "분실이라니요. 다음 주 선물인데 어떻게 되는 거죠?",
        "송장 번호 넣어 보니 분실이래요. 다시 보내 주시나요?",
        "제 택배가 분실됐다고 문자가 왔어요. 맞나요?",
    ),
    Language.EN: (
        "Tracking says my parcel is LOST. Is it really gone?",
        "I just looked and it says lost. What is going on?",
        "It was on its way yesterday and now it's marked as lost. Please check.",
        "The carrier's page calls my order lost, that gave me a fright.",
        "Lost? It's a present for next week. What happens now?",
        "My tracking number comes up as lost. Will you send it again?",
        "I got a text that my parcel was lost. Is that right?",
    ),
}
_ANSWER = {
    Language.KO: "알려 주셔서 감사해요. 기다리고 있을게요.",
    Language.EN: "Thank you for telling me. I'll wait to hear.",
}
_CHANNELS = (Channel.CHAT, Channel.CHAT, Channel.MAIL, Channel.PHONE, Channel.CHAT, Channel.PHONE, Channel.MAIL)
_FEELS = (Emotion.ANXIETY, Emotion.ANXIETY, Emotion.ANGER, Emotion.CONFUSION, Emotion.ANXIETY, Emotion.ANGER)


class Trouble:
    """Seven people who come one after the other, about their own parcels."""

    def __init__(self, seed: int, shop: Shop) -> None:
        rng = Random(f"{seed}:trouble")
        self._language = shop.language
        self._due = [shop.now + _BEGINS + n * _GAP for n in range(len(_CHANNELS))]
        self._people = _awaiting(shop)
        rng.shuffle(self._people)

    def step(self, now: int, here: Container[str | None]) -> Iterator[Arrive]:
        """Who comes by ``now`` (ms UTC); people who are ``here`` already do not come twice."""
        while self._due and self._due[0] <= now:
            n, at = len(_CHANNELS) - len(self._due), self._due.pop(0)
            customer = next((one for one in self._people if one.id not in here), None)
            if customer is None or now - at > _LATE:
                continue
            self._people.remove(customer)
            yield Arrive(self._spec(n, customer))

    def _spec(self, n: int, customer: Customer) -> ArriveSpec:
        feeling, language = _FEELS[n % len(_FEELS)], customer.language
        return ArriveSpec(
            customer_id=customer.id,
            channel=_CHANNELS[n],
            topic=Topic.DELIVERY,
            language=language,
            said=_SAID[language][n],
            priority=Priority.NORMAL,
            subject=_SAID[language][n].split(".")[0][:40] if _CHANNELS[n] is Channel.MAIL else "",
            guest=Guest(language, feeling, 2, _ANSWER[language]),
        )


def _awaiting(shop: Shop) -> list[Customer]:
    """Those whose latest order is on its way, mostly of the desk's own language."""
    moving = {
        purchase.customer_id
        for purchase in shop.purchases
        if purchase.state in (PurchaseState.SHIPPING, PurchaseState.PAID) and shop.now - purchase.ordered_at < _FRESH
    }
    found = [customer for customer in shop.customers if customer.id in moving]
    own = [customer for customer in found if customer.language is shop.language]
    return own if len(own) >= len(_CHANNELS) else found
