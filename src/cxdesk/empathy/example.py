"""An invented customer, so that a line can be read as it will be said when nobody is on the line."""

from collections.abc import Mapping
from typing import Final

from cxdesk.domain.moments import DAY, HOUR, Instant
from cxdesk.domain.words import Language
from cxdesk.empathy.engine import Facts

__all__ = ["example"]

_WORDS: Final[Mapping[Language, Mapping[str, Mapping[str, str]]]] = {
    Language.KO: {
        "customer": {"name": "김민지"},
        "agent": {"name": "이서준"},
        "shop": {"name": "달빛상회"},
        "ticket": {"topic": "배송"},
        "purchase": {"product": "린넨 셔츠", "option": "M", "order_no": "20261114-0012", "state": "배송 중"},
        "last_contact": {"topic": "배송"},
        "commit": {"what": "교환 상품 발송"},
        "preference": {"size": "M", "color": "남색", "contact": "전화"},
    },
    Language.EN: {
        "customer": {"name": "Emma Clarke"},
        "agent": {"name": "Sam"},
        "shop": {"name": "Moonlight"},
        "ticket": {"topic": "delivery"},
        "purchase": {"product": "linen shirt", "option": "M", "order_no": "20261114-0012", "state": "on its way"},
        "last_contact": {"topic": "delivery"},
        "commit": {"what": "send the replacement"},
        "preference": {"size": "M", "color": "navy", "contact": "phone"},
    },
}


def example(lang: Language, now: Instant) -> Facts:
    """Every fact a line may ask for (``check.KNOWN``), so that only a broken line cannot be filled."""
    numbers: dict[str, dict[str, int]] = {
        "ticket": {"number": 1042, "minutes": 25},
        "purchase": {"days_ago": 7, "ordered": now - 7 * DAY},
        "last_contact": {"days_ago": 3, "when": now - 3 * DAY},
        "waited": {"minutes": 25, "over": 12},
        "wait": {"low": 6, "expected": 8, "high": 11},
        "commit": {"due": now + 25 * HOUR},
    }
    words = _WORDS[lang]
    return {name: {**words.get(name, {}), **numbers.get(name, {})} for name in (*words, *numbers)}
