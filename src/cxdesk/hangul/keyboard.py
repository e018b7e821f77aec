"""The two-set (두벌식, KS X 5002) keyboard: which Latin key is which jamo, and text typed in the wrong mode.

In Korean mode the input method sends ``ㅓ`` where ``j`` was pressed; with it off, ``rlaalswl`` arrives
where ``김민지`` was meant. Only Q W E R T O P have a jamo of their own under Shift.
"""

from collections.abc import Iterable
from unicodedata import normalize

__all__ = ["jamo_twin", "letters_of", "to_hangul", "to_latin"]

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"

KEYS = dict(
    zip(
        "qwertyuiopasdfghjklzxcvbnmQWERTOP",
        "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡㅃㅉㄸㄲㅆㅒㅖ",
        strict=True,
    )
)
LETTERS = {jamo: letter for letter, jamo in KEYS.items()}

# A vowel or final made of two key presses.
PAIRS = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_JOINED = {pair: jamo for jamo, pair in PAIRS.items()}


class _Keys(dict[int, str]):
    """``str.translate`` table from Korean letters to Latin keys; everything else stays as it is."""

    def __missing__(self, code: int) -> str:
        keys = "".join(LETTERS[jamo] for jamo in key_jamo(chr(code)))
        if not keys:
            raise LookupError
        self[code] = keys
        return keys


def key_jamo(char: str) -> str:
    """Return the jamo a Korean letter is typed with, one for each key; '' for any other character."""
    code = ord(char) - 0xAC00
    if 0 <= code < 11172:
        final = FINALS[code % 28]
        vowel = VOWELS[code // 28 % 21]
        return INITIALS[code // 588] + PAIRS.get(vowel, vowel) + PAIRS.get(final, final).strip()
    return PAIRS.get(char) or (char if char in LETTERS else "")


_KEYS = _Keys()


def jamo_twin(letter: str) -> str | None:
    """Return the jamo on a Latin key, or None when it has none; of capitals only Q W E R T O P have one."""
    return KEYS.get(letter)


def letters_of(committed_text: str) -> str:
    """Return the Latin keys behind text the input method committed: ``너`` is ``sj``, ``ㅓ`` is ``j``.

    Characters that are not Korean letters come back unchanged.
    """
    return normalize("NFC", committed_text).translate(_KEYS)


def to_latin(text: str) -> str:
    """Return the Latin text somebody typed in Korean mode: ``ㅗ디ㅣㅐ`` is ``hello``."""
    return letters_of(text)


def to_hangul(text: str) -> str:
    """Return the Korean text somebody typed in Latin mode: ``rlaalswl`` is ``김민지``.

    Text in capitals alone was typed under Caps Lock and is lower-cased; in mixed text Shift counts only
    where it changes the jamo. Characters that are no letter keys end the syllable and stay.
    """
    if text == text.upper():
        text = text.lower()
    return compose(KEYS.get(key) or KEYS.get(key.lower(), key) for key in text)


def compose(jamo: Iterable[str]) -> str:
    """Join key jamo into syllables as the two-set automaton does; any other text passes through."""
    done: list[str] = []
    initial = vowel = final = ""

    for now in jamo:
        if now in VOWELS:
            if final:
                # The last consonant was the start of this syllable all along.
                kept, moved = PAIRS.get(final, final)[:-1], final
                done.append(_syllable(initial, vowel, kept))
                initial, vowel, final = PAIRS.get(moved, moved)[-1], now, ""
            elif vowel + now in _JOINED:
                vowel = _JOINED[vowel + now]
            elif vowel:
                done.append(_syllable(initial, vowel, final))
                initial, vowel = "", now
            else:
                vowel = now
        elif now in INITIALS:
            if initial and vowel and not final and now in FINALS:
                final = now
            elif final and final + now in _JOINED:
                final = _JOINED[final + now]
            else:
                done.append(_syllable(initial, vowel, final))
                initial, vowel, final = now, "", ""
        else:
            done.append(_syllable(initial, vowel, final) + now)
            initial = vowel = final = ""
    done.append(_syllable(initial, vowel, final))
    return "".join(done)


def _syllable(initial: str, vowel: str, final: str) -> str:
    if not (initial and vowel):
        return initial or vowel
    index = INITIALS.index(initial) * 588 + VOWELS.index(vowel) * 28 + FINALS.index(final or " ")
    return chr(0xAC00 + index)
