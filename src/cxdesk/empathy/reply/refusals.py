"""A refusal without a way out: fewer than two things the customer could choose instead."""

import re
from dataclasses import dataclass

from cxdesk.empathy.reply.rules import Rules

__all__ = ["Choices", "choices_in", "refusal_in"]

_MARKS = re.compile(r"[①-⑨]|\(\d\)|(?<![\d(])\d\)|^\s*\d\.\s", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Choices:
    """What one sentence adds to the choices of a reply: numbered ones, and how many others it names."""

    marks: frozenset[str] = frozenset()
    named: int = 0


def refusal_in(sentence: str, rules: Rules) -> tuple[int, int] | None:
    """Where a sentence refuses something; not where it tells what the customer could not do."""
    refusal = rules.cue("refusal").search(sentence)
    if refusal is None:
        return None
    excused = rules.cue("not_refusal")
    while refusal is not None:
        if not any(e.start() < refusal.end() and refusal.start() < e.end() for e in excused.finditer(sentence)):
            return refusal.span()
        refusal = rules.cue("refusal").search(sentence, refusal.end())
    return None


def choices_in(sentence: str, refusal: tuple[int, int] | None, rules: Rules) -> Choices:
    """The choices a sentence offers; in a sentence that refuses, only what follows a "but"."""
    if refusal is not None:
        turn = rules.cue("instead").search(sentence, refusal[1])
        if turn is None:
            return Choices(frozenset(mark.strip() for mark in _MARKS.findall(sentence)))
        sentence = sentence[turn.start() :]
    marks = frozenset(mark.strip() for mark in _MARKS.findall(sentence))
    if rules.cue("choice").search(sentence):
        return Choices(marks, 2)
    return Choices(marks, int(rules.cue("offer").search(sentence) is not None))
