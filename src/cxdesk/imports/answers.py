"""A table of survey answers: which column is what, and each row as an answer or as the reason why it is none.

Who answered may stand in one column or in several (telephone, e-mail, order number, ticket number). The scale is a
column of its own beside the value, or the name of the value's column (``NPS``). Nothing is looked up here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from unicodedata import normalize

from cxdesk.domain.feedback import SCALES, fits
from cxdesk.domain.inert import inert_line
from cxdesk.domain.moments import Instant
from cxdesk.imports.cells import given
from cxdesk.imports.dates import read_moment
from cxdesk.imports.header import columns_by_name, find_column, normal
from cxdesk.imports.reasons import ImportRefused, Reject, Spoilt
from cxdesk.imports.table import Table

__all__ = ["WHO", "Read", "read_answers"]

WHO = ("ticket", "order", "phone", "email", "customer")
"""What can say who answered, the surest first; ``customer`` may hold any of the others."""

_NAMES: Mapping[str, tuple[str, ...]] = {
    "ticket": ("ticket", "ticket number", "ticket no", "ticket id", "문의번호", "문의", "상담번호", "접수번호"),
    "order": ("order", "order number", "order no", "order id", "주문번호"),
    "phone": ("phone", "phone number", "mobile", "tel", "전화번호", "전화", "휴대폰", "휴대폰번호", "연락처"),
    "email": ("email", "e-mail", "mail", "email address", "이메일", "메일", "메일주소"),
    "customer": ("customer", "who", "respondent", "고객", "응답자", "고객정보"),
    "scale": ("scale", "survey", "question", "척도", "지표", "설문"),
    "value": ("value", "score", "answer", "rating", "값", "점수", "응답", "평점"),
    "comment": ("comment", "comments", "feedback", "reason", "verbatim", "의견", "코멘트", "한마디", "남긴말", "사유"),
    "at": ("time", "at", "date", "submitted at", "responded at", "시각", "시간", "일시", "날짜", "응답일시", "응답일"),
    "csat": ("csat", "만족도", "고객만족도", "satisfaction"),
    "ces": ("ces", "고객노력지수", "노력지수", "effort score"),
    "nps": ("nps", "추천지수", "순추천지수", "추천의향", "likelihood to recommend"),
}
_SCALE_NAMES = {normal(name): scale for scale in SCALES for name in _NAMES[scale]}
_WHOLE = re.compile(r"(\d{1,3})(?:\.0+)?\s*(?:점)?")
_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Read:
    """One answer as it stands in row ``row``; ``who`` holds what was said of the person, by kind (``WHO``)."""

    row: int
    cells: tuple[str, ...]
    who: Mapping[str, str]
    scale: str
    value: int
    comment: str
    at: Instant


def read_answers(table: Table, tz: tzinfo, now: Instant) -> Iterator[Read | Reject]:
    """Every answer of a table, in order; times without an offset are wall clocks of ``tz``.

    Raises ``ImportRefused`` ``no_column`` when nothing says who, how much or when.
    """
    found = columns_by_name(table.header)
    places: dict[str, int] = {}
    for role, names in _NAMES.items():
        place = next((at for name in names if (at := find_column(found, name)) is not None), None)
        if place is not None and place not in places.values():
            places[role] = place
    _complete(places)
    for number, cells in table.rows():
        if isinstance(cells, Spoilt):
            yield Reject(number, cells.code, cells.values, ())
        elif len(cells) > len(table.header):
            yield Reject(number, "wrong_width", {"expected": len(table.header), "found": len(cells)}, tuple(cells))
        else:
            padded = (*cells, *("",) * (len(table.header) - len(cells)))
            yield from _row(number, padded, places, table.header, (tz, now))


def _complete(places: Mapping[str, int]) -> None:
    """Raises ``ImportRefused`` for the first thing no column says."""
    if not any(role in places for role in WHO):
        raise ImportRefused("no_column", column=_NAMES["phone"][0])
    if "value" not in places and not any(scale in places for scale in SCALES):
        raise ImportRefused("no_column", column=_NAMES["value"][0])
    if "at" not in places:
        raise ImportRefused("no_column", column=_NAMES["at"][0])


def _row(
    number: int,
    cells: tuple[str, ...],
    places: Mapping[str, int],
    header: tuple[str, ...],
    clock: tuple[tzinfo, Instant],
) -> Iterator[Read | Reject]:
    def said(role: str) -> str | None:
        return given(cells[places[role]]) if role in places else None

    def reject(code: str, role: str) -> Reject:
        return Reject(number, code, {"column": header[places[role]], "value": cells[places[role]].strip()}, cells)

    who = {role: text for role in WHO if (text := said(role)) is not None}
    if not who:
        yield Reject(number, "nobody", {}, cells)
        return
    at = _moment(said("at") or "", *clock)
    if isinstance(at, str):
        yield reject(at, "at")
        return
    comment = inert_line(said("comment") or "", 2000)
    if "value" in places:
        scale = _SCALE_NAMES.get(normal(said("scale") or ""), "") if "scale" in places else "csat"
        if not scale:
            yield reject("unknown_scale", "scale")
            return
        asked = [(scale, "value")]
    else:
        asked = [(scale, scale) for scale in SCALES if said(scale) is not None]
    for scale, role in asked:
        value = _value(said(role) or "")
        if value is None or not fits(scale, value):
            yield reject("out_of_scale", role)
        else:
            yield Read(number, cells, who, scale, value, comment, at)


def _moment(text: str, tz: tzinfo, now: Instant) -> Instant | str:
    """When, or the code of why that cannot be."""
    try:
        at = read_moment(text, tz)
    except ValueError as error:
        return str(error)
    return at if 0 <= at <= now + _DAY else "bad_time"


def _value(text: str) -> int | None:
    found = _WHOLE.fullmatch(normalize("NFKC", text).strip())
    return int(found[1]) if found else None
