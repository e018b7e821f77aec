import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.words import Emotion, Language, Segment, Stage, Topic
from cxdesk.empathy.check import check_library
from cxdesk.empathy.lines import TEXT_LIMIT, Form, Library, Line, Place, Problem, Situation, read_library

WHOLE = """
[[line]]
id = "ko.greet.vip.1"
emotions = ["neutral", "gratitude"]
topics = ["product"]
segments = ["vip"]
form = "speak"
when = "waited_longer"
text = "  {{ customer.name }} 고객님, 반갑습니다. "
"""


def entry(**fields: str) -> str:
    known = {"id": '"ko.greet.x"', "text": '"안녕하세요."'} | fields
    return "[[line]]\n" + "\n".join(f"{key} = {value}" for key, value in known.items()) + "\n"


def problems(text: str, name: str = "ko/greet.toml") -> tuple[Problem, ...]:
    return read_library({name: text})[1]


def test_every_field_of_an_entry_is_read() -> None:
    library, wrong = read_library({"ko/greet.toml": WHOLE})
    assert wrong == ()
    assert list(library) == [
        Line(
            id="ko.greet.vip.1",
            stage=Stage.GREET,
            text="{{ customer.name }} 고객님, 반갑습니다.",
            emotions=frozenset({Emotion.NEUTRAL, Emotion.GRATITUDE}),
            topics=frozenset({Topic.PRODUCT}),
            segments=frozenset({Segment.VIP}),
            form=Form.SPEAK,
            when=Situation.WAITED_LONGER,
            lang=Language.KO,
        )
    ]
    assert library.places["ko.greet.vip.1"] == Place("ko/greet.toml", 2)


def test_pairs_and_whole_paths_are_read_as_well() -> None:
    library, wrong = read_library([("C:\\cxdesk\\scripts\\en\\close.toml", entry(id='"en.close.x"'))])
    assert wrong == ()
    assert library.at("en", Stage.CLOSE)[0].id == "en.close.x"


@pytest.mark.parametrize(
    ("fields", "code", "detail"),
    [
        ({"topic": '["delivery"]'}, "unknown_field", "topic"),
        ({"emotions": '["furious"]'}, "unknown_word", "emotions: furious"),
        ({"emotions": '"anger"'}, "bad_type", "emotions"),
        ({"topics": "[1]"}, "bad_type", "topics"),
        ({"form": '"sing"'}, "unknown_word", "form: sing"),
        ({"when": "3"}, "bad_type", "when"),
        ({"text": '"  "'}, "empty", "text"),
        ({"text": "7"}, "bad_type", "text"),
        ({"id": '""'}, "empty", "id"),
        ({"text": f'"{"가" * (TEXT_LIMIT + 1)}"'}, "too_long", str(TEXT_LIMIT + 1)),
    ],
)
def test_a_broken_entry_is_named_and_costs_only_itself(fields: dict[str, str], code: str, detail: str) -> None:
    text = "# 맞이\n\n" + entry(**fields) + "\n" + entry(id='"ko.greet.good"')
    library, wrong = read_library({"ko/greet.toml": text})
    assert wrong == (Problem("ko/greet.toml", 3, code, detail),)
    assert [line.id for line in library] == ["ko.greet.good"]


@pytest.mark.parametrize("missing", ["id", "text"])
def test_an_entry_without_id_or_text_is_refused(missing: str) -> None:
    text = "\n".join(row for row in entry().splitlines() if not row.startswith(missing))
    assert problems(text) == (Problem("ko/greet.toml", 1, "missing_field", missing),)


def test_of_two_lines_with_one_id_the_first_is_kept_and_the_second_named() -> None:
    library, wrong = read_library({"ko/greet.toml": entry(), "ko/close.toml": "\n" + entry(text='"안녕히 가세요."')})
    assert wrong == (Problem("ko/close.toml", 2, "duplicate_id", "ko.greet.x"),)
    assert [line.text for line in library] == ["안녕하세요."]


def test_a_forgotten_quote_costs_one_entry_not_the_file() -> None:
    text = entry() + '\n[[line]]\nid = "ko.greet.y"\ntext = "닫히지 않은 말\n\n' + entry(id='"ko.greet.z"')
    library, wrong = read_library({"ko/greet.toml": text})
    assert [line.id for line in library] == ["ko.greet.x", "ko.greet.z"]
    assert [(problem.row, problem.code) for problem in wrong] == [(7, "syntax")]


@pytest.mark.parametrize("name", ["greet.toml", "fr/greet.toml", "ko/hello.toml", "ko/greet.txt", ""])
def test_a_file_whose_language_or_stage_is_unknown_is_named(name: str) -> None:
    assert problems(entry(), name) == (Problem(name, 0, "unknown_file", name),)


