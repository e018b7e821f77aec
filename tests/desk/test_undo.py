"""Whatever an agent does in whatever order, taking it back leaves no trace; and what one act is, is one undo."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxdesk.desk import Desk, Done, Refused
from cxdesk.desk.announcing import Sending
from cxdesk.desk.card import Card
from cxdesk.desk.caring import Caring
from cxdesk.desk.feedback import FeedbackDesk
from cxdesk.desk.incidents import Incidents
from cxdesk.desk.insights import InsightsDesk
from cxdesk.desk.merging import Merging
from cxdesk.desk.morning import Morning
from cxdesk.desk.people import People
from cxdesk.desk.promises import Promises
from cxdesk.desk.quotes import Quotes
from cxdesk.desk.syncing import Choice, Syncing
from cxdesk.desk.touching import DONE_FOR
from cxdesk.desk.voices import Voices
from cxdesk.domain.afterwards import Conflict, Horizon, Improvement, ImprovementState, ThemeWhy, Voice
from cxdesk.domain.changes import Change, alter, apply, insert
from cxdesk.domain.correcting import Field
from cxdesk.domain.incidents import Form
from cxdesk.domain.merging import FIELDS
from cxdesk.domain.records import Customer, Note, Preference, Purchase, SpecialDay
from cxdesk.domain.words import (
    Channel,
    Emotion,
    Language,
    Priority,
    PromiseState,
    PurchaseState,
    Topic,
)
from cxdesk.settings import Settings
from cxdesk.storage import check, people, tickets
from cxdesk.storage.faults import Stale
from cxdesk.storage.rows import fetch_all
from cxdesk.storage.store import UNDO_DEPTH, Store
from tests.conftest import Clock, Mint
from tests.looking import derived, operations, shared

TEXTS = ("일주일째 안 와요", "환불", "size: M", "내일 오후 3시 전화", "김민지 010-1234-5678", "Emma, emma@example.com")

VOICED = ("포장이 얇아 깨졌어요", "포장이 너무 얇아요", "환불 안내가 없어요", "환불 날짜 안내를 해 주세요")

Act = tuple[str, int, int]
"""A verb, which ticket or person it is done to, and which of its choices."""


class Hands:
    """An agent who does as told: every verb, on whatever there is."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk = desk
        self.clock = clock
        self.changes: list[Change] = []

    def do(self, act: Act) -> None:
        verb, which, choice = act
        self.clock.pass_(choice)
        with suppress(Refused):
            getattr(self, verb)(which, choice)

    def undo(self) -> Change | None:
        self.clock.pass_(1)
        return self.desk.undo()

    # -- what there is

    def _ids(self) -> list[str]:
        return [row[0] for row in self.desk.db.execute("SELECT id FROM ticket ORDER BY id")]

    def _some(self, which: int) -> list[str]:
        """One to three tickets."""
        ids = self._ids()
        return [ids[(which + step) % len(ids)] for step in range(min(len(ids), 1 + which % 3))]

    def _one(self, which: int) -> str:
        ids = self._ids()
        return ids[which % len(ids)] if ids else "nowhere"

    def _person(self, which: int) -> Customer:
        found = [row[0] for row in self.desk.db.execute("SELECT id FROM customer ORDER BY id")]
        person = people.customer(self.desk.db, found[which % len(found)])
        assert person is not None
        return person

    def _did(self, done: Done) -> None:
        if done:
            self.changes.append(done.change)

    # -- the verbs

    def arrive(self, which: int, choice: int) -> None:
        customer = self._person(which) if which % 2 else None
        priority = list(Priority)[choice % 3]
        self._did(
            self.desk.arrive(
                list(Channel)[which % 4],
                customer=customer,
                said=TEXTS[choice % 2] if which % 3 else "",
                priority=priority,
            )[1]
        )

    def arrive_new(self, which: int, choice: int) -> None:
        customer, also = self.desk.people.newcomer(TEXTS[4 + choice % 2], list(Language)[which % 2])
        self._did(self.desk.arrive(Channel.PHONE, customer=customer, also=also)[1])

    def take(self, which: int, choice: int) -> None:
        self._did(self.desk.take(self._some(which)))

    def take_next(self, which: int, choice: int) -> None:
        self._did(self.desk.take_next())

    def reply(self, which: int, choice: int) -> None:
        self._did(self.desk.reply(self._one(which), TEXTS[choice % 6], "greet.1" if which % 2 else None))

    def note(self, which: int, choice: int) -> None:
        self._did(self.desk.note(self._one(which), TEXTS[choice % 6]))

    def hold(self, which: int, choice: int) -> None:
        self._did(self.desk.hold(self._some(which), self.clock() + 60_000 * choice if choice else None))

    def resolve(self, which: int, choice: int) -> None:
        self._did(self.desk.resolve(self._some(which), [None, *Emotion][choice % 7]))

    def reopen(self, which: int, choice: int) -> None:
        self._did(self.desk.reopen(self._some(which)))

    def left(self, which: int, choice: int) -> None:
        self._did(self.desk.left(self._some(which)))

    def feel(self, which: int, choice: int) -> None:
        self._did(self.desk.feel(self._some(which), list(Emotion)[choice % 6]))

    def about(self, which: int, choice: int) -> None:
        self._did(self.desk.about(self._some(which), list(Topic)[choice % 11]))

    def step(self, which: int, choice: int) -> None:
        self._did(self.desk.step(self._some(which), choice % 3 - 1))

    def assign(self, which: int, choice: int) -> None:
        self._did(self.desk.assign(self._some(which), [None, "a2"][choice % 2]))

    def prioritise(self, which: int, choice: int) -> None:
        self._did(self.desk.prioritise(self._some(which), list(Priority)[choice % 3]))

    def tag(self, which: int, choice: int) -> None:
        self._did(self.desk.toggle_tag(self._some(which), ("재발송", "#파손")[choice % 2]))

    def tell_wait(self, which: int, choice: int) -> None:
        self._did(self.desk.quotes.tell(self._one(which))[1])

    def call_back(self, which: int, choice: int) -> None:
        self._did(self.desk.quotes.call_back(self._one(which), ("30분 뒤", "내일 오전 10시 전화")[choice % 2])[1])

    def promise(self, which: int, choice: int) -> None:
        self._did(self.desk.promises.make("내일 오후 3시 전화", self._one(which))[1])

    def settle(self, which: int, choice: int) -> None:
        if found := self.desk.promises.board():
            state = list(PromiseState)[1 + choice % 2]
            self._did(self.desk.promises.settle(found[which % len(found)].promise, state, TEXTS[choice % 6]))

    def move_promise(self, which: int, choice: int) -> None:
        if found := self.desk.promises.board():
            promise = found[which % len(found)].promise
            self._did(self.desk.promises.move(promise, "모레 오전 10시", TEXTS[choice % 6]))

    def begin_morning(self, which: int, choice: int) -> None:
        if found := self.desk.morning.read().entries:
            self._did(self.desk.morning.start(found[which % len(found)])[1])

    def choose_morning(self, which: int, choice: int) -> None:
        if found := self.desk.morning.read().entries:
            act = (self.desk.morning.done, self.desk.morning.dismiss)[choice % 2]
            self._did(act(found[which % len(found)]))

    def kindness(self, which: int, choice: int) -> None:
        self._did(self.desk.caring.kindness(TEXTS[choice % 3], self._some(which)[0]))

    def remember(self, which: int, choice: int) -> None:
        self._did(self.desk.people.remember(self._person(which).id, TEXTS[choice % 3]))

    def prefer(self, which: int, choice: int) -> None:
        self._did(
            self.desk.people.prefer(self._person(which).id, ("사이즈", "size", "향")[choice % 3], TEXTS[choice % 6])
        )

    def celebrate(self, which: int, choice: int) -> None:
        text = f"{'음력 ' if choice % 2 else ''}{1 + choice % 12}/{1 + which}"
        self._did(self.desk.people.celebrate(self._person(which).id, ("birthday", "anniversary")[which % 2], text))

    def consent(self, which: int, choice: int) -> None:
        purpose = ("marketing", "contact")[which % 2]
        self._did(self.desk.people.consent(self._person(which).id, purpose, allowed=choice % 3 == 0))

    def confirm(self, which: int, choice: int) -> None:
        if found := fetch_all(self.desk.db, Preference, "1 ORDER BY id"):
            self._did(self.desk.people.confirm(found[which % len(found)]))

    def forget(self, which: int, choice: int) -> None:
        liked = fetch_all(self.desk.db, Preference, "1 ORDER BY id")
        days = fetch_all(self.desk.db, SpecialDay, "1 ORDER BY id")
        found: tuple[Preference | SpecialDay, ...] = (*liked, *days)
        if found:
            self._did(self.desk.people.forget(found[which % len(found)]))

    def amend(self, which: int, choice: int) -> None:
        if found := fetch_all(self.desk.db, Note, "1 ORDER BY id"):
            self._did(self.desk.people.amend(found[which % len(found)], TEXTS[choice % 6]))

    def rename(self, which: int, choice: int) -> None:
        self._did(self.desk.people.rename(self._person(which).id, ("남궁민수", "Emma Clarke", "김민지")[choice % 3]))

    def correct(self, which: int, choice: int) -> None:
        field = list(Field)[choice % len(Field)]
        text = {Field.LANGUAGE: "en", Field.PHONE: "010-9999-8888", Field.EMAIL: "new@example.com"}.get(field, "마포구")
        self._did(self.desk.card.correct(self._person(which).id, field, text))

    def attach(self, which: int, choice: int) -> None:
        if choice % 2:
            customer, also = self.desk.people.newcomer(TEXTS[4 + which % 2], Language.KO)
        else:
            customer, also = self._person(choice), ()
        self._did(self.desk.attach(self._one(which), customer, also))

    def merge(self, which: int, choice: int) -> None:
        take = FIELDS[: choice % 4]
        self._did(self.desk.merging.merge(self._person(which).id, self._person(choice).id, take))

    def part(self, which: int, choice: int) -> None:
        if found := self.desk.db.execute("SELECT id FROM merge ORDER BY id").fetchall():
            self._did(self.desk.merging.part(found[which % len(found)][0]))

    def keep_apart(self, which: int, choice: int) -> None:
        self._did(self.desk.merging.keep_apart(self._person(which).id, self._person(choice).id))

    def feedback(self, which: int, choice: int) -> None:
        self._did(self.desk.feedback.record("csat", choice % 6, "친절해요", ticket_id=self._one(which)))

    def ask_feedback(self, which: int, choice: int) -> None:
        self._did(self.desk.feedback.ask(self._one(which), scale=("csat", "ces", "nps")[choice % 3])[1])

    def _theme(self, which: int) -> str:
        found = [row[0] for row in self.desk.db.execute("SELECT id FROM theme ORDER BY id")]
        return found[which % len(found)] if found else "nowhere"

    def voice(self, which: int, choice: int) -> None:
        ticket = self.desk.ticket(self._one(which))
        said = self.desk.voices.said_in(ticket, VOICED[choice % len(VOICED)])
        also = self._some(which)[1:] if choice % 2 else []
        self._did(self.desk.voices.record(said, also, "" if choice % 5 == 0 else None)[1])

    def move_voice(self, which: int, choice: int) -> None:
        if found := fetch_all(self.desk.db, Voice, "1 ORDER BY id"):
            self._did(self.desk.voices.move(found[which % len(found)], self._theme(choice)))

    def split_theme(self, which: int, choice: int) -> None:
        if found := fetch_all(self.desk.db, Voice, "1 ORDER BY id"):
            self._did(self.desk.voices.split([found[which % len(found)]])[1])

    def join_theme(self, which: int, choice: int) -> None:
        self._did(self.desk.voices.join(self._theme(which), self._theme(choice)))

    def tend_theme(self, which: int, choice: int) -> None:
        verbs, theme = self.desk.voices, self._theme(which)
        match choice % 5:
            case 0:
                self._did(verbs.rename(theme, TEXTS[which % 2]))
            case 1:
                self._did(verbs.rate(theme, which % 6))
            case 2:
                self._did(verbs.why(theme, TEXTS[which % 2]))
            case 3:
                self._did(verbs.improve(theme, "안내문 고치기, 모레까지", list(Horizon)[which % 3]))
            case 4:
                self._did(verbs.step(theme, which % 3 - 1))

    def change_theme(self, which: int, choice: int) -> None:
        if whys := fetch_all(self.desk.db, ThemeWhy, "1 ORDER BY id") if choice % 4 == 0 else ():
            self._did(self.desk.voices.forget_why(whys[which % len(whys)]))
        if found := fetch_all(self.desk.db, Improvement, "1 ORDER BY id"):
            work = found[which % len(found)]
            if choice % 2:
                self._did(self.desk.voices.settle(work, list(ImprovementState)[choice % 3]))
            else:
                self._did(self.desk.voices.own(work, (None, "a2")[which % 2]))

    def tell(self, which: int, choice: int) -> None:
        theme, person = self._theme(which), self._person(choice).id
        if choice % 4 == 3:
            self._did(self.desk.voices.word(theme, person, "바꾸었습니다"))
        else:
            self._did(self.desk.voices.tell(theme, person, "바꾸었습니다" if choice % 2 else None))

    def _incident(self, which: int) -> str:
        found = [row[0] for row in self.desk.db.execute("SELECT id FROM incident ORDER BY id")]
        return found[which % len(found)] if found else "nowhere"

    def begin_incident(self, which: int, choice: int) -> None:
        self._did(self.desk.incidents.begin(TEXTS[choice % 3], Topic.DELIVERY, "울 니트", self._some(which))[1])

    def link_incident(self, which: int, choice: int) -> None:
        if choice % 4 == 3:
            self._did(self.desk.incidents.unlink(self._some(which)))
        else:
            self._did(self.desk.incidents.link(self._incident(choice), self._some(which), move=choice % 2 == 0))

    def speak_of_incident(self, which: int, choice: int) -> None:
        group, key = self.desk.incidents, self._incident(which)
        if choice % 4 == 0:
            self._did(group.answer(key, "known", Language.KO, TEXTS[choice % 6] if choice % 3 else ""))
        elif choice % 4 == 1:
            self._did(group.note(key, TEXTS[choice % 6]))
        elif choice % 4 == 2:
            self._did(group.correct(key, title=TEXTS[choice % 6], cause=TEXTS[which % 6]))
        else:
            self._did(group.approve(key, list(Form)[which % 2], Language.KO, "송장이 바뀌었습니다."))

    def tell_incident(self, which: int, choice: int) -> None:
        group, key = self.desk.incidents, self._incident(which)
        rows = [
            Sending(ticket, name, Form.WRITE, Language.KO, "송장이 바뀜", "incident.w1", None, chosen=n % 3 > 0)
            for n, (ticket, name, _) in enumerate(group.tickets(key), choice)
        ]
        self._did(group.announcing.tell(key, rows))

    def reach_incident(self, which: int, choice: int) -> None:
        group, key = self.desk.incidents, self._incident(which)
        rules = group.view(key).reaches
        if choice % 3 == 0 or not rules:
            self._did(group.touching.reach(key, "울 니트", choice, choice * 10, "M" if choice % 2 else ""))
        else:
            act = group.touching.told_all if choice % 3 == 1 else group.touching.unreach
            self._did(act(rules[which % len(rules)]))

    def care_after_incident(self, which: int, choice: int) -> None:
        key = self._incident(which)
        self._did(self.desk.incidents.touching.mark(key, self._person(choice).id, DONE_FOR[choice % 3]))

    def end_incident(self, which: int, choice: int) -> None:
        group, key = self.desk.incidents, self._incident(which)
        self._did(group.resume(key) if choice % 3 == 0 else group.end(key, anyway=choice % 3 == 1))

    def duty(self, which: int, choice: int) -> None:
        self._did(self.desk.duty(("on", "break", "off")[which % 3], self.clock() + 600_000 if choice % 2 else None))

    def feasible(self, which: int, choice: int) -> None:
        touchpoint = ("phone/delivery", "chat/refund")[which % 2]
        self._did(self.desk.insights.feasible(touchpoint, choice % 6 or None))

    def settle_conflict(self, which: int, choice: int) -> None:
        if found := self.desk.syncing.conflicts(open_only=bool(choice % 3)):
            way: tuple[Choice, ...] = ("winner", "loser", "new")
            self._did(self.desk.syncing.resolve(found[which % len(found)].id, way[choice % 3], TEXTS[choice % 6]))

    def choose(self, which: int, choice: int) -> None:
        self._did(self.desk.choose(("theme", "language")[which % 2], str(choice)))

    def buy(self, which: int, choice: int) -> None:
        key = self.desk.mint()
        bought = Purchase(key, self._person(which).id, f"o{choice}", "울 니트", 1000, "KRW", choice, external_id=key)
        self._did(self.desk.commit("buy", (insert(bought),)))

    def bring_back(self, which: int, choice: int) -> None:
        if found := fetch_all(self.desk.db, Purchase, "1 ORDER BY id"):
            bought = found[which % len(found)]
            state = list(PurchaseState)[choice % 5]
            self._did(self.desk.commit("state", alter(bought, replace(bought, state=state))))


