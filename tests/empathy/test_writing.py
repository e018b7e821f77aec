import tomllib
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from cxdesk.domain.words import Emotion, Language, Segment, Stage, Topic
from cxdesk.empathy.lines import Form, Line, Situation, read_library
from cxdesk.empathy.writing import put, take_out, written

FILE = """\
# 우리 가게 인사

# 첫인사
[[line]]
id = "own.1"
# 사장님이 고른 말
text = "어서 오세요."  # 오전에

# 단골께
[[line]]
id = "own.2"
segments = ["vip"]
text = '''또 오셨네요.
[[line]] 이라고 쓰지 마세요'''

# 끝
"""


def line(key: str, text: str = "안녕하세요.", **conditions: object) -> Line:
    return Line(key, Stage.GREET, text, lang=Language.KO, **conditions)  # type: ignore[arg-type]


def read(text: str) -> list[Line]:
    library, problems = read_library({"ko/greet.toml": text})
    assert problems == ()
    return list(library)


SIMPLE = FILE.replace("\n[[line]] 이라고 쓰지 마세요", "")

texts = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(lambda text: text.strip())
lines = st.builds(
    line,
    st.sampled_from(["own.1", "own.2", "own.3"]),
    texts.map(str.strip),
    emotions=st.frozensets(st.sampled_from(Emotion)),
    topics=st.frozensets(st.sampled_from(Topic)),
    segments=st.frozensets(st.sampled_from(Segment)),
    form=st.none() | st.sampled_from(Form),
    when=st.none() | st.sampled_from(Situation),
    hidden=st.booleans(),
)


@given(lines)
def test_what_is_written_is_read_as_it_was(one: Line) -> None:
    assert read(written(one)) == [one]


@given(lines)
def test_an_entry_is_put_in_place_of_its_namesake_and_the_others_stay(one: Line) -> None:
    after = read(put(SIMPLE, one))
    others = [other for other in read(SIMPLE) if other.id != one.id]
    assert sorted(after, key=lambda any_: any_.id) == sorted([*others, one], key=lambda any_: any_.id)


def test_comments_around_and_inside_an_entry_stay() -> None:
    after = put(SIMPLE, line("own.1", "다시 오셨네요."))
    for comment in ("# 우리 가게 인사", "# 첫인사", "# 사장님이 고른 말", "# 단골께", "# 끝"):
        assert comment in after
    assert after.index("# 첫인사") < after.index("다시 오셨네요.") < after.index("# 단골께")


def test_an_entry_that_is_put_in_and_taken_out_again_leaves_the_file_as_it_was() -> None:
    assert take_out(put(SIMPLE, line("new")), "new").rstrip() == SIMPLE.rstrip()


def test_taking_out_leaves_the_others_and_the_file_readable() -> None:
    after = take_out(SIMPLE, "own.1")
    assert [one.id for one in read(after)] == ["own.2"]
    assert "# 단골께" in after
    assert take_out(SIMPLE, "nowhere") == SIMPLE


def test_the_first_line_of_an_empty_file_begins_it() -> None:
    assert put("", line("new")).startswith("[[line]]")
    assert take_out(put("", line("new")), "new").strip() == ""


def test_a_header_inside_a_text_is_never_taken_for_an_entry() -> None:
    before = tomllib.loads(FILE)["line"]
    after = tomllib.loads(put(FILE, replace(line("own.1"), text="다른 말")))["line"]
    assert [entry["id"] for entry in after] == [entry["id"] for entry in before]
    assert after[1] == before[1]
