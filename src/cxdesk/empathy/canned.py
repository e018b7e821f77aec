"""Canned replies of other programs → lines: Zendesk macros, Chatwoot canned responses, or any table with a text column.

The caller reads the file. A placeholder that has a counterpart here becomes ours; any other becomes a blank that asks,
``{? … ?}``, so that nothing is lost and nothing wrong is sent. A reply with template logic (``{% if … %}``) is left out
and named: half of it would say what it was never meant to say.
"""

import csv
import html
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from cxdesk.domain.inert import inert, inert_line
from cxdesk.domain.words import Language, Stage
from cxdesk.empathy.library import Line
from cxdesk.empathy.lines import TEXT_LIMIT

__all__ = ["CannedError", "Skipped", "read_canned"]

_TITLES = ("title", "short_code", "shortcode", "shortcut", "name", "제목", "이름", "단축어")
_TEXTS = ("content", "comment_value", "comment_value_html", "comment", "body", "text", "message", "reply", "macro")
_TEXTS_KO = ("내용", "본문", "답변", "문구")
_COMMENTS = ("comment_value", "comment_value_html")

_PLACEHOLDER = re.compile(r"\{\{\s*(?P<path>[^{}]*?)\s*\}\}(?P<honorific> ?님)?")
_LOGIC = re.compile(r"\{%.*?%\}|\{\{\s*dc\.", re.DOTALL)
_TAG = re.compile(r"<[a-z/!][^>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</p>|</div>|</li>", re.IGNORECASE)
_HANGUL = re.compile(r"[가-힣]")
_HALVES = re.compile(r"\{[{?%]|[}?%]\}")

_CUSTOMER = ("ticket.requester.name", "contact.name", "customer.name", "user.name", "requester.name")
_FIRST = ("ticket.requester.first_name", "contact.first_name", "customer.first_name", "requester.first_name")
_AGENT = (
    *("current_user.name", "current_user.first_name", "ticket.assignee.name", "ticket.assignee.first_name"),
    *("agent.name", "agent.first_name"),
)
_NUMBER = ("ticket.id", "conversation.id", "conversation.display_id")
_SHOP = ("ticket.account", "account.name", "inbox.name", "ticket.brand.name")


