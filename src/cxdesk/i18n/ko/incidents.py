"""이슈(위기)."""

__all__ = ["ENTRIES"]

ENTRIES: dict[str, str | tuple[str, str]] = {}
