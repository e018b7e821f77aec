"""What a reply has done for a customer: felt with them, asked, offered two choices, told a time, promised."""

import re
from collections.abc import Mapping
from enum import StrEnum

from cxdesk.domain.due import read_due
from cxdesk.empathy.reply.findings import Finding, FindingId
from cxdesk.empathy.reply.known import Known
from cxdesk.empathy.reply.refusals import Choices, choices_in, refusal_in
from cxdesk.empathy.reply.rules import Rules
from cxdesk.empathy.reply.sentences import sentences
from cxdesk.empathy.reply.times import states_time

__all__ = ["Step", "steps_in"]

_ASKS = re.compile(r"[?？]|(?:까요|나요|가요|으세요|시겠어요)[.!~]*\Z")
_HURTS = frozenset({FindingId.BLAME, FindingId.HIDES_BEHIND_POLICY, FindingId.BARE_APOLOGY})


class Step(StrEnum):
    """The steps of a good contact, in the order in which they help."""

    ACKNOWLEDGE = "acknowledge"
    LISTEN = "listen"
    OPTIONS = "options"
    TIME = "time"
    PROMISE = "promise"


def steps_in(reply: str, findings: tuple[Finding, ...], rules: Rules, known: Known) -> Mapping[Step, str]:
    """The steps a reply takes, each with the sentence that takes it. Blame in the same breath undoes the first."""
    found: dict[Step, str] = {}
    offers: list[tuple[str, Choices]] = []
    again = [finding.start for finding in findings if finding.id is FindingId.ASKS_AGAIN]
    promised = [finding.start for finding in findings if finding.due is not None]
    for start, sentence in sentences(reply):
        inside = range(start, start + len(sentence))
        choices = choices_in(sentence, refusal_in(sentence, rules), rules)
        if choices.marks or choices.named:
            offers.append((sentence, choices))
        elif _ASKS.search(sentence) and not any(at in inside for at in again):
            found.setdefault(Step.LISTEN, sentence)
        if rules.cue("feeling").search(sentence):
            found.setdefault(Step.ACKNOWLEDGE, sentence)
        if states_time(sentence) and read_due(sentence, known.now, known.zone, known.lang):
            found.setdefault(Step.TIME, sentence)
        if any(at in inside for at in promised):
            found.setdefault(Step.PROMISE, sentence)
    if options := _two_choices(offers):
        found[Step.OPTIONS] = options
    if any(finding.id in _HURTS for finding in findings):
        found.pop(Step.ACKNOWLEDGE, None)
    return found


def _two_choices(offers: list[tuple[str, Choices]]) -> str:
    """The sentence that offers two things, or those that do so together; ``""`` where there are fewer than two."""
    alone = next((sentence for sentence, choices in offers if len(choices.marks) + choices.named >= 2), "")
    marks = frozenset[str]().union(*(choices.marks for _, choices in offers))
    if alone or len(marks) + sum(choices.named for _, choices in offers) < 2:
        return alone
    return " ".join(sentence for sentence, _ in offers)
