"""Which encoding a text file is in, decided by reading all of it strictly: nothing is guessed, nothing replaced.

The ladder: byte order mark → UTF-16 betrayed by its NULs → strict UTF-8 → strict CP949 → refuse. CP949 and not
EUC-KR, which lacks 8,822 syllables that people are called by (똠, 펲).
"""

import codecs
from collections.abc import Callable, Iterator

from cxdesk.imports.reasons import ImportRefused

__all__ = ["Chunks", "find_encoding"]

Chunks = Callable[[], Iterator[bytes]]
"""Yields the file's bytes from the start, as often as it is called."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOK = 1 << 16
# Bytes no table holds; tab, line ends, form feed, Ctrl+Z and ESC do turn up in them.
_JUNK = bytes(set(range(32)) - set(b"\t\n\r\f\x1a\x1b"))
_JUNK_SHARE = 0.1


def find_encoding(chunks: Chunks) -> str:
    """The name of the codec that reads the whole file.

    Raises ``ImportRefused``: ``empty_file``, ``binary`` (mostly bytes that are not text) or ``unknown_encoding``
    with the line where the last attempt failed.
    """
    head = b""
    for chunk in chunks():
        head += chunk
        if len(head) >= _LOOK:
            break
    head = head[:_LOOK]
    if not head.strip(b"\r\n\t \0"):
        raise ImportRefused("empty_file")
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _checked(chunks, name)
    if (wide := _utf16(head)) and not _failure(chunks, wide):
        return wide
    if len(head.translate(None, _JUNK)) < len(head) * (1 - _JUNK_SHARE):
        raise ImportRefused("binary")
    if not _failure(chunks, "utf-8"):
        return "utf-8"
    return _checked(chunks, "cp949")


def _utf16(head: bytes) -> str | None:
    """Latin letters and commas leave a NUL in every pair, always on the same side; a stray NUL does not."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = len(head) // 2
    try:
        codecs.getincrementaldecoder("utf-8")("strict").decode(head)
        least = pairs * 0.8  # valid UTF-8 as well: only a text that is nearly all ASCII can be both
    except UnicodeDecodeError:
        least = pairs * 0.05
    if odd > least and odd > 10 * even:
        return "utf-16-le"
    if even > least and even > 10 * odd:
        return "utf-16-be"
    return None


def _checked(chunks: Chunks, name: str) -> str:
    if row := _failure(chunks, name):
        raise ImportRefused("unknown_encoding", row=row)
    return name


def _failure(chunks: Chunks, name: str) -> int:
    """The line (from 1) at which the codec gives up; 0 when it reads everything."""
    decoder = codecs.getincrementaldecoder(name)("strict")
    line = 1
    try:
        for chunk in chunks():
            decoder.decode(chunk)
            line += chunk.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        start = getattr(error, "start", 0)
        source = getattr(error, "object", b"")
        return line + source[:start].count(b"\n") if isinstance(source, bytes) else line
    return 0
