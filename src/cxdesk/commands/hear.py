"""``cxdesk hear``: messages from standard input, one a line, and what is heard in them. Opens no file of the shop.

A line is the message itself, or a JSON object with its ``text`` and, if it is known, its ``lang``. With ``--json`` each
line is answered by one; spans count characters of the ``text`` in the answer, which is the message made safe to print.
"""

import json
import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from cxdesk import places
from cxdesk.commands.desk import configure
from cxdesk.desk.hearing import Hearing
from cxdesk.domain.inert import inert, inert_line
from cxdesk.domain.words import Emotion, Language
from cxdesk.empathy.hearing.result import Heard, Kind
from cxdesk.empathy.hearing.rules import NOW
from cxdesk.i18n import t

__all__ = ["run"]


_OBJECT = re.compile(r"\s*\{\s*\"")


class _BadLine(Exception):
    pass


def run(options: Namespace) -> int:
    """Hear every line; exit code 1 when one of them could not be read."""
    folder = places.data_folder(options.data)
    configure(folder, options)
    hearing = Hearing.load(folder / "cues")
    for problem in hearing.problems:
        print(t(f"hearing.{problem.code}", file=problem.file, n=problem.row, detail=problem.detail), file=sys.stderr)
    bad = 0
    for n, line in _lines():
        try:
            text, lang = _message(line)
        except _BadLine as error:
            bad += 1
            print(t("cli.hear_line", n=n, detail=inert_line(str(error))), file=sys.stderr)
            continue
        heard = hearing.hear(text, lang)
        print(json.dumps(_answer(text, heard), ensure_ascii=False) if options.json else _sentence(n, heard))
    return 1 if bad else 0


def _lines() -> Iterator[tuple[int, str]]:
    for n, raw in enumerate(sys.stdin, 1):
        if line := raw.rstrip("\r\n"):
            yield n, line


def _message(line: str) -> tuple[str, Language | None]:
    """A JSON object with a text, or a text alone; a message that only begins with a brace is a message."""
    if not _OBJECT.match(line):
        return inert(line), None
    try:
        given = json.loads(line)
    except (json.JSONDecodeError, RecursionError) as error:
        raise _BadLine(str(error)) from None
    text, lang = given.get("text"), given.get("lang")
    if not isinstance(text, str):
        raise _BadLine("text")
    try:
        return inert(text), None if lang is None else Language(lang)
    except ValueError:
        raise _BadLine("lang") from None


def _answer(text: str, heard: Heard) -> dict[str, Any]:
    """Everything that was heard; chances by the name of the feeling."""
    chances = {str(emotion): chance / 1000 for emotion, chance in zip(Emotion, heard.chances, strict=False)}
    return {"text": text} | asdict(heard) | {"chances": chances}


def _sentence(n: int, heard: Heard) -> str:
    feeling = t("hearing.unsure")
    if heard.emotion is not None:
        marks = "●" * heard.intensity
        feeling = " ".join(part for part in (t(f"emotion.{heard.emotion}"), marks, f"{heard.confidence}%") if part)
    parts = [feeling]
    if heard.topic is not None:
        parts.append(t(f"topic.{heard.topic}"))
    if heard.urgency:
        parts.append(t("hearing.now") if heard.urgency == NOW else t("hearing.soon"))
    if heard.abuse:
        parts.append(t("hearing.abuse"))
    spoke = dict.fromkeys(reason.text for reason in heard.reasons if reason.kind is not Kind.TOPIC)
    said = ", ".join(f"'{text}'" for text in spoke)
    return inert_line(f"{n}  {' · '.join(parts)}{f'  ← {said}' if said else ''}", 1000)
