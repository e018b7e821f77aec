"""What is rebuilt from the history is what was learned along the way."""

from __future__ import annotations

import json
import random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from cxdesk.wait import Credit, Event, WaitEstimator, differences, rebuild, tell
from cxdesk.wait.history import Verb
from tests.wait.desks import PRIOR

POLICY = Credit({"vip": 90.0})
FEW = settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
MOMENTS = st.integers(0, 3000).map(float)
LIVES: tuple[tuple[Verb, ...], ...] = (
    (),
    ("abandon",),
    ("start",),
    ("start", "end"),
    ("start", "park", "resume", "end"),
    ("transfer", "start", "requeue", "start", "end"),
)


@st.composite
def contacts(draw: st.DrawFn) -> list[Event]:
    """A morning: agents come and go, contacts arrive, wait, are served, put on hold, sent back or lost."""
    events = []
    for k in range(draw(st.integers(0, 3))):
        came, stayed, agent = draw(MOMENTS), draw(MOMENTS), f"a{k}"
        until = draw(st.sampled_from([None, came + stayed + 600.0]))
        leave = Event(came + stayed, "agent", agent=agent, state=draw(st.sampled_from(["break", "off"])), until=until)
        events += [Event(came, "agent", agent=agent), leave]
    for k in range(draw(st.integers(1, 8))):
        at, cid = draw(MOMENTS), f"c{k}"
        topic, cls = draw(st.sampled_from(["card", "tax"])), draw(st.sampled_from(["vip", "normal"]))
        events.append(Event(at, "arrive", cid, cls=cls, topic=topic))
        for verb in draw(st.sampled_from(LIVES)):
            at += draw(MOMENTS) / 4
            events.append(Event(at, verb, cid, agent=f"a{k % 3}", cls=cls, topic="tax"))
    return events


@FEW
@given(contacts(), st.randoms(use_true_random=False))
def test_a_history_in_any_order_gives_the_state_that_was_learned_as_it_happened(
    events: list[Event], chance: random.Random
) -> None:
    live = WaitEstimator(prior=PRIOR, policy=POLICY)
    for event in sorted(events, key=lambda event: event.turn):
        tell(live, event)
    live.queue(9e9)
    chance.shuffle(events)
    again = rebuild(events, prior=PRIOR, policy=POLICY)
    assert differences(live, again) == []
    assert again.save() == live.save()


@FEW
@given(contacts(), st.integers(0, 40))
def test_what_was_kept_and_went_on_is_what_is_rebuilt_from_the_start(events: list[Event], cut: int) -> None:
    events.sort(key=lambda event: event.turn)
    early = rebuild(events[:cut], prior=PRIOR, policy=POLICY)
    kept = WaitEstimator.load(json.loads(json.dumps(early.save())), prior=PRIOR, policy=POLICY)
    for event in events[cut:]:
        tell(kept, event)
    whole = rebuild(events, prior=PRIOR, policy=POLICY)
    assert differences(kept, whole) == []
    end = max(event.t for event in events) + 60.0
    assert kept.queue(end) == whole.queue(end)


def test_what_was_learned_differently_is_named() -> None:
    events = [Event(0.0, "agent", agent="a"), Event(1.0, "arrive", "c"), Event(2.0, "start", "c", agent="a")]
    short = rebuild([*events, Event(60.0, "end", "c")], prior=PRIOR)
    long = rebuild([*events, Event(600.0, "end", "c")], prior=PRIOR)
    assert differences(short, long) == ["desk", "topics", "drift"]
    assert differences(short, short) == []


def test_at_one_moment_a_service_ends_before_the_next_begins_and_agents_leave_last() -> None:
    moment = [
        Event(5.0, "agent", agent="b", state="off"),
        Event(5.0, "start", "new", agent="a"),
        Event(5.0, "arrive", "new"),
        Event(5.0, "end", "old"),
        Event(5.0, "agent", agent="b"),
    ]
    order = [(event.verb, event.state) for event in sorted(moment, key=lambda event: event.turn)]
    assert order == [("end", "on"), ("agent", "on"), ("arrive", "on"), ("start", "on"), ("agent", "off")]
