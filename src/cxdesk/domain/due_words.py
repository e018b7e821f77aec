"""The expressions of time ``due`` reads, Korean and English, as patterns with named groups.

Each one also takes the words that only point (``까지``, ``쯤``, ``by``, ``at``), so that what is left of a
sentence is the thing promised. They expect Latin letters in lower case.

A letter is "a word character but no digit" rather than ``[가-힣]``, which takes a millisecond to compile at every use.
"""

import re
from functools import cached_property

__all__ = [
    "CLOCKS",
    "DATES",
    "DAY_SPANS",
    "HALF_HOUR",
    "KO_DAYS",
    "MONTHS",
    "MONTH_END",
    "NAMED_TIMES",
    "NEAR_DAYS",
    "NUMBERS",
    "PARTS",
    "PAST_DAYS",
    "SPANS",
    "WEEK",
    "WEEKDAYS",
    "WEEK_DAY",
    "WORKING_DAYS",
    "YEAR_END",
    "Words",
]


class Words:
    """A pattern that is compiled when first searched: all of them at import would cost the first frame 40 ms."""

    def __init__(self, source: str) -> None:
        self._source = source

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match, as ``re.Pattern.search`` does."""
        return self._pattern.search(text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return re.compile(self._source)


_KO_NUMBERS = {
    word: n
    for n, word in enumerate(["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두"], 1)
} | {"하나": 1, "한두": 2, "두어": 2, "두세": 3, "서너": 4}
_EN_NUMBERS = {
    word: n
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
    )
} | {"a": 1, "an": 1}
NUMBERS = _KO_NUMBERS | _EN_NUMBERS
KO_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "일주일": 7, "열흘": 10, "보름": 15,
}  # fmt: skip
WEEKDAYS = {name: n for n, name in enumerate("월화수목금토일")} | {
    name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
MONTHS = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}

_KO_WORDS = "|".join(sorted(_KO_NUMBERS, key=len, reverse=True))
_KO = rf"(?:\d+(?:\.\d+)?|{_KO_WORDS})"
_EN = rf"(?:\d+(?:\.\d+)?|\b(?:{'|'.join(sorted(_EN_NUMBERS, key=len, reverse=True))})\b)"
_KO_LATER = (
    r"\s*(?:쯤|정도)?\s*(?:(?:뒤|후|있다가?|이따가?)(?:에|까지|로|쯤)?(?![^\W\d])"
    r"|안(?:에|으로)|(?:이)?내(?:에|로)?(?![^\W\d]))"
)
# ``2~3시간``, ``3시에서 5시``: the later end is promised.
_RANGE = r"(?P<range>\d{1,2}\s*(?:시\s*)?(?:에서|부터|[~∼–-])\s*)?"
_AROUND = r"(?:\s*(?:쯤|경|정도))?"
_YES = r"(?:(?:는|요)(?![^\W\d]))?"
_UNTIL = rf"(?:까지|\s*전까지|\s*전에|\s*이전에?|\s*안으로){_YES}"
_TO = rf"{_AROUND}(?:{_UNTIL}|(?:에는|에)?{_YES}(?![^\W\d]))"
# After words that cannot be the start of another: 내일전화, 3시전화.
_TO_ANY = rf"{_AROUND}(?:{_UNTIL}|에는|에)?{_YES}"
_BY = r"(?:\b(?:by|at|on|before|until|till|around|about|this|coming)\s+|@\s*)*"
_WEEKDAY = (
    r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nes|nesday|r|rs|rsday|urs|ur|urday)?\b(?:'s)?\.?"
    r"(?!\s*(?:cream|screen|block|care|stick|hat))"
)
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)

SPANS = (
    Words(rf"{_RANGE}(?P<hours>{_KO})\s*시간(?:\s*(?P<half>반))?(?:\s*(?P<minutes>{_KO})\s*분)?{_KO_LATER}"),
    Words(rf"{_RANGE}(?P<minutes>{_KO})\s*분{_KO_LATER}"),
    Words(
        rf"\b(?:in|within|after)\s+(?:about\s+)?{_RANGE}(?P<hours>{_EN})\s*(?:h|hrs?|hours?)\b"
        rf"(?:\s*(?P<half>and a half))?(?:\s*(?:and\s*)?(?P<minutes>{_EN})\s*(?:m|mins?|minutes?)\b)?"
    ),
    Words(rf"\b(?:in|within|after)\s+(?:about\s+)?{_RANGE}(?P<minutes>{_EN})\s*(?:m|mins?|minutes?)\b"),
    Words(rf"(?P<hours>{_EN})\s*(?:h|hrs?|hours?)\s+(?:from now|later)\b"),
    Words(rf"(?P<minutes>{_EN})\s*(?:m|mins?|minutes?)\s+(?:from now|later)\b"),
)
HALF_HOUR = Words(rf"\b(?:in|within)\s+half\s+an\s+hour\b|반\s*시간{_KO_LATER}")
DAY_SPANS = (
    Words(rf"(?P<named>{'|'.join(KO_DAYS)}){_KO_LATER}"),
    Words(rf"{_RANGE}(?P<count>{_KO})\s*(?P<unit>일|주일?|달|개월){_KO_LATER}"),
    Words(rf"\b(?:in|within|after)\s+{_RANGE}(?P<count>{_EN})\s+(?P<unit>day|week|month)s?\b"),
    Words(rf"(?P<count>{_EN})\s+(?P<unit>day|week|month)s?\s+(?:from now|later)\b"),
)
WORKING_DAYS = Words(
    rf"(?:영업일\s*(?:기준)?\s*(?:으로\s*)?{_RANGE}(?P<ko>{_KO})\s*일|(?P<ko_short>{_KO})\s*영업일){_KO_LATER}"
    rf"|\b(?:in|within|after)\s+(?P<en>{_EN})\s+(?:business|working)\s+days?\b"
)
NEAR_DAYS = (
    (2, Words(rf"(?<![^\W\d])(?:내일|낼)?\s*모레{_TO_ANY}|{_BY}(?:the\s+)?day after tomorrow\b")),
    (3, Words(rf"(?<![^\W\d])글피{_TO_ANY}")),
    (
        1,
        Words(rf"(?<![^\W\d])(?:내일|낼|명일)(?:\s*중(?:으로|에)?)?{_TO_ANY}|{_BY}\b(?:tomorrow|tmrw?|tmw)\b"),
    ),
    (0, Words(rf"(?<![^\W\d])(?:오늘|금일)(?:\s*중(?:으로|에)?|\s*안에)?{_TO_ANY}|{_BY}\btoday\b")),
)
DATES = (
    Words(
        r"(?P<year>\d{4})\s*[-./년]\s*(?P<month_n>\d{1,2})\s*[-./월]\s*(?P<day>\d{1,2})(?:일|\.)?(?:\s*\(.\))?" + _TO
    ),
    Words(rf"(?:(?P<next>다음|담)\s*달|(?P<month_n>\d{{1,2}})\s*월)\s*(?P<day>\d{{1,2}})\s*일(?:\s*\(.\))?{_TO}"),
    Words(rf"(?:이번\s*달\s*)?(?<![\d월])(?P<day>\d{{1,2}})\s*일(?!\s*(?:간|동안|째|전|[뒤후]))(?:\s*\(.\))?{_TO}"),
    Words(
        rf"{_BY}(?:\b{_WEEKDAY},?\s+)?\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+(?P<year>\d{{4}}))?\b"
    ),
    Words(
        rf"{_BY}(?:\b{_WEEKDAY},?\s+)?\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?P<year>\d{{4}})\b)?"
    ),
    Words(r"\b(?:on|by|until|till|before)\s+the\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\b"),
    Words(rf"{_BY}(?<![\d/])(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})(?![\d/])(?:\s*\(.\))?{_TO}"),
    Words(rf"(?<![\d.])(?P<month_n>\d{{1,2}})\.\s?(?P<day>\d{{1,2}})\.(?!\d)(?:\s*\(.\))?{_TO}"),
)
MONTH_END = Words(
    rf"(?:(?:이번\s*달|이달|(?P<next>(?:다음|담)\s*달)|(?P<month_n>\d{{1,2}})\s*월)\s*말일?|월말|말일){_TO}"
    rf"|{_BY}(?:the\s+)?end of (?:(?:the |this )?month\b|(?P<en_next>next month\b)|{_MONTH})"
)
YEAR_END = Words(rf"(?<![^\W\d])연말{_TO}|{_BY}(?:the\s+)?end of (?:the |this )?year\b")
WEEK_DAY = (
    Words(
        rf"(?<![^\W\d])(?P<week>이번|다음|다다음|담)\s*주\s*(?:의\s*)?(?P<weekday>[월화수목금토일])(?:요일|욜)?{_TO}"
    ),
    Words(
        rf"(?<!지난)(?<!지난\s)(?<!지난주\s)(?<!지난\s주\s)(?:(?:이번|돌아오는|오는)\s*)?(?P<weekday>[월화수목금토일])(?:요일|욜){_TO_ANY}"
    ),
    Words(rf"{_BY}\b{_WEEKDAY}\s+(?P<week>next week)\b"),
    Words(rf"{_BY}(?:\b(?P<week>next)\s+)?(?<!last\s)\b{_WEEKDAY}(?!\w)"),
)
WEEK = Words(
    rf"(?<![^\W\d])(?:(?P<ko>이번|다음|다다음|담)\s*주(?P<weekend>\s*말)?|주말)(?:\s*중(?:으로|에)?|\s*내로|\s*안에)?{_TO}"
    rf"|{_BY}\b(?P<en>next week|this week|end of (?:the |this )?week|(?:the )?weekend)\b"
)
PAST_DAYS = Words(
    r"어제|그제|그저께|엊그제|지난\s*(?:주|달|[월화수목금토일]요일)|\byesterday\b|\blast\s+(?:week|month|night|mon|tue|wed|thu|"
    r"fri|sat|sun)|\bago\b|\d\s*(?:일|시간|주|달|개월|년)\s*전(?![^\W\d])|(?<![시\d])(?<!시\s)\d+\s*분\s*전(?![^\W\d])"
)

_KO_PART = r"(?P<part>오전|오후|새벽|아침|점심|낮|저녁|밤)"
_EN_PART = r"(?P<part_en>morning|afternoon|evening|night)"
_AM_PM = r"\s*(?P<half_day>[ap]\.?m\b\.?)"
CLOCKS = (
    Words(
        rf"(?:이따가?\s*)?(?:{_KO_PART}\s*)?{_RANGE}(?P<hour>(?<![\d.:])\d{{1,2}}|(?<![^\W\d])(?:{_KO_WORDS}))\s*시"
        r"(?!간|작|즌|리즈|장|계|급|점|스|선|청)(?:\s*(?:(?P<half>반)(?=까지|에|쯤|경|정도|\W|\d|\Z)|(?P<minute>\d{1,2})\s*분))?"
        rf"{_TO_ANY}(?:\s*사이에?)?"
    ),
    Words(rf"{_BY}(?<![\d:.])(?P<hour>\d{{1,2}})\.(?P<minute>\d{{2}}){_AM_PM}"),
    Words(rf"{_BY}(?:{_KO_PART}\s*)?(?<![\d:])(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?![\d:])(?:{_AM_PM})?{_TO_ANY}"),
    Words(
        rf"{_BY}(?:between\s+)?(?P<range>(?<![\d:.])\d{{1,2}}\s*(?:[~–-]|to|and)\s*)?(?<![\d:.])(?P<hour>\d{{1,2}}){_AM_PM}"
    ),
    Words(rf"{_BY}(?<![\d:.])(?P<hour>\d{{1,2}})\s+(?:in the|at)\s+{_EN_PART}\b"),
    Words(rf"\b{_EN_PART}\s+(?P<hour>\d{{1,2}})(?![\d:/%]|\.\d|\s*(?:%|[ap]\.?m\b|st|nd|rd|th))\b"),
    Words(rf"{_BY}\bhalf past (?P<past>{_EN})(?:{_AM_PM})?"),
    Words(rf"{_BY}(?<![\d:.])(?P<hour>{_EN})\s*o'?clock\b"),
    Words(
        r"(?:\b(?:by|at|before|until|till|around)\s+|@\s*)"
        r"(?P<hour>\d{1,2})(?![\d:/%]|\.\d|\s*(?:%|원|개|일|월|st|nd|th))\b"
    ),
)
NAMED_TIMES = (
    ("noon", Words(rf"(?<![^\W\d])정오{_TO}|{_BY}\b(?:noon|midday)\b")),
    ("midnight", Words(rf"(?<![^\W\d])자정{_TO}|{_BY}\bmidnight\b")),
    (
        "closing",
        Words(
            r"(?:퇴근|마감|영업\s*종료)\s*전(?:에|까지)?(?![^\W\d])"
            rf"|{_BY}(?:the\s+)?(?:end of (?:the |business )?day|eod|cob|close of business)\b"
        ),
    ),
)
# Morning, afternoon, evening.
PARTS = (
    Words(rf"(?<![^\W\d])(?:오전|아침)(?:\s*중(?:으로|에)?)?{_TO}|(?:\bin the\s+|{_BY})\bmorning\b"),
    Words(rf"(?<![^\W\d])오후(?:\s*중(?:으로|에)?)?{_TO}|(?:\bin the\s+|{_BY})\bafternoon\b"),
    Words(rf"(?<![^\W\d])(?:저녁|밤){_TO}|(?:\bin the\s+|{_BY})\b(?:evening|tonight)\b|\bat night\b"),
)
