import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.words import Language, Stage
from cxdesk.empathy.canned import CannedError, Skipped, read_canned
from cxdesk.empathy.check import check_library
from cxdesk.empathy.lines import TEXT_LIMIT, Library
from tests.empathy.shipped import EVERYTHING, NOW, RENDERERS

ZENDESK = json.dumps(
    {
        "macros": [
            {
                "title": "Shipping::Late",
                "active": True,
                "actions": [
                    {"field": "status", "value": "pending"},
                    {
                        "field": "comment_value_html",
                        "value": "<p>Hi {{ticket.requester.first_name}},</p><p>Order {{ticket.ticket_field_42}} is late"
                        " &amp; on its way.<br>{{current_user.name}}</p>",
                    },
                ],
            },
            {"title": "Old", "active": False, "actions": [{"field": "comment_value", "value": "Bye"}]},
            {"title": "Tags only", "actions": [{"field": "current_tags", "value": "late"}]},
            {"title": "Chat", "actions": [{"field": "comment_value", "value": ["channel:web", "One moment."]}]},
        ],
        "count": 4,
    }
)
CHATWOOT = json.dumps(
    [
        {"id": 1, "short_code": "hello", "content": "안녕하세요 {{contact.name}}님, {{agent.name}}입니다."},
        {
            "id": 2,
            "short_code": "refund",
            "content": "{{ contact.name }} 고객님, {{contact.custom_attribute.bank}} 로 입금",
        },
    ]
)


def texts(file: str, stage: Stage = Stage.OPTIONS) -> list[str]:
    return [line.text for line in read_canned(file, stage)[0]]


def test_zendesk_macros_are_read_with_their_words_only() -> None:
    lines, skipped = read_canned(ZENDESK, Stage.COMMIT)
    assert [line.text for line in lines] == [
        "Hi {{ customer.name | first }},\nOrder {? ticket.ticket_field_42 ?} is late & on its way.\n{{ agent.name }}",
        "One moment.",
    ]
    assert {(line.lang, line.stage) for line in lines} == {(Language.EN, Stage.COMMIT)}
    assert skipped == (Skipped("Old", "inactive"), Skipped("Tags only", "empty"))


def test_chatwoot_responses_are_read_and_korean_honorifics_kept_apart() -> None:
    assert texts(CHATWOOT) == [
        "안녕하세요 {{ customer.name | 님 }}, {{ agent.name }}입니다.",
        "{{ customer.name }} 고객님, {? contact.custom_attribute.bank ?} 로 입금",
    ]


@pytest.mark.parametrize(
    "file",
    [
        'short_code,content\r\nhi,"Hello {{contact.name}},\nhow are you?"\r\n',
        '\ufeffTitle;Comment\nhi;"Hello {{ticket.requester.name}},\nhow are you?"\n',
        '제목\t내용\nhi\t"Hello {{customer.name}},\nhow are you?"\n',
    ],
)
def test_a_table_is_read_by_its_headings(file: str) -> None:
    assert texts(file) == ["Hello {{ customer.name | first }},\nhow are you?"]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("#{{ticket.id}}", "#{{ ticket.number }}"),
        ("{{account.name}}", "{{ shop.name }}"),
        ("{{ contact.email }}", "{? contact.email ?}"),
        ("{{contact.name | default: 'friend'}}", "{{ customer.name | first }}"),
        ("{{}}", "{? … ?}"),
        ("half {{ of it", "half { { of it"),
        ("{? not ours ?}", "{ ? not ours ? }"),
        ("100 % sure {x}", "100 % sure {x}"),
    ],
)
def test_placeholders_become_ours_or_a_blank_that_asks(theirs: str, ours: str) -> None:
    assert texts(json.dumps([{"content": f"Say {theirs}"}])) == [f"Say {ours}"]


@pytest.mark.parametrize("logic", ["{% if ticket.id %}a{% else %}b{% endif %}", "{{dc.greeting}}"])
def test_a_reply_with_logic_is_left_out_and_named(logic: str) -> None:
    assert read_canned(json.dumps([{"title": "T", "content": logic}]), Stage.GREET) == ((), (Skipped("T", "logic"),))


def test_a_reply_longer_than_a_line_may_be_is_left_out() -> None:
    file = json.dumps([{"title": "T", "content": "a" * (TEXT_LIMIT + 1)}])
    assert read_canned(file, Stage.GREET)[1] == (Skipped("T", "too_long"),)


def test_the_same_reply_keeps_its_id_when_its_words_change() -> None:
    first, second = (read_canned(json.dumps([{"title": "hi", "content": text}]), Stage.GREET)[0] for text in "ab")
    assert first[0].id == second[0].id
    assert first[0].id.startswith("en.greet.canned.")


@pytest.mark.parametrize(
    ("file", "code"),
    [("{ not json", "not_json"), ("[" * 100_000, "not_json"), ("a,b\n1,2\n", "no_text_column"), ("", "no_text_column")],
)
def test_a_file_that_holds_no_replies_says_why(file: str, code: str) -> None:
    with pytest.raises(CannedError, match=code):
        read_canned(file, Stage.GREET)


def test_every_line_that_was_brought_in_can_be_said() -> None:
    for file in (ZENDESK, CHATWOOT):
        lines, _ = read_canned(file, Stage.GREET)
        assert check_library(Library(lines)) == ()
        for line in lines:
            assert RENDERERS[line.lang].fill(line, EVERYTHING[line.lang], NOW) is not None


@given(st.text(max_size=80))
def test_whatever_a_reply_says_its_line_is_a_sound_template(text: str) -> None:
    lines, _ = read_canned(json.dumps([{"content": text}]), Stage.CLOSE)
    assert check_library(Library(lines)) == ()
