"""Amounts of money: an ``int`` of minor units beside an ISO 4217 code, never a float.

The number of minor digits is ISO 4217's (amendment list of 2024). A won has none, a dollar two.
"""

import re
from unicodedata import normalize

from cxdesk.domain.words import Language

__all__ = ["decimals", "format_money", "parse_money"]

_ZERO = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_TWO = (
    "AED ARS AUD BDT BGN BRL CAD CHF CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR KES KZT LKR MAD MNT MOP "
    "MXN MYR NGN NOK NPR NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TRY TWD UAH USD UZS ZAR"
)
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_DECIMALS = {code: n for n, codes in ((0, _ZERO), (2, _TWO), (3, _THREE)) for code in codes.split()}

_SIGNS = {
    "KRW": "₩",
    "USD": "$",
    "GBP": "£",
    "EUR": "€",
    "JPY": "¥",
    "CNY": "CN¥",
    "AUD": "A$",
    "CAD": "CA$",
    "HKD": "HK$",
    "NZD": "NZ$",
    "TWD": "NT$",
    "INR": "₹",
    "VND": "₫",
}
# Signs that several countries share stay with the shop's own currency when it is one of theirs.
_MEANINGS = {sign: (code,) for code, sign in _SIGNS.items()} | {
    "$": ("USD", "AUD", "CAD", "HKD", "NZD", "SGD", "TWD", "MXN"),
    "US$": ("USD",),
    "¥": ("JPY", "CNY"),
    "원": ("KRW",),
    "달러": ("USD",),
    "엔": ("JPY",),
    "円": ("JPY",),
    "元": ("CNY",),
    "유로": ("EUR",),
}

_simple = re.compile(r"(-?)(\d+)(?:\.(\d+))?").fullmatch
_around = re.compile(r"([^\d.,+-]*)([+-]?)([^\d.,+-]*)(\d[\d.,' ]*|[.,]\d+)(-?)([^\d.,+-]*)").fullmatch
_GROUPED = {mark: re.compile(rf"\d{{1,3}}(?:[{mark}]\d{{2,3}})*[{mark}]\d{{3}}") for mark in ".,"}
_MINUS = str.maketrans({"−": "-", "–": "-", "▲": "-", "△": "-", "▽": "-", "▼": "-", "＇": "'", "’": "'"})
# A fraction this long is the shadow of a float (19.990000000000002), not a price.
_FLOAT_DIGITS = 10


def decimals(currency: str) -> int:
    """Return how many minor digits a currency has; two for one that is not in the table."""
    return _DECIMALS.get(currency, 2)


def format_money(minor: int, currency: str, lang: str, style: str = "symbol") -> str:
    """Return ``₩39,000``, ``$12.30`` or, for a currency without a sign of its own, ``CHF 12.30``.

    ``style="words"`` in Korean gives ``39,000원``; elsewhere it is the same as ``symbol``.
    """
    digits = decimals(currency)
    whole, part = divmod(abs(minor), 10**digits)
    number = f"{whole:,}.{part:0{digits}}" if digits else f"{whole:,}"
    minus = "-" if minor < 0 else ""
    if currency == "KRW" and style == "words" and lang == Language.KO:
        return f"{minus}{number}원"
    sign = _SIGNS.get(currency) or f"{currency} "
    return f"{minus}{sign}{number}"


def parse_money(text: str, currency: str) -> tuple[int, str]:
    """Read an amount as (minor units, currency code); ``currency`` is the shop's, unless the text names one.

    A lone ``-`` is what accounting formats print for zero. Raises ``ValueError`` with one of ``empty``,
    ``not_money``, ``unknown_currency``, ``too_precise`` (more digits than the currency has) or ``ambiguous``
    (``1.234`` could be one or a thousand).
    """
    if plain := _simple(text):
        minus, whole, part = plain.groups()
        if part is None or len(part) <= 2:
            return _minor(minus, whole, part or "", currency), currency
    text = normalize("NFKC", text).strip().strip("'").translate(_MINUS).replace("\\", "₩").strip()
    if not text:
        raise ValueError("empty")
    if text == "-":
        return 0, currency
    negative = text.startswith("(") and text.endswith(")")
    found = _around(text[1:-1].strip() if negative else text)
    if not found:
        raise ValueError("not_money")
    before, minus, between, number, minus_after, after = found.groups()
    if sum(bool(sign) for sign in (negative, minus == "-", minus_after)) > 1:
        raise ValueError("not_money")
    named = _named([before, between, after], currency)
    whole, part = _split(re.sub(r"[' ]", "", number), named)
    sign = "-" if negative or minus == "-" or minus_after else ""
    return _minor(sign, whole, part, named), named


def _named(words: list[str], currency: str) -> str:
    for word in filter(None, (word.strip() for word in words)):
        codes = _MEANINGS.get(word) or ((word.upper(),) if word.upper() in _DECIMALS else ())
        if not codes:
            raise ValueError("unknown_currency" if len(word) <= 3 else "not_money")
        if currency not in codes:
            currency = codes[0]
    return currency


def _split(number: str, currency: str) -> tuple[str, str]:
    """Tell grouping from the decimal mark: the last of two marks is decimal, a repeated one groups."""
    points, commas = number.count("."), number.count(",")
    if points and commas:
        mark, group = (".", ",") if number.rfind(".") > number.rfind(",") else (",", ".")
        whole, _, part = number.rpartition(mark)
        if mark in whole or not (_GROUPED[group].fullmatch(whole)):
            raise ValueError("not_money")
        return whole.replace(group, ""), part
    if not points and not commas:
        return number, ""
    mark = "." if points else ","
    grouped = _GROUPED[mark].fullmatch(number) is not None
    if points + commas > 1:
        if not grouped:
            raise ValueError("not_money")
        return number.replace(mark, ""), ""
    whole, _, part = number.partition(mark)
    if grouped and not whole.startswith("0"):
        if mark == ",":
            return whole + part, ""
        if decimals(currency) != 3:
            raise ValueError("ambiguous")
    elif mark == "," and len(part) > 2:
        raise ValueError("not_money")
    return whole or "0", part


def _minor(sign: str, whole: str, part: str, currency: str) -> int:
    digits = decimals(currency)
    kept, rest = part[:digits].ljust(digits, "0"), part[digits:]
    minor = int(whole + kept)
    if rest.strip("0"):
        if len(part) < _FLOAT_DIGITS:
            raise ValueError("too_precise")
        minor += rest[0] >= "5"
    return -minor if sign else minor
