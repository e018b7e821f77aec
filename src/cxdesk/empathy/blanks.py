"""What is still to be filled in a reply: ``{? 주문번호 ?}`` blanks and leftovers of a template.

A reply with any of these cannot be sent, so half-deleted marks are found too.
"""

import re
from typing import NamedTuple

__all__ = ["Blank", "next_blank", "stray", "unfilled"]

_BLANK = re.compile(
    r"\{\?(?P<label>[^{}]*?)\?\}"  # a blank
    r"|\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}"  # a template that was not rendered
    r"|\{[?%{]|[?%}]\}"  # half of either
)
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


class Blank(NamedTuple):
    """Where in the text, and what it asks for; the label is empty for a leftover."""

    start: int
    end: int
    label: str


def unfilled(text: str) -> list[Blank]:
    """Every blank and leftover, in order; empty when the text may be sent."""
    return [Blank(*match.span(), (match["label"] or "").strip()) for match in _BLANK.finditer(text)]


def next_blank(text: str, start: int = 0) -> Blank | None:
    """The first blank beginning at or after ``start``, else the first one of the text."""
    found = unfilled(text)
    return next((blank for blank in found if blank.start >= start), found[0] if found else None)


def stray(template: str) -> list[str]:
    """The half-written marks of a line's own template, whole blanks and whole Liquid apart."""
    rest = _TEMPLATE.sub("", template)
    return [rest[blank.start : blank.end] for blank in unfilled(rest) if not blank.label]
