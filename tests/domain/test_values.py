import copy
import dataclasses
import pickle
from dataclasses import asdict, fields, is_dataclass, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain import values
from cxdesk.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """A value with every kind of field."""

    id: str
    n: int = 0
    tags: list[str] = dataclasses.field(default_factory=list)

    @property
    def twice(self) -> int:
        """Twice ``n``."""
        return 2 * self.n


@dataclass(frozen=True, slots=True)
class Special(Thing):
    """A value that inherits."""

    why: str = "because"


@dataclass(frozen=True, slots=True)
class Nothing:
    """A value without fields."""


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """What ``Thing`` would be with the standard decorator."""

    id: str
    n: int = 0
    tags: list[str] = dataclasses.field(default_factory=list)


def test_it_is_a_dataclass_to_the_standard_library() -> None:
    thing = Thing("a", 3)
    assert is_dataclass(thing)
    assert [field.name for field in fields(Special)] == ["id", "n", "tags", "why"]
    assert asdict(Special("a", 1)) == {"id": "a", "n": 1, "tags": [], "why": "because"}
    assert replace(thing, n=4) == Thing("a", 4)
    assert Thing.__doc__ == "A value with every kind of field."
    assert thing.twice == 6


@given(st.text(), st.integers(), st.lists(st.text()))
def test_it_behaves_as_the_standard_one(key: str, n: int, tags: list[str]) -> None:
    ours, standard = Thing(key, n, tags), Standard(key, n, tags)
    assert asdict(ours) == asdict(standard)
    assert repr(ours) == repr(standard).replace("Standard", "Thing")
    assert (ours == Thing(key, n, list(tags))) is (standard == Standard(key, n, list(tags))) is True
    assert (ours == Thing(key, n + 1, tags)) is (standard == Standard(key, n + 1, tags)) is False


def test_values_of_two_classes_are_never_equal() -> None:
    assert Thing("a") != Special("a")
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())


def test_equal_values_are_one_key() -> None:
    assert len({Setting("a", 1), Setting("a", 1), Setting("a", 2)}) == 2


@dataclass(frozen=True, slots=True)
class Setting:
    """A value that can be hashed."""

    id: str
    value: int


def test_it_cannot_be_changed() -> None:
    thing: Any = Thing("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        thing.n = 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        del thing.n
    with pytest.raises(dataclasses.FrozenInstanceError):
        thing.unknown = 1
    assert not hasattr(thing, "__dict__")


def test_every_value_has_its_own_default() -> None:
    assert Thing("a").tags is not Thing("a").tags


def test_it_matches_and_is_copied_and_pickled() -> None:
    special = Special("a", 1, ["x"], "why")
    match special:
        case Special(key, n, tags, why):
            assert (key, n, tags, why) == ("a", 1, ["x"], "why")
    assert copy.deepcopy(special) == special
    assert pickle.loads(pickle.dumps(special)) == special


def test_what_it_is_not_for_is_refused() -> None:
    with pytest.raises(TypeError, match="frozen"):
        values.value(frozen=False, slots=True)
    with pytest.raises(TypeError, match="argument"):
        Thing()  # type: ignore[call-arg]
