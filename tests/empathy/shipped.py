"""The lines the program ships, read once, and a set of facts in which every one of them can be said."""

from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cxdesk.domain.moments import DAY, from_iso
from cxdesk.domain.words import Language
from cxdesk.empathy.lines import Library, Problem, read_library
from cxdesk.empathy.render import Renderer

SCRIPTS = Path(__file__).parents[2] / "config" / "scripts"
SEOUL = ZoneInfo("Asia/Seoul")
NOW = from_iso("2026-11-21T14:03:00+09:00")
RENDERERS = {lang: Renderer(lang, SEOUL) for lang in Language}

_SAME: dict[str, dict[str, Any]] = {
    "ticket": {"number": 1042, "minutes": 25},
    "waited": {"minutes": 25, "over": 12},
    "wait": {"low": 6, "expected": 8, "high": 11},
    "preference": {"size": "M"},
}
EVERYTHING: dict[Language, dict[str, dict[str, Any]]] = {
    Language.KO: _SAME
    | {
        "customer": {"name": "김민지"},
        "agent": {"name": "이서준"},
        "shop": {"name": "달빛상회"},
        "purchase": {
            "product": "린넨 셔츠",
            "option": "M",
            "order_no": "20261114-0012",
            "days_ago": 7,
            "state": "배송 중",
            "ordered": NOW - 7 * DAY,
        },
        "last_contact": {"topic": "배송", "days_ago": 3, "when": NOW - 3 * DAY},
        "commit": {"due": from_iso("2026-11-22T15:00:00+09:00"), "what": "교환 상품 발송"},
    },
    Language.EN: _SAME
    | {
        "customer": {"name": "Emma Brown"},
        "agent": {"name": "Sam"},
        "shop": {"name": "Moonlight"},
        "purchase": {
            "product": "linen shirt",
            "option": "M",
            "order_no": "20261114-0012",
            "days_ago": 7,
            "state": "on its way",
            "ordered": NOW - 7 * DAY,
        },
        "last_contact": {"topic": "delivery", "days_ago": 3, "when": NOW - 3 * DAY},
        "commit": {"due": from_iso("2026-11-22T15:00:00+09:00"), "what": "send the replacement"},
    },
}
NAME_ONLY = {lang: {"customer": facts["customer"]} for lang, facts in EVERYTHING.items()}


@cache
def shipped() -> tuple[Library, tuple[Problem, ...]]:
    files = sorted(SCRIPTS.glob("*/*.toml"))
    return read_library({f"{path.parent.name}/{path.name}": path.read_text("utf-8") for path in files})
