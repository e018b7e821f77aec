"""The shop's own lines: kept beside the shipped ones, found, taken back; and what is brought in from elsewhere."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cxdesk.desk import Desk, Refused
from cxdesk.desk.lines import Lines, faults
from cxdesk.desk.look import look
from cxdesk.desk.phrases import Phrases
from cxdesk.domain.outcomes import Tally
from cxdesk.domain.words import Channel, Emotion, Language, Stage, Topic
from cxdesk.empathy.library import Line
from cxdesk.empathy.outcomes import NOTHING_LEARNED
from cxdesk.settings import Lines as Weights
from tests.conftest import Clock

SEOUL = ZoneInfo("Asia/Seoul")
SHIPPED = "ko.acknowledge.anger.1"


@pytest.fixture(scope="module")
def once() -> Phrases:
    """The shipped lines, read once."""
    return Phrases(SEOUL)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "scripts"


@pytest.fixture
def phrases(once: Phrases, own: Path) -> Iterator[Phrases]:
    once.own = own
    once.read_own()
    yield once
    once.own = None
    once.read_own()


@pytest.fixture
def lines(phrases: Phrases) -> Lines:
    return Lines(phrases)


def kept(own: Path, file: str = "ko/acknowledge.toml") -> str:
    return (own / file).read_text("utf-8")


def line(phrases: Phrases, key: str = SHIPPED) -> Line:
    found = phrases.library(Language.KO).get(key)
    assert found is not None
    return found


def test_a_shipped_line_is_reworded_hidden_and_put_back(lines: Lines, phrases: Phrases, own: Path) -> None:
    was = line(phrases)
    lines.save(replace(was, text="많이 답답하셨지요."))
    assert line(phrases).text == "많이 답답하셨지요."
    assert lines.is_own(line(phrases))
    lines.hide(line(phrases))
    assert line(phrases) not in phrases.library(Language.KO).at("ko", Stage.ACKNOWLEDGE)
    assert line(phrases) in lines.all(Language.KO, "답답하셨지요")
    lines.put_back(line(phrases))
    assert line(phrases) == was
    assert not lines.is_own(was)
    assert kept(own).strip() == ""


def test_every_act_can_be_taken_back_and_nothing_else_is(lines: Lines, phrases: Phrases, own: Path) -> None:
    was = line(phrases)
    lines.save(replace(was, text="하나"))
    lines.save(replace(was, text="둘"))
    lines.put_back(was)
    texts = []
    while lines.undo():
        texts.append(line(phrases).text)
    assert texts == ["둘", "하나", was.text]
    assert not (own / "ko" / "acknowledge.toml").exists()


def test_a_new_line_gets_an_id_of_its_own_and_goes_with_undo(lines: Lines, phrases: Phrases) -> None:
    for n in (1, 2):
        made = replace(lines.new(Stage.GREET, Language.KO), text=f"어서 오세요 {n}")
        assert made.id == f"ko.greet.own.{n}"
        lines.save(made)
    lines.put_back(line(phrases, "ko.greet.own.1"))
    assert phrases.library(Language.KO).get("ko.greet.own.1") is None
    assert lines.new(Stage.GREET, Language.KO).id == "ko.greet.own.1"


def test_a_file_that_was_edited_by_hand_meanwhile_is_not_overwritten_by_undo(
    lines: Lines, phrases: Phrases, own: Path
) -> None:
    lines.save(replace(line(phrases), text="하나"))
    file = own / "ko" / "acknowledge.toml"
    file.write_text(kept(own) + "\n# 손으로 적음\n", "utf-8")
    with pytest.raises(Refused, match="changed_since"):
        lines.undo()
    assert "손으로 적음" in kept(own)
    lines.save(replace(line(phrases), text="둘"))
    assert "손으로 적음" in kept(own)


@pytest.mark.parametrize(
    "text", ["{{ customer.nmae }} 고객님", "{{ customer.name | upper }}", "{? 시각", "{{ broken", " "]
)
def test_a_line_that_could_never_be_said_is_refused_and_nothing_is_written(
    lines: Lines, phrases: Phrases, own: Path, text: str
) -> None:
    with pytest.raises(Refused, match="bad_line"):
        lines.save(replace(line(phrases), text=text))
    assert not own.exists()


def test_a_broken_file_keeps_its_words_and_the_shipped_lines_stay(phrases: Phrases, own: Path) -> None:
    file = own / "ko" / "acknowledge.toml"
    file.parent.mkdir(parents=True)
    file.write_text('[[line]]\nid = "own"\ntext = "닫지 않은\n', "utf-8")
    phrases.read_own()
    problem = phrases.problems[0]
    assert (problem.file, problem.row, problem.code) == (str(file), 3, "syntax")
    with pytest.raises(Refused, match="broken_lines"):
        Lines(phrases).save(replace(line(phrases), text="새 말"))
    assert "닫지 않은" in file.read_text("utf-8")
    assert line(phrases).text


def test_a_file_that_cannot_be_opened_is_named_and_the_rest_is_used(phrases: Phrases, own: Path) -> None:
    (own / "ko" / "greet.toml").mkdir(parents=True)
    phrases.read_own()
    assert [(problem.file, problem.code) for problem in phrases.problems] == [
        (str(own / "ko" / "greet.toml"), "unreadable")
    ]
    assert phrases.library(Language.KO).at("ko", Stage.GREET)


def test_a_folder_that_cannot_be_written_is_said(lines: Lines, phrases: Phrases, own: Path) -> None:
    own.write_text("not a folder", "utf-8")
    with pytest.raises(Refused, match="lines_un"):
        lines.save(replace(line(phrases), text="새 말"))
    assert line(phrases).text != "새 말"


def test_without_a_folder_of_the_owners_nothing_can_be_changed(once: Phrases) -> None:
    with pytest.raises(Refused, match="no_lines_folder"):
        Lines(once).save(replace(line(once), text="새 말"))


def test_putting_back_what_was_never_changed_is_refused(lines: Lines, phrases: Phrases) -> None:
    with pytest.raises(Refused, match="not_own"):
        lines.put_back(line(phrases))


def test_a_faulty_line_names_its_fault_while_it_is_written(phrases: Phrases) -> None:
    assert faults(line(phrases)) == ()
    assert [one.code for one in faults(replace(line(phrases), text="{{ weather.today }}"))] == ["unknown_fact"]


# -- canned replies of other programs


@pytest.fixture
def macros(tmp_path: Path) -> Path:
    path = tmp_path / "macros.json"
    replies = [
        {"short_code": "hi", "content": "안녕하세요 {{contact.name}} 고객님"},
        {"short_code": "bye", "content": "Thank you, {{contact.first_name}}."},
        {"short_code": "if", "content": "{% if x %}y{% endif %}"},
    ]
    path.write_text(json.dumps(replies), "utf-8")
    return path


def test_canned_replies_become_lines_in_their_own_language(lines: Lines, own: Path, macros: Path) -> None:
    brought = lines.bring(macros, Stage.CLOSE)
    assert (brought.new, brought.changed, brought.same) == (2, 0, 0)
    assert [one.code for one in brought.skipped] == ["logic"]
    assert "customer.name }} 고객님" in kept(own, "ko/close.toml")
    assert "customer.name | first" in kept(own, "en/close.toml")


def test_the_same_file_again_changes_nothing_and_one_undo_takes_a_whole_file_back(
    lines: Lines, own: Path, macros: Path
) -> None:
    lines.bring(macros, Stage.CLOSE)
    again = lines.bring(macros, Stage.CLOSE)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert lines.undo()
    assert list(own.rglob("*.toml")) == []
    assert not lines.undo()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp949", "utf-16"])
def test_a_table_may_be_in_any_encoding_a_spreadsheet_saves(lines: Lines, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "replies.csv"
    path.write_bytes("제목,내용\n인사,안녕하세요\n".encode(encoding))
    assert lines.bring(path, Stage.GREET).new == 1


@pytest.mark.parametrize(
    ("content", "code"), [(b"a,b\n1,2\n", "no_canned"), (b"", "lines_unreadable"), (None, "lines_unreadable")]
)
def test_a_file_without_replies_is_refused(lines: Lines, tmp_path: Path, content: bytes | None, code: str) -> None:
    path = tmp_path / "x.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused, match=code):
        lines.bring(path, Stage.GREET)


# -- for the customer on screen, and how lines fared


def test_a_line_is_told_to_the_customer_on_screen_or_to_an_invented_one(
    desk: Desk, lines: Lines, phrases: Phrases
) -> None:
    customer, also = desk.people.newcomer("박서준", Language.KO)
    ticket, _ = desk.arrive(Channel.PHONE, customer=customer, also=also, topic=Topic.DELIVERY)
    shown = look(desk, phrases, ticket.id)
    named = line(phrases, "ko.greet.any.7")
    assert "박서준 고객님" in (lines.filled(named, desk, shown) or "")
    assert "김민지 고객님" in (lines.filled(named, desk, None) or "")
    about_an_order = line(phrases, "ko.greet.delivery.1")
    assert lines.filled(about_an_order, desk, shown) is None
    assert lines.filled(about_an_order, desk, None)


def test_every_shipped_line_can_be_told_to_the_invented_customer(desk: Desk, lines: Lines) -> None:
    for lang in Language:
        assert [one.id for one in lines.all(lang) if not lines.filled(one, desk, None)] == []


def test_cheer_and_warnings_are_nothing_for_somebody_who_gave_no_cause_for_either(
    desk: Desk, lines: Lines, phrases: Phrases
) -> None:
    ticket, _ = desk.arrive(Channel.PHONE)
    shown = look(desk, phrases, ticket.id)
    assert shown is not None
    apt = lines.apt(desk, shown)
    assert not apt(line(phrases, "ko.acknowledge.gratitude.1"))
    assert not apt(line(phrases, "ko.close.abuse.1"))
    assert apt(line(phrases, "ko.greet.any.7"))


def test_what_worked_here_is_learned_from_the_file_and_said_as_a_reason(
    desk: Desk, lines: Lines, phrases: Phrases, clock: Clock
) -> None:
    good, bad = line(phrases, "ko.acknowledge.anger.2"), line(phrases, "ko.acknowledge.anger.3")
    for said, after in ((good, Emotion.NEUTRAL), (bad, Emotion.ANGER)):
        for _ in range(6):
            ticket, _ = desk.arrive(Channel.PHONE)
            desk.feel([ticket.id], Emotion.ANGER)
            desk.take([ticket.id])
            desk.reply(ticket.id, "많이 답답하셨지요.", said.id)
            desk.resolve([ticket.id], after)
    try:
        phrases.learn(desk.db, clock(), Weights(prior=4, explore=0))
        assert lines.tally(good) == Tally(6, 6, 6)
        assert lines.tally(bad) == Tally(6, 6, 0)
        ticket, _ = desk.arrive(Channel.PHONE)
        desk.feel([ticket.id], Emotion.ANGER)
        desk.step([ticket.id], 2)
        shown = look(desk, phrases, ticket.id)
        assert shown is not None
        offers = {one.line.id: one.why for one in shown.offers}
        assert next(iter(offers)) == good.id
        assert "worked" in offers[good.id]
        assert bad.id not in list(offers)[:4]
    finally:
        phrases.experience = NOTHING_LEARNED


def test_a_line_is_found_by_what_it_is_for_in_either_language(lines: Lines) -> None:
    for words in ("위기 대안", "crisis options", "폭언 마무리"):
        assert lines.all(Language.KO, words)
        assert lines.all(Language.KO, words)[0].when is not None
