"""The check as a whole: what it blocks, what a key costs, and what hostile text does to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.check import labelled, long_reply
from cxdesk.domain.words import Language
from cxdesk.empathy.blanks import unfilled
from cxdesk.empathy.reply import checker as checking
from cxdesk.empathy.reply.checker import LIMIT
from cxdesk.empathy.reply.findings import Finding, FindingId, Weight
from cxdesk.empathy.reply.sentences import LONGEST, sentences
from tests.empathy.reply.conftest import checker


def test_only_blanks_forbid_and_only_a_refusal_asks() -> None:
    weights = {finding.id: finding.weight for part in ("rules", "aside") for finding in _all(part)}
    assert {kind for kind, weight in weights.items() if weight is Weight.BLOCK} == {FindingId.UNFILLED}
    assert {kind for kind, weight in weights.items() if weight is Weight.ASK} == {FindingId.NO_ALTERNATIVE}


def test_the_weightiest_finding_comes_first() -> None:
    found = checker(name="김민지").check("안녕하세요, 고객님. 상품를 최대한 빨리 보낼게요. {? 날짜 ?}")
    assert [finding.id for finding in found] == ["unfilled", "vague-time", "no-name", "wrong-josa"]


@pytest.mark.parametrize("lang", Language)
def test_a_key_costs_one_sentence_of_a_long_reply(lang: Language) -> None:
    text, check = long_reply(lang), checker(lang)
    assert len(text) == 2_000
    check.check(text)
    whole = check.examined
    middle = len(text) // 2
    for n in range(1, 30):
        before = check.examined
        check.check(text[:middle] + "가나다 abc."[:n] + text[middle:])
        assert check.examined - before <= 2  # two when the key ends a sentence and begins the next
    assert whole > 20
    assert check.check(text) == checker(lang).check(text)


def test_what_has_been_worked_out_is_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "_KEPT", 4)
    check = checker()
    for n in range(40):
        check.check(f"{n}번 문장입니다.")
    assert len(check._notes) == 4


@pytest.mark.parametrize("lang", Language)
@given(data=st.data())
def test_findings_stand_inside_the_reply_and_their_edits_can_be_made(lang: Language, data: st.DataObject) -> None:
    words = st.sampled_from(
        ["규정상 ", "안 됩니다", "!! ", "{? ", "?}", "\n", "soon ", "can't ", "고객님가 ", "🙂", "{{x}}"]
    )
    text = "".join(data.draw(st.lists(words | st.text(max_size=8), max_size=12)))
    found = checker(lang, name="김민지", order_no="A-1", high_minutes=40, options="① ②", acknowledge="네").check(text)
    for finding in found:
        assert 0 <= finding.start <= finding.end <= len(text)
        if finding.fix:
            assert 0 <= finding.fix.start <= finding.fix.end <= len(text)
            assert finding.fix.text in finding.fix.apply(text)


@given(st.text(alphabet="ab가.!? \n{}?%", max_size=80))
def test_the_check_forbids_exactly_what_is_unfilled(text: str) -> None:
    blocked = any(finding.weight is Weight.BLOCK for finding in checker().check(text))
    assert blocked == bool(unfilled(text))


@given(st.text(max_size=2 * LONGEST))
def test_sentences_are_pieces_of_the_text_and_leave_out_nothing_but_blank_space(text: str) -> None:
    parts = list(sentences(text))
    assert all(text[start:].startswith(sentence) and len(sentence) <= LONGEST for start, sentence in parts)
    assert "".join("".join(sentence for _, sentence in parts).split()) == "".join(text.split())


def test_a_title_or_an_hour_does_not_end_a_sentence() -> None:
    assert [sentence for _, sentence in sentences("Ms. Grant comes at 10 a.m. on Monday. Fine.")] == [
        "Ms. Grant comes at 10 a.m. on Monday.",
        "Fine.",
    ]


@pytest.mark.parametrize(
    "hostile",
    [
        "가" * 100_000,
        "!" * 100_000,
        "A " * 50_000,
        "🙂" * 20_000,
        "안 됩니다. " * 15_000,
        "{?" * 50_000,
        "{{ customer.name }}{% for x in y %}" * 3_000,
        "1분 안에 " * 15_000,
        "\n" * 100_000,
        "\x1b[2J\x00\u202e" * 10_000,
    ],
    ids=lambda text: repr(text[:12]),
)
@pytest.mark.parametrize("lang", Language)
def test_hostile_text_costs_a_bounded_number_of_sentences(lang: Language, hostile: str) -> None:
    check = checker(lang, name="김민지", high_minutes=40)
    found = check.check(hostile)
    assert check.examined <= LIMIT // (LONGEST // 2) + 1
    assert len(found) <= 200


def test_template_syntax_in_what_is_known_stays_the_letters_it_is() -> None:
    check = checker(Language.EN, name="{order_no} {{x}}", order_no="A-1")
    found = {finding.id: finding for finding in check.check("Dear customer, thanks.")}
    assert found[FindingId.NO_NAME].better == "Dear {order_no}"


def _all(part: str) -> list[Finding]:
    return [
        finding
        for lang in Language
        for reply in labelled(part, lang)
        for finding in checker(lang, name=reply.known.name, high_minutes=reply.known.high_minutes).check(reply.text)
    ]
