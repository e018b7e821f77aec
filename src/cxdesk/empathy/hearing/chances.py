"""Scores → chances, in integers, so that no machine rounds differently."""

from collections.abc import Sequence

__all__ = ["WHOLE", "chances_of"]

WHOLE = 1000
"""Chances are counted in thousandths."""

_ONE = 1 << 32
_STEP = 4_228_380_000  # 2**32 / e**(1/64), rounded
_LONGEST = 64 * 12


def _table() -> tuple[int, ...]:
    """``2**32 * e**(-i/64)``."""
    values = [_ONE]
    for _ in range(_LONGEST):
        values.append(values[-1] * _STEP >> 32)
    return tuple(values)


_DECAY = _table()


def chances_of(scores: Sequence[int]) -> tuple[int, ...]:
    """The softmax of scores in 1/64 of a nat, in thousandths."""
    top = max(scores)
    parts = [_DECAY[min(top - score, _LONGEST)] for score in scores]
    total = sum(parts)
    return tuple((part * WHOLE + total // 2) // total for part in parts)
