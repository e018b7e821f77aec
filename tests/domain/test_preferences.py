import pytest

from cxdesk.domain.moments import DAY
from cxdesk.domain.preferences import CHOICES, choice_of, kind_of, newest, same_as, stale
from cxdesk.domain.records import Preference
from cxdesk.domain.words import Language
from cxdesk.i18n import t_in

NOW = 1_790_000_000_000


def liked(key: str, value: str, days_ago: int = 0) -> Preference:
    return Preference(f"{key}{days_ago}", "c1", key, value, "contact", NOW - days_ago * DAY)


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("kind", CHOICES)
def test_what_is_offered_is_known_again_in_either_language(language: Language, kind: str) -> None:
    assert kind_of(t_in(language, f"preference.{kind}")) == kind
    for choice in CHOICES[kind]:
        said = choice if kind == "size" else t_in(language, f"preference.{kind}.{choice}")
        assert choice_of(kind, said) == choice


def test_anything_else_is_a_preference_without_a_kind() -> None:
    assert kind_of("향") is None
    assert choice_of(None, "라벤더") is None
    assert choice_of("size", "95") is None
    assert choice_of("wrap", "전화") is None


def test_the_newest_of_each_kind_stands_for_it_whatever_language_it_was_written_in() -> None:
    known = (liked("사이즈", "M", 300), liked("size", "L", 10), liked("향", "라벤더", 5), liked("향", "숲", 50))
    assert [(one.key, one.value) for one in newest(known)] == [("향", "라벤더"), ("size", "L")]


def test_forgetting_one_means_all_of_its_kind() -> None:
    same = same_as(liked("사이즈", "M"))
    assert [same(one) for one in (liked("size", "L"), liked("치수", "S"), liked("색상", "먹색"))] == [True, True, False]


@pytest.mark.parametrize(
    ("key", "days", "old"), [("사이즈", 365, False), ("사이즈", 366, True), ("색상", 400, False), ("향", 366, True)]
)
def test_what_was_said_long_ago_is_to_be_asked_again(key: str, days: int, old: bool) -> None:
    assert stale(liked(key, "M", days), NOW) is old
