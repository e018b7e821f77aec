"""The shipped packs and lists, through the door that screens and command line use."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.desk.hearing import Hearing, packs_folder
from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.hearing.result import Basis

HEARING = Hearing.load()
LIMIT = 1_000_000  # bytes a pack may have


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "cues"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("language", list(Language))
def test_the_shipped_packs_are_whole_and_small(language: Language) -> None:
    assert HEARING.problems == ()
    assert HEARING.basis[language] is Basis.MODEL
    assert (packs_folder() / f"{language}.pack").stat().st_size <= LIMIT


@pytest.mark.parametrize(
    ("text", "emotion", "topic"),
    [
        ("일주일째 배송중이라고만 나와요. 정말 답답하네요 ㅡㅡ", Emotion.ANGER, Topic.DELIVERY),
        ("벌써 세 번째 문의드립니다. 택배는 언제 받을 수 있습니까", Emotion.ANGER, Topic.DELIVERY),
        ("혹시 결제가 두 번 된 건 아니겠죠? 너무 불안해서요", Emotion.ANXIETY, Topic.PAYMENT),
        ("기대 많이 했는데 사진이랑 색이 달라서 속상해요ㅠㅠ", Emotion.DISAPPOINTMENT, Topic.PRODUCT),
        ("아이디가 두 개로 나오는데 뭐가 맞는 건지 모르겠어요", Emotion.CONFUSION, Topic.ACCOUNT),
        ("Still no parcel after two weeks, this is ridiculous", Emotion.ANGER, Topic.DELIVERY),
        ("I'm worried my payment went through twice", Emotion.ANXIETY, Topic.PAYMENT),
        ("What's the difference between the two accounts, I'm confused", Emotion.CONFUSION, Topic.ACCOUNT),
        ("Such kind staff, thank you so much!", Emotion.GRATITUDE, Topic.STAFF),
    ],
)
def test_plain_messages_are_heard(text: str, emotion: Emotion, topic: Topic) -> None:
    heard = HEARING.hear(text)
    assert (heard.emotion, heard.topic) == (emotion, topic)
    assert [reason for reason in heard.reasons if text[reason.start : reason.end] != reason.text] == []


@pytest.mark.parametrize(
    "text",
    [
        "항상 감사히 잘 쓰고 있는데요, 이번엔 열흘째 배송이 안 오네요",
        "친절하게 응대해 주셔서 감사한데 아직도 환불이 안 됐어요",
        "Thanks for the lovely packaging, but it arrived broken again",
        "I love your shop, and my order is two weeks late",
    ],
)
def test_praise_beside_a_delay_or_a_defect_is_never_gratitude(text: str) -> None:
    assert HEARING.hear(text).emotion is not Emotion.GRATITUDE


@pytest.mark.parametrize(
    ("text", "abuse"),
    [
        ("이 멍청이들아 일 똑바로 해", True),
        ("시발점부터 다시 볼게요", False),
        ("you idiots", True),
        ("is it ok?", False),
    ],
)
def test_abuse_is_told_from_words_that_look_like_it(text: str, abuse: bool) -> None:
    assert HEARING.hear(text).abuse is abuse


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "😡😡😡",
        "?",
        "{{ customer.name }} {% for x in y %} {? 주문번호 ?} {0.__class__} %s",
        "배송 where is 我的包裹 ですか 🙏 [/bold] \x1b[31m",
        "a" * 100_000,
        "배송이 안 와요 " * 15_000,
        "ㅠ" * 100_000,
        "\u0301" * 100_000,
    ],
)
def test_odd_messages_are_only_text(text: str) -> None:
    for language in (None, *Language):
        heard = HEARING.hear(text, language)
        assert len(heard.reasons) <= 9
        assert all(0 <= reason.start < reason.end <= len(text) for reason in heard.reasons)


@pytest.mark.parametrize("text", ["", " \n", "🫠🫠🫠", "我的包裹"])
def test_where_there_is_nothing_to_go_by_nothing_is_said(text: str) -> None:
    for language in Language:
        heard = HEARING.hear(text, language)
        assert (heard.emotion, heard.likely, heard.topic, heard.reasons) == (None, None, None, ())


def test_a_huge_message_costs_no_more_than_what_is_read_of_it() -> None:
    features = HEARING.hear("배송이 안 와요 " * 15_000), HEARING.hear("배송이 안 와요 " * 1_500)
    assert features[0].chances == features[1].chances


@given(st.text())
def test_any_text_can_be_heard(text: str) -> None:
    heard = HEARING.hear(text)
    assert 0 <= heard.confidence <= 100
    assert abs(sum(heard.chances) - 1000) <= 6 or heard.chances == ()


# -- files that are missing or broken


def test_a_missing_or_damaged_pack_leaves_the_cues_and_is_named(tmp_path: Path) -> None:
    (tmp_path / "ko.pack").write_bytes((packs_folder() / "ko.pack").read_bytes()[:5000])
    hearing = Hearing.load(packs=tmp_path)
    assert [(Path(problem.file).name, problem.code) for problem in hearing.problems] == [
        ("ko.pack", "damaged"),
        ("en.pack", "no_pack"),
    ]
    assert set(hearing.basis.values()) == {Basis.CUES}
    heard = hearing.hear("일주일째 안 와요. 정말 짜증나네요")
    assert (heard.emotion, heard.basis) == (Emotion.ANGER, Basis.CUES)


def test_an_owners_word_is_heard_and_a_broken_file_is_named(own: Path) -> None:
    (own / "ko.toml").write_text('[[cue]]\nmeans = "abuse"\nwords = ["진상짓거리"]\n', "utf-8")
    (own / "en.toml").write_bytes(b'[[cue]]\nmeans = "anger"\nwords = ["\xff"\n')
    hearing = Hearing.load(own)
    assert hearing.hear("그게 무슨 진상짓거리입니까").abuse
    assert [(Path(problem.file).name, problem.code) for problem in hearing.problems] == [("en.toml", "syntax")]
    assert hearing.basis[Language.EN] is Basis.MODEL


# -- corrections


def test_what_is_corrected_is_heard_next_time_and_can_be_taken_back() -> None:
    hearing = Hearing.load()
    text = "그쪽 물건은 여전하네요"
    before = hearing.hear(text)
    for _ in range(4):
        hearing.learn(text, Emotion.DISAPPOINTMENT)
        hearing.learn(text, Topic.PRAISE)
    assert hearing.local_on
    assert (hearing.hear(text).likely, hearing.hear(text).likely_topic) == (Emotion.DISAPPOINTMENT, Topic.PRAISE)
    for kind in (Emotion, Topic):
        assert [hearing.unlearn(kind, Language.KO) for _ in range(5)] == [True] * 4 + [False]
    assert hearing.hear(text) == before
    assert not hearing.local_on


def test_what_was_learned_survives_the_program_and_can_be_forgotten() -> None:
    hearing, later = Hearing.load(), Hearing.load()
    text = "so this is how you do it"
    hearing.learn(text, Emotion.CONFUSION)
    state = json.dumps(hearing.state())
    assert later.restore(json.loads(state))
    assert later.hear(text) == hearing.hear(text)
    later.forget()
    assert later.hear(text) == HEARING.hear(text)


def test_a_name_is_not_learned() -> None:
    hearing = Hearing.load()
    hearing.learn("Zbigniewa Qwxzyk", Emotion.ANGER, Language.EN)
    assert "Qwxzyk" not in json.dumps(hearing.state())
    assert hearing.hear("Qwxzyk").likely is HEARING.hear("Qwxzyk").likely


@pytest.mark.parametrize("state", [None, {}, {"ko": {}}, {"ko": {"emotion": 3}}, "x", [1]])
def test_a_state_that_does_not_fit_changes_nothing(state: object) -> None:
    hearing = Hearing.load()
    assert not hearing.restore(state)
    assert not hearing.local_on
