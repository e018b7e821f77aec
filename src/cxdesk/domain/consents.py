"""What a customer allows: to be advertised to, and to be contacted at all.

Each word of theirs is kept, the latest for a purpose holds, and of two in the same instant the one that forbids.
Nobody has to allow anything first: an answer to what they asked is always theirs. What is forbidden:

- ``marketing``: no promise of an offer, no suggestion of something to buy.
- ``contact``: the same, and no promise to call or write, until they come by themselves and say otherwise.
"""

import re
from collections.abc import Iterable, Mapping

from cxdesk.domain.records import Consent

__all__ = ["CONTACT", "MARKETING", "PURPOSES", "forbidden", "latest", "speaks_of", "stands_against", "stricter"]

MARKETING, CONTACT = "marketing", "contact"
PURPOSES = (MARKETING, CONTACT)

_OFFER = re.compile(
    r"할인|쿠폰|이벤트|프로모션|세일|특가|광고|홍보|신상|신제품|기획전|사은|소식지|뉴스레터"
    r"|\b(?:discount|coupon|promo\w*|sale|offers?|newsletter|new arrivals?|advert\w*|marketing)\b",
    re.IGNORECASE,
)


def latest(consents: Iterable[Consent]) -> dict[str, Consent]:
    """Purpose → the word that holds."""
    found: dict[str, Consent] = {}
    for one in sorted(consents, key=lambda one: (one.at, not one.allowed, one.id)):
        found[one.purpose] = one
    return found


def forbidden(consents: Iterable[Consent]) -> frozenset[str]:
    """The purposes this customer has said no to; no contact means no marketing too."""
    said_no = {purpose for purpose, one in latest(consents).items() if not one.allowed}
    return frozenset(said_no | ({MARKETING} if CONTACT in said_no else set()))


def speaks_of(text: str) -> str:
    """What a promise in these words is for: ``marketing`` when it offers something, else ``contact``."""
    return MARKETING if _OFFER.search(text) else CONTACT


def stands_against(text: str, no: frozenset[str]) -> str | None:
    """The purpose that forbids a promise in these words to somebody who said ``no``, or ``None``."""
    if CONTACT in no:
        return CONTACT
    return MARKETING if MARKETING in no and speaks_of(text) == MARKETING else None


def stricter(survivor: Iterable[Consent], merged: Iterable[Consent]) -> Mapping[str, bool]:
    """Purposes that one of two people forbids and the two read as one would allow."""
    ours, theirs = tuple(survivor), tuple(merged)
    apart = {p for some in (ours, theirs) for p, one in latest(some).items() if not one.allowed}
    together = {purpose for purpose, one in latest((*ours, *theirs)).items() if not one.allowed}
    return dict.fromkeys(sorted(apart - together), False)
