"""The one sanitiser: whatever a stranger typed becomes text that a terminal can only print.

Textual and Rich pass ESC, 0x9B and NUL through to the terminal, so every text from outside goes through here
once at the door and again when it is drawn. Both functions are idempotent.

- Line ends (CRLF, CR, U+2028, U+2029) become a newline; a tab becomes four spaces.
- Other C0 controls and DEL become their control pictures (ESC is ``␛``); C1 controls, lone surrogates and
  noncharacters become ``␦``. All are one cell wide.
- Bidi controls, zero-width and other invisible format characters vanish; so does a joiner or a variation
  selector that is not part of an emoji.
- A run of combining marks is cut after the fourth.
- The result is NFC and never longer than ``limit``.
"""

import re
from functools import cache
from unicodedata import category, is_normalized, normalize

__all__ = ["BODY_LIMIT", "LINE_LIMIT", "inert", "inert_line"]

BODY_LIMIT = 100_000
LINE_LIMIT = 300

_UNREADABLE = "␦"
_JOINER = "\u200d"
_MARKS_KEPT = 4
# Before normalisation: CPython sorts a run of marks by insertion, so a long run would cost its square.
_MARKS_SORTED = 32

# What may pass unseen: never composes, never reorders, always draws. The tests check every character.
_PLAIN = (
    r"\x20-\x7e\xa0-\xac\xae-\u02ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    r"\u2190-\u22ff\u2400-\u2426\u2460-\u26ff\u2701-\u27bf\u3000-\u3029\u3041-\u3096\u30a1-\u30ff\u3131-\u3163\u4e00-\u9fff"
    r"\uac00-\ud7a3\uff01-\uff9f\uffe0-\uffe6\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001f9ff"
)
_EMOJI = (
    r"#*0-9\xa9\xae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d"
    r"\u3297\u3299\U0001f000-\U0001faff"
)
_unusual = re.compile(rf"[^\n{_PLAIN}]").search
_LINE_BREAK = re.compile(r" *\n[ \n]*")


# Wide character classes take milliseconds to compile, and most starts of the program meet only plain text.
@cache
def _unusual_run() -> re.Pattern[str]:
    return re.compile(rf"[^\n{_PLAIN}]{{{_MARKS_KEPT + 1},}}")


@cache
def _stray_selector() -> re.Pattern[str]:
    return re.compile(rf"(?<![{_EMOJI}])[\ufe0e\ufe0f]|[\ufe00-\ufe0d\U000e0100-\U000e01ef]")


@cache
def _stray_joiner() -> re.Pattern[str]:
    return re.compile(rf"(?<![{_EMOJI}\ufe0f]){_JOINER}|{_JOINER}(?![{_EMOJI}])")


class _Visible(dict[int, str | int]):
    """``str.translate`` table that works out a character the first time it is met."""

    def __missing__(self, code: int) -> str | int:
        shown = _shown(code)
        if code <= 0xFFFF:  # so that hostile text cannot make the table large
            self[code] = shown
        return shown


def _shown(code: int) -> str | int:
    if code == 0x200D:
        return code
    if code in (0x3164, 0xFFA0):  # Hangul fillers: drawn as blanks, used as empty names
        return " "
    if code in (0x115F, 0x1160, 0x034F, 0x17B4, 0x17B5) or 0xE0000 <= code <= 0xE00FF:
        return ""
    if (code & 0xFFFE) == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return _UNREADABLE
    match category(chr(code)):
        case "Cc":
            return chr(0x2400 + code) if code < 0x20 else "␡" if code == 0x7F else _UNREADABLE
        case "Cs":
            return _UNREADABLE
        case "Cf":
            return ""
        case "Zl" | "Zp":
            return "\n"
    return code


_VISIBLE = _Visible({0x0A: "\n", 0x09: "    "})


def inert(text: str, limit: int = BODY_LIMIT) -> str:
    """Return ``text`` safe to store and to print, newlines kept.

    Text over ``limit`` characters ends in ``…(+n)``, where n is how many characters were left out.
    """
    if len(text) <= limit and _unusual(text) is None:
        return text
    # Cleaning at most halves a text (CRLF), so nothing beyond this could be shown anyway.
    beyond = max(0, len(text) - 2 * limit)
    clean = _clean(text[: 2 * limit])
    over = len(clean) - limit
    if over <= 0 and not beyond:
        return clean
    kept = max(0, limit - len(f"…(+{max(over, 0) + beyond + 20})"))
    mark = f"…(+{len(clean[kept:]) + beyond})"[:limit]
    return clean[:kept].rstrip(_JOINER) + mark


def inert_line(text: str, limit: int = LINE_LIMIT) -> str:
    """Return ``text`` as one safe line, trimmed, ended by ``…`` when cut at ``limit`` characters."""
    if "\n" in text or _unusual(text) is not None:
        # Spaces and marks may go, so more than the part shown is cleaned; not all of it, for a cell may be long.
        text = _LINE_BREAK.sub(" ", _clean(text[: 4 * limit]).strip()) + ("…" if len(text) > 4 * limit else "")
    text = text.strip()
    if len(text) <= limit:
        return text
    return text[: limit - 1].rstrip(_JOINER).rstrip() + "…"


def _clean(text: str) -> str:
    text = _normal(_cap_marks(text.replace("\r\n", "\n").replace("\r", "\n"), _MARKS_SORTED))
    shown = _stray_joiner().sub("", _stray_selector().sub("", text.translate(_VISIBLE)))
    # Taking something out can bring a letter and its mark together, so both rules are applied once more.
    return _cap_marks(_normal(_cap_marks(shown, _MARKS_SORTED)), _MARKS_KEPT)


def _normal(text: str) -> str:
    return text if is_normalized("NFC", text) else normalize("NFC", text)


def _cap_marks(text: str, most: int) -> str:
    def capped(run: re.Match[str]) -> str:
        kept, marks = [], 0
        for char in run[0]:
            marks = marks + 1 if _is_mark(char) else 0
            if marks <= most:
                kept.append(char)
        return "".join(kept)

    return _unusual_run().sub(capped, text)


def _is_mark(char: str) -> bool:
    # Conjoining vowels and finals are letters, but a terminal draws them in no cell of their own.
    return category(char) in ("Mn", "Me") or "\u1160" <= char <= "\u11ff"
