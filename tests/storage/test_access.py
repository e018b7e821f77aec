import sqlite3

import pytest

from cxdesk.storage.access import Look, looked, looks
from cxdesk.storage.store import Store


@pytest.fixture
def seen(store: Store) -> Store:
    with store.transaction() as db:
        looked(db, "c1", ("phone", "email"), "list", 100, "a1")
        looked(db, "c1", ("phone",), "person", 200, None)
        looked(db, "c2", ("phone",), "list", 300, "a1")
    return store


def test_who_looked_at_what_and_why_is_kept_the_latest_first(seen: Store) -> None:
    assert looks(seen.db, "c1", 10) == (
        Look(200, None, "phone", "person"),
        Look(100, "a1", "email", "list"),
        Look(100, "a1", "phone", "list"),
    )


@pytest.mark.parametrize("sql", ["UPDATE access_log SET why = ''", "DELETE FROM access_log"])
def test_no_row_of_the_log_can_be_changed_or_taken_away(seen: Store, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="stay as they are"):
        seen.db.execute(sql)
    assert len(looks(seen.db, "c1", 10)) == 3
