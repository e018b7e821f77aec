"""Multinomial logistic regression on sparse rows with soft targets, row weights and given offsets."""

from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

__all__ = ["fit", "logistic", "softmax"]


def softmax(scores: Any) -> Any:
    """Row by row."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def logistic(scores: Any) -> Any:
    """Each score by itself."""
    return 1 / (1 + np.exp(-np.clip(scores, -30, 30)))


def fit(
    rows: csr_matrix, targets: Any, weights: Any, offsets: Any, strength: float, rounds: int, *, each: bool = False
) -> tuple[Any, Any]:
    """Weights (features × classes) and biases that make the targets likeliest.

    ``strength`` is how far the weights are trusted: the penalty is the sum of their squares over twice of it. With
    ``each`` every class is a question of its own, for texts with several labels.
    """
    features, classes = rows.shape[1], targets.shape[1]
    turned = rows.T.tocsr()

    def loss(flat: Any) -> tuple[float, Any]:
        table = flat[: features * classes].reshape(features, classes)
        scores = rows @ table + flat[features * classes :] + offsets
        chances = logistic(scores) if each else softmax(scores)
        surprise = targets * np.log(chances + 1e-12)
        if each:
            surprise = surprise + (1 - targets) * np.log(1 - chances + 1e-12)
        gap = weights[:, None] * (chances - targets)
        value = -(weights[:, None] * surprise).sum() + (table**2).sum() / (2 * strength)
        slope = turned @ gap + table / strength
        return float(value), np.concatenate([slope.ravel(), gap.sum(axis=0)])

    start = np.zeros(features * classes + classes)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 6})
    return found.x[: features * classes].reshape(features, classes), found.x[features * classes :]
