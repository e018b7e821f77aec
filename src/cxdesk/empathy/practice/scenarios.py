"""Practice files (``config/practice/<language>/*.toml``) → scenarios. A broken entry costs only itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.lines import Problem

__all__ = ["Scenario", "read_scenarios"]

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*scenario[ \t]*\]\]", re.MULTILINE)
_AT_ROW = re.compile(r"at line (\d+)")
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Scenario:
    """A customer to practise with. ``need`` is what they do not say at first, ``reveals`` how they say it when asked.

    They open with ``opening``. Then each reply is answered by what is still missing: ``unheard`` without a word about
    how they feel, ``unasked`` without a question, ``unoffered`` without two choices, ``untimed`` without a time,
    ``unpromised`` without a promise; ``content`` when nothing is.
    """

    id: str
    lang: Language
    title: str
    name: str
    temper: Emotion
    topic: Topic
    history: str
    need: str
    opening: str
    unheard: str
    unasked: str
    reveals: str
    unoffered: str
    untimed: str
    unpromised: str
    content: str


_TEXTS = tuple(field.name for field in fields(Scenario) if field.name not in ("lang", "temper", "topic"))


class _BadEntry(Exception):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def read_scenarios(
    files: Iterable[tuple[str, str]], lang: Language
) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    """The scenarios of these files (name, text) and what was wrong. A later one of the same id takes its place."""
    found: dict[str, Scenario] = {}
    problems: list[Problem] = []
    for name, text in files:
        for row, entry in _entries(name, text, problems):
            try:
                scenario = _scenario(entry, lang)
            except _BadEntry as bad:
                problems.append(Problem(name, row, bad.code, bad.detail))
            else:
                found[scenario.id] = scenario
    return tuple(found.values()), tuple(problems)


def _entries(name: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, object]]]:
    import tomllib

    starts = [match.start() for match in _HEADER.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        row = text.count("\n", 0, start) + 1
        try:
            entries = tomllib.loads(text[start:end])["scenario"]
        except tomllib.TOMLDecodeError as error:
            at = _AT_ROW.search(str(error))
            problems.append(Problem(name, row + (int(at[1]) if at else 1) - 1, "syntax", str(error)))
            continue
        yield from ((row, entry) for entry in entries)


def _scenario(entry: dict[str, object], lang: Language) -> Scenario:
    for key in entry:
        if key not in (*_TEXTS, "temper", "topic"):
            raise _BadEntry("unknown_field", key)
    texts = {key: _text(entry, key) for key in _TEXTS}
    try:
        return Scenario(lang=lang, temper=Emotion(_text(entry, "temper")), topic=Topic(_text(entry, "topic")), **texts)
    except ValueError as error:
        raise _BadEntry("unknown_word", str(error)) from None


def _text(entry: dict[str, object], key: str) -> str:
    value = entry.get(key)
    if value is None:
        raise _BadEntry("missing_field", key)
    if not isinstance(value, str):
        raise _BadEntry("bad_type", key)
    if not value.strip():
        raise _BadEntry("empty", key)
    if len(value) > _LONGEST:
        raise _BadEntry("too_long", key)
    return value.strip()
