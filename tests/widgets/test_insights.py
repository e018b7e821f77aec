"""Charts that can be read without colour, a page that fetches nothing, and text that stays text wherever it goes."""

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest

from cxdesk import i18n
from cxdesk.domain.facts import PROMISES
from cxdesk.domain.insights import Insights, JourneyReport, Report, compare, insights, point, stages, touches
from cxdesk.domain.journey import Way, rate
from cxdesk.domain.passages import passages
from cxdesk.domain.periods import Period, Unit, around, span
from cxdesk.domain.records import Feedback, Purchase, Ticket
from cxdesk.domain.timeline import Event, EventKind
from cxdesk.domain.words import Channel, Language, Topic
from cxdesk.widgets.heat import LEVELS, heat_lines, heat_table, level, spark
from cxdesk.widgets.insight_rows import figure_rows, period_name
from cxdesk.widgets.insight_sheet import csv_rows, html_page
from cxdesk.widgets.insights import flow_lines, formula_lines, heart_lines, part_lines, summary_lines, week_lines
from cxdesk.widgets.journey import journey_lines, person_lines, rule_lines, touch_lines
from cxdesk.widgets.lines import Line, width_of
from tests.screens.hands import NOW, SEOUL
from tests.widgets.hostile import HOSTILE, is_inert

MARCH = around(Unit.MONTH, date(2026, 3, 1))
COUNTS = {
    ("hour", ""): {10: 30, 34: 12, 167: 1},
    ("arrived", ""): {0: 43},
    ("arrived", "t:delivery"): {0: 30},
    ("arrived", "c:phone"): {0: 43},
    ("arrived", "g:"): {0: 13},
    ("arrived", "g:vip"): {0: 30},
    ("arrived", "s:purchase"): {0: 30},
    ("resolved", ""): {0: 40},
    ("left", ""): {0: 3},
    ("wait", ""): {50: 20, 60: 20},
    ("service", ""): {60: 40},
    ("service", "t:delivery"): {30: 30},
    ("first", ""): {0: 35, 1: 5},
    ("mood", "s:purchase"): {1 * 7 + 5: 20, 6 * 7 + 6: 10},
    ("told", ""): {0: 2, 1: 18, 2: 2},
    ("promise", ""): {PROMISES.index("kept"): 4, PROMISES.index("broken"): 1, PROMISES.index("open"): 1},
    ("answer", "csat"): {5: 6, 4: 2, 2: 1},
    ("answer", "stars"): {9: 4},  # a scale of another version
    ("answer_in", "csat/purchase"): {5: 6},
    ("touch", "phone/delivery"): {0: 1, 1: 20, 2: 6, 3: 3},
}


def report(period: Period = MARCH, *, before: bool = True) -> Report:
    now = insights(period, COUNTS, {})
    then = insights(period.step(-1), COUNTS if before else {}, {})
    points = tuple(point(first, last, {"arrived": {0: first.day}, "wait": {40: 2}}) for first, last in period.parts())
    return Report(now, then, compare(now, then), points)


def journey() -> JourneyReport:
    touchpoints = rate(touches(COUNTS), {"phone/delivery": 4}, 31)
    return JourneyReport(MARCH, stages(COUNTS), {Way.PURCHASE: 3, Way.LOYALTY: 2}, touchpoints)


def text_of(lines: list[Line]) -> str:
    return "\n".join("".join(text for text, _ in line) for line in lines)


def pages(width: int) -> Iterator[list[Line]]:
    made, empty = report(), insights(MARCH, {}, {})
    for table in (False, True):
        yield flow_lines(made, width, 24, table=table)
        yield week_lines(made.now, width, table=table)
        yield part_lines(made.now, width, table=table)
        yield heart_lines(made.now, width, table=table)
        yield week_lines(empty, width, table=table)
    yield summary_lines(made, width)
    yield summary_lines(report(before=False), width)
    yield formula_lines(width)
    yield journey_lines(journey(), width)
    yield touch_lines(journey().touchpoints, 0, width)
    yield rule_lines(width)


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("width", [76, 116, 196])
def test_every_page_fits_its_screen_in_both_languages(lang: Language, width: int) -> None:
    i18n.use(lang)
    for lines in pages(width):
        assert lines
        assert max(width_of(line) for line in lines) <= width


def test_levels_are_signs_and_numbers_not_colours() -> None:
    assert [level(n, 100) for n in (0, 1, 20, 21, 99, 100)] == [0, 1, 1, 2, 5, 5]
    assert len(set(LEVELS)) == 6
    hours = [0] * 168
    hours[10], hours[24 * 2 + 14] = 30, 3
    monday, tuesday, wednesday = heat_lines(hours, 100)[1:4]
    assert "█30" in text_of([monday])
    assert text_of([tuesday]).strip() == "화"
    assert "· 3" in text_of([wednesday])


def test_where_numbers_do_not_fit_the_signs_remain_and_the_table_has_the_numbers() -> None:
    hours = [n * 7 for n in range(168)]
    narrow = text_of(heat_lines(hours, 40))
    assert "█" in narrow
    assert "1169" in narrow  # in the key to the signs
    assert text_of(heat_table(hours)).splitlines()[-1].split()[-1] == str(sum(hours))


