"""A gated blend of the model with what the desk's own history says (WAIT.md 5.1.6).

Features: model P50, position x handling time / agents, head of line, last to enter service, usual wait.
All weights are kept non-negative, so that nothing the model knows to be monotone turns round.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cxdesk.wait.learning import numbers

SIZE: Final = 5
_FORGET: Final = 0.9985
_PRIOR: Final = 25.0
_NEEDED: Final = 120
_SWEEPS: Final = 12


class Blend:
    """Non-negative ridge regression towards "the model is right", fitted to the median.

    Each result is weighed by the inverse of its own error (iteratively reweighted least squares), which
    turns squares into absolute errors. Used after 120 results, when its running loss is clearly lower.
    """

    __slots__ = ("_gram", "_loss", "_right", "n", "on", "weights")

    def __init__(self) -> None:
        self._gram = [[_PRIOR * (i == j) for j in range(SIZE)] for i in range(SIZE)]
        self._right = [_PRIOR, 0.0, 0.0, 0.0, 0.0]
        self.weights = [1.0, 0.0, 0.0, 0.0, 0.0]
        self._loss = [0.0, 0.0]
        self.n = 0
        self.on = False

    def say(self, features: Sequence[float]) -> float:
        """The blended wait in seconds, within a factor of 2.5 of the model's."""
        model = features[0]
        said = sum(w * x for w, x in zip(self.weights, features, strict=True))
        return min(max(said, 0.4 * model), 2.5 * model)

    def learn(self, features: Sequence[float], wait: float) -> None:
        """Learn one finished wait (seconds) from the features at joining."""
        scale = 1.0 / max(features[0], 10.0)
        said = self.say(features)
        for k, guess in enumerate((features[0], said)):
            self._loss[k] = 0.998 * self._loss[k] + abs(guess - wait) * scale
        self.n += 1
        weight = 1.0 / max(abs(said - wait) * scale, 0.15)
        x = [f * scale for f in features]
        y = wait * scale
        for i in range(SIZE):
            row, wx = self._gram[i], weight * x[i]
            for j in range(SIZE):
                # The prior fades with the rest but never below itself.
                row[j] = _FORGET * row[j] + wx * x[j] + (_PRIOR * (1.0 - _FORGET) if i == j else 0.0)
            self._right[i] = _FORGET * self._right[i] + wx * y + (_PRIOR * (1.0 - _FORGET) if i == 0 else 0.0)
        if self.n % 5 == 0:
            self._solve()
        if self.n >= _NEEDED:
            self.on = self._loss[1] < (0.99 if self.on else 0.975) * self._loss[0]

    def _solve(self) -> None:
        """Coordinate descent, clipped at zero; it starts from the last weights and needs few sweeps."""
        w = self.weights
        for _ in range(_SWEEPS):
            for i in range(SIZE):
                row = self._gram[i]
                rest = sum(row[j] * w[j] for j in range(SIZE)) - row[i] * w[i]
                w[i] = max(0.0, (self._right[i] - rest) / row[i])

    def dump(self) -> list[object]:
        """State as JSON."""
        flat = [x for row in self._gram for x in row]
        return [*flat, *self._right, *self.weights, *self._loss, self.n, int(self.on)]

    def restore(self, value: object) -> None:
        """Take `dump` back; anything unreadable is ignored."""
        if (flat := numbers(value, SIZE * SIZE + 2 * SIZE + 4)) is None:
            return
        rows = [flat[SIZE * i : SIZE * (i + 1)] for i in range(SIZE)]
        if min(rows[i][i] for i in range(SIZE)) <= 0:
            return
        at = SIZE * SIZE
        self._gram, self._right = rows, flat[at : at + SIZE]
        self.weights, self._loss = flat[at + SIZE : at + 2 * SIZE], flat[at + 2 * SIZE : at + 2 * SIZE + 2]
        self.n, self.on = int(flat[-2]), flat[-1] > 0
