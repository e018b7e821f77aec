"""Nonsense in, something sober out: nothing raises, nothing is negative or out of order."""

from __future__ import annotations

import json
import math
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.wait import Credit, Prior, Strict, Wait, WaitEstimator
from tests.wait.desks import PRIOR, desk, line, occupy

IDS = st.sampled_from(["a", "b", "c", "d", "", "가"])
WHO = st.sampled_from(["x", "y", "z"])
TIMES = st.one_of(st.floats(0, 5000), st.floats(-1e9, 1e12), st.sampled_from([math.nan, math.inf, -math.inf, 0.0]))
VERBS = st.sampled_from(
    ["arrive", "start", "end", "abandon", "transfer", "park", "resume", "requeue", "agent", "schedule"]
)
TOPICS = st.sampled_from(["other", "refund", ""])
STATES: list[Literal["on", "break", "off"]] = ["on", "break", "off"]
EVENT = st.tuples(VERBS, IDS, TIMES, WHO, TOPICS, st.sampled_from(STATES), TIMES, st.booleans())


def sober(w: Wait) -> None:
    if w.p50 is None:
        assert w.p10 is None
        assert w.p90 is None
        assert w.mean is None
        assert w.state in ("no_agents", "stale")
    else:
        assert w.p10 is not None
        assert w.p90 is not None
        assert 0.0 <= w.p10 <= w.p50 <= w.p90 <= 43_200.0
        assert w.state != "no_agents"
    assert w.ahead >= 0.0


@settings(max_examples=60, deadline=None)
@given(st.lists(EVENT, max_size=40), TIMES)
def test_any_stream_of_events_gives_sober_answers(
    events: list[tuple[str, str, float, str, str, Literal["on", "break", "off"], float, bool]], ask: float
) -> None:
    est = WaitEstimator(prior=PRIOR, policy=Credit({"vip": 90.0}))
    for verb, cid, t, who, topic, state, other, flag in events:
        match verb:
            case "arrive":
                est.arrive(cid, t, "vip" if flag else "normal", topic, "chat" if flag else "phone")
            case "start":
                est.start(cid, t, who)
            case "end":
                est.end(cid, t)
            case "abandon":
                est.abandon(cid, t)
            case "transfer":
                est.transfer(cid, t, topic)
            case "park":
                est.park(cid, t)
            case "resume":
                est.resume(cid, t, who)
            case "requeue":
                est.requeue(cid, t)
            case "agent":
                est.agent(who, t, state, other if flag else None, frozenset({topic}) if flag else None)
            case _:
                est.schedule(who, [(t, other), (other, t)])
    for w in est.queue(ask):
        sober(w)
        sober(est.estimate(w.id, ask))
        est.explain(w.id, ask)
    sober(est.would_wait(ask, "vip", "refund"))
    sober(est.estimate("nobody", ask))
    est.quality(ask, 604_800.0)
    copy = WaitEstimator.load(json.loads(json.dumps(est.save())), prior=PRIOR, policy=Credit({"vip": 90.0}))
    assert copy.queue(ask) == est.queue(ask)


def test_broken_state_is_a_fresh_desk() -> None:
    for state in ({}, {"version": 1, "memory": 3, "floor": []}, {"version": 1, "memory": {"now": {"desk": [1]}}}):
        est = WaitEstimator.load(state, prior=PRIOR)
        est.agent("a", 0.0, "on")
        assert est.would_wait(1.0).p50 == 0.0


def test_nobody_on_duty_gives_no_number() -> None:
    est, t = desk(2)
    est.agent("a0", t, "off")
    est.agent("a1", t, "off")
    est.arrive("w", t + 1.0)
    w = est.estimate("w", t + 2.0)
    assert w.state == "no_agents"
    assert w.p10 is w.p50 is w.p90 is w.mean is None
    assert est.would_wait(t + 2.0).p50 is None
    assert est.explain("w", t + 2.0).agents_on == 0


def test_a_known_return_gives_a_number_and_is_explained() -> None:
    est, t = desk(1)
    est.agent("a0", t, "break", until=t + 1800.0)
    est.arrive("w", t + 1.0)
    w = est.estimate("w", t + 1.0)
    assert w.p50 is not None
    assert 1780.0 <= w.p50 <= 1900.0
    assert est.explain("w", t + 1.0).next_back_at == t + 1800.0


def test_a_planned_lunch_lengthens_the_wait() -> None:
    est, t = desk(3)
    occupy(est, t + 1.0, 3)
    line(est, t + 2.0, 6)
    before = est.estimate("w5", t + 2.0).p50
    for k in range(3):
        est.schedule(f"a{k}", [(t + 200.0, t + 2000.0)])
    after = est.estimate("w5", t + 2.0).p50
    assert before is not None
    assert after is not None
    assert after > before + 600.0


def test_little_data_is_cold_and_wide() -> None:
    est = WaitEstimator(prior=PRIOR)
    est.agent("a0", 0.0, "on")
    est.arrive("b", 1.0)
    est.start("b", 1.0, "a0")
    est.arrive("w", 2.0)
    w = est.estimate("w", 2.0)
    assert w.state == "cold"
    assert w.p10 is not None
    assert w.p90 is not None
    assert w.p90 > 4.0 * w.p10
    assert w.basis.n_services == 0


def test_an_end_without_a_start_teaches_nothing() -> None:
    est, t = desk(2)
    before = est.estimate("nobody", t).basis.n_services
    est.end("ghost", t + 5.0)
    est.arrive("w", t + 6.0)
    est.end("w", t + 9.0)
    assert est.estimate("w", t + 10.0).basis.n_services == before
    assert est.queue(t + 10.0) == []


