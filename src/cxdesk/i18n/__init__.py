"""The program's own words in Korean and English.

``t("queue.waiting", n=3)`` looks an id up in the catalogue in use. Catalogues are Python dictionaries because they
are read before the first frame and a compiled module costs nothing to parse. Korean entries may ask for a particle,
``{name:을/를}``; English entries may be a pair ``(one, other)`` chosen by ``n``. Values are only ever data: they are
filled in, never parsed.
"""

import os
from collections.abc import Mapping
from functools import cache
from string import Formatter
from typing import Any

from cxdesk.domain.words import Language

__all__ = ["catalogue", "has", "language", "system_language", "t", "t_in", "use"]

Entry = str | tuple[str, str]


class _Words(Formatter):
    """``str.format`` with one more conversion: a particle pair as format spec."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if "/" in format_spec:
            from cxdesk.hangul.josa import with_josa

            return with_josa(str(value), format_spec)
        return str(super().format_field(value, format_spec))


_FORMAT = _Words()
_current: list[Language] = []


@cache
def catalogue(lang: Language) -> Mapping[str, Entry]:
    """Every entry of a language."""
    if lang is Language.KO:
        from cxdesk.i18n.ko import ENTRIES
    else:
        from cxdesk.i18n.en import ENTRIES
    return ENTRIES


def system_language(environ: Mapping[str, str] = os.environ) -> Language:
    """Korean for a Korean locale, English otherwise."""
    locale = environ.get("LC_ALL") or environ.get("LC_MESSAGES") or environ.get("LANG") or ""
    return Language.KO if locale.lower().startswith("ko") else Language.EN


def use(lang: Language) -> None:
    """Speak this language from now on."""
    _current[:] = [lang]


def language() -> Language:
    """The language in use."""
    return _current[0] if _current else system_language()


def has(key: str) -> bool:
    """Whether there is such an id; every catalogue has the same ones."""
    return key in catalogue(language())


def t(key: str, /, **values: Any) -> str:
    """The entry ``key`` in the language in use, its places filled. Raises ``KeyError`` for an unknown id or value."""
    return t_in(language(), key, **values)


def t_in(lang: Language, key: str, /, **values: Any) -> str:
    """The entry ``key`` in a customer's language."""
    entry = catalogue(lang)[key]
    if isinstance(entry, tuple):
        entry = entry[0] if values.get("n") == 1 else entry[1]
    return _FORMAT.vformat(entry, (), values) if "{" in entry else entry
