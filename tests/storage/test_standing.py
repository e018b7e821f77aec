import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.segments import DAY_MS, Rules, Summary, stand
from cxdesk.domain.words import Segment
from cxdesk.storage.standing import stands_in

NOW = 1_790_000_000_000
DB = sqlite3.connect(":memory:")

moments = st.none() | st.integers(NOW - 900 * DAY_MS, NOW + 2 * DAY_MS)
summaries = st.builds(
    lambda orders, spent, currency, one, other: Summary(
        orders=orders, spent=spent, currency=currency, first_at=one and min(one, other or one), last_at=other
    ),
    st.integers(0, 14),
    st.integers(-5_000, 2_000_000),
    st.sampled_from(["KRW", "USD", ""]),
    moments,
    moments,
)
rules = st.builds(
    Rules,
    vip_spent=st.integers(0, 2_000_000),
    vip_orders=st.integers(1, 12),
    regular_orders=st.integers(1, 8),
    risk_factor=st.floats(0.5, 5),
    risk_days=st.integers(0, 200),
)


@given(summaries, rules)
def test_a_search_and_the_screen_put_everybody_into_the_same_segment(summary: Summary, rules: Rules) -> None:
    figures = (summary.orders, summary.spent, summary.currency, summary.first_at, summary.last_at)
    line = "(SELECT ? AS orders, ? AS spent, ? AS currency, ? AS first_at, ? AS last_at) r"
    found = []
    for segment in Segment:
        condition, values = stands_in(segment, NOW, rules)
        sql = f"SELECT 1 FROM {line} WHERE {condition}"  # noqa: S608 - constants
        if DB.execute(sql, (*figures, *values)).fetchone():
            found.append(segment)
    assert found == [stand(summary, NOW, rules).segment]