def test_ten_hours_and_one_second_do_not_upset_the_mean() -> None:
    est, t = desk(2, history=200)
    before = est.explain("x", t).mean_service_s
    for k, seconds in enumerate((36_000.0, 1.0, 0.0)):
        est.start(f"odd{k}", t, "a0")
        t += seconds
        est.end(f"odd{k}", t)
    est.agent("a0", t, "on")
    assert 0.8 * before < est.explain("x", t).mean_service_s < 1.3 * before


def test_chats_of_one_agent_are_slots_and_a_forgotten_call_is_not() -> None:
    est, t = desk(1, history=30)
    for k in range(3):
        est.arrive(f"chat{k}", t, channel="chat")
        est.start(f"chat{k}", t, "a0")
    est.arrive("w", t + 1.0)
    three = est.estimate("w", t + 1.0).p50
    other, _ = desk(1, history=30)
    for k in range(3):
        other.arrive(f"call{k}", t)
        other.start(f"call{k}", t, "a0")
    other.arrive("w", t + 1.0)
    one = other.estimate("w", t + 1.0).p50
    assert three is not None
    assert one is not None
    assert three < 0.6 * one


def test_a_contact_on_hold_frees_its_agent() -> None:
    est, t = desk(1)
    est.arrive("b", t)
    est.start("b", t, "a0")
    est.arrive("w", t + 1.0)
    busy = est.estimate("w", t + 60.0).p50
    n = est.estimate("w", t + 60.0).basis.n_services
    est.park("b", t + 60.0)
    held = est.estimate("w", t + 60.0)
    assert busy is not None
    assert held.p50 is not None
    assert held.p50 < busy
    assert held.basis.n_services == n
    est.start("w", t + 61.0, "a0")
    est.end("w", t + 100.0)
    est.resume("b", t + 100.0, "a0")
    est.end("b", t + 160.0)
    assert est.estimate("b", t + 160.0).basis.n_services == n + 2


def test_an_agent_who_forgot_to_log_off_is_not_counted_on_for_ever() -> None:
    est, t = desk(2)
    est.arrive("b", t)
    est.start("b", t, "a0")
    for k in range(4):
        est.arrive(f"w{k}", t + 1.0)
    soon = est.estimate("w3", t + 2.0).p50
    est.transfer("w3", t + 9000.0, "other")
    late = est.explain("w3", t + 9000.0)
    assert soon is not None
    assert late.agents_on == 2
    much = est.estimate("w3", t + 9000.0).p50
    assert much is not None
    assert much > soon


def test_a_reopened_contact_waits_again() -> None:
    est, t = desk(1)
    est.arrive("b", t)
    est.start("b", t, "a0")
    est.arrive("w", t)
    est.arrive("w", t + 50.0)
    assert est.explain("w", t + 60.0).waited_s == 60.0
    est.start("w", t + 70.0, "a0")
    assert est.estimate("w", t + 71.0).p50 == 0.0
    est.end("w", t + 90.0)
    est.arrive("w", t + 100.0)
    assert est.estimate("w", t + 100.0).position == 1
    est.start("w", t + 110.0, "a0")
    est.requeue("w", t + 120.0)
    assert est.estimate("w", t + 121.0).position == 1


def test_skills_give_each_topic_its_own_queue() -> None:
    est, t = desk(2)
    est.agent("a0", t, "on", skills=frozenset({"tax"}))
    est.agent("a1", t, "on", skills=frozenset({"card"}))
    for k, topic in enumerate(("tax", "card")):
        est.arrive(f"b{k}", t, topic=topic)
        est.start(f"b{k}", t, f"a{k}")
    for k in range(6):
        est.arrive(f"tax{k}", t + 1.0, topic="tax")
    est.arrive("card0", t + 2.0, topic="card")
    tax, card = est.estimate("tax5", t + 3.0), est.estimate("card0", t + 3.0)
    assert tax.p50 is not None
    assert card.p50 is not None
    assert card.p50 < 0.5 * tax.p50
    est.arrive("odd", t + 4.0, topic="nobody knows")
    assert est.estimate("odd", t + 5.0).state == "no_agents"


def test_a_class_with_no_room_left_is_said_to_be_overloaded() -> None:
    est, t = desk(2, policy=Strict(("vip", "normal")), prior=Prior(aht=300.0))
    est.arrive("n", t)
    for k in range(400):
        est.arrive(f"v{k}", t + 2.0 * k, "vip")
    assert est.estimate("n", t + 801.0).state == "overload"


def test_silence_is_stale() -> None:
    est, t = desk(1)
    est.arrive("b", t)
    est.start("b", t, "a0")
    est.arrive("w", t + 1.0)
    assert est.estimate("w", t + 2.0).state == "ok"
    assert est.estimate("w", t + 20_000.0).state in ("stale", "overload")


def test_no_ids_of_those_who_left_are_saved() -> None:
    est, t = desk(2, history=40)
    est.arrive("still here", t)
    text = json.dumps(est.save())
    assert "still here" in text
    assert "h1" not in text
    assert len(text) < 100_000


def test_news_that_is_known_moves_no_number() -> None:
    est = WaitEstimator(prior=PRIOR)
    est.agent("a", 0.0, "on")
    for cid in ("w1", "w2"):
        est.arrive(cid, 0.0, "normal", "delivery")
    est.start("w1", 5.0, "a")
    before = est.save()
    est.transfer("w1", 40.0, "delivery")
    est.transfer("w2", 40.0, "delivery", "normal")
    est.transfer("nobody", 40.0, "other")
    assert est.save() == before
