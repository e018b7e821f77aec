"""The check itself: a reply in, its findings out, at the cost of the sentences that have changed.

What one sentence says is worked out once and kept; what only the whole reply can tell (is there a choice, is the
apology alone, was the name said) is then read from those few notes.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cxdesk.domain.words import Language
from cxdesk.empathy.blanks import unfilled
from cxdesk.empathy.reply.apologies import bare_apology, names_something
from cxdesk.empathy.reply.findings import Finding, FindingId, Fix
from cxdesk.empathy.reply.honorifics import honoured_goods
from cxdesk.empathy.reply.known import Known
from cxdesk.empathy.reply.particles import wrong_particles
from cxdesk.empathy.reply.refusals import Choices, choices_in, refusal_in
from cxdesk.empathy.reply.rules import Rules
from cxdesk.empathy.reply.sentences import sentences
from cxdesk.empathy.reply.shouting import shouting
from cxdesk.empathy.reply.times import about_time
from cxdesk.empathy.reply.wording import ask_again, words_of

__all__ = ["LIMIT", "Checker"]

LIMIT = 20_000
"""Characters that are looked at; nobody writes a longer reply. Blanks are found in all of it."""
_MOST = 200
_KEPT = 256
_ORDER = {finding: place for place, finding in enumerate(FindingId)}
_WORDS = (FindingId.HIDES_BEHIND_POLICY, FindingId.BLAME, FindingId.JARGON)


@dataclass(frozen=True, slots=True)
class _Notes:
    """What one sentence says, wherever it stands."""

    findings: tuple[Finding, ...]
    refusal: tuple[int, int] | None
    choices: Choices
    apology: tuple[int, int] | None
    names_something: bool


class Checker:
    """The check for one language and one ticket. ``examined`` counts the sentences that had to be worked out."""

    def __init__(self, rules: Rules, known: Known) -> None:
        self.rules, self.known = rules, known
        self._values = known.values()
        self._nouns = frozenset({*known.calls, known.product} - {""})
        self._notes: dict[str, _Notes] = {}
        self.examined = 0

    def check(self, reply: str) -> tuple[Finding, ...]:
        """The findings, the weightiest first and in the order of the reply."""
        parts = [(start, self._examine(sentence)) for start, sentence in sentences(reply[:LIMIT])]
        found = [finding.moved(start) for start, notes in parts for finding in notes.findings]
        found += self._blanks(reply)
        found += self._no_alternative(reply, parts)
        found += self._bare_apology(parts)
        found += self._no_name(reply)
        return tuple(sorted(found, key=lambda finding: (_ORDER[finding.id], finding.start))[:_MOST])

    # -- one sentence

    def _examine(self, sentence: str) -> _Notes:
        notes = self._notes.pop(sentence, None)
        if notes is None:
            self.examined += 1
            notes = self._read(sentence)
            if len(self._notes) >= _KEPT:
                del self._notes[next(iter(self._notes))]
        self._notes[sentence] = notes  # put last again, so that the oldest goes first
        return notes

    def _read(self, sentence: str) -> _Notes:
        rules = self.rules
        refusal = refusal_in(sentence, rules)
        return _Notes(
            tuple(self._local(sentence)),
            refusal,
            choices_in(sentence, refusal, rules),
            bare_apology(sentence, self.known.calls, rules),
            names_something(sentence, rules),
        )

    def _local(self, sentence: str) -> Iterator[Finding]:
        rules, values = self.rules, self._values
        for finding in _WORDS:
            yield from words_of(finding, sentence, rules, values)
        yield from ask_again(sentence, rules, values)
        yield from about_time(sentence, rules, self.known, values)
        yield from shouting(sentence)
        if rules.lang is Language.KO:
            yield from honoured_goods(sentence, rules, values)
            yield from wrong_particles(sentence, self._nouns, rules)

    # -- the whole reply

    def _blanks(self, reply: str) -> Iterator[Finding]:
        for blank in unfilled(reply):
            yield Finding(FindingId.UNFILLED, blank.start, blank.end)

    def _no_alternative(self, reply: str, parts: list[tuple[int, _Notes]]) -> Iterator[Finding]:
        refused = next(((start, notes.refusal) for start, notes in parts if notes.refusal), None)
        if refused is None:
            return
        marks = frozenset[str]().union(*(notes.choices.marks for _, notes in parts))
        if len(marks) + sum(notes.choices.named for _, notes in parts) >= 2:
            return
        start, (begin, end) = refused
        line = self.known.options
        fix = Fix(len(reply), len(reply), ("\n" if reply.strip() else "") + line) if line else None
        yield Finding(FindingId.NO_ALTERNATIVE, start + begin, start + end, line, fix)

    def _bare_apology(self, parts: list[tuple[int, _Notes]]) -> Iterator[Finding]:
        if any(notes.names_something for _, notes in parts):
            return
        line = self.known.acknowledge
        for start, notes in parts:
            if notes.apology:
                begin, end = notes.apology
                fix = Fix(start, start, line + " ") if line else None
                yield Finding(FindingId.BARE_APOLOGY, start + begin, start + end, line, fix)
                return

    def _no_name(self, reply: str) -> Iterator[Finding]:
        calls = self.known.calls
        if not calls or any(call.casefold() in reply.casefold() for call in calls):
            return
        start, opening = next(sentences(reply[:LIMIT]), (0, ""))
        if unfilled(opening):  # the blank may well be the name
            return
        for finding in words_of(FindingId.NO_NAME, opening, self.rules, self._values):
            yield finding.moved(start)
            return
