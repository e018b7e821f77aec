"""Pages that are whole or nothing: the end line of a page, its proof, and the cursor from which the next one begins."""

import hashlib
import json
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

__all__ = ["BadPage", "Cursor", "Page", "end_line", "read_cursor", "read_page"]

_CURSOR = re.compile(r"([0-9a-f-]{1,40})\.(\d{1,18})\.([0-9a-z]{0,32})")


class BadPage(ValueError):
    """A page that was cut, changed or never one of ours; nothing of it counts."""


class Cursor(NamedTuple):
    """Where in the server's order a device is: after ``seq`` of ``epoch``, in a scope of which it carries the hash."""

    epoch: str
    seq: int
    scope: str = ""

    def __str__(self) -> str:
        return f"{self.epoch}.{self.seq}.{self.scope}"


class Page(NamedTuple):
    """The lines of a page, and what its end line says."""

    lines: tuple[dict[str, Any], ...]
    next: str
    head: int


def read_cursor(text: str) -> Cursor:
    """The inverse of ``str``. Raises ``ValueError``; a desk never calls this: to it, cursors are opaque."""
    if not (found := _CURSOR.fullmatch(text)):
        raise ValueError("not a cursor")
    epoch, seq, scope = found.groups()
    return Cursor(epoch, int(seq), scope)


def end_line(body: bytes, count: int, after: str, head: int) -> bytes:
    """The line that ends a page whose ``count`` lines are ``body``; ``after`` is where the next page begins."""
    end = {"end": True, "count": count, "next": after, "head": head, "sha256": hashlib.sha256(body).hexdigest()}
    return json.dumps(end, separators=(",", ":")).encode() + b"\n"


def read_page(page: bytes) -> Page:
    """What a page says. Raises ``BadPage`` when a single byte of it is missing or another one."""
    body, end = _parted(page)
    lines = body.split(b"\n")[:-1]
    if end.get("count") != len(lines) or end.get("sha256") != hashlib.sha256(body).hexdigest():
        raise BadPage("hash")
    if not isinstance(end.get("next"), str) or not isinstance(end.get("head"), int):
        raise BadPage("end")
    return Page(tuple(_objects(lines)), end["next"], end["head"])


def _parted(page: bytes) -> tuple[bytes, dict[str, Any]]:
    """The lines before the end line, as bytes, and the end line."""
    if not page.endswith(b"\n"):
        raise BadPage("cut")
    at = page.rfind(b"\n", 0, -1) + 1
    (end,) = _objects([page[at:]])
    if end.get("end") is not True:
        raise BadPage("end")
    return page[:at], end


def _objects(lines: Sequence[bytes]) -> list[dict[str, Any]]:
    try:
        found = [json.loads(line) for line in lines]
    except ValueError as error:
        raise BadPage("json") from error
    if not all(isinstance(line, dict) for line in found):
        raise BadPage("json")
    return found
