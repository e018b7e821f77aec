"""How much evidence a suggestion needs before it is made. A module of its own, so that settings load nothing else."""

from cxdesk.domain.values import dataclass

__all__ = ["Rules"]


@dataclass(frozen=True, slots=True)
class Rules:
    """Orders of one thing before its interval counts; orders of two together, and how far beyond chance (lift)."""

    reorder_orders: int = 3
    together_orders: int = 5
    lift: float = 2.0
    most: int = 2
