"""Lengths of time and names as a person says them across a counter, in Korean and in English.

Every function answers ``None`` where there is nothing natural to say; the line is then not offered.
"""

import re

from cxdesk.domain.moments import duration
from cxdesk.domain.words import Language

__all__ = ["days", "first_name", "lasting", "person_name", "product_name", "wait_range", "weeks"]

_KO_DAYS = {1: "하루", 2: "이틀", 3: "사흘", 4: "나흘", 7: "일주일", 10: "열흘", 30: "한 달", 31: "한 달"}
_EN_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# Family names that romanised Korean names often begin with; there the first word is not what to call a person.
_FAMILY_FIRST = frozenset({
    "kim", "lee", "yi", "rhee", "park", "bak", "choi", "choe", "jung", "jeong", "chung", "kang", "gang",
    "cho", "jo", "yoon", "yun", "jang", "chang", "lim", "im", "han", "oh", "seo", "suh", "shin", "sin",
    "kwon", "gwon", "hwang", "ahn", "an", "song", "ryu", "yoo", "yu", "hong", "jeon", "moon", "ko", "go",
})  # fmt: skip
_TITLE = re.compile(r"\A(?:mr|mrs|ms|miss|mx|dr|prof)\.?\s+", re.IGNORECASE)
_ASIDE = re.compile(r"\s*[(\[（【<].*?[)\]）】>]\s*")
_HONORIFIC = re.compile(r"\s*(?:고객\s*)?(?:님|씨)\Z")
_NOBODY = frozenset({
    "null", "none", "guest", "unknown", "customer", "n/a", "고객", "구매자", "주문자", "손님", "비회원", "방문",
})  # fmt: skip
_MARKS = re.compile(r"[★☆●◆■♥♡※▶~!]+")
_LONGEST_PRODUCT = 30


def days(count: int, lang: str) -> str | None:
    """A number of days: ``하루``, ``일주일``, ``2주``; ``a day``, ``five days``, ``two weeks``."""
    if count < 1:
        return None
    if lang == Language.KO:
        if count in _KO_DAYS:
            return _KO_DAYS[count]
        if count >= 60:
            return f"{count // 30}개월" if count < 365 else f"{count // 365}년"
        return f"{count // 7}주" if count % 7 == 0 else f"{count}일"
    if count >= 60:
        return _counted(count // 30, "month") if count < 365 else _counted(count // 365, "year")
    if count in (30, 31):
        return "a month"
    return _counted(count // 7, "week") if count % 7 == 0 else _counted(count, "day")


def weeks(count: int, lang: str) -> str | None:
    """The whole weeks in a number of days: ``일주일``, ``2주``; ``a week``, ``two weeks``. None under one."""
    whole = count // 7
    if whole < 1:
        return None
    if lang == Language.KO:
        return "일주일" if whole == 1 else f"{whole}주"
    return _counted(whole, "week")


def lasting(minutes: int, lang: str) -> str | None:
    """A length of time in minutes: ``1시간 20분``; ``25 minutes``, ``an hour and 5 minutes``, ``two days``."""
    if minutes < 1:
        return None
    if lang == Language.KO:
        return duration(minutes * 60, lang)
    if minutes >= 2 * 24 * 60:
        return _counted(minutes // (24 * 60), "day")
    hours, rest = divmod(minutes, 60)
    parts = ["an hour" if hours == 1 else f"{hours} hours"] if hours else []
    parts += [f"{rest} minute{'s' * (rest != 1)}"] if rest else []
    return " and ".join(parts)


def wait_range(low: int, high: int, lang: str) -> str | None:
    """A wait between two lengths in minutes: ``6~11분``, ``5분 이내``; ``6–11 minutes``, ``under 5 minutes``."""
    ko = lang == Language.KO
    if high < low or low < 0:
        return None
    if low == 0:
        longest = lasting(max(1, high), lang)
        return f"{longest} 이내" if ko else f"under {longest}"
    if low == high:
        return lasting(low, lang)
    if high < 60:
        return f"{low}~{high}분" if ko else f"{low}–{high} minutes"
    return f"{lasting(low, lang)}~{lasting(high, lang)}" if ko else f"{lasting(low, lang)} to {lasting(high, lang)}"


def first_name(name: str) -> str:
    """What an English line calls a person: ``Emma`` of ``Ms. Emma Brown``; the whole name when in doubt."""
    name = name.strip()
    plain = _TITLE.sub("", name, count=1)
    family, comma, given = plain.partition(",")
    if comma:
        return " ".join(given.split()[:1]) or family.strip() or name
    words = plain.split()
    if len(words) < 2 or words[0].lower() in _FAMILY_FIRST or len(words[0].rstrip(".")) < 2:
        return plain or name
    return words[0]


def person_name(raw: str) -> str | None:
    """A name that can be said aloud: without ``(선물)`` or 님; none when masked, or not a person's name at all."""
    name = _HONORIFIC.sub("", _ASIDE.sub(" ", raw).strip()).strip()
    if not name or "*" in name or "@" in name or name.casefold() in _NOBODY:
        return None
    return None if any(char.isdigit() for char in name) or not any(char.isalpha() for char in name) else name


def product_name(raw: str) -> str | None:
    """A product as a person would call it: no ``[무료배송]``, ``(화이트)`` or stars; ``None`` if too long to say."""
    name = " ".join(_MARKS.sub(" ", _ASIDE.sub(" ", raw)).split())
    return name if name and len(name) <= _LONGEST_PRODUCT else None


def _counted(count: int, unit: str) -> str:
    if count == 1:
        return f"a {unit}"
    return f"{_EN_NUMBERS[count] if count < len(_EN_NUMBERS) else count} {unit}s"