def test_stray_tables_are_named_and_the_lines_stay() -> None:
    library, wrong = read_library({"ko/greet.toml": "title = 1\n" + entry()})
    assert [problem.code for problem in wrong] == ["unknown_field"]
    assert len(library) == 1
    assert problems("line = 3\n")[0].code == "bad_type"
    assert problems("line = [3]\n")[0].code == "bad_type"


@given(st.text(max_size=200))
def test_no_file_however_broken_raises(text: str) -> None:
    read_library({"ko/greet.toml": text + "\n" + WHOLE})


def test_a_library_answers_by_stage_by_id_and_by_situation() -> None:
    library, _ = read_library({"ko/greet.toml": WHOLE, "ko/close.toml": entry(id='"ko.close.x"', when='"abuse"')})
    assert len(library.at("ko", Stage.GREET)) == 1
    assert library.at("en", Stage.GREET) == ()
    assert library.get("ko.close.x") is not None
    assert library.get("ko.close.y") is None
    assert [line.id for line in library.during("ko", Situation.ABUSE)] == ["ko.close.x"]


def test_an_owners_line_replaces_the_shipped_one_of_the_same_id_and_leaves_both_libraries_as_they_were() -> None:
    shipped, _ = read_library({"ko/greet.toml": entry() + entry(id='"ko.greet.y"')})
    own, _ = read_library({"ko/greet.toml": entry(text='"어서 오세요."') + entry(id='"ko.greet.own"')})
    both = shipped.overlaid(own)
    assert {line.id: line.text for line in both} == {
        "ko.greet.x": "어서 오세요.",
        "ko.greet.y": "안녕하세요.",
        "ko.greet.own": "안녕하세요.",
    }
    assert len(shipped) == len(own) == 2


@pytest.mark.parametrize(
    ("text", "code", "detail"),
    [
        ("{{ customer.name", "blank", "{{"),
        ("{{ customer.name | shout }}", "unknown_filter", "shout"),
        ("{{ customer.surname }}", "unknown_fact", "customer.surname"),
        ("{{ name }}", "unknown_fact", "name"),
        ("{{ customer }}", "unknown_fact", "customer"),
        ("{? 시각 까지", "blank", "{?"),
        ("시각 ?}까지", "blank", "?}"),
    ],
)
def test_the_slow_look_names_what_a_template_does_wrong(text: str, code: str, detail: str) -> None:
    library = Library([Line("ko.greet.x", Stage.GREET, text)], {"ko.greet.x": Place("ko/greet.toml", 4)})
    found = check_library(library)
    assert [(one.file, one.row) for one in found] == [("ko/greet.toml", 4)] * len(found)
    assert (code, detail) in [(one.code, one.detail) for one in found] or found[0].code == "template"


@pytest.mark.parametrize(
    "text",
    [
        "{% for x in purchase %}{{ x }}{% endfor %}",
        "{% include 'secret' %}",
        "{% render 'secret' %}",
        "{% capture x %}{% endcapture %}",
        "{% if customer.name %}",
        "{{ customer.name | }}",
    ],
)
def test_tags_that_loop_or_load_are_refused(text: str) -> None:
    assert [one.code for one in check_library(Library([Line("ko.greet.x", Stage.GREET, text)]))] == ["template"]


def test_good_lines_have_nothing_to_say_against_them() -> None:
    text = (
        "{% if purchase.option %}{{ purchase.option }} {% endif %}{{ wait | range }} {{ preference.사이즈 }} {? 시각 ?}"
    )
    assert check_library(Library([Line("ko.greet.x", Stage.GREET, text)])) == ()


def test_neither_importing_nor_reading_pulls_in_liquid() -> None:
    code = (
        "import sys, importlib, pkgutil, cxdesk.empathy as e\n"
        "[importlib.import_module(m.name) for m in pkgutil.iter_modules(e.__path__, 'cxdesk.empathy.')]\n"
        "from cxdesk.empathy.lines import read_library\n"
        "from cxdesk.empathy.render import Renderer\n"
        "from datetime import UTC\n"
        "lib, _ = read_library({'ko/greet.toml': '[[line]]\\nid=\"a\"\\ntext=\"{{ customer.name }}\"'})\n"
        "Renderer('ko', UTC).filler({}, 0)\n"
        "bad = {'liquid', 'textual', 'sqlmodel', 'httpx', 'markupsafe'} & set(sys.modules)\n"
        "sys.exit(str(bad) if bad or len(lib) != 1 else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
