"""여러 책상이 함께 쓰기."""

__all__ = ["ENTRIES"]

ENTRIES: dict[str, str | tuple[str, str]] = {}
