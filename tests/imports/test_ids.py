from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.imports.ids import MOST, RunIds, belongs_to
from cxdesk.imports.reasons import ImportRefused

moments = st.integers(0, 2**48 - 1)
nodes = st.integers(0, 2**48 - 1)


@given(moments, nodes, st.integers(0, MOST - 3))
def test_ids_of_a_run_rise_differ_and_belong_to_it(ms: int, node: int, start: int) -> None:
    run = RunIds(ms, node)
    run.count = start
    made = [run.run_id, run.mint(), run.mint(), run.mint()]
    assert made == sorted(set(made))
    assert all(belongs_to(row, run.run_id) for row in made)
    for row in made:
        assert UUID(row).version == 7
        assert UUID(row).int >> 80 == ms
        assert UUID(row).node == node


def test_ids_of_another_run_do_not_belong() -> None:
    one, other, later = RunIds(1000, 7), RunIds(1000, 8), RunIds(1001, 7)
    assert not belongs_to(other.mint(), one.run_id)
    assert not belongs_to(later.mint(), one.run_id)


def test_a_run_that_has_no_more_numbers_is_refused() -> None:
    run = RunIds(1, 1)
    run.count = MOST
    with pytest.raises(ImportRefused, match="too_many_rows"):
        run.mint()


def test_the_counter_carries_across_its_two_parts() -> None:
    run = RunIds(5, 5)
    run.count = (1 << 14) - 2
    made = [run.mint() for _ in range(4)]
    assert made == sorted(set(made))
