"""Korean telephone numbers as shops' files spell them, and foreign ones just well enough to dial.

A front end of our own because the libraries read ``010-****-5678`` as 105678 and show 0504 numbers as 050-4….
"""

import re
from dataclasses import dataclass
from typing import Literal
from unicodedata import category, normalize

__all__ = ["Kind", "Phone", "read_phone"]

Kind = Literal["mobile", "landline", "voip", "safe", "service", "foreign", "masked"]

# National form to kind, with the lengths of its groups.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("mobile", r"(010)(\d{4})(\d{4})"),
    ("mobile", r"(01[16789])(\d{3,4})(\d{4})"),
    ("safe", r"(050\d)(\d{3,4})(\d{4})"),
    ("voip", r"(070)(\d{4})(\d{4})"),
    ("landline", r"(02)(\d{3,4})(\d{4})"),
    ("landline", r"(03[123]|04[1234]|05[12345]|06[1234])(\d{3,4})(\d{4})"),
    ("service", r"(0[368]0)(\d{3,4})(\d{4})"),
    ("service", r"(1[568]\d\d)(\d{4})"),
)
_PLANS = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)
_MASKED = re.compile(r"(01[016789]|050\d|070|02|0[3-6][1-5])([\d*]{3,4})([\d*]{4})|(1[568]\d\d)([\d*]{4})")

_MARKS = str.maketrans("●○•×Xx‐‑‒–—", "******-----")
_FORM = re.compile(r"\+?[\d\s().*·/_-]+", re.ASCII)
_EXTENSION = re.compile(r"\s*(?:\(?(?:내선|교환|ext\.?|x)\s*:?\s*\d+\)?|[~#]\s*\d+)\s*\Z", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:,|;|:::|\s/\s|\n)")
_EXPONENT = re.compile(r"(\d)\.(\d+)[eE]\+?(\d+)")


@dataclass(frozen=True, slots=True)
class Phone:
    """One number; ``digits`` is its national form, ``+…`` when foreign, with ``*`` when masked."""

    digits: str
    kind: Kind

    @property
    def matchable(self) -> bool:
        """Whether it may identify a person: 050x numbers are recycled and masked ones incomplete."""
        return self.kind not in ("safe", "masked")

    @property
    def last4(self) -> str:
        """The four digits people give when asked who they are; '' when they are masked."""
        last = self.digits[-4:]
        return last if last.isdigit() else ""

    def pretty(self) -> str:
        """Return the number in its usual groups, ``010-1234-5678``; a foreign one as it is."""
        for pattern in (_MASKED, *(pattern for _, pattern in _PLANS)):
            if found := pattern.fullmatch(self.digits):
                return "-".join(filter(None, found.groups()))
        return self.digits


def read_phone(text: str) -> Phone | None:
    """Read the first telephone number of a cell; None when it holds none that could be called.

    Takes +82 with or without the trunk zero, the zero Excel ate, numbers that went through a float, invisible
    and full-width characters, extensions and masks. A local number without an area code is not enough.
    """
    text = _NEXT.split(_visible(text), maxsplit=1)[0].strip().removeprefix("tel:").strip("'\" ")
    text = _EXTENSION.sub("", text)
    if exponent := _EXPONENT.fullmatch(text):
        lead, rest, power = exponent.groups()
        # Fewer digits than the power says were rounded away: that number is lost.
        text = lead + rest if len(rest) == int(power) else ""
    text = text.removesuffix(".0").translate(_MARKS)
    if not _FORM.fullmatch(text):
        return None
    digits = re.sub(r"[^\d*]", "", text)
    if text.startswith("+") or (digits.startswith("00") and len(digits) > 10):
        return _international(digits.removeprefix("00"))
    if digits.startswith("82") and len(digits) >= 10 and (korean := _international(digits)):
        return korean
    # Only a spreadsheet eats a zero, and a masked number was never a number to it.
    lost_zero = not digits.startswith("0") and "*" not in digits
    return _national(digits) or (_national("0" + digits) if lost_zero else None)


def _visible(text: str) -> str:
    return "".join(char for char in normalize("NFKC", text) if category(char) != "Cf")


def _international(digits: str) -> Phone | None:
    if digits.startswith("82"):
        rest = digits[2:].removeprefix("0")
        return _national("0" + rest) or _national(rest)
    if digits.isdigit() and 7 <= len(digits) <= 15 and not digits.startswith("0"):
        return Phone("+" + digits, "foreign")
    return None


def _national(digits: str) -> Phone | None:
    if "*" in digits:
        return Phone(digits, "masked") if _MASKED.fullmatch(digits) else None
    for kind, pattern in _PLANS:
        if pattern.fullmatch(digits):
            return Phone(digits, kind)
    return None
