"""Changing one entry of a script file and nothing else of it: comments and the other entries stay as they were."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from cxdesk.domain.words import Emotion, Segment, Topic
from cxdesk.empathy.library import Line

__all__ = ["put", "take_out", "written"]

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*line[ \t]*\]\]", re.MULTILINE)
# What stands above the next header is said about that one.
_LEAD = re.compile(r"(?:^[ \t]*(?:#[^\n]*)?(?:\n|\Z))+\Z", re.MULTILINE)


class _Entry(NamedTuple):
    """Where an entry stands in the text, from its header to its last field, and what it says."""

    start: int
    end: int
    id: object


def put(text: str, line: Line) -> str:
    """The file with this line in the place of the one with its id, or at the end."""
    entry = _find(text, line.id)
    if entry is None:
        return f"{text.rstrip()}\n\n{written(line)}".lstrip()
    kept = [row.strip() for row in text[entry.start : entry.end].splitlines() if row.lstrip().startswith("#")]
    return text[: entry.start] + written(line, kept) + text[entry.end :]


def take_out(text: str, line_id: str) -> str:
    """The file without that line."""
    entry = _find(text, line_id)
    if entry is None:
        return text
    return text[: entry.start].rstrip() + "\n" * 2 * bool(text[: entry.start].strip()) + text[entry.end :].lstrip()


def written(line: Line, comments: list[str] | None = None) -> str:
    """One entry as TOML, ending with its line break; the inverse of reading it."""
    fields = {
        "id": _string(line.id),
        "emotions": _strings([one for one in Emotion if one in line.emotions]),
        "topics": _strings([one for one in Topic if one in line.topics]),
        "segments": _strings([one for one in Segment if one in line.segments]),
        "form": _string(line.form) if line.form else "",
        "when": _string(line.when) if line.when else "",
        "hidden": "true" if line.hidden else "",
        "text": _string(line.text),
    }
    rows = ["[[line]]", *(comments or ()), *(f"{name} = {value}" for name, value in fields.items() if value)]
    return "\n".join(rows) + "\n"


def _find(text: str, line_id: str) -> _Entry | None:
    return next((entry for entry in _entries(text) if entry.id == line_id), None)


def _entries(text: str) -> Iterator[_Entry]:
    """Every entry that can be read alone."""
    import tomllib

    edges = [*(match.start() for match in _HEADER.finditer(text)), len(text)]
    for start, following in pairwise(edges):
        lead = _LEAD.search(text[start:following])
        end = start + lead.start() if lead else following
        try:
            table = tomllib.loads(text[start:end])["line"][0]
        except tomllib.TOMLDecodeError:
            continue
        yield _Entry(start, end, table.get("id"))


def _string(text: str) -> str:
    """A TOML string on one line; JSON escapes the same characters, all but one."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _strings(words: list[Emotion] | list[Topic] | list[Segment]) -> str:
    return f"[{', '.join(map(_string, words))}]" if words else ""
