import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.money import decimals, format_money, parse_money

currencies = st.sampled_from(["KRW", "USD", "EUR", "GBP", "JPY", "CHF", "BHD", "TWD", "INR"])


@pytest.mark.parametrize(
    ("minor", "currency", "shown"),
    [
        (39_000, "KRW", "₩39,000"),
        (-39_000, "KRW", "-₩39,000"),
        (1_230, "USD", "$12.30"),
        (255, "GBP", "£2.55"),
        (5, "EUR", "€0.05"),
        (1_200, "JPY", "¥1,200"),
        (123_456, "CHF", "CHF 1,234.56"),
        (1_234_567, "BHD", "BHD 1,234.567"),
        (0, "KRW", "₩0"),
    ],
)
def test_an_amount_has_its_sign_and_its_currency_s_decimals(minor: int, currency: str, shown: str) -> None:
    assert format_money(minor, currency, "ko") == shown
    assert format_money(minor, currency, "en") == shown


def test_korean_words_say_won() -> None:
    assert format_money(39_000, "KRW", "ko", style="words") == "39,000원"
    assert format_money(39_000, "KRW", "en", style="words") == "₩39,000"
    assert format_money(1_230, "USD", "ko", style="words") == "$12.30"


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("12,000", 12_000), ("₩12,000", 12_000), ("￦12,000", 12_000), ("12,000원", 12_000), ("12000.00", 12_000),
        ("(1,200)", -1_200), ("-", 0), ("KRW 12,000", 12_000), ("12,000 KRW", 12_000), ("１２，０００원", 12_000),
        ("-₩1,000", -1_000), ("₩-1,000", -1_000), ("△1,200", -1_200), ("1,200-", -1_200), ("\\12,000", 12_000),
        ("12000.0", 12_000), ("0", 0), ("'12000", 12_000), (" 12,000 ", 12_000),
    ],
)  # fmt: skip
def test_won_is_read_from_every_form_a_shop_exports(text: str, minor: int) -> None:
    assert parse_money(text, "KRW") == (minor, "KRW")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$1,234.50", (123_450, "USD")), ("1.234,50 €", (123_450, "EUR")), ("2.55", (255, "USD")),
        ("2.5", (250, "USD")), ("12,50", (1_250, "USD")), ("£2.55", (255, "GBP")), ("1'234.50", (123_450, "USD")),
        ("1.234.567", (123_456_700, "USD")), ("0.550", (55, "USD")), ("19.990000000000002", (1_999, "USD")),
        ("3.9999999999999996", (400, "USD")), ("1,00,000.00", (10_000_000, "USD")), (".5", (50, "USD")),
        ("12,000원", (12_000, "KRW")), ("usd 5", (500, "USD")), ("JPY 500", (500, "JPY")),
    ],
)  # fmt: skip
def test_an_amount_that_names_its_currency_keeps_it(text: str, expected: tuple[int, str]) -> None:
    assert parse_money(text, "USD") == expected


def test_a_shared_sign_means_the_shop_s_own_currency() -> None:
    assert parse_money("$5.00", "CAD") == (500, "CAD")
    assert parse_money("¥5.00", "CNY") == (500, "CNY")
    assert parse_money("US$5.00", "CAD") == (500, "USD")


@pytest.mark.parametrize(
    ("text", "currency", "reason"),
    [
        ("", "KRW", "empty"), ("  ", "KRW", "empty"), ("무료", "KRW", "unknown_currency|not_money"),
        ("abc", "KRW", "not_money"), ("5 XYZ", "USD", "unknown_currency"), ("1.234", "USD", "ambiguous"),
        ("12.000", "KRW", "ambiguous"), ("12.5", "KRW", "too_precise"), ("1.2345", "USD", "too_precise"),
        ("1,2,3", "KRW", "not_money"), ("(-5)", "USD", "not_money"), ("1-2", "USD", "not_money"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(text: str, currency: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^({reason})$"):
        parse_money(text, currency)


@given(st.integers(-(10**15), 10**15), currencies)
def test_what_is_shown_reads_back_exactly(minor: int, currency: str) -> None:
    assert parse_money(format_money(minor, currency, "ko"), currency) == (minor, currency)
    assert parse_money(format_money(minor, currency, "ko", "words"), currency) == (minor, currency)


@given(st.text())
def test_any_cell_is_an_amount_or_a_reason(text: str) -> None:
    try:
        parse_money(text, "KRW")
    except ValueError as error:
        reason = str(error)
    else:
        return
    assert reason in {"empty", "not_money", "unknown_currency", "too_precise", "ambiguous"}


def test_an_unknown_currency_has_two_decimals() -> None:
    assert decimals("XXX") == 2
