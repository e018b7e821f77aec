"""Findings that are words and nothing else: hiding behind a policy, blame, jargon, asking again, and the like."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from cxdesk.empathy.reply.findings import Finding, FindingId, Fix
from cxdesk.empathy.reply.known import filled
from cxdesk.empathy.reply.rules import Rule, Rules
from cxdesk.hangul.josa import josa

__all__ = ["ask_again", "matched", "words_of"]

_PARTICLE = re.compile(r"(?:으로|이랑|이나|이라|은|는|이|가|을|를|과|와|로|랑|나|라)(?!\w)")
_PAIRS = {
    form: pair
    for pair in ("은/는", "이/가", "을/를", "과/와", "으로/로", "이랑/랑", "이나/나", "이라/라")
    for form in pair.split("/")
}


def matched(
    finding: FindingId, sentence: str, rules: Rules, known: Mapping[str, str]
) -> Iterator[tuple[Rule, re.Match[str]]]:
    """Every rule of a finding that speaks up in a sentence, with the words it is about; no words are named twice."""
    taken: list[tuple[int, int]] = []
    for rule in rules.rules.get(finding, ()):
        if rule.needs and rule.needs not in known:
            continue
        for match in rule.words.finditer(sentence):
            start, end = match.span()
            if any(start < other_end and other < end for other, other_end in taken):
                continue
            if rule.unless and rule.unless.search(sentence):
                break
            taken.append((start, end))
            yield rule, match


def words_of(finding: FindingId, sentence: str, rules: Rules, known: Mapping[str, str]) -> Iterator[Finding]:
    """The findings of a word list; each proposes to put the better words in their place."""
    for rule, match in matched(finding, sentence, rules, known):
        start, end = match.span()
        better = filled(rule.better, {**known, "said": match[0]})
        yield Finding(finding, start, end, better, _fix(rule, sentence, start, end, better) if better else None)


def ask_again(sentence: str, rules: Rules, known: Mapping[str, str]) -> Iterator[Finding]:
    """The first question of a sentence for what is known; one is enough to be told about."""
    yield from islice(words_of(FindingId.ASKS_AGAIN, sentence, rules, known), 1)


def _fix(rule: Rule, sentence: str, start: int, end: int, better: str) -> Fix:
    """The edit, with the particle after the words made to agree with the new ones: 유선으로 → 전화로."""
    if rule.whole:
        return Fix(0, len(sentence), better)
    if start == 0 and sentence[0].isupper():
        better = better[0].upper() + better[1:]
    particle = _PARTICLE.match(sentence, end)
    if particle and "가" <= better[-1] <= "힣":
        return Fix(start, particle.end(), better + josa(better, _PAIRS[particle[0]]))
    return Fix(start, end, better)
