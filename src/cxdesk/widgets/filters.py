"""The line under a search: a condition that cannot be used, or how the last word could go on."""

from cxdesk.domain.filters import Wrong, completions
from cxdesk.i18n import language, t
from cxdesk.widgets.lines import Line

__all__ = ["hint_line"]

_SHOWN = 8


def hint_line(line: str, wrong: Wrong | None) -> Line:
    """What to know about the conditions of a search line; nothing when there is nothing to say."""
    if wrong is not None:
        choices = t("filter.choices", choices=", ".join(wrong.choices)) if wrong.choices else ""
        return ((f"{t(f'filter.{wrong.code}', word=wrong.word)} {choices}".rstrip(), "warn"),)
    offered = completions(line, language())[:_SHOWN]
    key = ((" Tab ", "key"),) if line else ()
    return (*key, ("  ".join(offered), "dim")) if offered else ()
