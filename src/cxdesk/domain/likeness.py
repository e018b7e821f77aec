"""Whether two entries could be one person, and what speaks for it and against it.

Evidence is a telephone number or an e-mail address that both have, or the same name at the same full address. A name
alone is never evidence: it only makes other evidence surer or less sure. Numbers that change hands (050x), that belong
to a company (1588, 080) or of which a part is hidden are not looked at, nor is a masked name.
"""

import re
from collections.abc import Iterable
from enum import IntEnum
from unicodedata import normalize

from cxdesk.domain.records import Customer
from cxdesk.domain.values import dataclass
from cxdesk.hangul.jamo import to_jamo
from cxdesk.hangul.phone import read_phone
from cxdesk.hangul.romanise import normalise_latin, romanised

__all__ = [
    "Likeness",
    "Names",
    "Pair",
    "Reason",
    "Surety",
    "compare",
    "full_address",
    "fuller",
    "identifies",
    "like_names",
]

_PERSONAL = ("mobile", "landline", "voip", "foreign")
_ASIDE = re.compile(r"\s*[(\[（〈<].*\Z", re.DOTALL)
_TITLE = re.compile(r"\s*(?:고객님|님|씨)\Z")
_UNSPOKEN = re.compile(r"[\s,.·-]+")
_SHORTEST_NEAR = 6


class Names(IntEnum):
    """How two names stand to each other."""

    DIFFERENT = 0
    UNKNOWN = 1  # one of them is no name: masked, a number, an address
    NEAR = 2
    SAME = 3


class Surety(IntEnum):
    """How sure it is that two entries are one person; the higher the surer."""

    WEAK = 1
    LIKELY = 2
    SURE = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """What both have: ``kind`` is phone, email or address, ``shown`` as one of the two spells it."""

    kind: str
    shown: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody who could be the same person as the one looked at, with the reasons and how the names stand."""

    other: Customer
    reasons: tuple[Reason, ...]
    names: Names
    surety: Surety


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that could be one person; ``one`` was there first."""

    one: Customer
    likeness: Likeness


def identifies(kind: str, value: str) -> bool:
    """Whether a number or address in its normal form belongs to somebody for good."""
    if kind == "email":
        return "*" not in value
    phone = read_phone(value) if kind == "phone" else None
    return phone is not None and phone.kind in _PERSONAL


def full_address(address: str | None) -> str:
    """The comparable form of an address that names a door; '' for one that only names a district or hides a part."""
    if not address or "*" in address or not any(char.isdigit() for char in address):
        return ""
    return _UNSPOKEN.sub("", normalize("NFC", address).casefold())


def like_names(one: str, other: str) -> Names:
    """Same, near (one letter off, or one of them in Latin letters), different, or one of them no name at all."""
    first, second = _plain(one), _plain(other)
    if not first or not second:
        return Names.UNKNOWN
    if first == second:
        return Names.SAME
    if first.isascii() is not second.isascii():
        latin, korean = (first, second) if first.isascii() else (second, first)
        return Names.NEAR if normalise_latin(latin) in romanised(korean) else Names.DIFFERENT
    return Names.NEAR if _one_letter_off(to_jamo(first), to_jamo(second)) else Names.DIFFERENT


def compare(one: Customer, other: Customer, shared: Iterable[Reason]) -> Likeness | None:
    """What two entries have in common; ``shared`` are the numbers and addresses both have. ``None`` for no evidence."""
    names = like_names(one.name, other.name)
    reasons = list(shared)
    address = full_address(one.address)
    if address and address == full_address(other.address) and names >= Names.NEAR:
        reasons.append(Reason("address", other.address or ""))
    if not reasons:
        return None
    return Likeness(other, tuple(reasons), names, _surety(reasons, names))


def fuller(survivor: Customer, merged: Customer) -> frozenset[str]:
    """The fields in which the merged entry says something and the survivor does not."""
    take = set()
    if _plain(merged.name) and not _plain(survivor.name):
        take.add("name")
    if merged.address and (not survivor.address or ("*" in survivor.address and "*" not in merged.address)):
        take.add("address")
    return frozenset(take)


def _surety(reasons: list[Reason], names: Names) -> Surety:
    """A number in common is sure unless the names contradict it; an address is likely with one name, weak with two."""
    known = {reason.kind for reason in reasons}
    if known & {"phone", "email"}:
        if {"phone", "email"} <= known or names >= Names.NEAR:
            return Surety.SURE
        return Surety.LIKELY if names is Names.UNKNOWN else Surety.WEAK
    return Surety.LIKELY if names is Names.SAME else Surety.WEAK


def _plain(name: str) -> str:
    """The name without a note in brackets, a title and spaces; '' for what is no name."""
    name = _TITLE.sub("", _ASIDE.sub("", normalize("NFC", name).strip())).casefold()
    if "*" in name or "@" in name or name.startswith("#") or not any(char.isalpha() for char in name):
        return ""
    return "".join(name.split())


def _one_letter_off(first: str, second: str) -> bool:
    """Whether one letter put in, left out or exchanged makes one of the other; too short a name is never near."""
    if first == second:
        return True
    if min(len(first), len(second)) < _SHORTEST_NEAR or abs(len(first) - len(second)) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second)))
    longer, shorter = (first, second) if len(first) >= len(second) else (second, first)
    if len(first) == len(second):
        return first[at + 1 :] == second[at + 1 :]
    return longer[at + 1 :] == shorter[at:]
