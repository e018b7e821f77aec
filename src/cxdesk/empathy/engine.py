"""Liquid as a line may use it: output, our own filters, ``if``, ``unless``, ``assign`` — nothing that loops or loads.

``liquid`` costs a fifth of a second to import, so it is imported inside ``environment``, never before.
"""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import TYPE_CHECKING, Any

from cxdesk.domain.moments import ago, when
from cxdesk.empathy.spoken import days, first_name, lasting, wait_range, weeks
from cxdesk.hangul.josa import with_josa

if TYPE_CHECKING:
    from liquid import Environment

__all__ = ["FILTERS", "NOW", "Facts", "Group", "Unfillable", "environment"]

Facts = Mapping[str, Mapping[str, str | int]]

# Not an identifier, so no template can name it.
NOW = " now"


class Unfillable(Exception):
    """A fact that is not known, or that cannot be said in the way the line wants to say it."""


class Group(dict[str, str | int]):
    """The facts of one thing. It is not text itself: ``{{ customer }}`` would print every record at once."""

    def __str__(self) -> str:
        raise Unfillable


def _text(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value:
        raise Unfillable
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Unfillable
    return value


def _said(words: str | None) -> str:
    if words is None:
        raise Unfillable
    return words


def _over(value: object, least: object) -> int:
    """``over: 3``: the line is only for more than three."""
    if _number(value) <= _number(least):
        raise Unfillable
    return _number(value)


def _person(value: object) -> str:
    name = _text(value)
    return name if name.endswith("님") else f"{name} 님"


def _range(value: object, lang: str) -> str:
    if not isinstance(value, Group):
        raise Unfillable
    return _said(wait_range(_number(value.get("low")), _number(value.get("high")), lang))


def _filters(lang: str, tz: tzinfo) -> dict[str, Callable[..., object]]:
    """Name → filter. Those of ``_TIMED`` are handed the context, where the present is kept."""

    def at(value: object, *, context: Any) -> str:
        return when(_number(value), tz, lang, context.globals[NOW])

    def since(value: object, *, context: Any) -> str:
        return ago(_number(value), context.globals[NOW], lang)

    return {
        "josa": lambda value, pair: with_josa(_text(value), pair),
        "님": _person,
        "when": at,
        "ago": since,
        "range": lambda value: _range(value, lang),
        "days": lambda value: _said(days(_number(value), lang)),
        "weeks": lambda value: _said(weeks(_number(value), lang)),
        "duration": lambda value: _said(lasting(_number(value), lang)),
        "over": _over,
        "first": lambda value: first_name(_text(value)),
    }


_TIMED = frozenset({"when", "ago"})
FILTERS = frozenset({"josa", "님", "when", "ago", "range", "days", "weeks", "duration", "over", "first"})


def environment(lang: str, tz: tzinfo) -> "Environment":
    """The Liquid environment of one language and zone. The present is passed with the facts, under ``NOW``."""
    import liquid
    from liquid.builtin import content, illegal, output
    from liquid.builtin.tags import assign_tag, if_tag, unless_tag
    from liquid.filter import with_context
    from liquid.undefined import FalsyStrictUndefined
    from liquid.utils import ReadOnlyChainMap

    class Context(liquid.RenderContext):
        """Knows the facts and nothing else: Liquid's own ``now``, ``size``, ``first`` and ``last`` are gone.

        With them a missing ``preference.size`` would be the number of preferences.
        """

        __slots__ = ()

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.scope = ReadOnlyChainMap(self.locals, self.globals)

        def get_item(self, obj: Any, key: Any) -> Any:
            if isinstance(obj, Group):
                return obj[key]
            raise KeyError(key)

    class Template(liquid.BoundTemplate):
        context_class = Context

    class Desk(liquid.Environment):
        template_class = Template
        block_nesting_limit = 4

        def setup_tags_and_filters(self, *, extra: bool = False) -> None:  # noqa: ARG002 - liquid's signature
            for tag in (
                content.Literal,
                output.Output,
                illegal.Illegal,
                if_tag.IfTag,
                unless_tag.UnlessTag,
                assign_tag.AssignTag,
            ):
                self.add_tag(tag)
            for name, function in _filters(lang, tz).items():
                self.add_filter(name, with_context(function) if name in _TIMED else function)

    return Desk(undefined=FalsyStrictUndefined, autoescape=False)
