import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.hangul.josa import josa, with_josa

PAIRS = ["은/는", "이/가", "을/를", "과/와", "으로/로", "아/야", "이랑/랑", "이나/나", "이라/라"]


@pytest.mark.parametrize(
    ("pair", "vowel", "rieul", "consonant", "unknown"),
    [
        ("은/는", "는", "은", "은", "은(는)"),
        ("이/가", "가", "이", "이", "이(가)"),
        ("을/를", "를", "을", "을", "을(를)"),
        ("과/와", "와", "과", "과", "과(와)"),
        ("으로/로", "로", "로", "으로", "(으)로"),
        ("아/야", "야", "아", "아", "아(야)"),
        ("이랑/랑", "랑", "이랑", "이랑", "(이)랑"),
        ("이나/나", "나", "이나", "이나", "(이)나"),
        ("이라/라", "라", "이라", "이라", "(이)라"),
    ],
)
def test_every_pair_agrees(pair: str, vowel: str, rieul: str, consonant: str, unknown: str) -> None:
    assert [josa(name, pair) for name in ("김민지", "서울", "김민준", "김*")] == [vowel, rieul, consonant, unknown]


@pytest.mark.parametrize(
    "said",
    [
        # numbers by reading: 영 일 이 삼 사 오 육 칠 팔 구, 십 백 천 만 억 조
        "0은", "1은", "2는", "3은", "4는", "5는", "6은", "7은", "8은", "9는", "10은", "100은", "12,000은", "1.5는",
        "1,000,000,000,000는", "010-1234-5678은",
        # units and money
        "12,000원은", "₩39,000은", "$12.30는", "10%는", "2kg은", "500ml는", "3개는", "김민지 님은",
        # Latin letters, acronyms and words
        "L은", "M은", "XL은", "S는", "VIP는", "SNS는", "book은", "web은", "shop은", "shirt는", "bank는", "email은",
        "set는", "iPhone은", "sale은", "coffee는", "linen은", "black은",
        # what is written but not said
        "김민지(선물)는", "'사과'는", "(사과)는", "사과!는", "린넨 셔츠…는", "민지ㅠㅠ는",
        # unreadable
        "김*은(는)", "日本은(는)", "은(는)", "😀은(는)",
    ],
)  # fmt: skip
def test_the_topic_particle_follows_the_reading(said: str) -> None:
    particle = next(end for end in ("은(는)", "은", "는") if said.endswith(end))
    assert with_josa(said.removesuffix(particle), "은/는") == said


@pytest.mark.parametrize(
    "said", ["서울로", "부산으로", "1호로", "1로", "7로", "8로", "3으로", "L로", "email로", "M으로", "여기로"]
)
def test_rieul_takes_ro(said: str) -> None:
    word = said.removesuffix("으로") if said.endswith("으로") else said.removesuffix("로")
    assert with_josa(word, "으로/로") == said


def test_a_masked_name_whose_end_shows_is_read() -> None:
    assert with_josa("김*지", "이/가") == "김*지가"


def test_the_order_of_a_pair_does_not_matter_and_a_wrong_one_is_refused() -> None:
    assert josa("김민지", "와/과") == "와"
    with pytest.raises(KeyError):
        josa("김민지", "은/가")


@given(st.text(), st.sampled_from(PAIRS))
def test_any_word_gets_one_of_three_forms(word: str, pair: str) -> None:
    shut, opened = pair.split("/")
    assert josa(word, pair) in {shut, opened} or "(" in josa(word, pair)
