"""Conditions in the search line: ``segment:vip status:waiting channel:phone before:2026-10``, or ``고객군:vip``.

What is no condition is the text to look for. Segment and tag are the customer's; status, channel, before and after
together describe one contact that the customer had. ``before:2026-10`` is before October began, ``after:2026-10``
from its beginning on.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from cxdesk.domain.inert import inert_line
from cxdesk.domain.moments import instant, local
from cxdesk.domain.words import Channel, Language, Segment, Status

__all__ = ["Filters", "Kind", "Wrong", "completions", "read_filters"]


class Kind(StrEnum):
    """What a condition is about."""

    SEGMENT = "segment"
    STATUS = "status"
    CHANNEL = "channel"
    AFTER = "after"
    BEFORE = "before"
    TAG = "tag"


@dataclass(frozen=True, slots=True)
class Wrong:
    """A condition that cannot be used: ``code`` names the sentence (``filter.<code>``), ``choices`` what would do."""

    code: str
    word: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filters:
    """A search line taken apart; instants are ms UTC, ``after`` inclusive and ``before`` exclusive."""

    text: str = ""
    segment: Segment | None = None
    status: Status | None = None
    channel: Channel | None = None
    after: int | None = None
    before: int | None = None
    tag: str = ""
    wrong: Wrong | None = None

    @property
    def of_contact(self) -> bool:
        """Whether a contact of some kind is asked for."""
        return any(asked is not None for asked in (self.status, self.channel, self.after, self.before))

    def __bool__(self) -> bool:
        """Whether there is any condition."""
        return self.of_contact or self.segment is not None or bool(self.tag)


_KINDS: dict[Language, dict[Kind, str]] = {
    Language.KO: dict(zip(Kind, ("고객군", "상태", "채널", "이후", "이전", "태그"), strict=True)),
    Language.EN: {kind: str(kind) for kind in Kind},
}
_VALUES: dict[Kind, dict[Language, Mapping[str, str]]] = {
    Kind.SEGMENT: {
        Language.KO: {"vip": "vip", "단골": "regular", "재방문": "returning", "신규": "new", "뜸함": "at_risk"},
        Language.EN: {word.value.replace("_", "-"): word.value for word in Segment},
    },
    Kind.STATUS: {
        Language.KO: dict(zip(("대기", "상담중", "보류", "해결", "떠남"), map(str, Status), strict=True)),
        Language.EN: {word.value: word.value for word in Status},
    },
    Kind.CHANNEL: {
        Language.KO: {"전화": "phone", "방문": "visit", "채팅": "chat", "메일": "mail"},
        Language.EN: {word.value: word.value for word in Channel},
    },
}
_WORDS = {word: kind for words in _KINDS.values() for kind, word in words.items()}

_CONDITION = re.compile(r"(?<!\S)([^\W\d_]+)[:：](\"[^\"]*\"|\S*)")
_DATE = re.compile(r"(\d{4})(?:[-./년](\d{1,2})(?:[-./월](\d{1,2}))?)?[월일.]?")
_AGO = re.compile(r"(\d{1,4})(d|w|m|일|주|개월|달)")
_DAYS = {"d": 1, "일": 1, "w": 7, "주": 7, "m": 30, "개월": 30, "달": 30}
_TODAY = {"today": 0, "오늘": 0, "yesterday": 1, "어제": 1}


def read_filters(line: str, now: int, zone: tzinfo) -> Filters:
    """Take a search line apart. The first condition that cannot be used is in ``wrong``; the others still count.

    A condition whose value is not written yet is neither used nor wrong.
    """
    found: dict[str, object] = {}
    wrong: list[Wrong] = []

    def condition(match: re.Match[str]) -> str:
        name, value = match[1].casefold(), match[2].strip('"')
        kind = _WORDS.get(name)
        if kind is None:
            wrong.append(Wrong("unknown", name, tuple(f"{word}:" for word in _KINDS[_language_of(name)].values())))
        elif value:
            read = _value(kind, value, now, zone)
            if isinstance(read, Wrong):
                wrong.append(read)
            else:
                found[str(kind)] = read
        return " "

    text = " ".join(_CONDITION.sub(condition, inert_line(line)).split())
    return Filters(text=text, wrong=wrong[0] if wrong else None, **found)  # type: ignore[arg-type]


def _value(kind: Kind, value: str, now: int, zone: tzinfo) -> object:
    """What a condition's value stands for, or why it stands for nothing."""
    if kind is Kind.TAG:
        return value.lstrip("#")
    if kind in (Kind.BEFORE, Kind.AFTER):
        at = _moment(value.casefold(), now, zone)
        return Wrong("no_date", value) if at is None else at
    for words in _VALUES[kind].values():
        if (word := words.get(value.casefold().replace("_", "-"))) is not None:
            return _VOCABULARY[kind](word)
    return Wrong("no_value", value, tuple(_VALUES[kind][_language_of(value)]))


_VOCABULARY: dict[Kind, Callable[[str], StrEnum]] = {
    Kind.SEGMENT: Segment,
    Kind.STATUS: Status,
    Kind.CHANNEL: Channel,
}


def _moment(value: str, now: int, zone: tzinfo) -> int | None:
    """The beginning of a year, month or day, of today or yesterday, or of a day so long ago; ms UTC."""
    today = local(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if value in _TODAY:
        return instant(today - timedelta(days=_TODAY[value]))
    if ago := _AGO.fullmatch(value):
        return instant(today - timedelta(days=int(ago[1]) * _DAYS[ago[2]]))
    if date := _DATE.fullmatch(value):
        try:
            return instant(datetime(int(date[1]), int(date[2] or 1), int(date[3] or 1), tzinfo=zone))
        except (ValueError, OverflowError):
            return None
    return None


def completions(line: str, language: Language) -> tuple[str, ...]:
    """How the last word of a line could go on to be a condition; nothing where it is plainly something else.

    An empty line offers every condition; ``상`` offers ``상태:``, ``상태:`` its values.
    """
    last = line.rsplit(" ", 1)[-1].casefold() if line else ""
    name, colon, begun = last.replace("：", ":").partition(":")
    if not colon:
        return tuple(f"{word}:" for word in _KINDS[language].values() if word.startswith(last)) if _open(line) else ()
    kind = _WORDS.get(name)
    if kind is None or kind not in _VALUES:
        return ()
    return tuple(f"{name}:{word}" for word in _VALUES[kind][language] if word.startswith(begun) and word != begun)


def _open(line: str) -> bool:
    """Whether a new condition may begin here: at the start of the line, after a blank, or in a word of two letters."""
    return not line or line.endswith(" ") or len(line.rsplit(" ", 1)[-1]) >= 2


def _language_of(word: str) -> Language:
    return Language.EN if word.isascii() else Language.KO
