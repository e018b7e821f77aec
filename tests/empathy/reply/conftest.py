"""The shipped word lists, and a moment: Saturday 21 November 2026, 14:03 in Seoul."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

from benchmarks.check import NOW, SEOUL
from cxdesk.desk.checking import Rulebook
from cxdesk.domain.words import Language
from cxdesk.empathy.reply.checker import Checker
from cxdesk.empathy.reply.findings import Finding, FindingId
from cxdesk.empathy.reply.known import Known

Check = Callable[..., dict[str, Finding]]


@cache
def shipped_rules() -> Rulebook:
    book = Rulebook()
    book.load()
    return book


def checker(lang: Language = Language.KO, **known: Any) -> Checker:
    """The shipped check for what is known."""
    return shipped_rules().checker(Known(lang, NOW, SEOUL, **known))


@pytest.fixture
def ko() -> Check:
    """The findings of a Korean reply by kind, the first of each."""
    return lambda reply, **known: _first_of_each(checker(Language.KO, **known).check(reply))


@pytest.fixture
def en() -> Check:
    """The findings of an English reply by kind, the first of each."""
    return lambda reply, **known: _first_of_each(checker(Language.EN, **known).check(reply))


def _first_of_each(findings: tuple[Finding, ...]) -> dict[str, Finding]:
    found: dict[FindingId, Finding] = {}
    for finding in findings:
        found.setdefault(finding.id, finding)
    return {str(kind): finding for kind, finding in found.items()}
