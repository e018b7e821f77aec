"""What a reply says about time: vaguely, too soon to be true, or as a promise that nobody wrote down.

A promise is offered as a follow-up in the agent's own words, read by ``domain.due``. A time is too soon when it lies
before the long end of the wait that is estimated; while none is known, nothing is.
"""

import re
from collections.abc import Iterator, Mapping

from cxdesk.domain.due import Due, read_due
from cxdesk.domain.moments import HOUR, MINUTE, Instant, local
from cxdesk.domain.words import Language
from cxdesk.empathy.reply.findings import Finding, FindingId, Fix
from cxdesk.empathy.reply.known import Known
from cxdesk.empathy.reply.rules import Rules
from cxdesk.empathy.reply.wording import words_of

__all__ = ["about_time", "states_time"]

_STATED = re.compile(
    r"\d\s*(?:시|분|일|월|:|am\b|pm\b|a\.m|p\.m|o'?clock|min|hour|day|st\b|nd\b|rd\b|th\b|/)|[월화수목금토일]요일|정오|자정|내일|모레"
    r"|이틀|사흘|하루|(?:한|두|세|네|다섯|반) ?(?:시간|나절)|[한두세네섯곱덟홉열] ?시(?:\s|까지|에|쯤|반)"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\btomorrow|\bnoon|\b(?:by|at|before) \d"
    r"|\b(?:an?|one|two|three|four|five|ten|half an) (?:hour|minute|day|week)",
    re.IGNORECASE,
)
_NUMBERS = {
    "한": 1, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "십": 10, "십오": 15, "이십": 20, "삼십": 30,
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10, "fifteen": 15, "twenty": 20, "thirty": 30,
}  # fmt: skip
_COUNT = r"\d{1,3}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True))
# A length of time as the longest there will be; "20 to 40 minutes" is named by its long end.
_LENGTH = {
    Language.KO: re.compile(
        rf"(?P<length>(?<![\w.])(?P<count>{_COUNT})\s?분)\s?(?:안|이내|내[로에]?|이면|만|뒤|후|도 안)"
    ),
    Language.EN: re.compile(
        rf"\b(?:in|within|only|only be|just|just wait|wait|under|less than|takes?)\s(?:about\s|only\s|just\s)?"
        rf"(?P<length>(?P<count>{_COUNT})\s?min(?:ute)?s?)\b",
        re.IGNORECASE,
    ),
}


def states_time(sentence: str) -> bool:
    """Whether a sentence names a clock time, a day or a length of time."""
    return _STATED.search(sentence) is not None


def about_time(sentence: str, rules: Rules, known: Known, values: Mapping[str, str]) -> Iterator[Finding]:
    """The findings about time in one sentence. A vague word beside a stated time is no fault."""
    stated = states_time(sentence)
    soon = _too_soon(sentence, rules, known)
    if soon:
        yield soon
    elif stated and (untracked := _untracked(sentence, rules, known)):
        yield untracked
    if not stated:
        if known.wait and rules.cue("turn").search(sentence):  # a turn comes when the wait ends, not by a promise
            values = {place: value for place, value in values.items() if place != "due"}
        yield from words_of(FindingId.VAGUE_TIME, sentence, rules, values)


def _too_soon(sentence: str, rules: Rules, known: Known) -> Finding | None:
    if known.high_minutes is None or known.wait is None:
        return None
    if length := _LENGTH[known.lang].search(sentence):
        start, end = length.span("length")
        if _number(length["count"]) >= known.high_minutes:
            return None
        return Finding(FindingId.OVER_PROMISE, start, end, known.wait, Fix(start, end, known.wait))
    due = _due(sentence, known) if rules.cue("wait").search(sentence) else None
    if due is None or due.at >= known.now + known.high_minutes * MINUTE:
        return None
    start, end = _where(due, sentence)
    if (start, end) == (0, len(sentence)):  # nothing but the time would be left to say
        return Finding(FindingId.OVER_PROMISE, start, end, known.wait)
    within = f"{known.wait} 안에" if known.lang is Language.KO else f"within {known.wait}"
    return Finding(FindingId.OVER_PROMISE, start, end, known.wait, Fix(start, end, within))


def _untracked(sentence: str, rules: Rules, known: Known) -> Finding | None:
    commit = rules.cue("commit").search(sentence)
    if commit is None or rules.cue("not_commit").search(sentence):
        return None
    due = _due(sentence, known)
    if due is None or any(_same(due, promised, known) for promised in known.promises):
        return None
    start, end = commit.span()
    at, until = _where(due, sentence)
    return Finding(FindingId.PROMISE_UNTRACKED, min(start, at), max(end, until), due=due)


def _where(due: Due, sentence: str) -> tuple[int, int]:
    """Where the words of a time stand; the whole sentence where they stand apart."""
    start = sentence.lower().find(due.said.lower())
    return (start, start + len(due.said)) if start >= 0 else (0, len(sentence))


def _same(due: Due, promised: Instant, known: Known) -> bool:
    """Whether a promise on record is the one that was said: within the hour, or on the day when no hour was said."""
    if due.assumed and local(due.at, known.zone).date() == local(promised, known.zone).date():
        return True
    return abs(due.at - promised) <= HOUR


def _due(sentence: str, known: Known) -> Due | None:
    return read_due(sentence, known.now, known.zone, known.lang)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _NUMBERS[word.lower()]
