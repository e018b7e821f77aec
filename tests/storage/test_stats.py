from cxdesk.desk import Desk
from cxdesk.domain.records import Quote
from cxdesk.domain.tickets import quote
from cxdesk.domain.words import Channel, PromiseState
from cxdesk.storage import stats
from tests.conftest import START, Clock

FIGURES = {
    "arrived", "resolved", "left", "mean_wait_s", "mean_service_s", "waits_told", "waits_within", "promises_kept",
    "promises_broken", "feedback",
}  # fmt: skip


def test_a_desk_without_contacts_has_counts_of_nought_and_no_means(desk: Desk) -> None:
    figures = stats.since(desk.db, 0, START)
    assert set(figures) == FIGURES
    assert (figures["mean_wait_s"], figures["mean_service_s"]) == (None, None)
    assert {value for name, value in figures.items() if not name.startswith("mean")} == {0}


def test_the_figures_of_a_short_day(desk: Desk, clock: Clock) -> None:
    one, _ = desk.arrive(Channel.PHONE)
    two, _ = desk.arrive(Channel.VISIT)
    three, _ = desk.arrive(Channel.CHAT)
    told = Quote("q1", one.id, None, 60, 90, 120, "ok", 9, clock(), "…", None)
    desk.commit("wait", quote(one, told))
    clock.pass_(100)
    desk.take([one.id])
    clock.pass_(300)
    desk.resolve([one.id])
    desk.left([two.id])
    desk.take([three.id])
    kept, _ = desk.promises.make("내일 오후 3시 전화", three.id)
    broken, _ = desk.promises.make("내일 오후 4시 메일", three.id)
    desk.promises.settle(kept, PromiseState.KEPT)
    desk.promises.settle(broken, PromiseState.BROKEN)
    desk.feedback.record("csat", 5, ticket_id=three.id)
    figures = stats.since(desk.db, START, clock())
    assert figures == {
        "arrived": 3,
        "resolved": 1,
        "left": 1,
        "mean_wait_s": 250,
        "mean_service_s": 300,
        "waits_told": 1,
        "waits_within": 1,
        "promises_kept": 1,
        "promises_broken": 1,
        "feedback": 1,
    }


def test_figures_are_of_the_period_alone(desk: Desk, clock: Clock) -> None:
    desk.arrive(Channel.PHONE)
    clock.pass_(86_400)
    desk.arrive(Channel.PHONE)
    assert stats.since(desk.db, START, START)["arrived"] == 1
    assert stats.since(desk.db, START + 1, clock())["arrived"] == 1
    assert stats.since(desk.db, clock() + 1, clock() + 2)["arrived"] == 0
