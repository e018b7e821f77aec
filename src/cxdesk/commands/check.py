"""``cxdesk check``: replies from standard input, one a line, and what would hurt in them. Opens no file of the shop.

A line is the reply itself, or a JSON object with its ``text`` and what is known: ``lang``, ``customer`` (``name``,
``phone``), ``order_no``, ``product``, ``said`` (what the customer wrote), ``low_minutes`` and ``high_minutes`` of the
expected wait, ``promises`` (ISO 8601), ``topic``, ``emotion``, ``now`` (ISO 8601). Without ``lang`` a reply with a
Hangul letter is Korean. With ``--json`` each line is answered by one.
"""

import json
import re
import sys
from argparse import Namespace
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Any

from cxdesk import places
from cxdesk.commands.desk import configure
from cxdesk.desk.checking import BadContext, Rulebook, instant_of, known_from
from cxdesk.desk.phrases import Phrases
from cxdesk.domain import moments
from cxdesk.domain.inert import inert, inert_line
from cxdesk.domain.words import Language
from cxdesk.empathy.reply.findings import Finding
from cxdesk.i18n import t

__all__ = ["run"]

_HANGUL = re.compile(r"[ㄱ-ㅣ가-힣]")


def run(options: Namespace) -> int:
    """Look over every line; exit code 1 when one of them could not be read."""
    folder = places.data_folder(options.data)
    settings, _ = configure(folder, options)
    looking = _Looking(settings.zone(), folder)
    for problem in looking.book.problems:
        sentence = t("config.line", file=problem.file, n=problem.row, code=problem.code, detail=problem.detail)
        print(sentence, file=sys.stderr)
    bad = 0
    for n, line in enumerate(_lines(), 1):
        try:
            reply, lang, found = looking.over(line)
        except BadContext as error:
            bad += 1
            print(t("cli.check_line", n=n, detail=inert_line(str(error))), file=sys.stderr)
            continue
        if options.json:
            print(json.dumps(_answer(reply, lang, found), ensure_ascii=False))
        else:
            for finding in found:
                print(_sentence(n, reply, finding))
    return 1 if bad else 0


class _Looking:
    """The word lists, and the lines that a better wording is taken from."""

    def __init__(self, zone: tzinfo, folder: Path) -> None:
        self._zone = zone
        self.book = Rulebook(folder / "check")
        self.book.load()
        self._phrases = Phrases(zone, folder / "scripts")

    def over(self, line: str) -> tuple[str, Language, tuple[Finding, ...]]:
        """The reply of a line, its language and its findings. Raises ``BadContext``."""
        context = _context(line)
        text = inert(context["text"])
        lang = _language(context, text)
        now = instant_of(context["now"], "now", self._zone) if context.get("now") else places.now()
        known = known_from(context, lang, now, self._zone, self._phrases)
        return text, lang, self.book.checker(known).check(text)


def _lines() -> Iterable[str]:
    return (line for line in (raw.rstrip("\r\n") for raw in sys.stdin) if line.strip())


def _context(line: str) -> Mapping[str, Any]:
    """A JSON object with a text, or a text alone; a reply that only looks like JSON is a reply."""
    if line.lstrip().startswith('{"'):
        try:
            context = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise BadContext(str(error)) from None
        if not isinstance(context.get("text"), str):
            raise BadContext("text")
        return dict(context)
    return {"text": line}


def _language(context: Mapping[str, Any], text: str) -> Language:
    if "lang" in context:
        try:
            return Language(context["lang"])
        except ValueError:
            raise BadContext("lang") from None
    return Language.KO if _HANGUL.search(text) else Language.EN


def _answer(reply: str, lang: Language, found: tuple[Finding, ...]) -> dict[str, Any]:
    return {"text": reply, "lang": lang, "findings": [_finding(reply, finding) for finding in found]}


def _finding(reply: str, finding: Finding) -> dict[str, Any]:
    """One finding; ``start`` and ``end`` count characters of the reply, ``fix`` is the edit that carries it out."""
    fix, due = finding.fix, finding.due
    return {
        "id": finding.id,
        "start": finding.start,
        "end": finding.end,
        "said": reply[finding.start : finding.end],
        "why": t(f"advice.{finding.id}"),
        "better": finding.better,
        "weight": finding.weight,
        "fix": {"start": fix.start, "end": fix.end, "text": fix.text} if fix else None,
        "promise": {"due": moments.iso(due.at), "what": due.what} if due else None,
    }


def _sentence(n: int, reply: str, finding: Finding) -> str:
    where = t("cli.check_where", n=n, start=finding.start, end=finding.end)
    said = t("advice.said", said=reply[finding.start : finding.end])
    better = f" → {finding.better}" if finding.better else ""
    return inert_line(f"{where}  {finding.id}  {said} {t(f'advice.{finding.id}')}{better}", 1000)
