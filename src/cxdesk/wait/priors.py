"""Starting points by trade (WAIT.md 5.4); a business edits them in its settings."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from cxdesk.wait.prior import Prior

PRIORS: Final = MappingProxyType(
    {
        "phone": Prior(aht=300.0, cv=1.0, patience=1200.0),
        "chat": Prior(aht=600.0, cv=0.9, patience=450.0),
        "counter": Prior(aht=360.0, cv=0.9, patience=2400.0),
        "salon": Prior(aht=1800.0, cv=0.35, patience=4500.0),
        "repair": Prior(aht=720.0, cv=0.7, patience=3600.0),
        "cafe": Prior(aht=90.0, cv=0.6, patience=600.0),
    }
)
"""Handling and patience times in seconds, by kind of desk."""


def prior_for(kind: str) -> Prior:
    """Return the prior of a trade; an unknown trade is treated as a phone desk."""
    return PRIORS.get(kind, PRIORS["phone"])
