"""Script files → ``Library``. A broken file or entry becomes a ``Problem`` and costs only itself.

The caller reads the files. ``name`` is their path; its last two parts say language and stage: ``ko/greet.toml``.
Templates are not parsed here, so that reading stays cheap at start; ``check.check_library`` does that.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from cxdesk.domain.words import Emotion, Language, Segment, Stage, Topic
from cxdesk.empathy.library import Form, Library, Line, Place, Situation

__all__ = ["TEXT_LIMIT", "Form", "Library", "Line", "Place", "Problem", "Situation", "read_library"]

TEXT_LIMIT = 1_000

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*line[ \t]*\]\]", re.MULTILINE)
_AT_ROW = re.compile(r"at line (\d+)")
_FIELDS = frozenset({"id", "emotions", "topics", "segments", "form", "when", "hidden", "text"})

W = TypeVar("W", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong where: file, line number from 1 (0 for the whole file), a reason code and the offending part."""

    file: str
    row: int
    code: str
    detail: str = ""


class _BadEntry(Exception):
    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def read_library(
    files: Mapping[str, str] | Iterable[tuple[str, str]],
) -> tuple[Library, tuple[Problem, ...]]:
    """The lines of all files and what was wrong with the rest. Of two lines with one id the first is kept."""
    lines: dict[str, Line] = {}
    places: dict[str, Place] = {}
    problems: list[Problem] = []
    for name, text in files.items() if isinstance(files, Mapping) else files:
        where = _language_and_stage(name)
        if where is None:
            problems.append(Problem(name, 0, "unknown_file", name))
            continue
        for row, entry in _entries(name, text, problems):
            try:
                line = _line(entry, *where)
                if line.id in lines:
                    raise _BadEntry("duplicate_id", line.id)
            except _BadEntry as bad:
                problems.append(Problem(name, row, bad.code, bad.detail))
            else:
                lines[line.id] = line
                places[line.id] = Place(name, row)
    return Library(lines.values(), places), tuple(problems)


def _language_and_stage(name: str) -> tuple[Language, Stage] | None:
    parts = re.split(r"[/\\]", name)
    if len(parts) < 2 or not parts[-1].endswith(".toml"):
        return None
    try:
        return Language(parts[-2]), Stage(parts[-1].removesuffix(".toml"))
    except ValueError:
        return None


def _entries(name: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, object]]:
    """Row and table of every ``[[line]]``; in a file that does not parse, of every one that parses alone."""
    import tomllib

    starts = [match.start() for match in _HEADER.finditer(text)]
    rows = [text.count("\n", 0, start) + 1 for start in starts]
    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        found = list(_salvaged(name, text, starts, rows, problems))
    else:
        found = _tables(name, whole, rows, problems)
    yield from found


def _tables(name: str, whole: dict[str, Any], rows: list[int], problems: list[Problem]) -> list[tuple[int, object]]:
    problems.extend(Problem(name, 0, "unknown_field", key) for key in whole if key != "line")
    entries = whole.get("line", [])
    if not isinstance(entries, list):
        problems.append(Problem(name, 0, "bad_type", "line"))
        return []
    # A header inside a multi-line string would be counted too; then a row points a little above its entry.
    return [(rows[index] if index < len(rows) else 0, entry) for index, entry in enumerate(entries)]


def _salvaged(
    name: str, text: str, starts: list[int], rows: list[int], problems: list[Problem]
) -> Iterator[tuple[int, object]]:
    """Parse piece by piece, so that one forgotten quote does not cost the owner the whole file."""
    import tomllib

    pieces = [(1, text[: starts[0]] if starts else text)]
    pieces += [(row, text[start:end]) for row, start, end in zip(rows, starts, [*starts[1:], None], strict=True)]
    for row, piece in pieces:
        try:
            parsed = tomllib.loads(piece)
        except tomllib.TOMLDecodeError as error:
            at = _AT_ROW.search(str(error))
            last = piece.rstrip().count("\n") + 1
            problems.append(Problem(name, row + (int(at[1]) if at else last) - 1, "syntax", str(error)))
        else:
            for entry in parsed.get("line", []):
                yield row, entry


def _line(entry: object, lang: Language, stage: Stage) -> Line:
    if not isinstance(entry, dict):
        raise _BadEntry("bad_type", "line")
    for key in entry:
        # A misspelt condition would turn a line for some into a line for everyone, so the entry is left out.
        if key not in _FIELDS:
            raise _BadEntry("unknown_field", key)
    text = _text(entry, "text")
    if len(text) > TEXT_LIMIT:
        raise _BadEntry("too_long", str(len(text)))
    return Line(
        id=_text(entry, "id"),
        stage=stage,
        text=text,
        emotions=_words(entry, "emotions", Emotion),
        topics=_words(entry, "topics", Topic),
        segments=_words(entry, "segments", Segment),
        form=_word(entry["form"], "form", Form) if "form" in entry else None,
        when=_word(entry["when"], "when", Situation) if "when" in entry else None,
        lang=lang,
        hidden=_flag(entry, "hidden"),
    )


def _text(entry: dict[str, object], key: str) -> str:
    if key not in entry:
        raise _BadEntry("missing_field", key)
    value = entry[key]
    if not isinstance(value, str):
        raise _BadEntry("bad_type", key)
    if not value.strip():
        raise _BadEntry("empty", key)
    return value.strip()


def _flag(entry: dict[str, object], key: str) -> bool:
    value = entry.get(key, False)
    if not isinstance(value, bool):
        raise _BadEntry("bad_type", key)
    return value


def _words(entry: dict[str, object], key: str, vocabulary: type[W]) -> frozenset[W]:
    values = entry.get(key, [])
    if not isinstance(values, list):
        raise _BadEntry("bad_type", key)
    return frozenset(_word(value, key, vocabulary) for value in values)


def _word(value: object, key: str, vocabulary: type[W]) -> W:
    if not isinstance(value, str):
        raise _BadEntry("bad_type", key)
    try:
        return vocabulary(value)
    except ValueError:
        raise _BadEntry("unknown_word", f"{key}: {value}") from None
