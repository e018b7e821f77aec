"""``cxdesk check``: replies in, findings out, without a shop's file."""

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
    """``cxdesk check`` on these lines: exit code, output, errors."""

    def running(*lines: str, options: tuple[str, ...] = ("--json",)) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines)))
        code = cli.run(["check", *options, "--lang", "en", "--data", str(tmp_path / "no shop here")])
        return code, *capsys.readouterr()

    return running


def answers(out: str) -> list[Any]:
    return [json.loads(line) for line in out.splitlines()]


def test_a_line_is_a_reply_and_gets_one_line_of_json(run: Run) -> None:
    code, out, _ = run("규정상 안 됩니다.", "", "Thank you, see you soon!")
    assert code == 0
    first, second = answers(out)
    assert (first["text"], first["lang"], second["lang"]) == ("규정상 안 됩니다.", "ko", "en")
    assert [finding["id"] for finding in first["findings"]] == ["no-alternative", "hides-behind-policy"]
    assert second["findings"] == []


def test_a_finding_says_where_why_and_what_to_say_instead(run: Run) -> None:
    _, out, _ = run("We'll call you ASAP.")
    ((finding,),) = (answer["findings"] for answer in answers(out))
    assert (finding["start"], finding["end"], finding["said"]) == (15, 19, "ASAP")
    assert (finding["why"], finding["weight"]) == ("say when", "advise")
    assert finding["better"] == finding["fix"]["text"] == "by {? time ?}"
    assert finding["promise"] is None


def test_context_is_what_is_known(run: Run) -> None:
    context = {
        "text": "주문번호가 어떻게 되세요? 10분 안에 됩니다. 내일 오후 3시까지 전화드리겠습니다.",
        "lang": "ko",
        "customer": {"name": "김민지"},
        "order_no": "A-1001",
        "low_minutes": 20,
        "high_minutes": 40,
        "promises": [],
        "now": "2026-11-21T14:03+09:00",
    }
    _, out, _ = run(json.dumps(context))
    found = {finding["id"]: finding for finding in answers(out)[0]["findings"]}
    assert set(found) == {"over-promise", "asks-again", "promise-untracked"}
    assert found["over-promise"]["better"] == "20~40분"
    assert "A-1001" in found["asks-again"]["better"]
    assert found["promise-untracked"]["promise"]["due"] == "2026-11-22T06:00:00Z"
    context |= {"high_minutes": None, "order_no": None, "promises": ["2026-11-22T15:00+09:00"]}
    _, out, _ = run(json.dumps(context))
    assert answers(out)[0]["findings"] == []


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_answered(run: Run) -> None:
    code, out, errors = run('{"text": 5}', '{"text": "x", "lang": "fr"}', '{"text"', "Fine.", '{"text": "x", "now": 1}')
    assert code == 1
    assert [answer["text"] for answer in answers(out)] == ["Fine."]
    assert [line.split(" cannot")[0] for line in errors.splitlines()] == ["Line 1", "Line 2", "Line 3", "Line 5"]


def test_a_reply_may_begin_with_a_brace(run: Run) -> None:
    _, out, _ = run("{? name ?}, thanks")
    assert answers(out)[0]["findings"][0]["weight"] == "block"


def test_without_json_each_finding_is_a_sentence(run: Run) -> None:
    code, out, _ = run("Fine.", "We'll call you ASAP.", options=())
    assert code == 0
    assert out.splitlines() == ["line 2, 15–19  vague-time  “ASAP” say when → by {? time ?}"]


def test_what_a_terminal_would_obey_is_made_visible(run: Run) -> None:
    _, out, _ = run("\x1b[2JWe'll call you ASAP\x9b.", options=())
    assert "\x1b" not in out
    assert "\x9b" not in out
