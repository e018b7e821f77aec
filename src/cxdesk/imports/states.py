"""What a row says about where its order is on the way, by the rules of its map."""

from collections.abc import Sequence

from cxdesk.imports.binding import Binding
from cxdesk.imports.cells import given
from cxdesk.imports.header import normal

__all__ = ["States"]


class States:
    """Applies the rules in their order."""

    def __init__(self, binding: Binding) -> None:
        self._rules = binding.states

    def read(self, cells: Sequence[str]) -> tuple[str | None, str | None]:
        """The state, ``None`` when the row does not say; and what was said instead of one that is known."""
        unknown = None
        for place, rule in self._rules:
            cell = given(cells[place])
            if cell is None:
                continue
            if rule.filled:
                return rule.filled, None
            if rule.starts_with and cell.startswith(rule.starts_with):
                return rule.state, None
            if state := rule.values.get(normal(cell)):
                return state, None
            if rule.values:
                unknown = cell
        return None, unknown
