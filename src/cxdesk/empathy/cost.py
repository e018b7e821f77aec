"""What it costs to say a line to somebody who may feel otherwise than we think.

The feeling is rarely sure, so a line is not chosen by the likeliest feeling but by what it costs on average over all
that are possible. The unit is a point of ``choose.fit``.
"""

from collections.abc import Mapping
from typing import Final

from cxdesk.domain.words import Emotion

__all__ = ["COST", "SAFE", "certain", "expected_cost"]

SAFE: Final = 8
"""What a line for everyone costs, whoever hears it: it hurts nobody, and says less than the right one could."""

_ANGER, _ANXIETY, _DISAPPOINTMENT = Emotion.ANGER, Emotion.ANXIETY, Emotion.DISAPPOINTMENT
_CONFUSION, _GRATITUDE, _NEUTRAL = Emotion.CONFUSION, Emotion.GRATITUDE, Emotion.NEUTRAL

# One row for what the line is written for, one number for each feeling that meets it, in the order of ``Emotion``:
#                       anger anxiety disappointment confusion gratitude neutral
COST: Final[Mapping[Emotion, tuple[int, ...]]] = {
    _ANGER:          (    0,     12,            10,       14,       40,     20),
    _ANXIETY:        (   20,      0,            12,        9,       30,     12),
    _DISAPPOINTMENT: (   14,     12,             0,       12,       40,     18),
    _CONFUSION:      (   30,     10,            20,        0,       20,     10),
    _GRATITUDE:      ( 1000,    600,           800,      400,        0,     16),
    _NEUTRAL:        (   60,     30,            40,       16,       10,      0),
}  # fmt: skip
"""Line written for → felt by the customer → cost. Cheer said to an angry customer is the worst there is: a chance of
one in a hundred and twenty-five already makes the line for everyone the better one."""


def certain(emotion: Emotion) -> tuple[int, ...]:
    """The chances (thousandths, in the order of ``Emotion``) when there is no doubt."""
    return tuple(1000 * (one is emotion) for one in Emotion)


def expected_cost(emotions: frozenset[Emotion], chances: tuple[int, ...]) -> float:
    """What a line for these feelings costs on average; ``chances`` are thousandths in the order of ``Emotion``.

    A line for several feelings is right for each of them, and elsewhere costs what the worst fitting of them does.
    """
    if not emotions:
        return SAFE
    cost = 0
    for number, felt in enumerate(Emotion):
        if felt not in emotions:
            cost += chances[number] * max(COST[one][number] for one in emotions)
    return cost / 1000
