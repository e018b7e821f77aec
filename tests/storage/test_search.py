import unicodedata

import pytest

from cxdesk.domain.changes import Change, Stamp, alter, insert, remove
from cxdesk.domain.filters import Filters
from cxdesk.domain.records import Customer, Identity, Message, Note, Purchase, Record, Tag, Ticket
from cxdesk.domain.segments import DAY_MS
from cxdesk.domain.words import Channel, Language, MessageKind, Segment, Status
from cxdesk.storage import check, search
from cxdesk.storage.search import find_customers, find_products, find_text, said_by
from cxdesk.storage.store import Store
from tests.looking import derived

NOW = 1_790_000_000_000
MINJI = Customer("minji", "김민지", Language.KO)
MIYOUNG = Customer("miyoung", "김미영", Language.KO)
EMMA = Customer("emma", "Emma Clarke", Language.EN, external_id="NV-77821")
NAMGUNG = Customer("namgung", "남궁민수", Language.KO)
KKOT = Customer("kkot", "꽃님", Language.KO)


def commit(store: Store, stamp: Stamp, *records: Record) -> None:
    store.commit(Change("new", tuple(insert(record) for record in records)), stamp)


@pytest.fixture
def shop(store: Store, stamp: Stamp) -> Store:
    """A handful of people, some of whom share a name's beginning."""
    commit(
        store,
        stamp,
        MINJI,
        MIYOUNG,
        EMMA,
        NAMGUNG,
        KKOT,
        Identity("i1", "minji", "phone", "01012345678", "010-1234-5678"),
        Identity("i2", "emma", "email", "emma@example.com", "Emma@Example.com"),
        Identity("i3", "miyoung", "phone", "0215885678", "02-1588-5678"),
        Purchase("p1", "miyoung", "2025110299812", "울 니트", 1, "KRW", 1),
    )
    return store


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        # at every stage of typing 김민지
        ("ㄱ", {"minji", "miyoung", "kkot"}),
        ("기", {"minji", "miyoung"}),
        ("김", {"minji", "miyoung"}),
        ("김ㅁ", {"minji", "miyoung"}),
        ("김미", {"minji", "miyoung"}),
        ("김민", {"minji"}),
        ("김민ㅈ", {"minji"}),
        ("김민지", {"minji"}),
        ("김밍", {"miyoung"}),  # on the way to 김미영 the ㅇ sits under 미 for a moment
        ("김미여", {"miyoung"}),
        ("김민지요", set()),
        # by initials
        ("ㄱㅁ", {"minji", "miyoung"}),
        ("ㄱㅁㅈ", {"minji"}),
        ("ㅁㅈ", {"minji"}),
        ("ㄱㄴ", {"kkot"}),
        ("ㄲㄴ", {"kkot"}),
        # by the given name alone, of names of three and of four syllables
        ("민지", {"minji"}),
        ("미영", {"miyoung"}),
        ("민수", {"namgung"}),
        ("ㅁㅅ", {"namgung"}),
        # by number: the last four, the beginning, the whole
        ("5678", {"minji", "miyoung"}),
        ("567", {"minji", "miyoung"}),
        ("010-1234", {"minji"}),
        ("0101234", {"minji"}),
        ("010-1234-5678", {"minji"}),
        ("02-1588", {"miyoung"}),
        ("99", set()),
        # by address, English name, order number, a number in another system
        ("emma@", {"emma"}),
        ("EMMA@example.COM", {"emma"}),
        ("Emma", {"emma"}),
        ("clar", {"emma"}),
        ("emma cl", {"emma"}),
        ("2025110299812", {"miyoung"}),
        ("nv-778", {"emma"}),
        ("  김민지 ", {"minji"}),
        ("", set()),
        ("   ", set()),
    ],
)
def test_a_customer_is_found_while_the_name_is_being_typed(shop: Store, typed: str, found: set[str]) -> None:
    assert set(find_customers(shop.db, typed)) == found


@pytest.mark.parametrize("typed", ["김", "김미", "김민지", "민지", "ㄱㅁㅈ"])
def test_a_decomposed_query_finds_what_the_composed_one_finds(shop: Store, typed: str) -> None:
    assert find_customers(shop.db, unicodedata.normalize("NFD", typed)) == find_customers(shop.db, typed)


def test_two_initials_that_the_input_method_joined_are_still_two(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, Customer("c1", "김서준", Language.KO))
    assert find_customers(store.db, "ㄳ") == ["c1"]
    assert find_customers(store.db, "ㄳㅈ") == ["c1"]


