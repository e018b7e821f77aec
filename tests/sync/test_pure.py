"""Parts without a network: addresses, waiting, and the word for how a desk stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.sync.addresses import BadAddress, checked
from cxdesk.sync.backoff import BASE, CAP, OPENS_AFTER, PROBE, Backoff
from cxdesk.sync.status import CLOCK_OFF, Event, State, Status, after


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("desk.example.com", "https://desk.example.com"),
        (" https://desk.example.com/ ", "https://desk.example.com"),
        ("https://desk.example.com:8443/cx/", "https://desk.example.com:8443/cx"),
        ("http://127.0.0.1:8377", "http://127.0.0.1:8377"),
        ("http://localhost:8377", "http://localhost:8377"),
        ("http://[::1]:8377", "http://[::1]:8377"),
    ],
)
def test_an_address_that_can_be_used(text: str, meant: str) -> None:
    assert checked(text) == meant


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("http://desk.example.com", "not_https"),
        ("http://10.0.0.2", "not_https"),
        ("ftp://127.0.0.1", "not_https"),
        ("file:///etc/passwd", "unreadable"),
        ("https://me:secret@desk.example.com", "userinfo"),
        ("https://desk.example.com?x=1", "more"),
        ("https://desk.example.com#x", "more"),
        ("https://", "unreadable"),
        ("https://[::1", "unreadable"),
        ("https://desk.example.com:99999", "unreadable"),
        ("https://desk\n.example.com", "unreadable"),
        ("", "unreadable"),
    ],
)
def test_an_address_that_cannot(text: str, code: str) -> None:
    with pytest.raises(BadAddress) as raised:
        checked(text)
    assert raised.value.code == code


@given(st.lists(st.floats(0, 0.999), min_size=1, max_size=20), st.floats(0, 1e9))
def test_waits_double_up_to_the_probe_and_never_pass_it(dice: list[float], now: float) -> None:
    backoff = Backoff()
    for n, one in enumerate(dice, start=1):
        backoff = backoff.failed(now, one)
        bound = PROBE if n >= OPENS_AFTER else min(CAP, BASE * 2 ** (n - 1))
        assert backoff.wait(now) <= bound + 1e-3
        assert backoff.open == (n >= OPENS_AFTER)
    assert backoff.succeeded() == Backoff()


def test_five_failures_in_a_row_leave_one_probe_in_five_minutes() -> None:
    backoff = Backoff()
    for _ in range(OPENS_AFTER):
        backoff = backoff.failed(100.0, 0.0)
    assert backoff.wait(100.0) == PROBE


def test_what_the_server_asks_for_counts_up_to_an_hour() -> None:
    assert Backoff().failed(0.0, 0.0, retry_after=40.0).wait(0.0) == 40.0
    assert Backoff().failed(0.0, 0.0, retry_after=1e9).wait(0.0) == 3600.0
    assert Backoff().failed(0.0, 0.0, retry_after=-5.0).wait(0.0) == 0.0


@pytest.mark.parametrize(
    ("before", "event", "then"),
    [
        (State.NONE, Event.BEGUN, State.SYNCING),
        (State.ONLINE, Event.BEGUN, State.SYNCING),
        (State.OFFLINE, Event.BEGUN, State.OFFLINE),
        (State.PORTAL, Event.BEGUN, State.PORTAL),
        (State.SYNCING, Event.DONE, State.ONLINE),
        (State.OFFLINE, Event.DONE, State.ONLINE),
        (State.SYNCING, Event.UNREACHABLE, State.OFFLINE),
        (State.SYNCING, Event.UNAUTHORISED, State.LOGIN),
        (State.SYNCING, Event.STRANGER, State.PORTAL),
        (State.SYNCING, Event.OUTDATED, State.UPGRADE),
        (State.SYNCING, Event.REFUSED, State.REFUSED),
        (State.LOGIN, Event.LEFT, State.NONE),
    ],
)
def test_the_word_for_how_a_desk_stands(before: State, event: Event, then: State) -> None:
    assert after(Status(before), event, 5).state is then


def test_the_line_says_since_when_nobody_was_reached() -> None:
    status = after(after(Status(), Event.DONE, 1_000), Event.UNREACHABLE, 9_000, "deadline")
    assert (status.state, status.since, status.detail) == (State.OFFLINE, 1_000, "deadline")


def test_a_clock_that_is_off_is_said_once_the_server_was_reached() -> None:
    assert after(Status(offset=-CLOCK_OFF - 1), Event.DONE, 5).state is State.CLOCK
    assert after(Status(offset=CLOCK_OFF), Event.DONE, 5).state is State.ONLINE