VERBS = [name for name in vars(Hands) if not name.startswith("_") and name not in ("do", "undo")]

acts = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 11), st.integers(0, 30)), min_size=1, max_size=UNDO_DEPTH
)


def two_names(key: str, customer: Customer) -> Conflict:
    """What the server adds when two desks gave a customer another name."""
    one, two = ("o1", "d1", 5), ("o2", "d2", 4)
    return Conflict(key, "customer", customer.id, "name", *one, *two, 6, "open", winner='"가나"', loser='"다라"')


@contextmanager
def hands(blank: Path) -> Iterator[Hands]:
    """An agent at a desk with three customers and two tickets; the file does not wait for the disk."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(blank, Path(folder) / "desk.db")
        clock = Clock()
        with Store.open(Path(folder)) as store:
            store.db.execute("PRAGMA synchronous = OFF")
            desk = Desk(store, Settings(), clock=clock, mint=Mint())
            desk.sign_in("이서준")
            for name in ("김민지", "박서준", "Emma Clarke"):
                customer, also = desk.people.newcomer(name, Language.KO)
                desk.arrive(Channel.PHONE, customer=customer, also=also, said="배송이 안 와요")
                desk.commit("met", (insert(two_names(desk.mint(), customer)),), undoable=False)
            desk.waits.start(store.db, clock())
            with store.transaction() as db:
                db.execute("DELETE FROM change_log")
            yield Hands(desk, clock)


@settings(max_examples=50, deadline=None)
@given(acts)
def test_taking_everything_back_restores_every_row_and_everything_derived(blank: Path, acts: list[Act]) -> None:
    with hands(blank) as agent:
        db = agent.desk.db
        rows, found = shared(db), derived(db)
        world = {key: dict(row) for key, row in rows.items()}
        for act in acts:
            agent.do(act)
        for change in agent.changes:
            apply(world, change.edits)
            assert Change.from_json(change.verb, change.to_json()) == change
        assert shared(db) == world, "storage does what the contract in memory does"
        kept = derived(db)
        with agent.desk.store.transaction():
            check.rebuild(db)
        assert derived(db) == kept, "what is kept beside the rows is what the rows say"
        while (inverse := agent.undo()) is not None:
            done = agent.changes.pop()
            assert inverse == done.inverse()
        assert agent.changes == []
        assert shared(db) == rows
        assert derived(db) == found
        made = operations(db)
        assert [op["n"] for op in made] == list(range(1, len(made) + 1))
        assert [op["t"] for op in made] == sorted({op["t"] for op in made})


@settings(max_examples=20, deadline=None)
@given(acts)
def test_undo_after_the_program_was_closed_is_the_same_undo(blank: Path, acts: list[Act]) -> None:
    with hands(blank) as agent:
        rows = shared(agent.desk.db)
        for act in acts:
            agent.do(act)
        folder = agent.desk.store.path.parent
        agent.desk.store.close()
        with Store.open(folder) as store:
            store.db.execute("PRAGMA synchronous = OFF")
            again = Desk(store, Settings(), clock=agent.clock, mint=Mint(seed=1), agent=agent.desk.agent)
            while again.undo():
                pass
            assert shared(store.db) == rows


def test_every_verb_is_tried_at_least_once_by_the_random_hands() -> None:
    groups = {"": Desk, "people.": People, "promises.": Promises, "merging.": Merging, "quotes.": Quotes, "card.": Card}
    groups |= {"caring.": Caring, "feedback.": FeedbackDesk, "voices.": Voices, "morning.": Morning}
    groups |= {"incidents.": Incidents, "insights.": InsightsDesk, "syncing.": Syncing}
    known = {prefix + name for prefix, group in groups.items() for name in vars(group) if not name.startswith("_")}
    other = {
        *("warm_up", "sign_in", "undo", "save_draft", "keep_learning"),
        *("hear", "wake"),  # not the agent's acts
        *("people.newcomer", "quotes.saying", "quotes.why", "promises.read", "place_of"),
        *("people.wordings", "suggesting", "caring", "people", "promises"),
        *("card", "card.present", "card.reveal"),
        *(f"caring.{name}" for name in vars(Caring) if name != "kindness"),
        *("quotes", "merging", "merging.alike", "merging.pairs", "merging.into"),
        *("feedback", *(f"feedback.{name}" for name in vars(FeedbackDesk) if name not in ("ask", "record"))),
        *("voices", "voices.board", "voices.page", "voices.others", "voices.suggestion", "voices.said_in"),
        *("voices.read_due", "voices.topic"),
        *("morning", "morning.read", "promises.why_unread", "promises.board", "promises.at_hand", "promises.figures"),
        *("promises.remind", "promises.next_at"),
        *("follow", "incidents", "incidents.watching", "incidents.candid", "incidents.rhythm", "incidents.every"),
        *(f"incidents.{name}" for name in ("of", "statuses", "tickets", "products", "get", "view", "report", "alike")),
        *("incidents.touching", "touching.marking"),
        *("insights", *(f"insights.{name}" for name in vars(InsightsDesk) if name != "feasible")),
        *("syncing", *(f"syncing.{name}" for name in vars(Syncing) if name != "resolve")),
        "merging.gather",  # what somebody else's undo leaves behind; see test_merging
    }
    named = {
        "toggle_tag": "tag",
        **{f"people.{verb}": verb for verb in vars(People)},
        **{f"merging.{verb}": verb for verb in ("merge", "part", "keep_apart")},
        "card.correct": "correct",
        "quotes.tell": "tell_wait",
        "syncing.resolve": "settle_conflict",
        "caring.kindness": "kindness",
        "insights.feasible": "feasible",
        "feedback.ask": "ask_feedback",
        "feedback.record": "feedback",
        "voices.record": "voice",
        **{f"voices.{verb}": f"{verb}_theme" for verb in ("split", "join")},
        **{f"voices.{verb}": "tend_theme" for verb in ("rename", "rate", "why", "improve", "step")},
        **{f"voices.{verb}": "change_theme" for verb in ("forget_why", "settle", "own")},
        "voices.move": "move_voice",
        **{f"voices.{verb}": "tell" for verb in ("word", "tell")},
        "quotes.call_back": "call_back",
        "promises.make": "promise",
        "promises.settle": "settle",
        "promises.move": "move_promise",
        "morning.start": "begin_morning",
        "incidents.begin": "begin_incident",
        "incidents.announcing": "tell_incident",
        **{f"incidents.{verb}": "link_incident" for verb in ("link", "unlink")},
        **{f"incidents.{verb}": "speak_of_incident" for verb in ("answer", "note", "correct", "approve")},
        **{f"touching.{verb}": "reach_incident" for verb in ("reach", "unreach", "told_all")},
        **{f"incidents.{verb}": "end_incident" for verb in ("end", "resume")},
        "touching.mark": "care_after_incident",
        **{f"morning.{verb}": "choose_morning" for verb in ("done", "dismiss")},
    }
    assert {named.get(name, name) for name in known - other} <= set(VERBS)


# -- one act, one undo

SELECTION: dict[str, Callable[[Desk, list[str]], Done]] = {
    "take": lambda desk, ids: desk.take(ids),
    "resolve": lambda desk, ids: desk.resolve(ids, Emotion.GRATITUDE),
    "hold": lambda desk, ids: desk.hold(ids, None),
    "left": lambda desk, ids: desk.left(ids),
    "feel": lambda desk, ids: desk.feel(ids, Emotion.ANGER),
    "topic": lambda desk, ids: desk.about(ids, Topic.REFUND),
    "stage": lambda desk, ids: desk.step(ids, 1),
    "assign": lambda desk, ids: desk.assign(ids, "a2"),
    "priority": lambda desk, ids: desk.prioritise(ids, Priority.URGENT),
    "tag": lambda desk, ids: desk.toggle_tag(ids, "재발송"),
}


@pytest.fixture
def three(desk: Desk) -> list[str]:
    """Three who wait; nothing to undo."""
    return [desk.arrive(Channel.PHONE, undoable=False)[0].id for _ in range(3)]


@pytest.mark.parametrize("verb", SELECTION)
def test_a_verb_on_several_tickets_is_one_change_and_one_undo(desk: Desk, three: list[str], verb: str) -> None:
    before = shared(desk.db)
    done = SELECTION[verb](desk, three)
    assert done.tickets == tuple(three)
    assert done.change.verb == verb
    assert shared(desk.db) != before
    assert desk.undo() == done.change.inverse()
    assert shared(desk.db) == before
    assert desk.undo() is None


def test_reopening_several_is_one_undo_too(desk: Desk, three: list[str]) -> None:
    desk.resolve(three)
    before = shared(desk.db)
    assert desk.reopen(three).tickets == tuple(three)
    desk.undo()
    assert shared(desk.db) == before


def test_a_ticket_named_twice_is_done_once(desk: Desk, three: list[str]) -> None:
    assert desk.feel([three[0], three[0]], Emotion.ANGER).tickets == (three[0],)


def test_a_ticket_the_verb_does_not_fit_is_named_and_left_alone(desk: Desk, three: list[str]) -> None:
    desk.left(three[:1])
    done = desk.resolve(three)
    assert done.tickets == tuple(three[1:])
    assert done.skipped == ((three[0], "abandoned_to_resolved"),)


def test_when_it_fits_none_nothing_is_done_and_nothing_can_be_undone(desk: Desk, three: list[str]) -> None:
    desk.left(three)
    made = operations(desk.db)
    done = desk.resolve(three)
    assert not done
    assert len(done.skipped) == 3
    assert operations(desk.db) == made
    undone = desk.undo()
    assert undone is not None
    assert undone.verb == "left"


def test_an_unknown_ticket_in_a_selection_does_nothing_to_the_others(desk: Desk, three: list[str]) -> None:
    before = shared(desk.db)
    with pytest.raises(Refused, match="no_ticket"):
        desk.resolve([*three, "nowhere"])
    assert shared(desk.db) == before


def test_undo_is_twenty_deep_and_no_deeper(desk: Desk, three: list[str]) -> None:
    for number in range(UNDO_DEPTH + 5):
        desk.note(three[0], f"메모 {number}")
    assert sum(desk.undo() is not None for _ in range(UNDO_DEPTH + 5)) == 20
    thread = tickets.thread(desk.db, three[0])
    assert thread is not None
    assert [message.body for message in thread.messages] == [f"메모 {number}" for number in range(5)]


def test_an_undo_that_comes_too_late_changes_nothing(desk: Desk, three: list[str], clock: Clock) -> None:
    desk.hold(three[:1], None)
    desk.hear(three[0], "사진 보냈어요")
    before, made = shared(desk.db), operations(desk.db)
    with pytest.raises(Stale):
        desk.undo()
    assert (shared(desk.db), operations(desk.db)) == (before, made)


def test_two_agents_take_back_their_own_acts(desk: Desk, three: list[str], clock: Clock) -> None:
    other = Desk(desk.store, Settings(), clock=clock, mint=desk.mint)
    other.sign_in("박하늘")
    other.take([three[0]])
    desk.take([three[1]])
    undone = desk.undo()
    assert undone is not None
    assert undone.touched("ticket") == {three[1]}
    assert desk.undo() is None
    undone = other.undo()
    assert undone is not None
    assert undone.touched("ticket") == {three[0]}
