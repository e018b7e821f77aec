"""What a row says about where its order is on the way, by the rules of its map."""

from collections.abc import Sequence

from cxdesk.imports.binding import Binding
from cxdesk.imports.cells import given
from cxdesk.imports.header import normal
from cxdesk.imports.memo import remembering

__all__ = ["States"]


class States:
    """Applies the rules in their order; what no rule understands is counted."""

    def __init__(self, binding: Binding) -> None:
        self._rules = binding.states
        self._found = remembering([place for place, _ in binding.states], self._find)
        self.unknown: dict[str, int] = {}

    def read(self, cells: Sequence[str]) -> str | None:
        """The state; ``None`` when the row does not say."""
        state, unknown = self._found(cells)
        if unknown is not None:
            self.unknown[unknown] = self.unknown.get(unknown, 0) + 1
        return state

    def _find(self, cells: Sequence[str]) -> tuple[str | None, str | None]:
        """The state, or what was said instead of one."""
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
