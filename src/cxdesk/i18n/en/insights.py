"""Insights and the journey."""

__all__ = ["ENTRIES"]

ENTRIES: dict[str, str | tuple[str, str]] = {}
