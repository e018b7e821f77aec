"""What this desk's agents corrected, as a small layer over the trained weights. No text is kept, only numbers.

Each correction moves the features of its message a little towards what the agent chose, as one step of logistic
regression. Every step first asks which would have been right, with the layer or without; while the layer does worse it
is not used, and comes back when it does better again. All of it is integers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cxdesk.empathy.hearing.chances import WHOLE, chances_of
from cxdesk.empathy.hearing.pack import UNIT, norm

__all__ = ["Layer", "Step", "correct", "from_json", "to_json", "undo"]

TRAIL = 20
"""So many corrections can be taken back."""

_FINE = 16  # weights count in 1/16 of the unit of scores
_RATE = 2 * UNIT * _FINE
_MOST_KEYS = 4_000
_MOST_WEIGHT = 1 << 20
_TRUSTED_AFTER = 10
_FADE = 64  # once so many are counted, old ones count half


@dataclass(frozen=True, slots=True)
class Step:
    """One correction: by how much each class moved, on which features, and the tally before it."""

    moved: tuple[int, ...]
    keys: tuple[int, ...]
    tally: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Layer:
    """Weights by feature, one for each of ``classes``; ``tally`` is how many were asked, right without, right with."""

    classes: int
    weights: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    trail: tuple[Step, ...] = ()
    tally: tuple[int, int, int] = (0, 0, 0)

    @property
    def on(self) -> bool:
        """Whether it may be used: there is something in it, and it does no worse than nothing."""
        asked, without, with_layer = self.tally
        return bool(self.weights) and (asked < _TRUSTED_AFTER or with_layer >= without)

    def shift(self, keys: Iterable[int], count: int) -> list[int]:
        """What it adds to the scores of a message with ``count`` features, used or not."""
        size, sums = norm(count), [0] * self.classes
        for key in keys:
            if row := self.weights.get(key):
                sums = [one + other for one, other in zip(sums, row, strict=True)]
        return [value * 1024 // (size * _FINE) for value in sums]


def correct(layer: Layer, keys: Sequence[int], count: int, scores: Sequence[int], right: int) -> Layer:
    """The layer after an agent chose class ``right`` for a message whose scores without the layer are ``scores``."""
    shifted = [score + move for score, move in zip(scores, layer.shift(keys, count), strict=True)]
    asked, without, with_layer = layer.tally
    if asked >= _FADE:
        asked, without, with_layer = asked // 2, without // 2, with_layer // 2
    tally = (asked + 1, without + (_first(scores) == right), with_layer + (_first(shifted) == right))
    missing = [WHOLE * (i == right) - chance for i, chance in enumerate(chances_of(shifted))]
    moved = tuple(_RATE * gap * 1024 // (WHOLE * norm(count)) for gap in missing)
    step = Step(moved, tuple(keys), layer.tally)
    weights = _pruned(_moved(layer.weights, step, 1))
    return replace(layer, weights=weights, trail=(*layer.trail[1 - TRAIL :], step), tally=tally)


def undo(layer: Layer) -> Layer | None:
    """The layer before the last correction, or ``None`` when none can be taken back any more."""
    if not layer.trail:
        return None
    step = layer.trail[-1]
    return replace(layer, weights=_moved(layer.weights, step, -1), trail=layer.trail[:-1], tally=step.tally)


def _first(scores: Sequence[int]) -> int:
    return max(range(len(scores)), key=scores.__getitem__)


def _moved(weights: Mapping[int, tuple[int, ...]], step: Step, sign: int) -> dict[int, tuple[int, ...]]:
    after = dict(weights)
    nothing = (0,) * len(step.moved)
    for key in step.keys:
        row = tuple(old + sign * move for old, move in zip(after.get(key, nothing), step.moved, strict=True))
        if any(row):
            after[key] = row
        else:
            after.pop(key, None)
    return after


def _pruned(weights: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    if len(weights) <= _MOST_KEYS:
        return weights
    strongest = sorted(weights, key=lambda key: (-sum(map(abs, weights[key])), key))[:_MOST_KEYS]
    return {key: weights[key] for key in sorted(strongest)}


def to_json(layer: Layer) -> dict[str, Any]:
    """The layer as plain values for a JSON file."""
    return {
        "classes": layer.classes,
        "weights": {str(key): list(row) for key, row in layer.weights.items()},
        "trail": [[list(step.moved), list(step.keys), list(step.tally)] for step in layer.trail],
        "tally": list(layer.tally),
    }


def from_json(state: object, classes: int) -> Layer:
    """Read what ``to_json`` wrote. Raises ``ValueError`` for anything that does not fit."""
    try:
        if not isinstance(state, dict) or state["classes"] != classes:
            raise ValueError("classes")
        trail = tuple(
            Step(_numbers(moved, classes), _numbers(keys), _tally(tally)) for moved, keys, tally in state["trail"]
        )
        weights = {int(key): _numbers(row, classes) for key, row in state["weights"].items()}
        return Layer(classes, weights, trail, _tally(state["tally"]))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from error


def _numbers(values: object, count: int | None = None) -> tuple[int, ...]:
    if not isinstance(values, list) or (count is not None and len(values) != count):
        raise ValueError("a list of numbers")
    if not all(type(value) is int and (count is None or abs(value) <= _MOST_WEIGHT) for value in values):
        raise ValueError("a number")
    return tuple(values)


def _tally(values: object) -> tuple[int, int, int]:
    asked, without, with_layer = _numbers(values, 3)
    return asked, without, with_layer
