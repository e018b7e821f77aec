"""A line and the known facts → the words to say, or nothing when a fact is missing.

Facts are data: Liquid syntax in a customer's name stays the letters it is, and control characters are made
visible before they reach the text. Templates are parsed once and kept.
"""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING

from cxdesk.domain.inert import inert_line
from cxdesk.domain.moments import Instant
from cxdesk.empathy.blanks import stray
from cxdesk.empathy.engine import NOW, Facts, Group, Unfillable, environment
from cxdesk.empathy.lines import Line

if TYPE_CHECKING:
    from liquid import BoundTemplate, Environment

__all__ = ["Renderer"]


class Renderer:
    """Renders lines of one language in one time zone; keep it, for it remembers what it parsed."""

    def __init__(self, lang: str, tz: tzinfo) -> None:
        self._lang, self._tz = lang, tz
        self._environment: Environment | None = None
        self._parsed: dict[str, BoundTemplate | None] = {}

    def filler(self, facts: Facts, now: Instant) -> Callable[[Line], str | None]:
        """A function that renders lines for one customer at one moment.

        It answers ``None`` for a line that needs a fact that is missing or empty, and for a broken template.
        """
        known = {name: group for name, values in facts.items() if (group := _known(values))}

        def fill(line: Line) -> str | None:
            return self._render(line.text, {**known, NOW: now})

        return fill

    def fill(self, line: Line, facts: Facts, now: Instant) -> str | None:
        """One line for one customer: ``filler(facts, now)(line)``."""
        return self.filler(facts, now)(line)

    def _render(self, text: str, known: Mapping[str, object]) -> str | None:
        if "{{" not in text and "{%" not in text:
            return text
        from liquid.exceptions import LiquidError

        if text not in self._parsed:
            self._parsed[text] = self._parse(text)
        template = self._parsed[text]
        if template is None:
            return None
        try:
            said = template.render(known)
        except (LiquidError, Unfillable, KeyError, TypeError, ValueError):
            # Beyond the first two: a filter given a wrong argument, such as a particle that does not exist.
            return None
        return said.strip() or None

    def _parse(self, text: str) -> "BoundTemplate | None":
        from liquid.exceptions import LiquidError

        if stray(text):
            return None
        if self._environment is None:
            self._environment = environment(self._lang, self._tz)
        try:
            return self._environment.from_string(text)
        except LiquidError:
            return None  # check.check_library says which and why


def _known(values: Mapping[str, str | int]) -> Group:
    """The facts of one thing that are there: no ``None``, no blank text; every text made inert."""
    group = Group()
    for key, value in values.items():
        if isinstance(value, str):
            value = inert_line(value)
        if value is not None and value != "":
            group[key] = value
    return group
