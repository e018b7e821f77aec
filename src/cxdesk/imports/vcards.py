"""Address books: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) as a table with one row a card.

Lines are unfolded as bytes before anything is decoded, because phones fold at 75 bytes and in the middle of a syllable.
A card that cannot be read is one ``Spoilt`` row; the cards after it are read all the same.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from quopri import decodestring

from cxdesk.imports.cells import full_name
from cxdesk.imports.encoding import Chunks, find_encoding
from cxdesk.imports.reasons import ImportRefused, Spoilt

__all__ = ["BETWEEN", "CardFile", "is_cards", "read_cards"]

BETWEEN = " ::: "
"""Stands between several values of one cell, as in the address books Google writes."""

_BEGIN = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*BEGIN:VCARD\s*$", re.IGNORECASE | re.MULTILINE)
_EDGE = re.compile(rb"(?:BEGIN|END):VCARD", re.IGNORECASE)  # what is cut off before it must not swallow it
_LINE_END = re.compile(rb"\r\n|\n|\r")
_LINE = re.compile(rb'(?:[\w-]+\.)?([\w-]+)((?:;(?:[^";:]|"[^"]*")*)*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';(?:([\w-]+)=)?("[^"]*"|[^;]*)')
_NOT_CALLED = {"FAX", "PAGER", "MODEM"}
# Only these can mean something to a desk. The others (photos, sounds, keys, a program's own) are not looked at.
_KNOWN = ("FN", "N", "ORG", "NICKNAME", "TEL", "FAX", "EMAIL", "ADR", "NOTE", "BDAY", "CATEGORIES", "TITLE", "URL")
# A company or a web address that cannot be made out costs nobody the rest of their card.
_LENIENT = {"FAX", "ORG", "BDAY", "CATEGORIES", "TITLE", "URL"}
_ESCAPE = re.compile(r"\\([\\,;:\"nN])")
_UNESCAPED = {"n": "\n", "N": "\n"}
_STRUCTURE = re.compile(r"(?<!\\);")


@dataclass(frozen=True, slots=True)
class CardFile:
    """The cards of a file: ``opened`` yields the names of the properties that occur, then a row a card."""

    encoding: str
    opened: Callable[[], Iterator[list[str]]]


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: str
    raw: bytes

    def has(self, word: str) -> bool:
        """Whether a parameter says this, by itself (2.1) or among the values of another."""
        return any(word in value.strip('"').upper().split(",") for _, value in _PARAMETER.findall(self.parameters))

    @property
    def column(self) -> str:
        """Its name, but for numbers nobody answers."""
        return "FAX" if self.name == "TEL" and any(map(self.has, _NOT_CALLED)) else self.name

    @property
    def quoted(self) -> bool:
        return self.has("QUOTED-PRINTABLE")

    @property
    def packed(self) -> bool:
        return self.has("BASE64") or self.has("B")

    @property
    def charset(self) -> str:
        named = (value for name, value in _PARAMETER.findall(self.parameters) if name.upper() == "CHARSET")
        return next(named, "").strip('"')


def is_cards(head: bytes) -> bool:
    """Whether a file that begins so is an address book."""
    return _BEGIN.match(head) is not None


def read_cards(chunks: Chunks) -> CardFile:
    """The cards of a file. Raises ``ImportRefused`` ``binary``."""
    try:
        encoding = find_encoding(lambda: _undeclared(chunks))
    except ImportRefused as refusal:
        if refusal.code == "binary":
            raise
        # Every property names its own, or one card is damaged: that is for the card to say.
        encoding = "utf-8"
    present = {line.column for line in _properties(chunks) if isinstance(line, _Property)}
    header = [name for name in _KNOWN if name in present]

    def opened() -> Iterator[list[str]]:
        yield [f"vCard {name}" for name in header]
        for card in _cards(chunks):
            yield card if isinstance(card, Spoilt) else _row(card, header, encoding)

    return CardFile(encoding, opened)


def _undeclared(chunks: Chunks) -> Iterator[bytes]:
    """The lines whose encoding nobody names: the file's own is theirs."""
    for line in _unfolded(chunks):
        found = _LINE.fullmatch(line)
        if found is None or not _Property("", found[2].decode("latin-1"), b"").charset:
            yield line + b"\n"


