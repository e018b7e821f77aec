"""A crisis as it is seen: what begs for an incident, its page, what everybody would be told, and the report."""

import pytest

from cxdesk.domain.records import Customer
from cxdesk.domain.words import Channel, Language, Topic
from cxdesk.storage.rows import fetch_all
from tests.golden.screens import SIZES, Taken
from tests.golden.test_golden import _all_the_same
from tests.screens.hands import Hands

ANSWERS = {
    Language.KO: ("배송 조회가 분실로 나옵니다", "상품은 이동 중입니다", "복구되는 시각", "택배사와 통화합니다"),
    Language.EN: ("Tracking calls parcels lost", "All are on their way", "When it is back", "We are calling them"),
}
"""What happened, what is known, what is not, and what is done."""


async def many_ask(hands: Hands, lang: Language) -> None:
    """Eight people about their delivery within minutes, and one more look at the queue."""
    people = fetch_all(hands.shop.store.db, Customer, "1 ORDER BY id")
    own, other = ([one for one in people if (one.language is lang) is mine] for mine in (True, False))
    for n, one in enumerate((*own[:7], other[0])):
        channel = (Channel.CHAT, Channel.MAIL, Channel.PHONE)[n % 3]
        hands.shop.arrive(one, ANSWERS[lang][0], channel=channel, topic=Topic.DELIVERY)
        hands.shop.clock.pass_(seconds=20)
    hands.desk.come_back(None)
    hands.desk.refresh_waits()
    await hands.settle()


@pytest.mark.parametrize("size", SIZES[:2], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_crisis_from_the_first_sign_to_the_report(taken: Taken, size: tuple[int, int]) -> None:
    prefix = f"{taken.lang}-{size[0]}x{size[1]}"
    async with taken.shot(size) as hands:
        await many_ask(hands, taken.lang)
        await hands.press("!")
        pictures = [(f"{prefix}-incident-link", hands.text)]
        await hands.press("enter")
        group = hands.shop.desk.incidents
        for check, answer in zip(("happened", "known", "unknown", "doing"), ANSWERS[taken.lang], strict=True):
            group.answer(group.every()[0].id, check, taken.lang, answer)
        await hands.press("w")
        pictures.append((f"{prefix}-incident-word", hands.text))
        await hands.press("ctrl+s", "s")
        pictures.append((f"{prefix}-incident-tell", hands.text))
        await hands.press("ctrl+s")
        pictures.append((f"{prefix}-incident", hands.text))
        await hands.press("p", "c")
        pictures.append((f"{prefix}-incident-people", hands.text))
        await hands.press("escape", "escape", "g", "i", "down", "enter", "r")
        pictures.append((f"{prefix}-incident-report", hands.text))
    _all_the_same(pictures)
