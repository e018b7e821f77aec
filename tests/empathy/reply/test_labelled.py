"""How right the check is on replies that people would send. ``python -m benchmarks.check`` prints the same figures."""

from itertools import product

import pytest

from benchmarks.check import labelled, score
from cxdesk.domain.words import Language
from cxdesk.empathy.reply.findings import FindingId
from tests.empathy.reply.conftest import checker, shipped_rules
from tests.empathy.shipped import EVERYTHING, NOW, RENDERERS, shipped

PARTS = ("rules", "aside")


@pytest.mark.parametrize("lang", Language)
def test_there_are_three_hundred_replies_and_half_of_them_are_good(lang: Language) -> None:
    replies = [reply for part in PARTS for reply in labelled(part, lang)]
    assert len(replies) >= 300
    assert len({reply.text for reply in replies}) == len(replies)
    assert 0.45 <= sum(not reply.expected for reply in replies) / len(replies) <= 0.6


@pytest.mark.parametrize("lang", Language)
def test_every_finding_is_labelled_in_both_parts(lang: Language) -> None:
    korean_only = {FindingId.GOODS_HONORIFIC, FindingId.WRONG_JOSA}
    wanted = {str(finding) for finding in FindingId if lang is Language.KO or finding not in korean_only}
    for part in PARTS:
        assert {label for reply in labelled(part, lang) for label in reply.expected} == wanted


@pytest.mark.parametrize(("part", "lang"), list(product(PARTS, Language)))
def test_nine_findings_in_ten_are_right_and_seven_in_ten_are_found(part: str, lang: Language) -> None:
    found = score(part, lang, shipped_rules())
    assert found.precision >= 0.9
    assert found.recall >= 0.7


def test_the_lines_of_the_sidebar_raise_next_to_nothing() -> None:
    """Seven hundred good replies that were not written for the check."""
    library, _ = shipped()
    time = {Language.KO: "내일 오후 3시", Language.EN: "3 pm tomorrow"}
    quiet = {FindingId.PROMISE_UNTRACKED}
    guilty = []
    for line in library:
        text = RENDERERS[line.lang].fill(line, EVERYTHING[line.lang], NOW) or ""
        for blank in reversed(checker(line.lang).check(text)):
            if blank.id is FindingId.UNFILLED:
                text = text[: blank.start] + time[line.lang] + text[blank.end :]
        found = [finding.id for finding in checker(line.lang, order_no="2026-1").check(text)]
        guilty += [f"{line.id}: {kind}" for kind in found if kind not in quiet]
    assert len(guilty) <= len(library) / 200, guilty
