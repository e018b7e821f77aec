"""What single cells mean: blanks, names, numbers, addresses to write to.

``None`` is "says nothing" throughout, so that a cell that says nothing never overwrites anything.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from unicodedata import normalize

from cxdesk.domain.money import decimals, parse_money

__all__ = ["full_name", "given", "is_masked", "is_number_name", "number_name", "read_email", "read_name",
           "read_quantity", "several", "times", "unfloated"]  # fmt: skip

# What exports write when there is nothing to write. ``Null`` in ordinary letters is a name people have.
_NOTHING = frozenset(
    {"", "-", "--", "NULL", "null", "#N/A", "N/A", "n/a", "NaN", "nan", "None", "없음", "(null)", "\\N"}
)
_GUARDED = frozenset("+-=@")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")
_ASIDE = re.compile(r"(?<=\S)\s*[(（\[](?!\s*[주유사재합]\s*[)）])[^()（）\[\]]*[)）\]]\Z")
_MASK = re.compile(r"[*＊●○•]|\b[xX]{3,}\b")
_HANGUL = re.compile(r"[가-힣]")
_BETWEEN = re.compile(r"\s*(?::::|\n)\s*")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")


def given(cell: str) -> str | None:
    """The trimmed text, without the apostrophe spreadsheets put before digits; ``None`` for a blank or ``NULL``."""
    text = cell.strip()
    if text in _NOTHING:
        return None
    if text[0] == "'" and (text[1:2].isdigit() or text[1:2] in _GUARDED):
        return text[1:]
    return text


def several(cell: str) -> list[str]:
    """The values of a cell that may hold more than one, as address books write them: between `` ::: `` or on lines."""
    return [text for part in _BETWEEN.split(cell) if (text := given(part)) is not None]


def is_masked(text: str) -> bool:
    """Whether part of the text is hidden: ``김*수``, ``minj****``, ``010-****-5678``."""
    return _MASK.search(text) is not None


def read_name(cell: str) -> str | None:
    """The name to address somebody by; a remark in brackets after it (``김민지(선물)``) is not part of it."""
    text = given(cell)
    return None if text is None else _ASIDE.sub("", text) or text


def full_name(given_name: str | None, family_name: str | None) -> str | None:
    """Both names as their owner's language joins them: ``김민지``, ``Minji Kim``."""
    said = [name for name in (given_name, family_name) if name]
    if len(said) == 2 and all(map(_HANGUL.search, said)):
        return f"{family_name}{given_name}"
    return " ".join(said) or None


def number_name(text: str) -> str:
    """What stands for the name of somebody known by a number only: ``#17850``.

    The sign says that it is not a name and must not be said aloud as one.
    """
    return "#" + text


def is_number_name(name: str) -> bool:
    """Whether ``number_name`` made it."""
    return name.startswith("#")


def unfloated(text: str) -> str:
    """An identifier as its program wrote it: ``17850.0``, which has been through a float, is ``17850``."""
    return text[:-2] if text[-2:] == ".0" and text[:-2].isdecimal() else text


def read_email(cell: str) -> str | None:
    """The address in lower case; ``None`` when it is none or is masked."""
    text = normalize("NFKC", cell).strip().removeprefix("mailto:").lower()
    return text if _EMAIL.fullmatch(text) and not is_masked(text) else None


def read_quantity(cell: str) -> int:
    """A whole number of pieces. Raises ``ValueError`` ``bad_quantity``."""
    try:
        return int(cell)
    except ValueError:
        pass
    text = normalize("NFKC", cell).strip().removesuffix("개").strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    try:
        number = Decimal(text)
        if number.is_finite() and abs(number) < 10**12 and number == int(number):
            return int(number)
    except InvalidOperation:
        pass
    raise ValueError("bad_quantity")


def times(price: str, quantity: int, currency: str) -> tuple[int, str]:
    """(Minor units of ``quantity`` pieces at ``price``, currency).

    Some price lists are finer than their currency (£0.001 apiece): then the product is rounded, half away from
    zero. Raises what ``parse_money`` raises.
    """
    try:
        minor, named = parse_money(price, currency)
    except ValueError as error:
        if str(error) != "too_precise":
            raise
        try:
            exact = Decimal(normalize("NFKC", price).strip().replace(",", "")) * quantity
        except InvalidOperation:
            raise error from None
        return int(exact.scaleb(decimals(currency)).to_integral_value(ROUND_HALF_UP)), currency
    return minor * quantity, named
