"""Honorifics for goods: 주문하신 상품이 나오셨습니다. The customer is honoured, what they bought is not."""

from collections.abc import Iterator, Mapping

from cxdesk.empathy.reply.findings import Finding, FindingId, Fix
from cxdesk.empathy.reply.known import filled
from cxdesk.empathy.reply.rules import Rules
from cxdesk.empathy.reply.wording import matched

__all__ = ["honoured_goods"]

_REACH = 24
"""How far before the verb its goods may stand."""


def honoured_goods(sentence: str, rules: Rules, known: Mapping[str, str]) -> Iterator[Finding]:
    """Verbs that honour goods; quiet where the sentence may be about a person."""
    for rule, match in matched(FindingId.GOODS_HONORIFIC, sentence, rules, known):
        start, end = match.span()
        near = sentence[max(0, start - _REACH) : start]
        if not rules.cue("goods").search(near) or rules.cue("not_goods").search(sentence):
            continue
        better = filled(rule.better, known)
        yield Finding(FindingId.GOODS_HONORIFIC, start, end, better, Fix(start, end, better) if better else None)
