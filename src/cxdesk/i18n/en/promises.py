"""Promises and the morning list."""

__all__ = ["ENTRIES"]

ENTRIES: dict[str, str | tuple[str, str]] = {}
