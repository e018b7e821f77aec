"""The trained weights of one language as they are shipped: one byte a weight, everything else integers.

A pack is ``MAGIC``, the length of a JSON head (four bytes, little-endian), the head, and a zlib stream: the feature
numbers in order (four bytes each), then a row of bytes for each feature, one for each emotion, each topic and *now*;
128 means nothing.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Any

from cxdesk.domain.words import Emotion, Language, Topic

__all__ = ["MAGIC", "NOW", "UNIT", "Head", "Pack", "PackError", "build", "lead", "norm", "open_pack"]

MAGIC = b"CXHEAR1\n"
UNIT = 64
"""Scores count in 1/64 of a natural logarithm of the odds."""

_TOPICS = len(Emotion)
NOW = _TOPICS + len(Topic)
"""The column that speaks for what must be done now or today."""

_WIDTH = NOW + 1
_ZERO = 128
_MOST = 4_000_000  # bytes a pack may grow to, so that a damaged one cannot fill the memory


class PackError(Exception):
    """A pack that cannot be used; ``code`` names the sentence."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True, slots=True)
class Head:
    """What is needed to turn sums into scores and scores into an answer.

    ``gain`` multiplies the sum of a class and holds the temperature; ``bias`` is added. ``cue`` and ``topic_cue`` are
    what a point of a cue is worth, ``gate`` what a complaint is. Below ``sure`` (thousandths) nothing is said, and of
    gratitude nothing below ``thanks_sure``; from the score ``now_least`` on it must be done now. All lists are in the
    order of ``Emotion`` and ``Topic``.
    """

    language: Language
    emotion_gain: int
    topic_gain: int
    now_gain: int
    emotion_bias: tuple[int, ...]
    topic_bias: tuple[int, ...]
    now_least: int
    cue: int
    topic_cue: int
    gate: int
    sure: int
    thanks_sure: int
    topic_sure: int


def norm(count: int) -> int:
    """1024 times the length of a message with so many features."""
    return isqrt(max(1, count) << 20)


class Pack:
    """Weights in memory. ``scores`` costs a tenth of a millisecond for an ordinary message."""

    def __init__(self, head: Head, keys: Sequence[int], rows: bytes) -> None:
        self.head = head
        self._rows = rows
        self._offset = dict(zip(keys, range(0, len(rows), _WIDTH), strict=True))

    def __contains__(self, key: int) -> bool:
        return key in self._offset

    def __len__(self) -> int:
        return len(self._offset)

    def sums(self, keys: Iterable[int]) -> list[int]:
        """The weights of some features, added up column by column; those it does not know weigh nothing."""
        rows, find = self._rows, self._offset.get
        known = [rows[at : at + _WIDTH] for at in map(find, keys) if at is not None]
        # Adding up every 18th byte of the joined rows is many times quicker than adding row to row.
        joined, nothing = b"".join(known), _ZERO * len(known)
        return [sum(joined[column::_WIDTH]) - nothing for column in range(_WIDTH)]

    def scores(self, keys: Iterable[int], count: int) -> tuple[list[int], list[int], int]:
        """Scores of the emotions, of the topics and of *now* for the features of a message, ``count`` in all."""
        sums, head, size = self.sums(keys), self.head, norm(count)
        emotions = [b + s * head.emotion_gain // size for b, s in zip(head.emotion_bias, sums[:_TOPICS], strict=True)]
        topics = [b + s * head.topic_gain // size for b, s in zip(head.topic_bias, sums[_TOPICS:NOW], strict=True)]
        return emotions, topics, sums[NOW] * head.now_gain // size


def lead(sums: Sequence[int], column: int) -> int:
    """How much more sums speak for a class than for the classes of its head on average."""
    if column == NOW:
        return sums[NOW]
    rivals = sums[:_TOPICS] if column < _TOPICS else sums[_TOPICS:NOW]
    return sums[column] - sum(rivals) // len(rivals)


def build(head: Head, keys: Sequence[int], rows: bytes) -> bytes:
    """The bytes of a pack."""
    described = {
        "language": str(head.language),
        "emotions": [str(one) for one in Emotion],
        "topics": [str(one) for one in Topic],
        "features": len(keys),
        **{name: getattr(head, name) for name in _NUMBERS},
        "emotion_bias": list(head.emotion_bias),
        "topic_bias": list(head.topic_bias),
    }
    start = json.dumps(described, separators=(",", ":")).encode()
    body = zlib.compress(struct.pack(f"<{len(keys)}I", *keys) + rows, 9)
    return MAGIC + struct.pack("<I", len(start)) + start + body


_NUMBERS = (
    "emotion_gain", "topic_gain", "now_gain", "now_least",
    "cue", "topic_cue", "gate", "sure", "thanks_sure", "topic_sure",
)  # fmt: skip


def open_pack(data: bytes, language: Language) -> Pack:
    """Read a pack. Raises ``PackError`` (``not_a_pack``, ``damaged``, ``other_version``) and nothing else."""
    if not data.startswith(MAGIC):
        raise PackError("not_a_pack")
    try:
        start = len(MAGIC) + 4
        (size,) = struct.unpack_from("<I", data, len(MAGIC))
        described = json.loads(data[start : start + size])
        reader = zlib.decompressobj()
        body = reader.decompress(data[start + size :], _MOST)
        if not reader.eof:
            raise PackError("damaged")
        if not _same_words(described):
            raise PackError("other_version")
        head, count = _head(described), described["features"]
        keys = struct.unpack_from(f"<{count}I", body)
        rows = body[4 * count :]
        if len(rows) != count * _WIDTH:
            raise PackError("damaged")
    except (struct.error, zlib.error, ValueError, KeyError, TypeError) as error:
        raise PackError("damaged", str(error)) from error
    if head.language is not language:
        raise PackError("other_version")
    return Pack(head, keys, rows)


def _head(described: dict[str, Any]) -> Head:
    def whole(value: object) -> int:
        if type(value) is not int:
            raise TypeError(value)
        return value

    emotions = tuple(whole(value) for value in described["emotion_bias"])
    topics = tuple(whole(value) for value in described["topic_bias"])
    if len(emotions) != len(Emotion) or len(topics) != len(Topic):
        raise PackError("other_version")
    numbers = {name: whole(described[name]) for name in _NUMBERS}
    return Head(language=Language(described["language"]), emotion_bias=emotions, topic_bias=topics, **numbers)


def _same_words(described: dict[str, Any]) -> bool:
    return (described["emotions"], described["topics"]) == (list(Emotion), list(Topic))
