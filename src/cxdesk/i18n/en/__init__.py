"""English. One module a part of the program; a test sees to it that no id is in two."""

from cxdesk.i18n.en import (
    actions,
    asking,
    commands,
    desk,
    done,
    imports,
    incidents,
    insights,
    memory,
    promises,
    refusals,
    scripts,
    sync,
    voices,
    waits,
    words,
)

__all__ = ["ENTRIES", "PARTS"]

PARTS = (
    actions.ENTRIES,
    asking.ENTRIES,
    commands.ENTRIES,
    desk.ENTRIES,
    done.ENTRIES,
    imports.ENTRIES,
    incidents.ENTRIES,
    insights.ENTRIES,
    memory.ENTRIES,
    promises.ENTRIES,
    refusals.ENTRIES,
    scripts.ENTRIES,
    sync.ENTRIES,
    voices.ENTRIES,
    waits.ENTRIES,
    words.ENTRIES,
)
ENTRIES: dict[str, str | tuple[str, str]] = {key: entry for part in PARTS for key, entry in part.items()}
