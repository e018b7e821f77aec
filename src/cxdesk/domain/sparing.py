"""How seldom a customer is asked how it was. A module of its own, so that settings load nothing else."""

from cxdesk.domain.values import dataclass

__all__ = ["Rules"]


@dataclass(frozen=True, slots=True)
class Rules:
    """So many days between two questions to one person, and between two about recommending the shop."""

    again_days: int = 30
    nps_days: int = 182