class CannedError(Exception):
    """The file holds no canned replies that could be read; ``code`` is ``not_json`` or ``no_text_column``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Skipped:
    """A reply that was left out: its title, and why (``empty``, ``logic``, ``too_long``, ``inactive``)."""

    title: str
    code: str


@dataclass(frozen=True, slots=True)
class _Reply:
    title: str
    text: str
    active: bool = True


def read_canned(text: str, stage: Stage) -> tuple[tuple[Line, ...], tuple[Skipped, ...]]:
    """The lines of a file, all of them for ``stage``, and what was left out. Raises ``CannedError``.

    A line's id comes from its title, so that the same file brought in again replaces and does not double.
    """
    lines: dict[str, Line] = {}
    skipped = []
    for reply in _replies(text):
        found = _line(reply, stage)
        if isinstance(found, Line):
            lines[found.id] = found
        else:
            skipped.append(Skipped(reply.title, found))
    return tuple(lines.values()), tuple(skipped)


def _line(reply: _Reply, stage: Stage) -> Line | str:
    """The reply as a line, or why it cannot be one."""
    if not reply.active:
        return "inactive"
    if _LOGIC.search(reply.text):
        return "logic"
    lang = Language.KO if _HANGUL.search(reply.text) else Language.EN
    words = _translated(inert(reply.text).strip(), lang)
    if not words:
        return "empty"
    if len(words) > TEXT_LIMIT:
        return "too_long"
    key = f"{crc32((reply.title or words).casefold().encode('utf-8', 'replace')):08x}"
    return Line(f"{lang}.{stage}.canned.{key}", stage, words, lang=lang)


def _translated(text: str, lang: Language) -> str:
    """The text with our placeholders. Whatever else looks like one of ours is taken apart, so that it stays text."""
    parts, at = [], 0
    for match in _PLACEHOLDER.finditer(text):
        parts += [_plain(text[at : match.start()]), _ours(match["path"], match["honorific"] or "", lang)]
        at = match.end()
    return "".join([*parts, _plain(text[at:])]).strip()


def _plain(text: str) -> str:
    return _HALVES.sub(lambda half: " ".join(half[0]), text)


def _ours(path: str, honorific: str, lang: Language) -> str:
    name, _, default = path.partition("|")
    name = name.strip().casefold()
    if name in _CUSTOMER or name in _FIRST:
        if honorific:
            return "{{ customer.name | 님 }}"
        return "{{ customer.name }}" if lang is Language.KO else "{{ customer.name | first }}"
    for ours, theirs in (("agent.name", _AGENT), ("ticket.number", _NUMBER), ("shop.name", _SHOP)):
        if name in theirs:
            return f"{{{{ {ours} }}}}{honorific}"
    # The filter's argument (``default: 'friend'``) would be asked for as if it were a fact, so only the name stays.
    label = inert_line(re.sub(r"[{}?%]", " ", name or default), 60).strip()
    return f"{{? {label or '…'} ?}}{honorific}"


def _replies(text: str) -> Iterator[_Reply]:
    """What the file holds, whichever of the known shapes it has."""
    if text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        yield from _from_json(text.lstrip("\ufeff"))
    else:
        yield from _from_table(text.lstrip("\ufeff"))


def _from_json(text: str) -> Iterator[_Reply]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        raise CannedError("not_json") from None
    if isinstance(whole, dict):
        # {"macros": […]} of Zendesk, {"payload": […]} of Chatwoot; an object of its own is a list of one.
        lists = [value for value in whole.values() if isinstance(value, list) and _TITLES[0] not in whole]
        whole = lists[0] if lists else [whole]
    for entry in whole:
        if isinstance(entry, dict):
            yield _from_object({str(key).casefold(): value for key, value in entry.items()})


def _from_object(entry: Mapping[str, Any]) -> _Reply:
    title = inert_line(_first(entry, _TITLES), 120)
    active = entry.get("active") is not False
    actions = entry.get("actions")
    if isinstance(actions, list):
        said = [_said(action.get("value")) for action in actions if _is_comment(action)]
        return _Reply(title, "\n".join(map(_unmarked, said)), active)
    return _Reply(title, _unmarked(_first(entry, (*_TEXTS, *_TEXTS_KO))), active)


def _is_comment(action: object) -> bool:
    return isinstance(action, dict) and action.get("field") in _COMMENTS


def _said(value: object) -> str:
    """The words of a Zendesk action: a text, or a channel and a text."""
    if isinstance(value, list):
        value = value[-1] if value else ""
    return value if isinstance(value, str) else ""


def _from_table(text: str) -> Iterator[_Reply]:
    sample = text[:4000]
    delimiter = max(",;\t", key=sample.split("\n", 1)[0].count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise CannedError("no_text_column") from None
    head = [name.strip().casefold().replace(" ", "_") for name in rows[0]] if rows else []
    if not set(head) & {*_TEXTS, *_TEXTS_KO}:
        raise CannedError("no_text_column")
    for row in rows[1:]:
        if any(cell.strip() for cell in row):
            yield _from_object(dict(zip(head, row, strict=False)))


def _first(entry: Mapping[str, Any], names: tuple[str, ...]) -> str:
    return next((entry[name] for name in names if isinstance(entry.get(name), str) and entry[name].strip()), "")


def _unmarked(text: str) -> str:
    """Rich text as plain text; a text without tags stays as it is."""
    if not _TAG.search(text):
        return text
    lines = html.unescape(_TAG.sub("", _BREAK.sub("\n", text))).replace("\xa0", " ").split("\n")
    return "\n".join(line.strip() for line in lines).strip()
