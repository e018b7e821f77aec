"""The kinds of preference that come up again and again: what they are called, what one can choose, how long they hold.

A preference is kept in the customer's own words (``사이즈: M``), so that it can be said to them as it is; here those
words are known again, in either language. Anything else is a preference too, only without a kind.
"""

from collections.abc import Callable, Mapping

from cxdesk.domain.moments import DAY
from cxdesk.domain.records import Preference

__all__ = ["CHOICES", "KINDS", "choice_of", "kind_of", "newest", "same_as", "stale"]

CHOICES: Mapping[str, tuple[str, ...]] = {
    "size": ("XS", "S", "M", "L", "XL", "XXL"),
    "color": (),
    "contact": ("call", "text", "mail", "chat"),
    "time": ("morning", "noon", "afternoon", "evening"),
    "delivery": ("door", "guard", "locker", "hand"),
    "wrap": ("gift", "plain", "none"),
}
"""Kind → what can be chosen, nothing where one writes freely. Sizes name themselves, the others are in ``i18n``."""

KINDS = tuple(CHOICES)

_HOLDS_DAYS = {"size": 365, "color": 730, "contact": 365, "time": 365, "delivery": 365, "wrap": 730}
_HOLDS_OTHERWISE = 365

_NAMES: Mapping[str, str] = {
    "사이즈": "size", "치수": "size",
    "색": "color", "색상": "color", "컬러": "color", "colour": "color",
    "연락": "contact", "연락방법": "contact", "연락 방법": "contact",
    "연락시간": "time", "연락 시간": "time", "시간": "time", "best time": "time",
    "배송": "delivery", "받는 곳": "delivery", "배송 받는 곳": "delivery",
    "포장": "wrap", "wrapping": "wrap",
}  # fmt: skip
_WORDS: Mapping[str, str] = {
    "전화": "call", "phone": "call", "문자": "text", "sms": "text", "메일": "mail", "이메일": "mail", "e-mail": "mail",
    "email": "mail", "채팅": "chat", "카톡": "chat",
    "오전": "morning", "점심": "noon", "점심시간": "noon", "lunchtime": "noon", "오후": "afternoon", "저녁": "evening",
    "문 앞": "door", "문앞": "door", "at the door": "door", "경비실": "guard", "with the guard": "guard",
    "택배함": "locker", "parcel locker": "locker", "직접": "hand", "직접 받기": "hand", "in person": "hand",
    "선물 포장": "gift", "gift wrap": "gift", "간단히": "plain", "simple": "plain", "포장 없이": "none",
    "no wrapping": "none",
}  # fmt: skip


def kind_of(key: str) -> str | None:
    """The kind that a key names in either language, or ``None``."""
    name = " ".join(key.casefold().split())
    return name if name in CHOICES else _NAMES.get(name)


def choice_of(kind: str | None, value: str) -> str | None:
    """Which of the kind's choices a value names in either language, or ``None``."""
    if kind is None:
        return None
    word = " ".join(value.casefold().split())
    choices = {choice.casefold(): choice for choice in CHOICES[kind]}
    found = choices.get(word) or _WORDS.get(word)
    return found if found in CHOICES[kind] else None


def newest(preferences: tuple[Preference, ...]) -> tuple[Preference, ...]:
    """The latest of each kind (or key, where it has no kind), the latest first."""
    found: dict[str, Preference] = {}
    for one in sorted(preferences, key=lambda one: (-one.noted_at, one.id)):
        found.setdefault(_kind_or_key(one), one)
    return tuple(found.values())


def same_as(preference: Preference) -> Callable[[Preference], bool]:
    """Whether another preference is of the same kind, or has the same key where there is none."""
    kind = _kind_or_key(preference)
    return lambda other: _kind_or_key(other) == kind


def _kind_or_key(preference: Preference) -> str:
    return kind_of(preference.key) or preference.key.casefold()


def stale(preference: Preference, now: int) -> bool:
    """Whether it is old enough to be asked again: bodies, addresses and days change."""
    days = _HOLDS_DAYS.get(kind_of(preference.key) or "", _HOLDS_OTHERWISE)
    return now - preference.noted_at > days * DAY