def test_a_name_kept_decomposed_is_found_composed(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, Customer("c1", unicodedata.normalize("NFD", "김민지"), Language.KO))
    assert find_customers(store.db, "김민지") == ["c1"]


def test_the_exact_name_comes_before_longer_ones(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, Customer("c1", "김민지영", Language.KO), Customer("c2", "김민지", Language.KO))
    assert find_customers(store.db, "김민지") == ["c2", "c1"]


def test_no_more_than_asked_for_and_nobody_twice(store: Store, stamp: Stamp) -> None:
    commit(store, stamp, *(Customer(f"c{n:02}", "김김김", Language.KO) for n in range(30)))
    assert len(find_customers(store.db, "김", 7)) == 7
    found = find_customers(store.db, "김", 100)
    assert len(found) == len(set(found)) == 30


@pytest.mark.parametrize("typed", ["%", "_", "'", '"', "*", "\\", "김'; DROP TABLE customer; --", "\x00", "\udcff", "­"])
def test_no_text_can_break_a_search(shop: Store, typed: str) -> None:
    assert find_customers(shop.db, typed) == []
    assert find_text(shop.db, typed * 3) == []


def test_a_new_name_is_found_and_the_old_one_is_not_and_undo_turns_it_round(shop: Store, stamp: Stamp) -> None:
    before = derived(shop.db)
    shop.commit(Change("rename", alter(EMMA, Customer("emma", "윤도현", Language.EN, external_id="NV-77821"))), stamp)
    assert find_customers(shop.db, "윤도") == ["emma"]
    assert find_customers(shop.db, "emma c") == []
    assert find_customers(shop.db, "nv-77821") == ["emma"]
    shop.undo(stamp)
    assert derived(shop.db) == before


def test_a_customer_whose_making_was_undone_is_found_nowhere(store: Store, stamp: Stamp) -> None:
    empty = derived(store.db)
    commit(store, stamp, EMMA, Identity("i2", "emma", "email", "emma@example.com", "emma@example.com"))
    store.undo(stamp)
    assert derived(store.db) == empty


# -- in one word, ranked, under conditions


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("김ㅁㅈ", {"minji"}),
        ("김ㅁㅇ", {"miyoung"}),
        ("김ㅁ지", {"minji"}),
        ("김ㅁ여", {"miyoung"}),  # 여 on its way to 영
        ("ㄱ민지", {"minji"}),
        ("남ㄱㅁㅅ", {"namgung"}),
        ("ㄲ님", {"kkot"}),
        ("ㄱ님", {"kkot"}),
        ("박ㅁㅈ", set()),
    ],
)
def test_syllables_and_initials_may_be_mixed(shop: Store, typed: str, found: set[str]) -> None:
    assert set(find_customers(shop.db, typed)) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("kim minji", "minji"), ("gim min-ji", "minji"), ("minji kim", "minji"), ("namkoong", "namgung")],
)
def test_a_korean_name_is_found_as_people_write_it_in_latin_letters(shop: Store, typed: str, found: str) -> None:
    assert find_customers(shop.db, typed)[0] == found


PEOPLE = tuple(Customer(f"k{n:02}", "김하나", Language.KO) for n in range(12))
CONTACTS = (
    Ticket("t1", 1, Channel.PHONE, NOW - 3 * DAY_MS, 0, 0, "k03", status=Status.RESOLVED),
    Ticket("t2", 2, Channel.MAIL, NOW - DAY_MS, 0, 0, "k07", status=Status.WAITING),
    Ticket("t3", 3, Channel.PHONE, NOW - 90 * DAY_MS, 0, 0, "k07", status=Status.RESOLVED),
)
BOUGHT = (
    Purchase("p1", "k05", "O1", "린넨 셔츠", 2_000_000, "KRW", NOW - DAY_MS, source="s", external_id="1"),
    Purchase("p2", "k09", "O2", "울 니트", 50_000, "KRW", NOW - DAY_MS, source="s", external_id="2"),
)
TAGS = (Tag("g1", "customer", "k01", "선물", 1), Tag("g2", "ticket", "t1", "파손", 1))


@pytest.fixture
def namesakes(store: Store, stamp: Stamp) -> Store:
    """Twelve people of one name and one of a longer one."""
    commit(store, stamp, *PEOPLE, Customer("longer", "김하나영", Language.KO), *CONTACTS, *BOUGHT, *TAGS)
    return store


