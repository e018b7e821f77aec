"""Particles (조사) that agree with the last sound of any word: ``김민지는``, ``12,000원은``, ``M을``.

What counts is how the word is read aloud, so digits, units, currency signs and Latin words are read first.
Where the reading cannot be known, both forms are written: ``은(는)``.
"""

import re
from enum import Enum
from unicodedata import normalize

__all__ = ["josa", "with_josa"]

# (after a consonant, after a vowel, when unknown)
_PAIRS = {
    "은/는": ("은", "는", "은(는)"),
    "이/가": ("이", "가", "이(가)"),
    "을/를": ("을", "를", "을(를)"),
    "과/와": ("과", "와", "과(와)"),
    "으로/로": ("으로", "로", "(으)로"),
    "아/야": ("아", "야", "아(야)"),
    "이랑/랑": ("이랑", "랑", "(이)랑"),
    "이나/나": ("이나", "나", "(이)나"),
    "이라/라": ("이라", "라", "(이)라"),
    "이에요/예요": ("이에요", "예요", "이에요(예요)"),
}
_FORMS = {name: forms for pair, forms in _PAIRS.items() for name in (pair, "/".join(reversed(pair.split("/"))))}


class _Sound(Enum):
    VOWEL = "vowel"
    RIEUL = "rieul"
    CONSONANT = "consonant"
    UNKNOWN = "unknown"


_OPEN, _RIEUL, _SHUT, _UNKNOWN = _Sound.VOWEL, _Sound.RIEUL, _Sound.CONSONANT, _Sound.UNKNOWN

_TRAILING = re.compile(r"[\s\"'“”‘’`!?.,…·~:;」』》〉】>\])}♡♥★☆ㅠㅜㅋㅎ^-]+\Z")
_LAST_GROUP = re.compile(r"(?<=\S)\s*(?:\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）)\s*\Z")
_NUMBER = re.compile(r"([₩$€£¥]?)\s*(\d[\d,]*)(?:\.(\d+))?\Z")
_UNIT = re.compile(r"(?<=\d)\s*([a-zA-Zμ]{1,3}|[%‰℃°])\Z")
_WORD = re.compile(r"[A-Za-z]+\Z")

_DIGITS = (
    _SHUT,
    _RIEUL,
    _OPEN,
    _SHUT,
    _OPEN,
    _OPEN,
    _SHUT,
    _RIEUL,
    _RIEUL,
    _OPEN,
)  # 영 일 이 삼 사 오 육 칠 팔 구
_CURRENCY = {"₩": _SHUT, "¥": _SHUT, "$": _OPEN, "€": _OPEN, "£": _OPEN}  # 원 엔 달러 유로 파운드
_UNITS = {
    **dict.fromkeys(("%", "‰", "℃", "°", "m", "cm", "mm", "km", "ml", "l", "gb", "mb", "kb", "tb", "w", "kw"), _OPEN),
    **dict.fromkeys(("g", "kg", "mg"), _SHUT),
}
# Letter names that end in a consonant: 엘 엠 엔 알.
_LETTERS = {"l": _RIEUL, "r": _RIEUL, "m": _SHUT, "n": _SHUT}
# Words of a shop whose reading the endings below get wrong.
_WORDS = {
    **dict.fromkeys(("set", "cut", "kit", "knit"), _OPEN),  # 세트 커트 키트 니트
    **dict.fromkeys(("phone", "iphone", "one", "online", "offline", "line", "zone", "stone", "wine"), _SHUT),
    **dict.fromkeys(("game", "home", "time", "name", "theme", "perfume", "volume", "costume"), _SHUT),
}
_SHUT_ENDING = re.compile(r"(?:ng|[mn]|[^aeiou]?oo[kpt]|ck|ic|(?<![aeiou])[aeiou][bpkt])\Z")


def josa(word: str, pair: str) -> str:
    """Return the particle of ``pair`` (``"은/는"``) after ``word``; raise ``KeyError`` for an unknown pair.

    The pairs are the keys of ``_PAIRS``, in either order.
    """
    shut, opened, either = _FORMS[pair]
    match _sound(word):
        case _Sound.VOWEL:
            return opened
        case _Sound.RIEUL:
            return opened if opened == "로" else shut
        case _Sound.CONSONANT:
            return shut
        case _Sound.UNKNOWN:
            return either


def with_josa(word: str, pair: str) -> str:
    """Return ``word`` with its particle attached."""
    return word + josa(word, pair)


def _sound(word: str) -> _Sound:
    spoken = _spoken(normalize("NFC", word))
    if not spoken:
        return _UNKNOWN
    code = ord(spoken[-1]) - 0xAC00
    if 0 <= code < 11172:
        return {0: _OPEN, 8: _RIEUL}.get(code % 28, _SHUT)
    if "ㄱ" <= spoken[-1] <= "ㅎ":
        return _RIEUL if spoken[-1] == "ㄹ" else _SHUT  # 기역, 니은 … 리을
    if "ㅏ" <= spoken[-1] <= "ㅣ":
        return _OPEN
    if unit := _UNIT.search(spoken):
        known = _UNITS.get(unit[1].lower())
        if known:
            return known
    if number := _NUMBER.search(spoken):
        return _number(*number.groups())
    if latin := _WORD.search(spoken):
        return _latin(latin[0])
    return _UNKNOWN


def _spoken(word: str) -> str:
    """Strip what is written but not said: a closing ``(…)``, quotes, punctuation, laughter."""
    rest = _LAST_GROUP.sub("", word.strip())
    return _TRAILING.sub("", rest) or _TRAILING.sub("", word)


def _number(sign: str, whole: str, part: str | None) -> _Sound:
    if sign:
        return _CURRENCY[sign]
    if part:
        return _DIGITS[int(part[-1])]
    digits = whole.replace(",", "")
    zeros = len(digits) - len(digits.rstrip("0"))
    if digits.startswith("0") or not zeros:
        return _DIGITS[int(digits[-1])]
    # 십 백 천 만 억 경 end in a consonant; only 조 does not.
    return _OPEN if zeros == 12 else _SHUT


def _latin(word: str) -> _Sound:
    lower = word.lower()
    if len(word) == 1 or word.isupper():
        return _LETTERS.get(lower[-1], _OPEN)
    if lower in _WORDS:
        return _WORDS[lower]
    if lower.endswith(("l", "le")):
        return _RIEUL
    return _SHUT if _SHUT_ENDING.search(lower) else _OPEN
