"""Word lists and rewordings (``config/check/<language>.toml``) → ``Rules``. A broken entry costs only itself.

The caller reads the files. A ``[[rule]]`` says which words are a finding and what to say instead; a ``[[cue]]`` is a
list of words that a part of the check asks for by name (``CUES``).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cxdesk.domain.words import Language
from cxdesk.empathy.lines import Problem
from cxdesk.empathy.reply.findings import FindingId
from cxdesk.empathy.reply.patterns import BadPhrase, any_of, source_of

__all__ = ["CUES", "PLACES", "Rule", "Rules", "read_rules"]

CUES = frozenset({
    "apology", "filler", "feeling", "cause", "refusal", "not_refusal", "choice", "offer", "instead", "commit",
    "not_commit", "wait", "turn", "goods", "not_goods", "noun", "not_noun",
})  # fmt: skip
"""The lists of words that are asked for by name; a list that is missing finds nothing."""

PLACES = frozenset({"name", "first", "order_no", "phone_end", "product", "due", "range", "high", "said"})
"""What ``{…}`` in a rewording may ask for. A rewording whose place is not known is not proposed."""

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(?:rule|cue)[ \t]*\]\]", re.MULTILINE)
_AT_ROW = re.compile(r"at line (\d+)")
_PLACE = re.compile(r"\{(\w+)\}")
_FIELDS = {"rule": {"finding", "words", "unless", "better", "needs", "whole"}, "cue": {"cue", "words"}}


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that are a finding. Silent where ``unless`` is found in the same sentence or ``needs`` is not known.

    The better words take the place of those that were found, or with ``whole`` of the sentence they stand in.
    """

    finding: FindingId
    words: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    better: tuple[str, ...] = ()
    needs: str = ""
    whole: bool = False


@dataclass(frozen=True)
class Rules:
    """Everything one language's files say; immutable."""

    lang: Language
    rules: Mapping[FindingId, tuple[Rule, ...]]
    cues: Mapping[str, re.Pattern[str]]

    def cue(self, name: str) -> re.Pattern[str]:
        """The words of a list, as one pattern."""
        return self.cues.get(name, _NOTHING)


_NOTHING = re.compile(r"(?!)")


class _BadEntry(Exception):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def read_rules(files: Iterable[tuple[str, str]], lang: Language) -> tuple[Rules, tuple[Problem, ...]]:
    """The rules of these files (name, text) and what was wrong. Later files add rules and replace whole cues."""
    found: dict[FindingId, list[Rule]] = {}
    cues: dict[str, re.Pattern[str]] = {}
    problems: list[Problem] = []
    for name, text in files:
        for row, kind, entry in _entries(name, text, problems):
            try:
                _check_fields(kind, entry)
                if kind == "cue":
                    cues[_cue_name(entry)] = any_of(_phrases(entry, "words", lang), lang)
                else:
                    rule = _rule(entry, lang)
                    found.setdefault(rule.finding, []).append(rule)
            except _BadEntry as bad:
                problems.append(Problem(name, row, bad.code, bad.detail))
    return Rules(lang, {finding: tuple(rules) for finding, rules in found.items()}, cues), tuple(problems)


def _entries(name: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Row, kind and table of every entry, each parsed by itself, so that a forgotten quote costs one entry."""
    import tomllib

    starts = [match.start() for match in _HEADER.finditer(text)]
    for start, end in zip([0, *starts], [*starts, len(text)], strict=True):
        row = text.count("\n", 0, start) + 1
        try:
            tables = tomllib.loads(text[start:end])
        except tomllib.TOMLDecodeError as error:
            at = _AT_ROW.search(str(error))
            problems.append(Problem(name, row + (int(at[1]) if at else 1) - 1, "syntax", str(error)))
            continue
        for kind, entries in tables.items():
            if kind in _FIELDS and isinstance(entries, list):
                yield from ((row, kind, entry) for entry in entries)
            else:
                header = re.search(rf"^[ \t]*\[+[ \t]*{re.escape(kind)}\b", text[start:end], re.MULTILINE)
                below = text.count("\n", start, start + header.start()) if header else 0
                problems.append(Problem(name, row + below, "unknown_field", kind))


def _check_fields(kind: str, entry: dict[str, object]) -> None:
    for key in entry:
        if key not in _FIELDS[kind]:
            raise _BadEntry("unknown_field", key)


def _cue_name(entry: dict[str, object]) -> str:
    name = entry.get("cue")
    if not isinstance(name, str) or name not in CUES:
        raise _BadEntry("unknown_word", f"cue: {name}")
    return name


def _rule(entry: dict[str, object], lang: Language) -> Rule:
    needs, better = entry.get("needs", ""), _texts(entry, "better")
    if not isinstance(needs, str) or (needs and needs not in PLACES):
        raise _BadEntry("unknown_word", f"needs: {needs}")
    for template in better:
        for place in _PLACE.findall(template):
            if place not in PLACES:
                raise _BadEntry("unknown_word", f"better: {place}")
    try:
        finding = FindingId(str(entry.get("finding")))
    except ValueError:
        raise _BadEntry("unknown_word", f"finding: {entry.get('finding')}") from None
    whole = entry.get("whole", False)
    if not isinstance(whole, bool):
        raise _BadEntry("bad_type", "whole")
    words = any_of(_phrases(entry, "words", lang), lang)
    unless = any_of(_phrases(entry, "unless", lang), lang) if "unless" in entry else None
    return Rule(finding, words, unless, better, needs, whole)


def _phrases(entry: dict[str, object], key: str, lang: Language) -> tuple[str, ...]:
    phrases = _texts(entry, key)
    if not phrases:
        raise _BadEntry("missing_field", key)
    for phrase in phrases:
        try:
            source_of(phrase, lang)
        except BadPhrase:
            raise _BadEntry("bad_phrase", phrase) from None
    return phrases


def _texts(entry: dict[str, object], key: str) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _BadEntry("bad_type", key)
    return tuple(values)
