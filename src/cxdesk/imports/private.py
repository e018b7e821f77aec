"""Numbers no desk may keep, found in text that people typed: resident registration and personal customs numbers.

Korea's Personal Information Protection Act, article 24-2, forbids keeping the first without a law that demands it;
columns that are made for such numbers are known by their names (``header.is_private``) and never read at all.
"""

import re

__all__ = ["REMOVED", "SHORTEST", "scrubbed", "scrubbed_id"]

SHORTEST = 13
"""Characters of the shortest such number; there is none in a shorter text."""

REMOVED = "███"
"""Stands where such a number was."""

_DAY = r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_SPELT = re.compile(rf"(?<!\d){_DAY}\s?[-‐‑‒–−]\s?[1-8]\d{{6}}(?!\d)|(?<![A-Za-z0-9])[Pp]\d{{12}}(?!\d)")
_BARE = re.compile(rf"(?<!\d){_DAY}[1-8]\d{{6}}(?!\d)")
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)


def scrubbed(text: str) -> str:
    """The text without such numbers."""
    return _BARE.sub(_unless_chance, scrubbed_id(text))


def scrubbed_id(text: str) -> str:
    """The same for an id: thirteen bare digits may well be an order's, so only the spelt-out form counts."""
    return _SPELT.sub(REMOVED, text)


def _unless_chance(found: re.Match[str]) -> str:
    """Thirteen digits are such a number when their last one is the check digit of the others; only those given since
    October 2020, to the newly born, have none."""
    digits = [int(digit) for digit in found[0]]
    remainder = sum(map(int.__mul__, digits, _WEIGHTS)) % 11
    # Foreigners' numbers (5 to 8) add 2 before the last digit is taken.
    check = (11 - remainder + (2 if digits[6] >= 5 else 0)) % 10
    return REMOVED if digits[12] == check else found[0]
