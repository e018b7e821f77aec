"""Feedback and the voice of the customer."""

__all__ = ["ENTRIES"]

ENTRIES: dict[str, str | tuple[str, str]] = {}
