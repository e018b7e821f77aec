from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.widgets.chart import Chart, Series, draw
from cxdesk.widgets.lines import Line, width_of

values = st.one_of(st.none(), st.floats(0, 1e6))
kinds = st.sampled_from(["bars", "ranges", "curves"])


@st.composite
def charts(draw_: st.DrawFn) -> Chart:
    kind: Any = draw_(kinds)
    labels = tuple(draw_(st.lists(st.sampled_from(["09:00", "지금대로 2명", "a", ""]), min_size=1, max_size=12)))
    count = 3 if kind == "ranges" else draw_(st.integers(1, 4))
    series: list[Series] = []
    for n in range(count):
        column = [draw_(values) for _ in labels]
        if kind == "ranges" and n:
            below = series[-1].values
            column = [None if v is None or b is None else max(v, b) for v, b in zip(column, below, strict=True)]
        series.append(Series(f"줄 {n}", tuple(column)))
    return Chart("제목", kind, labels, tuple(series), lambda value: f"{value:.0f}명")


def plain(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


@given(charts(), st.integers(60, 200), st.integers(3, 20))
def test_a_chart_fits_its_width_and_so_does_its_table(chart: Chart, width: int, height: int) -> None:
    for table in (False, True):
        lines = draw(chart, width, height, table=table)
        assert max(map(width_of, lines)) <= width
        assert plain(lines)[0] == "제목"


@given(charts())
def test_the_table_holds_every_value_of_the_chart(chart: Chart) -> None:
    rows = plain(draw(chart, 120, table=True))[2:]
    assert len(rows) == len(chart.labels)
    for n, row in enumerate(rows):
        for series in chart.series:
            value = series.values[n]
            assert ("–" if value is None else chart.say(value)) in row


def test_bars_are_as_long_as_their_values() -> None:
    chart = Chart("t", "bars", ("a", "b", "c", "d"), (Series("s", (4.0, 2.0, 0.0, None)),))
    lengths = [row.count("█") for row in plain(draw(chart, 60))[1:]]
    assert lengths == [48, 24, 0, 0]
    assert plain(draw(chart, 60))[3].rstrip().endswith(" 0")
    assert plain(draw(chart, 60))[4].rstrip().endswith("–")


def test_a_value_above_nothing_is_never_drawn_as_nothing() -> None:
    chart = Chart("t", "bars", ("a", "b"), (Series("s", (1000.0, 0.001)),))
    assert "▏" in plain(draw(chart, 60))[2]


def test_a_range_marks_its_middle_between_its_ends() -> None:
    chart = Chart("t", "ranges", ("a",), (Series("l", (1.0,)), Series("m", (2.0,)), Series("h", (5.0,))))
    stroke = plain(draw(chart, 60))[1]
    assert stroke.index("├") < stroke.index("●") < stroke.index("┤")
    assert "1 · 2 · 5" in stroke


def test_a_range_of_nothing_known_is_a_dash() -> None:
    chart = Chart("t", "ranges", ("a",), (Series("l", (None,)), Series("m", (None,)), Series("h", (None,))))
    assert "●" not in plain(draw(chart, 60))[1]
    assert "– · – · –" in plain(draw(chart, 60))[1]


def test_curves_are_told_apart_without_colour() -> None:
    chart = Chart("t", "curves", ("0", "1"), (Series("up", (0.0, 9.0)), Series("down", (9.0, 0.0))))
    *grid, under, legend = plain(draw(chart, 60, 5))[1:]
    assert grid[0].rstrip().endswith("●")
    assert grid[-1].rstrip().endswith("○")
    assert grid[0].startswith("9 ┤○")
    assert under.split() == ["0", "1"]
    assert ("● up" in legend, "○ down" in legend) == (True, True)


def test_a_curve_is_broken_where_nothing_is_known() -> None:
    chart = Chart("t", "curves", ("0", "1", "2", "3"), (Series("s", (5.0, None, None, 5.0)),))
    drawn = "".join(plain(draw(chart, 40, 5))[1:-1])
    assert drawn.count("●") <= 2


@pytest.mark.parametrize("kind", ["bars", "curves"])
def test_a_chart_of_nothing_is_drawn(kind: str) -> None:
    chart = Chart("t", kind, ("a",), (Series("s", (None,)),))  # type: ignore[arg-type]
    assert len(draw(chart, 60)) > 1
