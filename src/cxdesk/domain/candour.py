"""What an honest word about an incident must say: a checklist, and the frame of a wording that its answers fill."""

import re
from collections.abc import Mapping
from typing import Any

from cxdesk.domain.incidents import Form
from cxdesk.domain.values import dataclass

__all__ = ["NEXT", "WHO", "Candour", "Check", "draft", "nameless", "read_candour"]

NEXT, WHO = "next", "who"
"""Checks that answer themselves: by when the next word comes, and who answers for the incident."""

_NAME_FIRST = re.compile(r"^\{\{\s*customer\.name\b[^}]*\}\}\s*(?:고객님|님)?\s*[,.:]?\s*")
_BLANK = re.compile(r"\{\?\s*(\w+)\s*\?\}")


@dataclass(frozen=True, slots=True)
class Check:
    """One question of the checklist, and an example of an answer."""

    id: str
    ask: str
    example: str = ""


@dataclass(frozen=True, slots=True)
class Candour:
    """The checklist and the frames of a language."""

    checks: tuple[Check, ...]
    frames: dict[Form, str]


def read_candour(table: Mapping[str, Any]) -> Candour:
    """The content of ``incidents/<language>.toml``. Raises ``ValueError`` naming what is wrong with it."""
    checks = []
    for n, entry in enumerate(table.get("check", ()), 1):
        if not isinstance(entry, dict) or not all(isinstance(entry.get(name), str) for name in ("id", "ask")):
            raise ValueError(f"check {n}: id, ask")
        checks.append(Check(entry["id"], entry["ask"], str(entry.get("example", ""))))
    if not checks or len({check.id for check in checks}) != len(checks) or len(checks) > 9:
        raise ValueError("check: 1-9, id")
    frames = table.get("word")
    if not isinstance(frames, dict) or not all(isinstance(frames.get(form), str) for form in Form):
        raise ValueError("word: write, speak")
    return Candour(tuple(checks), {form: frames[form].strip() for form in Form})


def draft(candour: Candour, form: Form, answers: Mapping[str, str]) -> str:
    """A wording from the frame: blanks with an answer are filled, the others say what they ask for."""
    asks = {check.id: check.ask for check in candour.checks}

    def filled(match: re.Match[str]) -> str:
        key = match[1]
        if answer := answers.get(key, "").strip().rstrip("."):
            return answer
        return f"{{? {asks.get(key, key).rstrip('?').strip()} ?}}"

    return _BLANK.sub(filled, candour.frames[form])


def nameless(body: str) -> str:
    """The wording for somebody whose name is not known: without the name it begins with."""
    rest = _NAME_FIRST.sub("", body, count=1)
    return rest if rest == body else rest[:1].upper() + rest[1:]
