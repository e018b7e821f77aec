"""Taking syllables apart, for search: substrings, half-typed syllables and initials (초성).

Everything is broken down to the compatibility jamo of single key presses, compound vowels and finals included
(``값`` is ㄱㅏㅂㅅ, ``와`` is ㅇㅗㅏ). So what has been typed so far is a prefix of the whole at every
key press: ``반ㅍ`` of ``반품``, ``김미`` of ``김민지``, ``김밍`` of ``김미영``, ``고`` of ``과일``.
"""

from unicodedata import normalize

from cxdesk.hangul.keyboard import INITIALS, PAIRS, key_jamo

__all__ = ["initials", "is_initials", "name_pattern_matches", "to_jamo", "untensed"]

_TENSE = {"ㄲ": "ㄱ", "ㄸ": "ㄷ", "ㅃ": "ㅂ", "ㅆ": "ㅅ", "ㅉ": "ㅈ"}
_UNTENSED = str.maketrans(_TENSE)


class _Jamo(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = jamo = key_jamo(chr(code)) or chr(code)
        return jamo


_JAMO = _Jamo()


def to_jamo(text: str) -> str:
    """Return ``text`` in NFC with every Korean letter as its key jamo; case is left to the caller."""
    return normalize("NFC", text).translate(_JAMO)


def initials(text: str) -> str:
    """Return the initial of every syllable (``김민지`` gives ``ㄱㅁㅈ``) and everything else casefolded."""
    return "".join(map(_initial, normalize("NFC", text).casefold()))


def is_initials(text: str) -> bool:
    """Whether ``text`` is made of lone consonants only, as in a search by initials."""
    return bool(text) and all(PAIRS.get(char, char)[0] in INITIALS for char in text)


def untensed(text: str) -> str:
    """Return ``text`` with ㄲㄸㅃㅆㅉ as ㄱㄷㅂㅅㅈ, so that an index of initials finds 꽃님 under ㄱㄴ."""
    return text.translate(_UNTENSED)


def name_pattern_matches(query: str, name: str) -> bool:
    """Whether a name contains the query, which may mix syllables and initials and end in half a syllable.

    ``김ㅁㅈ``, ``민ㅈ`` and ``김미`` all match ``김민지``. A plain consonant also stands for its tense one;
    spaces and case do not count. An empty query matches nothing.
    """
    wanted = _bare(query)
    target = _bare(name)
    return bool(wanted) and any(_matches_at(wanted, target[start:]) for start in range(len(target)))


def _bare(text: str) -> str:
    folded = "".join(normalize("NFC", text).casefold().split())
    # Some input methods commit ㄱ and ㅅ as ㄳ; as initials they are two.
    return "".join(PAIRS.get(char, char) for char in folded)


def _matches_at(wanted: str, target: str) -> bool:
    last = len(wanted) - 1
    for at, char in enumerate(wanted):
        if at >= len(target):
            return False
        theirs = target[at]
        if char == theirs:
            continue
        if char in INITIALS:
            initial = _initial(theirs)
            if char not in (initial, _TENSE.get(initial)):
                return False
        elif at < last or not key_jamo(char):
            return False
        else:
            return to_jamo(target[at:]).startswith(key_jamo(char))
    return True


def _initial(char: str) -> str:
    code = ord(char) - 0xAC00
    if 0 <= code < 11172:
        return INITIALS[code // 588]
    return PAIRS[char] if char in PAIRS and PAIRS[char][0] in INITIALS else char
