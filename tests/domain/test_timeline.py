from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.records import Note
from cxdesk.domain.timeline import Event, EventKind, newest


def note(at: int, key: int) -> Event:
    return Event(EventKind.NOTE, at, Note(f"{key:04}", "c1", "메모", at))


events = st.builds(note, st.integers(0, 20), st.integers(0, 9999))
sources = st.lists(st.lists(events, max_size=8), max_size=5)


@given(sources, st.integers(1, 10))
def test_several_lists_become_one_newest_first(lists: list[list[Event]], most: int) -> None:
    ordered = [sorted(source, key=lambda event: event.mark, reverse=True) for source in lists]
    every = sorted((event for source in lists for event in source), key=lambda event: event.mark, reverse=True)
    assert [event.mark for event in newest(ordered, most)] == [event.mark for event in every[:most]]
