from dataclasses import replace

import pytest

from cxdesk.domain.changes import Change, Stamp, insert
from cxdesk.domain.likeness import Surety
from cxdesk.domain.merging import apart
from cxdesk.domain.records import Customer, Identity, Record
from cxdesk.domain.words import Language
from cxdesk.storage import duplicates
from cxdesk.storage.rows import fetch_all
from cxdesk.storage.store import Store

DOOR = "서울 마포구 연남동 12-3"


def person(key: str, name: str = "김민지", address: str | None = None) -> Customer:
    return Customer(key, name, Language.KO, address)


def reach(key: str, kind: str, value: str) -> Identity:
    return Identity(f"{key}{kind}{value}", key, kind, value, value)


def keep(store: Store, stamp: Stamp, *records: Record) -> None:
    store.commit(Change("new", tuple(insert(record) for record in records)), stamp)


def pairs(store: Store, most: int = 50) -> list[tuple[str, str, Surety]]:
    return [(p.one.id, p.likeness.other.id, p.likeness.surety) for p in duplicates.pairs(store.db, most)]


def alike(store: Store, key: str) -> list[str]:
    (who,) = fetch_all(store.db, Customer, "id = ?", key)
    return [one.other.id for one in duplicates.of(store.db, who, fetch_all(store.db, Identity, "customer_id = ?", key))]


def test_the_same_number_or_address_makes_a_pair_with_its_reason(store: Store, stamp: Stamp) -> None:
    keep(
        store,
        stamp,
        *(person(key) for key in ("c1", "c2", "c3")),
        reach("c1", "phone", "01012345678"),
        reach("c2", "phone", "01012345678"),
        reach("c2", "email", "minji@example.com"),
        reach("c3", "email", "minji@example.com"),
    )
    assert pairs(store) == [("c1", "c2", Surety.SURE), ("c2", "c3", Surety.SURE)]
    assert alike(store, "c2") == ["c1", "c3"]


@pytest.mark.parametrize("value", ["050412345678", "010****5678", "15881234"])
def test_a_number_that_is_nobodys_own_makes_none(store: Store, stamp: Stamp, value: str) -> None:
    keep(store, stamp, person("c1"), person("c2"), reach("c1", "phone", value), reach("c2", "phone", value))
    assert pairs(store) == []
    assert alike(store, "c1") == []


def test_one_door_makes_a_pair_of_one_name_and_a_weak_one_of_a_near_name(store: Store, stamp: Stamp) -> None:
    people = (person("c1", address=DOOR), person("c2", address=DOOR), person("c3", "김민자", DOOR))
    keep(store, stamp, *people, person("c4", "박서준", DOOR))
    assert pairs(store) == [("c1", "c2", Surety.LIKELY), ("c1", "c3", Surety.WEAK), ("c2", "c3", Surety.WEAK)]
    assert alike(store, "c4") == []


def test_what_very_many_have_says_nothing_and_does_not_hide_the_rest(store: Store, stamp: Stamp) -> None:
    crowd = [person(f"c{n:02}", address=DOOR) for n in range(12)]
    keep(store, stamp, *crowd, *(reach(one.id, "phone", "0212345678") for one in crowd))
    keep(store, stamp, reach("c01", "email", "minji@example.com"), reach("c02", "email", "minji@example.com"))
    assert pairs(store) == [("c01", "c02", Surety.SURE)]


def test_who_was_merged_or_found_to_be_two_is_not_offered(store: Store, stamp: Stamp) -> None:
    same = [reach(key, "phone", "01012345678") for key in ("c1", "c2", "c3")]
    keep(store, stamp, person("c1"), person("c2"), replace(person("c3"), merged_into="c1"), *same)
    assert pairs(store) == [("c1", "c2", Surety.SURE)]
    keep(store, stamp, apart("c2", "c1", stamp))
    assert pairs(store) == []


def test_no_more_pairs_than_were_asked_for(store: Store, stamp: Stamp) -> None:
    for n in range(6):
        number = f"0101234567{n}"
        one, other = f"a{n}", f"b{n}"
        keep(store, stamp, person(one), person(other), reach(one, "phone", number), reach(other, "phone", number))
    assert len(pairs(store, 4)) == 4
