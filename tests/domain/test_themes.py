"""Voices gather by what they are about. The complaints here are not those the likeness was set by."""

from itertools import chain, zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.afterwards import Theme, ThemeStage
from cxdesk.domain.themes import Candidate, stems, suggest, title_of
from cxdesk.domain.words import Topic

GROUPS = {
    "ko": (
        (
            "포장 테이프가 너무 안 뜯겨요",
            "테이프를 뜯다가 손톱이 부러졌어요",
            "포장 테이프 뜯기가 힘들어요. 칼이 있어야 하네요",
        ),
        ("향초 냄새가 거의 안 나요", "향초 향이 약해요. 냄새가 안 나는 수준이에요", "켜도 냄새가 안 나는 향초네요"),
        ("쿠폰이 장바구니에서 적용이 안 돼요", "쿠폰 적용 버튼이 안 눌려요", "받은 쿠폰을 쓰려는데 적용이 안 되네요"),
    ),
    "en": (
        ("The tape on the box is impossible to open", "I broke a nail on the tape", "Tape so strong I needed a knife"),
        ("The candle has hardly any scent", "No scent at all even when the candle burns", "Weak scent for a candle"),
        (
            "My voucher does not work at checkout",
            "Voucher refused at the checkout",
            "The voucher code fails at checkout",
        ),
    ),
}


def gathered(bodies: list[str]) -> dict[str, list[str]]:
    """The themes that voices make, one after the other, by the id of the theme."""
    themes: list[tuple[Theme, list[str]]] = []
    for body in bodies:
        found = suggest(body, "", [Candidate(theme, tuple(said)) for theme, said in themes])
        if found is None:
            made = Theme(str(len(themes)), title_of(body), Topic.OTHER, "", ThemeStage.COLLECT, 0, 0, 0)
            themes.append((made, [body]))
        else:
            next(said for theme, said in themes if theme.id == found.theme.id).append(body)
    return {theme.id: said for theme, said in themes}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("mixed", [False, True])
def test_what_is_about_the_same_gathers_and_nothing_else_does(language: str, mixed: bool) -> None:
    groups = GROUPS[language]
    order = list(chain(*zip_longest(*groups))) if mixed else list(chain(*groups))
    found = [set(said) for said in gathered(order).values()]
    for said in found:
        assert any(said <= set(group) for group in groups), said
    assert len(found) <= len(groups) + 1


def test_the_words_that_say_so_are_given_as_the_customer_wrote_them() -> None:
    theme = Theme("t", "", Topic.DELIVERY, "", ThemeStage.COLLECT, 0, 0, 0)
    found = suggest("조회를 해도 송장이 안 떠요", "", [Candidate(theme, ("송장 조회가 안 돼요", "조회가 멈췄어요"))])
    assert found is not None
    assert found.words == ("조회를", "송장이")


def test_the_same_product_helps_but_is_no_theme_by_itself() -> None:
    theme = Theme("t", "", Topic.DEFECT, "울 니트", ThemeStage.COLLECT, 0, 0, 0)
    candidate = Candidate(theme, ("보풀이 심하게 일어나요",))
    assert suggest("단추가 떨어졌어요", "울 니트", [candidate]) is None
    found = suggest("보풀이 금방 생겨서 아쉬워요", "울 니트", [candidate])
    assert found is not None
    assert found.same_product


def test_particles_endings_and_what_is_said_about_anything_do_not_count() -> None:
    assert stems("배송조회가").keys() == stems("조회는").keys()
    assert stems("늦어요").keys() == stems("늦었어요").keys()
    assert stems("packed").keys() == stems("packing").keys()
    assert not stems("정말 너무 안 돼요? please")


def test_a_theme_is_called_by_the_first_sentence_of_its_first_voice() -> None:
    assert title_of("포장이 약해요. 다음엔 튼튼하게 부탁드려요") == "포장이 약해요"
    assert title_of("아주 " * 30) == "아주 " * 12 + "아주…"


@given(st.lists(st.text(max_size=40), max_size=6), st.text(max_size=60))
def test_any_text_is_compared_without_a_fall(bodies: list[str], body: str) -> None:
    theme = Theme("t", "", Topic.OTHER, "", ThemeStage.COLLECT, 0, 0, 0)
    candidates = [Candidate(theme, tuple(bodies))] if bodies else []
    found = suggest(body, "", candidates)
    assert found is None or (0 < found.likeness <= 1 and found.words)
    assert len(title_of(body)) <= 41
