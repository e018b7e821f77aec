import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.empathy.hearing.local import TRAIL, Layer, correct, from_json, to_json, undo

KEYS = tuple(range(100, 140))
SCORES = (64, 0, 0)


def taught(times: int, right: int = 1) -> Layer:
    layer = Layer(3)
    for _ in range(times):
        layer = correct(layer, KEYS, len(KEYS), SCORES, right)
    return layer


def test_a_correction_moves_its_message_towards_what_was_chosen() -> None:
    shift = taught(1).shift(KEYS, len(KEYS))
    assert shift[1] > 0 > shift[0]


def test_a_few_corrections_change_the_answer_and_leave_other_messages_alone() -> None:
    layer = taught(3)
    shifted = [score + move for score, move in zip(SCORES, layer.shift(KEYS, len(KEYS)), strict=True)]
    assert max(range(3), key=shifted.__getitem__) == 1
    assert layer.shift((1, 2, 3), 3) == [0, 0, 0]


@given(st.lists(st.tuples(st.sets(st.integers(0, 60), min_size=1), st.integers(0, 2)), max_size=TRAIL))
def test_every_correction_can_be_taken_back_exactly(lessons: list[tuple[set[int], int]]) -> None:
    layers = [Layer(3)]
    for keys, right in lessons:
        layers.append(correct(layers[-1], sorted(keys), len(keys), SCORES, right))
    for before in reversed(layers[:-1]):
        back = undo(layers[-1])
        assert back is not None
        layers[-1] = back
        assert back.weights == before.weights
        assert back.tally == before.tally
    assert undo(layers[-1]) is None


def test_only_the_last_twenty_can_be_taken_back() -> None:
    layer: Layer | None = taught(TRAIL + 5)
    for _ in range(TRAIL):
        assert layer is not None
        layer = undo(layer)
    assert layer is not None
    assert undo(layer) is None


def contrary(times: int) -> Layer:
    """Taught to answer 1 where 0 is right, again and again: each lesson is the opposite of the one before."""
    layer = Layer(3)
    for n in range(times):
        layer = correct(layer, KEYS, len(KEYS), SCORES, 0 if n % 4 else 1)
        layer = correct(layer, KEYS, len(KEYS), SCORES, 1 if n % 7 == 3 else 0)
    return layer


def test_it_is_not_used_while_it_does_worse_than_nothing() -> None:
    worse = Layer(3, {1: (0, 5, 0)}, tally=(12, 10, 6))
    assert not worse.on
    assert Layer(3, {1: (0, 5, 0)}, tally=(12, 6, 10)).on
    assert Layer(3, {1: (0, 5, 0)}, tally=(5, 4, 0)).on
    assert not Layer(3).on


def test_the_tally_says_what_would_have_been_right_before_each_lesson() -> None:
    assert taught(1).tally == (1, 0, 0)
    asked, without, with_layer = taught(6).tally
    assert (asked, without) == (6, 0)
    assert with_layer >= 3
    asked, without, with_layer = contrary(8).tally
    assert without > with_layer


def test_old_lessons_count_less() -> None:
    asked, _, _ = taught(100).tally
    assert asked <= 65


def test_it_stays_small_however_much_is_corrected() -> None:
    layer = Layer(3)
    for n in range(60):
        keys = range(n * 200, n * 200 + 200)
        layer = correct(layer, keys, 200, SCORES, 1)
    assert len(layer.weights) == 4_000


def test_it_survives_a_file_and_holds_no_text() -> None:
    layer = taught(3)
    state = json.loads(json.dumps(to_json(layer)))
    assert from_json(state, 3) == layer
    assert "a" not in json.dumps(state["weights"])


@pytest.mark.parametrize(
    "state",
    [
        None,
        {},
        [],
        {"classes": 4, "weights": {}, "trail": [], "tally": [0, 0, 0]},
        {"classes": 3, "weights": {"x": [0, 0, 0]}, "trail": [], "tally": [0, 0, 0]},
        {"classes": 3, "weights": {"1": [0, 0]}, "trail": [], "tally": [0, 0, 0]},
        {"classes": 3, "weights": {"1": [0, 0, 0.5]}, "trail": [], "tally": [0, 0, 0]},
        {"classes": 3, "weights": {"1": [0, 0, 10**9]}, "trail": [], "tally": [0, 0, 0]},
        {"classes": 3, "weights": [], "trail": [], "tally": [0, 0, 0]},
        {"classes": 3, "weights": {}, "trail": [[1]], "tally": [0, 0, 0]},
        {"classes": 3, "weights": {}, "trail": [], "tally": [0, 0]},
    ],
)
def test_a_state_that_does_not_fit_is_refused(state: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        from_json(state, 3)
