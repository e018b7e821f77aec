"""How an owner writes words to look for, and the regular expression that looks for them.

Everything is a letter that must stand there, but for these: a space is any blank space (in Korean also none, for
spacing is unreliable), ``(a|b)`` is one of several, ``*`` the rest of a word, ``…`` a few words of the same sentence.
``^`` at the beginning means the beginning of the reply, ``_`` where a word must begin or end. An English word is always
whole. Every repetition is bounded, so no text and no list can make the search slow.
"""

import re

from cxdesk.domain.words import Language

__all__ = ["BadPhrase", "any_of", "source_of"]

_TOKEN = re.compile(r"[()|*…_^ ]|[^()|*…_^ ]+")
_ENDS_WORD = re.compile(r"[\w)]\Z")
_APOSTROPHES = "['’]"


class BadPhrase(Exception):
    """A phrase that cannot be read: its parentheses do not match, or it is empty."""


def source_of(phrase: str, lang: Language) -> str:
    """The regular expression of one phrase. Raises ``BadPhrase``."""
    phrase = " ".join(phrase.split())
    if not phrase.strip("^_*…() |"):
        raise BadPhrase(phrase)
    begins, phrase = phrase.startswith("^"), phrase.removeprefix("^")
    whole = lang is Language.EN
    before = r"\A\s*" if begins else r"(?<!\w)" if whole else ""
    after = r"(?!\w)" if whole and _ENDS_WORD.search(phrase) else ""
    depth, parts = 0, []
    for token in _TOKEN.findall(phrase):
        depth += {"(": 1, ")": -1}.get(token, 0)
        if depth < 0:
            raise BadPhrase(phrase)
        parts.append(_piece(token, whole))
    if depth:
        raise BadPhrase(phrase)
    return f"{before}(?:{''.join(parts)}){after}"


def _piece(token: str, whole: bool) -> str:
    match token:
        case "(":
            return "(?:"
        case ")" | "|":
            return token
        case "*":
            return r"[\w'’]{0,12}" if whole else r"\w{0,8}"
        case "…":
            return r"[^.!?\n]{0,24}?"
        case " ":
            return r"\s{1,3}" if whole else r"\s{0,3}"
        case "_":
            return r"\b"
    return re.escape(token).replace("'", _APOSTROPHES)


def any_of(phrases: tuple[str, ...], lang: Language) -> re.Pattern[str]:
    """One pattern for any of the phrases, which have been read before; the longest match at a place is not promised."""
    return re.compile("|".join(source_of(phrase, lang) for phrase in phrases) or r"(?!)", re.IGNORECASE)