def test_a_sparkline_is_as_wide_as_its_values_or_its_room_and_leaves_gaps() -> None:
    assert spark([0.0, 4.0, None, 8.0], 20) == "▁▅ █"
    assert len(spark([1.0] * 500, 40)) == 40
    assert spark([], 10) == ""
    assert spark([0.0, 0.0], 10) == "▁▁"


def test_each_figure_says_what_it_rests_on_and_what_its_difference_amounts_to() -> None:
    rows = {row.id: row for row in figure_rows(report())}
    assert rows["told"].now == "90 % (18/20)"
    assert rows["kept"].now == "80 % (4/5)"
    assert rows["csat"].now == "89 % (n 9)"
    assert rows["ces"].now == "–"
    assert rows["first"].verdict == "noise"
    assert rows["first"].formula == "share"
    assert rows["arrived"].change == "+0 %" or rows["arrived"].verdict == "more"
    without = {row.id: row for row in figure_rows(report(before=False))}
    assert (without["wait"].verdict, without["wait"].change) == (None, "")


def test_below_five_there_is_no_percentage() -> None:
    few = insights(MARCH, {("told", ""): {1: 3, 2: 1}}, {})
    row = next(row for row in figure_rows(Report(few, few, {}, ())) if row.id == "told")
    assert row.now == "3/4"


def test_periods_are_written_as_people_write_them() -> None:
    assert period_name(MARCH) == "2026년 3월"
    assert period_name(around(Unit.DAY, date(2026, 11, 22))) == "2026. 11. 22.(일)"
    assert period_name(around(Unit.QUARTER, date(2026, 11, 22))) == "2026년 4분기"
    i18n.use(Language.EN)
    assert period_name(MARCH) == "2026-03"
    assert period_name(span(date(2026, 1, 2), date(2026, 3, 4))) == "2026-01-02 to 2026-03-04"


class Page(HTMLParser):
    """Notes what is opened and closed, and what a page would fetch or run."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.reaches: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "polyline"):
            self.open.append(tag)
        self.reaches += [
            name for name, _ in attrs if name in ("src", "href", "srcset", "data") or name.startswith("on")
        ]
        self.reaches += [tag] if tag in ("script", "link", "iframe", "object", "img", "base", "form") else []

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("meta", "polyline"):
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("lang", list(Language))
def test_the_owners_page_is_whole_and_fetches_nothing(lang: Language) -> None:
    i18n.use(lang)
    page = Page()
    made = html_page(report(), journey(), "봄날 & <Söhne>", NOW, SEOUL)
    page.feed(made)
    assert page.open == []
    assert page.reaches == []
    assert "http" not in made
    assert "url(" not in made
    assert "size: A4" in made
    assert "봄날 & <Söhne>" in page.text
    assert "90 % (18/20)" in page.text


@pytest.mark.parametrize("text", HOSTILE)
def test_the_name_of_the_shop_is_text_in_the_owners_page(text: str) -> None:
    page = Page()
    page.feed(html_page(report(), journey(), text, NOW, SEOUL))
    assert page.reaches == []
    assert is_inert(page.text.replace("\n", ""))


def test_a_page_of_nothing_is_a_page() -> None:
    empty = insights(MARCH, {}, {})
    nothing = JourneyReport(MARCH, stages({}), {}, ())
    made = html_page(Report(empty, empty, {}, ()), nothing, "", NOW, SEOUL)
    assert "이 기간에는 기록이 없습니다." in made
    assert list(csv_rows(Report(empty, empty, {}, ()), nothing))


def test_the_rows_for_a_spreadsheet_are_numbers() -> None:
    rows = list(csv_rows(report(), journey()))
    told = next(row for row in rows if row and row[0] == "지킨 대기 안내")
    assert told[1:5] == [0.9, 20, 0.9, 20]
    monday = next(row for row in rows if row and row[0] == "월")
    assert monday[11] == 30
    assert next(row for row in rows if row and row[0] == "전화 · 배송")[4] == 4


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_said_on_their_way_is_text(text: str) -> None:
    events = [
        Event(EventKind.CONTACT, NOW, Ticket("t1", 1, Channel.CHAT, NOW, NOW, NOW, "c1", Topic.PRICE), text),
        Event(EventKind.PURCHASE, NOW, Purchase("p1", "c1", "o1", text, 1, "KRW", NOW)),
        Event(EventKind.FEEDBACK, NOW, Feedback("f1", "c1", "t1", "csat", 5, NOW, text)),
    ]
    for line in person_lines(passages(events), SEOUL, NOW, 90):
        assert width_of(line) <= 90
        assert all(is_inert(part) for part, _ in line)


def test_nobody_has_a_way_of_nothing() -> None:
    assert "아직" in text_of(person_lines((), SEOUL, NOW, 80))
    assert text_of(touch_lines((), 0, 80)) == "이 기간에는 기록이 없습니다."


def test_no_figure_is_about_an_agent() -> None:
    names = {name for made in (Insights, Report, JourneyReport) for name in made.__annotations__}
    assert not [name for name in names if "agent" in name or "assignee" in name]
    assert not [row for row in csv_rows(report(), journey()) if any("상담사" in str(cell) for cell in row)]
