"""The two lines that frame the desk: how things stand at the top, what can be pressed at the bottom."""

from cxdesk.widgets.lines import Line, fit, width_of
from cxdesk.widgets.paint import Painted

__all__ = ["KeyBar", "StatusBar", "between", "key_line"]


def between(left: Line, right: Line, width: int) -> Line:
    """``left`` and ``right`` at the two ends; the left one gives way."""
    right = fit(right, width)
    left = fit(left, max(0, width - width_of(right) - 1))
    return (*left, (" " * max(0, width - width_of(left) - width_of(right)), "text"), *right)


def key_line(hints: list[tuple[str, str, bool]], width: int) -> Line:
    """``(key, label, possible)`` as one line, the last hint at the right.

    Where not all fit, what cannot be done now goes first, then whole hints from the end.
    """
    if sum(width_of(_hint(*hint)) for hint in hints) > width:
        hints = [hint for hint in hints if hint[2]]
    if not hints:
        return ()
    *rest, last = hints
    right = _hint(*last)
    left: Line = ()
    for hint in rest:
        spans = _hint(*hint)
        if width_of(left) + width_of(spans) + width_of(right) + 1 > width:
            break
        left += spans
    return between(left, right, width)


def _hint(key: str, label: str, possible: bool) -> Line:
    return ((f" {key}", "key" if possible else "dim"), (f" {label} ", "text" if possible else "dim"))


class StatusBar(Painted):
    """The top line."""


class KeyBar(Painted):
    """The bottom line."""
