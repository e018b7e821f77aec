import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.hangul.phone import Phone, read_phone


@pytest.mark.parametrize(
    "text",
    ["010-1234-5678", "01012345678", "1012345678", "+82 10-1234-5678", "+82 010 1234 5678", "+82(0)10-1234-5678",
     "821012345678", "1012345678.0", "1.012345678E9", "\u202d010-1234-5678\u202c", "010\u200b12345678",
     "０１０－１２３４－５６７８", "010.1234.5678", "010–1234–5678", "'01012345678", "tel:010-1234-5678",
     "010-1234-5678, 02-123-4567", "010-1234-5678 ::: 02-123-4567", " 010 1234 5678 "],
)  # fmt: skip
def test_one_mobile_number_in_every_spelling(text: str) -> None:
    phone = read_phone(text)
    assert phone == Phone("01012345678", "mobile")
    assert phone
    assert (phone.pretty(), phone.last4, phone.matchable) == ("010-1234-5678", "5678", True)


@pytest.mark.parametrize(
    ("text", "kind", "pretty"),
    [
        ("017-111-1222 ", "mobile", "017-111-1222"), ("171111222", "mobile", "017-111-1222"),
        ("02)123-4567", "landline", "02-123-4567"), ("212345678", "landline", "02-1234-5678"),
        ("02-123-4567 (내선 12)", "landline", "02-123-4567"), ("0311234567", "landline", "031-123-4567"),
        ("3112345678", "landline", "031-1234-5678"), ("7012345678", "voip", "070-1234-5678"),
        ("1588-1234", "service", "1588-1234"), ("080-123-4567", "service", "080-123-4567"),
        ("0504-1234-5678", "safe", "0504-1234-5678"), ("50312345678", "safe", "0503-1234-5678"),
        ("010-****-5678", "masked", "010-****-5678"), ("010-1234-56●●", "masked", "010-1234-56**"),
        ("'+49 170 1234567", "foreign", "+491701234567"), ("0044 20 7946 0958", "foreign", "+442079460958"),
    ],
)  # fmt: skip
def test_other_numbers_are_told_apart(text: str, kind: str, pretty: str) -> None:
    phone = read_phone(text)
    assert phone
    assert (phone.kind, phone.pretty()) == (kind, pretty)
    assert phone.matchable == (kind not in ("safe", "masked"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "NULL",
        "김민지",
        "010-1234-567",
        "1234567890",
        "123-4567",
        "1.01235E+09",
        "2026112112345678",
        "0105678",
        "+",
        "****",
        "٠١٠-١٢٣٤-٥٦٧٨",
    ],
)
def test_what_cannot_be_called_is_no_number(text: str) -> None:
    assert read_phone(text) is None


def test_a_masked_end_is_not_a_last_four() -> None:
    phone = read_phone("010-1234-****")
    assert phone
    assert phone.last4 == ""


@given(
    st.from_regex(
        r"01[016789][0-9]{8}|02[0-9]{7,8}|0[346][1-3][0-9]{7,8}|070[0-9]{8}|050[0-9]{8,9}|15[0-9]{6}", fullmatch=True
    )
)
def test_a_number_s_usual_form_reads_back_to_itself(digits: str) -> None:
    phone = read_phone(digits)
    if phone:
        assert read_phone(phone.pretty()) == read_phone(phone.digits) == phone


@given(st.text("0123456789+-*. ()eE") | st.text())
def test_no_cell_breaks_it(text: str) -> None:
    phone = read_phone(text)
    assert phone is None or set(phone.digits) <= set("+*0123456789")
