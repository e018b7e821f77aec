import pytest

from cxdesk.desk import Desk
from cxdesk.domain.changes import Change, insert
from cxdesk.domain.records import Customer, Purchase
from cxdesk.domain.words import Channel, Language, Segment


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """김민지 with a contact and a purchase, and Emma, who bought much."""
    minji, edits = desk.people.newcomer("김민지 010-1234-5678", Language.KO)
    emma = Customer("emma", "Emma Clarke", Language.EN)
    bought = (
        Purchase(
            "p1", minji.id, "2026110299812", "린넨 셔츠", 39_000, "KRW", desk.clock(), source="s", external_id="1"
        ),
        Purchase("p2", "emma", "O2", "울 니트", 3_000_000, "KRW", desk.clock(), source="s", external_id="2"),
    )
    edits = (*edits, insert(emma), *map(insert, bought))
    desk.store.commit(Change("new", edits), desk.stamp(), undoable=False)
    desk.arrive(Channel.PHONE, customer=minji, said="환불하고 싶어요")
    return desk


def names(desk: Desk, line: str) -> list[str]:
    return [listed.name for listed in desk.read.roster.search(line, 20)[0]]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("김ㅁㅈ", ["김민지"]),
        ("rlaalswl", ["김민지"]),
        ("5678", ["김민지"]),
        ("2026110299812", ["김민지"]),
        ("린넨", ["김민지"]),
        ("환불", ["김민지"]),
        ("니트", ["Emma Clarke"]),
        ("segment:vip", ["Emma Clarke"]),
        ("고객군:vip emma", ["Emma Clarke"]),
        ("고객군:vip 김민지", []),
        ("상태:대기", ["김민지"]),
        ("상태:대기 니트", []),
        ("채널:전화 린넨", ["김민지"]),
        ("채널:메일 환불", []),
        ("없는말", []),
    ],
)
def test_one_line_finds_people_by_whatever_is_known_of_them(shop: Desk, line: str, found: list[str]) -> None:
    assert names(shop, line) == found


def test_it_is_said_what_somebody_was_found_by(shop: Desk) -> None:
    for line, why in (("린넨", "린넨 셔츠"), ("환불", "환불하고 싶어요"), ("김민지", "")):
        _, whom = shop.read.roster.search(line, 20)
        assert [whom.why.get(key, "") for key in whom.lines] == [why]


def test_latin_keys_are_read_as_korean_only_when_they_find_nobody_as_they_stand(shop: Desk) -> None:
    assert shop.read.roster.search("rlaalswl", 20)[1].read_as == "김민지"
    assert shop.read.roster.search("emma", 20)[1].read_as == ""


def test_a_wrong_condition_is_named_and_the_rest_is_searched(shop: Desk) -> None:
    lines, whom = shop.read.roster.search("segmnt:vip 김민지", 20)
    assert whom.filters.wrong is not None
    assert [line.name for line in lines] == ["김민지"]


def test_the_list_says_each_persons_segment(shop: Desk) -> None:
    from cxdesk.domain.roster import Sort

    segments = {listed.name: listed.standing.segment for listed in shop.read.roster.block(Sort.NAME, None)}
    assert segments == {"김민지": Segment.NEW, "Emma Clarke": Segment.VIP}


def test_everything_about_one_person_is_in_their_dossier(shop: Desk) -> None:
    minji = next(listed for listed in shop.read.roster.search("김민지", 1)[0])
    data = shop.read.roster.dossier(minji.customer_id)
    assert [row["name"] for row in data["customer"]] == ["김민지"]
    assert [row["product"] for row in data["purchase"]] == ["린넨 셔츠"]
    assert [row["body"] for row in data["message"] if row["kind"] == "customer"] == ["환불하고 싶어요"]
    assert "Emma" not in str(data)
