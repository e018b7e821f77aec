import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.hangul.mask import mask_address, mask_mail, mask_name, mask_phone, mask_text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("김", "*"), ("김수", "김*"), ("김민지", "김*지"), ("남궁민수", "남**수"), ("김 민지", "김*지"),
        ("김민지(선물)", "김*지"), ("Sara Oliver", "S*** O*****"), ("J", "*"), ("J Li", "* L*"), ("", ""),
        ("010-1234-5678", "010-****-5678"), ("minji@example.com", "mi***@example.com"), ("王小明", "王*明"),
    ],
)  # fmt: skip
def test_a_name_keeps_its_outline_only(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("010-1234-5678", "010-****-5678"), ("+82 10 1234 5678", "010-****-5678"), ("02-123-4567", "02-***-4567"),
        ("1588-1234", "1588-****"), ("0504-1234-5678", "0504-****-5678"), ("+49 170 1234567", "+********4567"),
        ("123-4567", "***-****"), ("010-****-5678", "010-****-5678"), ("", ""),
    ],
)  # fmt: skip
def test_a_phone_keeps_its_kind_and_last_four(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("mail", "shown"),
    [
        ("minji@example.com", "mi***@example.com"),
        ("abc@x.kr", "a***@x.kr"),
        ("ab@x.kr", "***@x.kr"),
        ("@x.kr", "***"),
        ("minji", "***"),
    ],
)
def test_a_mail_address_keeps_two_letters_and_its_domain(mail: str, shown: str) -> None:
    assert mask_mail(mail) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("서울특별시 강남구 역삼동 123-4 101호", "서울특별시 강남구 역삼동 ***"),
        ("서울특별시 강남구 테헤란로 152", "서울특별시 강남구 ***"),
        ("10 Downing Street", "***"),
    ],
)
def test_an_address_stops_at_its_neighbourhood(address: str, shown: str) -> None:
    assert mask_address(address) == shown


@given(
    st.text()
    | st.from_regex(
        r"[가-힣 ]{1,5}|[A-Z ]{1,4}|\+49[0-9]{9}|01[0-9]{9}|[A-Z][a-z]+ [A-Z][a-z]+|[a-z*]+@[a-z]+", fullmatch=True
    )
)
def test_masking_twice_is_masking_once(text: str) -> None:
    for mask in (mask_name, mask_phone, mask_mail):
        assert mask(mask(text)) == mask(text)


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1))
def test_a_name_never_shows_more_than_its_first_and_last_syllable(name: str) -> None:
    assert len(mask_name(name).replace("*", "")) <= min(2, len(name) - 1)


@given(st.from_regex(r"\+?[0-9 -]{1,16}", fullmatch=True))
def test_a_phone_never_shows_the_middle(phone: str) -> None:
    shown = mask_phone(phone)
    assert shown.count("*") >= 3 or not any(char.isdigit() for char in shown)


@pytest.mark.parametrize(
    ("text", "names", "seen"),
    [
        ("김민지 고객님, 010-1234-5678 맞으시죠?", ("김민지",), "김*지 고객님, 010-****-5678 맞으시죠?"),
        ("민지 고객님께 전화", ("김민지",), "*지 고객님께 전화"),
        ("답은 minji.kim@example.com 으로", (), "답은 mi***@example.com 으로"),
        ("+82 10 1234 5678", (), "010-****-5678"),
        ("Emma Clarke called", ("Emma Clarke",), "E*** C***** called"),
        ("2026-11-21 14:03 주문 20000010864", (), "2026-11-21 14:03 주문 20000010864"),
        ("1,284,000원", (), "1,284,000원"),
    ],
)
def test_names_and_numbers_inside_a_text_are_masked_and_dates_are_not(
    text: str, names: tuple[str, ...], seen: str
) -> None:
    assert mask_text(text, names) == seen
