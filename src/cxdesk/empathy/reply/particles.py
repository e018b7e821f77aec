"""Particles that do not agree with the word before them: 상품를, 주소으로, 고객님가.

Many Korean words end in what looks like a particle (가을, 작은, 서로), so most are looked at only after a word that is
known to be a noun. Latin letters and numbers are left alone: how they are read aloud is a guess.
"""

import re
from collections.abc import Iterator

from cxdesk.empathy.reply.findings import Finding, FindingId, Fix
from cxdesk.empathy.reply.rules import Rules
from cxdesk.hangul.josa import josa

__all__ = ["wrong_particles"]

_PAIRS = ("은/는", "이/가", "을/를", "과/와", "으로/로")
_PAIR_OF = {form: pair for pair in _PAIRS for form in pair.split("/")}
_WORD = re.compile(r"(?<!\w)(?P<word>[가-힣]{1,12}?)(?P<particle>으로|은|는|이|가|을|를|과|와|로)(?![가-힣(])")
_BOTH = re.compile(
    r"(?P<word>[가-힣]{1,12})(?P<particle>은\(는\)|는\(은\)|이\(가\)|가\(이\)|을\(를\)|를\(을\)|과\(와\)|와\(과\)|\(으\)로)"
)


def wrong_particles(sentence: str, nouns: frozenset[str], rules: Rules) -> Iterator[Finding]:
    """Every wrong particle of a sentence, and every ``은(는)`` a form left behind; ``nouns`` are names and goods."""
    for both in _BOTH.finditer(sentence):
        pair = "으로/로" if both["particle"] == "(으)로" else _PAIR_OF[both["particle"][0]]
        yield _finding(both, josa(both["word"], pair))
    for match in _WORD.finditer(sentence):
        word, particle = match["word"], match["particle"]
        right = josa(word, _PAIR_OF[particle])
        if right != particle and _surely(word, particle, sentence[match.start() : match.end()], nouns, rules):
            yield _finding(match, right)


def _surely(word: str, particle: str, whole: str, nouns: frozenset[str], rules: Rules) -> bool:
    """Whether what looks like a particle must be one."""
    if rules.cue("not_noun").search(whole):
        return False
    if particle == "를" or word.endswith("님"):
        return True
    if particle in ("을", "으로") and len(word) > 1:
        return True
    return word in nouns or rules.cue("noun").search(word) is not None


def _finding(match: re.Match[str], right: str) -> Finding:
    start, end = match.span("particle")
    better = match["word"] + right
    return Finding(FindingId.WRONG_JOSA, match.start(), end, better, Fix(start, end, right))