def test_of_namesakes_the_latest_contact_comes_first_then_who_spent_most(namesakes: Store) -> None:
    found = find_customers(namesakes.db, "김하나")
    assert found[:4] == ["k07", "k03", "k05", "k09"]
    assert found[-1] == "longer", "what is spelt whole comes before what is only begun"


def test_a_contact_moves_somebody_up_and_undo_moves_them_down_again(namesakes: Store, stamp: Stamp) -> None:
    commit(namesakes, stamp, Ticket("t9", 9, Channel.PHONE, NOW, 0, 0, "k11"))
    assert find_customers(namesakes.db, "김하")[0] == "k11"
    namesakes.undo(stamp)
    assert find_customers(namesakes.db, "김하")[0] == "k07"


@pytest.mark.parametrize("few", [0, 20_000])
def test_so_many_namesakes_that_the_list_is_walked_instead_are_ranked_alike(
    namesakes: Store, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_FEW", few)
    assert find_customers(namesakes.db, "김하")[:4] == ["k07", "k03", "k05", "k09"]
    assert len(find_customers(namesakes.db, "김하", 100)) == 13


def test_a_walk_that_was_not_long_enough_is_filled_from_the_index(
    namesakes: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_FEW", 0)
    monkeypatch.setattr(search, "_WALK", 2)
    found = find_customers(namesakes.db, "김하")
    assert found[:2] == ["k07", "k03"]
    assert len(found) == len(set(found)) == 13


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (Filters(status=Status.WAITING), ["k07"]),
        (Filters(channel=Channel.PHONE), ["k03", "k07"]),
        (Filters(channel=Channel.PHONE, after=NOW - 7 * DAY_MS), ["k03"]),
        (Filters(channel=Channel.MAIL, before=NOW - 7 * DAY_MS), []),
        (Filters(before=NOW - 7 * DAY_MS), ["k07"]),
        (Filters(segment=Segment.VIP), ["k05"]),
        (Filters(tag="선물"), ["k01"]),
        (Filters(tag="파손"), ["k03"]),
        (Filters(tag="파손", channel=Channel.MAIL), []),
        (Filters(segment=Segment.VIP, channel=Channel.PHONE), []),
    ],
)
@pytest.mark.parametrize("text", ["", "김하나"])
def test_conditions_leave_those_whom_they_fit(namesakes: Store, text: str, line: Filters, found: list[str]) -> None:
    assert sorted(find_customers(namesakes.db, text, only=line, now=NOW)) == found


def test_without_a_text_the_latest_contact_that_fits_comes_first(namesakes: Store) -> None:
    assert find_customers(namesakes.db, "", only=Filters(channel=Channel.PHONE)) == ["k03", "k07"]
    assert find_customers(namesakes.db, "김", only=Filters(channel=Channel.PHONE)) == ["k07", "k03"]


def test_a_tag_is_found_with_its_sign_and_as_a_word(namesakes: Store) -> None:
    assert find_customers(namesakes.db, "#선물") == find_customers(namesakes.db, "선물") == ["k01"]
    assert find_customers(namesakes.db, "#파손") == ["k03"]
    assert find_customers(namesakes.db, "#없음") == []


def test_goods_are_found_by_any_part_of_their_name_until_nobody_has_them_any_more(
    namesakes: Store, stamp: Stamp
) -> None:
    for typed in ("린넨", "셔츠", "린넨 셔", "넨 셔츠"):
        assert find_products(namesakes.db, typed, 9) == [("k05", "린넨 셔츠")]
    namesakes.commit(Change("gone", (remove(BOUGHT[0]),)), stamp)
    assert find_products(namesakes.db, "린넨", 9) == []
    assert namesakes.db.execute("SELECT name FROM product").fetchall() == [("울 니트",)]


# -- words in notes and messages


@pytest.fixture
def talk(store: Store, stamp: Stamp) -> Store:
    """Three messages, an event and a note."""
    commit(
        store,
        stamp,
        Message("m1", "t1", MessageKind.CUSTOMER, "반품하고 싶어요. 재입고는 언제 되나요?", 10),
        Message("m2", "t1", MessageKind.REPLY, "환불 도와드리겠습니다", 20),
        Message("m3", "t2", MessageKind.CUSTOMER, "Where is my REFUND?", 30),
        Message("m4", "t2", MessageKind.EVENT, '{"code":"환불환불"}', 40),
        Note("n1", "c1", "환불 두 번 받으심", 50),
    )
    return store


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("환불", ["n1", "m2"]),  # two syllables, newest first
        ("반품", ["m1"]),
        ("반ㅍ", ["m1"]),  # still being typed
        ("재입고", ["m1"]),
        ("입고", ["m1"]),
        ("refund", ["m3"]),
        ("efun", ["m3"]),
        ("환불 도", ["m2"]),
        ("code", []),
        ("교환", []),
    ],
)
def test_a_word_is_found_wherever_it_was_said(talk: Store, typed: str, found: list[str]) -> None:
    assert [key for _, key, _ in find_text(talk.db, typed)] == found


