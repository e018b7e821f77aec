"""``cxdesk hear``: messages in, what was heard out, without a shop's file."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxdesk import cli

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """``cxdesk hear`` on these lines: exit code, output, errors."""

    def running(*lines: str, options: tuple[str, ...] = ("--json",)) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
        code = cli.run(["hear", *options, "--lang", "en", "--data", str(tmp_path)])
        return code, *capsys.readouterr()

    return running


def answers(out: str) -> list[Any]:
    return [json.loads(line) for line in out.splitlines()]


def test_each_line_is_a_message_and_gets_one_line_of_json(run: Run) -> None:
    code, out, err = run("일주일째 안 와요. 정말 짜증나네요", "", "Where can I park?")
    first, second = answers(out)
    assert (code, err) == (0, "")
    assert (first["language"], first["emotion"], first["topic"]) == ("ko", "anger", "delivery")
    assert (second["language"], second["urgency"], second["abuse"]) == ("en", 0, False)
    assert set(first["chances"]) == {"anger", "anxiety", "disappointment", "confusion", "gratitude", "neutral"}


def test_a_reason_says_where_it_stands_in_the_text_of_the_answer(run: Run) -> None:
    _, out, _ = run("정말\u200b 짜증나네요, 오늘 안으로 처리해 주세요")
    (answer,) = answers(out)
    assert answer["urgency"] == 2
    assert "urgency" in {reason["kind"] for reason in answer["reasons"]}
    for reason in answer["reasons"]:
        assert answer["text"][reason["start"] : reason["end"]] == reason["text"]


def test_a_line_may_be_json_that_names_the_language(run: Run) -> None:
    _, out, _ = run(json.dumps({"text": "ok", "lang": "ko"}), '{ "text": "ok"}', "{curly}")
    assert [(one["text"], one["language"]) for one in answers(out)] == [("ok", "ko"), ("ok", "en"), ("{curly}", "en")]


@pytest.mark.parametrize("line", ['{"text": 3}', '{"text": "a", "lang": "xx"}', '{"text": "a', '{"txt": "a"}'])
def test_a_line_that_cannot_be_read_is_named_and_the_others_are_heard(run: Run, line: str) -> None:
    code, out, err = run(line, "I am furious")
    assert code == 1
    assert "Line 1" in err
    assert len(answers(out)) == 1


def test_without_json_a_line_is_for_reading(run: Run) -> None:
    _, out, _ = run("You idiots! Where is my parcel, I need it right now", "hm", options=())
    angry, unsure = out.splitlines()
    assert "angry or fed up" in angry
    assert "now or today · abuse" in angry
    assert "'You idiots'" in angry
    assert "too unsure" in unsure


def test_what_is_printed_can_only_be_read(run: Run) -> None:
    _, out, _ = run("\x1b[31m{{ x }} you idiots \x9b2J", options=())
    assert "\x1b" not in out
    assert "\x9b" not in out


def test_an_owners_broken_list_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues" / "en.toml").write_text('[[cue]]\nmeans = "fury"\nwords = ["x"]\n', "utf-8")
    code, out, err = run("x")
    assert code == 0
    assert len(answers(out)) == 1
    assert "line 1: fury is no meaning" in err
