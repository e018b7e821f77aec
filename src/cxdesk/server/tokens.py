"""Codes and tokens: made from the system's randomness, known to the server only by their SHA-256.

A token names its shop, so that it can be looked up inside that shop's rows and in no other's. What it says beyond that
is random.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

__all__ = ["Secret", "hash_of", "made", "made_code", "plain_code", "shop_of"]

Kind = Literal["a", "r"]

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TOKEN = re.compile(r"cxd_[ar]_([0-9a-f]{32})_[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that no log and no traceback shows."""

    text: str

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__

    @property
    def hash(self) -> str:
        """What is kept of it."""
        return hash_of(self.text)


def hash_of(text: str) -> str:
    """What is kept of a token or a code. They are random, so that a plain hash cannot be searched through."""
    return hashlib.sha256(text.encode()).hexdigest()


def made(kind: Kind, shop: str) -> Secret:
    """A new token for access or refresh: 256 random bits."""
    return Secret(f"cxd_{kind}_{UUID(shop).hex}_{secrets.token_hex(32)}")


def shop_of(token: str, kind: Kind) -> str | None:
    """The shop a token belongs to, ``None`` for anything that is not a token of this kind."""
    found = _TOKEN.fullmatch(token)
    return str(UUID(found[1])) if found and token.startswith(f"cxd_{kind}_") else None


def made_code() -> Secret:
    """Ten characters of Crockford's base 32: 50 random bits that can be read out over a telephone."""
    return Secret("".join(secrets.choice(_ALPHABET) for _ in range(10)))


def plain_code(typed: str) -> str:
    """A code as it was made, however it was typed: groups, small letters, O for 0, I or L for 1."""
    return re.sub(r"[\s-]", "", typed).upper().translate(str.maketrans("OIL", "011"))