def _physical(chunks: Chunks) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks():
        whole = rest + chunk
        cut = len(whole) - whole.endswith(b"\r")  # which may be half of a line end
        *lines, rest = _LINE_END.split(whole[:cut])
        rest += whole[cut:]
        yield from lines
    yield from _LINE_END.split(rest)


def _unfolded(chunks: Chunks) -> Iterator[bytes]:
    """Logical lines: one that begins with a blank goes on from the one before; so does quoted-printable after ``=``."""
    held: bytes | None = None
    for line in _physical(chunks):
        if held is not None and line[:1] in (b" ", b"\t"):
            held += line[1:]
        elif held is not None and held.endswith(b"=") and _is_quoted(held) and not _EDGE.match(line):
            held = held[:-1] + line
        else:
            if held is not None:
                yield held
            held = line
    if held is not None:
        yield held


def _is_quoted(line: bytes) -> bool:
    return b"QUOTED-PRINTABLE" in line.partition(b":")[0].upper()


def _properties(chunks: Chunks) -> Iterator[_Property | bytes]:
    """Property after property; a line that is none as it stands, unless it belongs to a picture."""
    picture = False
    for line in _unfolded(chunks):
        found = _LINE.fullmatch(line.removeprefix(b"\xef\xbb\xbf"))
        if found is not None:
            made = _Property(found[1].decode("latin-1").upper(), found[2].decode("latin-1"), found[3])
            picture = made.packed
            yield made
        elif line.strip() and not picture:
            yield line


def _cards(chunks: Chunks) -> Iterator[list[_Property] | Spoilt]:
    card: list[_Property] | None = None
    stray: bytes | None = None
    for line in _properties(chunks):
        if isinstance(line, bytes):
            stray = stray or line
        elif line.name == "BEGIN":
            if card is not None:
                yield _spoilt(b"END:VCARD")
            card, stray = [], None
        elif line.name == "END":
            if card is not None:
                yield card if stray is None else _spoilt(stray)
            card, stray = None, None
        elif card is not None:
            card.append(line)
    if card is not None:
        yield _spoilt(b"END:VCARD")


def _spoilt(line: bytes) -> Spoilt:
    return Spoilt("bad_card", line=line[:60].decode("utf-8", "replace"))


def _row(card: list[_Property], header: list[str], encoding: str) -> list[str]:
    old = any(line.name == "VERSION" and line.raw.strip() == b"2.1" for line in card)
    values: dict[str, list[str]] = {name: [] for name in header}
    preferred_first = sorted(card, key=lambda line: "PREF" not in line.parameters.upper())
    for line in preferred_first:
        if line.column not in values or line.packed:
            continue
        text = _decoded(line, encoding)
        if text is None:
            return Spoilt("bad_card", line=f"{line.name}{line.parameters}")
        if value := _value(line.name, text, old):
            values[line.column].append(value)
    return [BETWEEN.join(dict.fromkeys(found)) for found in values.values()]


def _decoded(line: _Property, encoding: str) -> str | None:
    """The text; ``None`` when no encoding that it could be in reads it and it matters."""
    raw = decodestring(line.raw) if line.quoted else line.raw
    # EUC-KR is what old phones call it; CP949 reads all of that and the syllables it lacks.
    named = {"euc-kr": "cp949", "ks_c_5601-1987": "cp949"}.get(line.charset.lower(), line.charset)
    for name in filter(None, (named, encoding, "utf-8", "cp949")):
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode(encoding, "replace") if line.column in _LENIENT else None


def _value(name: str, text: str, old: bool) -> str:
    """What a property says as one line; the parts of a name or an address in the order they are said in."""
    if name not in ("N", "ADR"):
        return _plain(text, old).strip()
    parts = [_plain(part, old).strip() for part in _STRUCTURE.split(text)]
    if name == "ADR":
        return " ".join(filter(None, parts))
    family, given, more = [*parts, "", "", ""][:3]
    return full_name(" ".join(filter(None, (given, more))), family) or ""


def _plain(text: str, old: bool) -> str:
    if old:  # 2.1 escapes nothing but the mark between parts
        return text.replace("\\;", ";").replace("\\,", ",")
    return _ESCAPE.sub(lambda found: _UNESCAPED.get(found[1], found[1]), text)
