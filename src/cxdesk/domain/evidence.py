"""How much evidence a suggestion needs before it is made, and what the morning looks for. A module of its own, so that
settings load nothing else."""

from cxdesk.domain.values import dataclass

__all__ = ["Morning", "Rules"]


@dataclass(frozen=True, slots=True)
class Rules:
    """Orders of one thing before its interval counts; orders of two together, and how far beyond chance (lift)."""

    reorder_orders: int = 3
    together_orders: int = 5
    lift: float = 2.0
    most: int = 2


@dataclass(frozen=True, slots=True)
class Morning:
    """How many people one person can see to in a day, and after how many days (or how many ahead) each thing counts."""

    capacity: int = 10
    delivery_days: int = 4
    answer_days: int = 2
    special_days: int = 3
    learn: int = 6
