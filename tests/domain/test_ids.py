import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.ids import hlc_ms, hlc_text, read_hlc, receive, tick, uuid7

ms = st.integers(0, 2**47 - 1)
stamps = st.integers(0, 2**63 - 2)


def test_an_id_is_the_example_of_the_standard() -> None:
    assert uuid7(0x017F22E279B0, 0xCC3 << 62 | 0x18C4DC0C0C07398F) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(ms, st.integers(0, 2**80))
def test_an_id_is_a_version_7_uuid(now: int, rand: int) -> None:
    made = uuid.UUID(uuid7(now, rand))
    assert (made.version, made.variant, made.int >> 80) == (7, uuid.RFC_4122, now)


@given(ms, ms, st.integers(0, 2**74 - 1), st.integers(0, 2**74 - 1))
def test_ids_sort_by_time(one: int, two: int, rand: int, other: int) -> None:
    if one < two:
        assert uuid7(one, rand) < uuid7(two, other)


@given(st.integers(0, 2**40), st.lists(st.integers(0, 2**40), min_size=1))
def test_the_clock_never_goes_back_whatever_the_wall_clock_does(last: int, times: list[int]) -> None:
    for now in times:
        after = tick(last, now)
        assert after > last
        assert hlc_ms(after) >= now
        last = after


@given(stamps, stamps, ms)
def test_what_is_received_lies_before_what_comes_next(last: int, remote: int, now: int) -> None:
    after = receive(last, remote, now)
    assert after > max(last, remote)
    assert hlc_ms(after) >= now


def test_a_full_counter_carries_into_the_milliseconds() -> None:
    assert hlc_ms(tick(5 << 16 | 0xFFFF, 5)) == 6


@given(stamps, stamps)
def test_stamps_sort_as_text_as_they_do_as_numbers(one: int, two: int) -> None:
    assert (hlc_text(one) < hlc_text(two)) == (one < two)
    assert read_hlc(hlc_text(one)) == one


@pytest.mark.parametrize("text", ["", "12", "zz", "000000000000000G", "00000000000000AB", " 00000000000000ab"])
def test_a_stamp_in_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_hlc(text)
