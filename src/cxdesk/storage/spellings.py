"""Under which spellings a person can be looked up, and which stretches of the index a line of typing means.

A spelling is a letter for its kind, then the text in search form: ``n`` a name as key jamo, ``i`` its initials and
after a tab the name, ``r`` its romanised forms, ``p`` a number's digits, ``4`` its last four, ``e`` an address, ``x``
the number of another system, ``g`` a tag. None has a line break in it.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from cxdesk.hangul.jamo import initials, is_initials, to_jamo, untensed
from cxdesk.hangul.keyboard import INITIALS, PAIRS, key_jamo
from cxdesk.hangul.romanise import normalise_latin, romanised

__all__ = [
    "LAST",
    "NAMED",
    "Stretch",
    "name_sort",
    "of_identity",
    "of_name",
    "of_number",
    "of_tag",
    "stretches",
    "tag_stretch",
]

LAST = "\U0010ffff"
"""After every text that begins alike."""
NAMED = "\t"
"""Between initials and the name they are of."""
_KOREAN = re.compile("[가-힣]")


class Stretch(NamedTuple):
    """A part of the index: keys that begin with ``key``, or ``whole`` for that key alone.

    ``pattern`` is what all of the key must also be like (a GLOB), '' for anything.
    """

    key: str
    whole: bool = False
    pattern: str = ""


def name_sort(name: str) -> str:
    """What a list of names is ordered by: Hangul in 가나다 order, then other letters, then everything else."""
    folded = _folded(name)
    first = folded[:1]
    rank = "0" if "가" <= first <= "힣" or "ㄱ" <= first <= "ㅣ" else "1" if first.isalpha() else "2"
    return rank + folded


@lru_cache(maxsize=1 << 16)
def of_name(name: str) -> tuple[str, ...]:
    """The spellings of a name. Kept, because people share names: a million of them hardly have a tenth as many."""
    parts = tuple(_parts(name))
    found = dict.fromkeys("n" + to_jamo(part) for part in parts)
    found |= dict.fromkeys(_initialled(part) for part in parts if _KOREAN.search(part))
    found |= dict.fromkeys("r" + spelling for spelling in romanised(name))
    return tuple(found)


def _initialled(part: str) -> str:
    """The spelling by initials; the name is kept with it for searches that know some of its syllables."""
    bare = "".join(part.split())
    return f"i{untensed(initials(bare))}{NAMED}{bare}"


def of_identity(kind: str, value: str) -> tuple[str, ...]:
    """The spellings of a telephone number, an address or a handle."""
    if kind == "phone":
        digits = "".join(c for c in value if c.isdigit())
        return "p" + digits, "4" + digits[-4:]
    return ("e" + _folded(value),)


def of_number(external_id: str) -> str:
    """The spelling of a customer's number in another system."""
    return "x" + _folded(external_id)


def of_tag(tag: str) -> str:
    """The spelling of a tag of a customer, or of a contact they had."""
    return "g" + _folded(tag)


def tag_stretch(tag: str) -> Stretch:
    """Where to look for everybody with a tag."""
    return Stretch(of_tag(tag), whole=True)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _parts(name: str) -> Iterator[str]:
    """The name, the given name of a Korean one, and each later word of a spaced one, folded."""
    folded = _folded(name)
    yield folded
    words = folded.split()
    if len(words) == 1 and 2 <= len(folded) <= 4 and all("가" <= c <= "힣" for c in folded):
        yield folded[2 if len(folded) == 4 else 1 :]
    yield from words[1:]


def stretches(text: str) -> tuple[Stretch, ...]:
    """Where to look for ``text``, the likeliest first: what it spells whole before what it begins to spell."""
    wanted = _folded(text)
    if not wanted:
        return ()
    keys = tuple(dict.fromkeys(_keys(wanted)))
    whole = tuple(Stretch(key, whole=True) for key in keys if key[0] != "i")
    return (*whole, *map(Stretch, keys), *_mixed(wanted))


def _keys(wanted: str) -> Iterator[str]:
    digits = "".join(c for c in wanted if c.isdigit())
    if digits and not any(c.isalpha() for c in wanted):
        if len(digits) <= 4:
            yield "4" + digits
        yield "p" + digits
        yield "x" + wanted
        return
    if is_initials(bare := "".join(wanted.split())):
        yield "i" + untensed(to_jamo(bare))  # some input methods join ㄱ and ㅅ to ㄳ
    yield "n" + to_jamo(wanted)
    if wanted.isascii() and (latin := normalise_latin(wanted)):
        yield "r" + latin
    yield "e" + wanted
    yield "x" + wanted


def _mixed(wanted: str) -> Iterator[Stretch]:
    """Syllables and initials in one word, ``김ㅁㅈ``: the stretch of its initials, and what each syllable must be."""
    chars = "".join(PAIRS.get(c, c) if c in _FINAL_PAIRS else c for c in "".join(wanted.split()))
    syllables = [bool(len(key_jamo(c)) > 1) for c in chars]
    if not all(c in INITIALS or syllable for c, syllable in zip(chars, syllables, strict=True)):
        return
    # A lone consonant at the very end is how the next syllable begins, which the name's own stretch knows.
    if not any(c in INITIALS for c in chars[:-1]) or not any(syllables):
        return
    pattern = "".join(map(_like, chars[:-1])) + _begun(chars[-1])
    key = "i" + untensed(initials(chars))
    known = "".join(takewhile(lambda char: char not in INITIALS, chars[:-1]))
    # Names of just so many letters lie together by the letters that are known; longer ones by their initials only.
    yield Stretch(f"{key}{NAMED}{known}", pattern=f"{key}{NAMED}{pattern}")
    yield Stretch(key, pattern=f"{key}?*{NAMED}{pattern}*")


def _begun(char: str) -> str:
    """A GLOB for the last letter, which may still get a final consonant."""
    if char in INITIALS or (ord(char) - 0xAC00) % 28:
        return _like(char)
    return f"[{char}-{chr(ord(char) + 27)}]"


def _like(char: str) -> str:
    """A GLOB for one letter of a name: a consonant stands for every syllable it begins, tense or not."""
    if char not in INITIALS:
        return char
    tense = {"ㄱ": "ㄲ", "ㄷ": "ㄸ", "ㅂ": "ㅃ", "ㅅ": "ㅆ", "ㅈ": "ㅉ"}.get(char, char)
    first, last = INITIALS.index(char), INITIALS.index(tense)
    return f"[{chr(0xAC00 + 588 * first)}-{chr(0xAC00 + 588 * last + 587)}]"


_FINAL_PAIRS = frozenset(pair for pair in PAIRS if PAIRS[pair][0] in INITIALS)