def test_a_word_says_where_it_was_found(talk: Store) -> None:
    assert find_text(talk.db, "환불") == [("note", "n1", "c1"), ("message", "m2", "t1")]


@pytest.mark.parametrize("typed", ["환불", "재입고"])
def test_a_decomposed_word_is_the_same_word(talk: Store, typed: str) -> None:
    assert find_text(talk.db, unicodedata.normalize("NFD", typed)) == find_text(talk.db, typed)


@pytest.mark.parametrize("typed", ["", "  ", "가", "ab"])
def test_too_little_to_go_by_finds_nothing_rather_than_everything(talk: Store, typed: str) -> None:
    assert find_text(talk.db, typed) == []


@pytest.mark.parametrize("typed", ['"환불"', "환불 OR 반품", "환불*", "NEAR(환불 반품)", "body_jamo:환불", "^환불"])
def test_words_are_never_read_as_a_query(talk: Store, typed: str) -> None:
    assert find_text(talk.db, typed) == []


def test_what_was_said_and_taken_back_is_found_nowhere(talk: Store, stamp: Stamp) -> None:
    talk.undo(stamp)
    assert find_text(talk.db, "환불") == []
    assert derived(talk.db)["trigrams"] == []


def test_rebuilding_finds_exactly_what_was_there(shop: Store, talk: Store) -> None:
    found = derived(shop.db)
    with shop.transaction() as db:
        check.rebuild(db)
    assert derived(shop.db) == found
    assert talk is shop


def test_who_said_a_word_or_of_whom_it_was_noted_is_found_the_latest_first(talk: Store, stamp: Stamp) -> None:
    commit(talk, stamp, Ticket("t1", 1, Channel.PHONE, 0, 0, 0, "c2"), Ticket("t2", 2, Channel.PHONE, 0, 0, 0))
    assert said_by(talk.db, "환불", 9) == [("c1", "환불 두 번 받으심"), ("c2", "환불 도와드리겠습니다")]
    assert said_by(talk.db, "환불", 1) == [("c1", "환불 두 번 받으심")]
    assert said_by(talk.db, "refund", 9) == [], "nobody knows whose contact that was"
    assert said_by(talk.db, "가", 9) == []


def test_buyers_are_found_by_their_latest_purchase_whatever_else_nobody_bought(store: Store, stamp: Stamp) -> None:
    bought = (("a", "린넨 셔츠"), ("b", "린넨 커튼"), ("a", "린넨 커튼"), (None, "린넨 셔츠"), ("c", "울 니트"))
    lines = (
        Purchase(f"p{at}", who, f"O{at}", what, 1, "KRW", at, external_id=str(at))
        for at, (who, what) in enumerate(bought)
    )
    commit(store, stamp, *lines)
    assert find_products(store.db, "린넨", 9) == [("a", "린넨 커튼"), ("b", "린넨 커튼")]
    assert find_products(store.db, "린넨", 1) == [("a", "린넨 커튼")]


@pytest.mark.parametrize("text", ["김하", "ㄱ하ㄴ", "김하나", "kim", "ㄱㅎ"])
@pytest.mark.parametrize(
    "line", [Filters(), Filters(segment=Segment.VIP), Filters(channel=Channel.PHONE), Filters(tag="선물")], ids=str
)
def test_walking_the_list_finds_whom_sorting_the_stretch_finds(
    namesakes: Store, text: str, line: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    sorted_ = find_customers(namesakes.db, text, 50, only=line, now=NOW)
    monkeypatch.setattr(search, "_FEW", 0)
    assert find_customers(namesakes.db, text, 50, only=line, now=NOW) == sorted_


def test_a_state_that_many_contacts_have_is_asked_of_those_who_are_spelt_so(
    namesakes: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolved = Filters(status=Status.RESOLVED)
    few = find_customers(namesakes.db, "김하나", only=resolved)
    monkeypatch.setattr(search._Search, "_few_met", False)
    assert sorted(find_customers(namesakes.db, "김하나", only=resolved)) == sorted(few) == ["k03", "k07"]
