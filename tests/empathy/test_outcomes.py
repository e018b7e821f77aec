from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.outcomes import Tally
from cxdesk.empathy.outcomes import Experience


def test_a_line_nobody_said_does_as_well_as_all_lines_here_together() -> None:
    experience = Experience({"a": Tally(40, 40, 30)}, prior=20, explore=0)
    assert experience.likely("new") == 0.75
    assert experience.points("new", 1) == 0


def test_a_line_must_earn_its_place_against_the_average_of_the_shop() -> None:
    experience = Experience(
        {"once": Tally(1, 1, 1), "often": Tally(60, 60, 54), "rest": Tally(90, 90, 54)}, prior=20, explore=0
    )
    assert experience.points("often", 1) > experience.points("once", 1) > 0 > experience.points("rest", 1)
    assert experience.why("often") == ("worked",)
    assert experience.why("rest") == ()
    assert experience.why("once") == ("untested",)


@given(
    st.dictionaries(st.sampled_from("abc"), st.tuples(st.integers(0, 50), st.integers(0, 50))),
    st.integers(0, 40),
    st.integers(0, 9999),
)
def test_the_expected_share_is_between_nothing_and_all_and_the_dice_are_the_same_every_time(
    counts: dict[str, tuple[int, int]], prior: int, seed: int
) -> None:
    tallies = {name: Tally(known + 2, known, min(good, known)) for name, (known, good) in counts.items()}
    experience = Experience(tallies, prior=prior, explore=1.5)
    for name in "abcd":
        assert 0 <= experience.likely(name) <= 1
        assert experience.points(name, seed) == experience.points(name, seed)
        assert abs(experience.points(name, seed)) <= 5 + 1.5


def test_chance_lends_less_the_better_a_line_is_known() -> None:
    experience = Experience({"known": Tally(900, 900, 450)}, prior=20, explore=1)
    assert max(experience.points("known", seed) for seed in range(200)) < 0.03
    lent = [experience.points("new", seed) for seed in range(200)]
    assert min(lent) < 0.1
    assert max(lent) > 0.9
