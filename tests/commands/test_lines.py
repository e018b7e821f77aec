"""``cxdesk lines`` as it is typed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from cxdesk import cli
from cxdesk.desk import Desk
from cxdesk.domain.words import Channel, Emotion
from cxdesk.i18n import t

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*argv: object) -> tuple[int, str, str]:
        code = cli.run(["lines", *map(str, argv), "--lang", "ko"])
        found = capsys.readouterr()
        return code, found.out, found.err

    return call


def test_lines_are_found_without_a_desk(run: Run, tmp_path: Path) -> None:
    code, out, err = run("ㅎㅂ", "--data", tmp_path)
    assert (code, err) == (0, "")
    assert "ko.acknowledge.refund.1" not in out.splitlines()[0]
    assert any("환불" in line for line in out.splitlines())
    assert run("뷁", "--data", tmp_path)[1] == t("lines.none") + "\n"


def test_each_line_says_how_it_fared_here(run: Run, desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cxdesk.places.now", desk.clock)
    for _ in range(5):
        ticket, _ = desk.arrive(Channel.PHONE)
        desk.feel([ticket.id], Emotion.ANGER)
        desk.reply(ticket.id, "많이 답답하셨지요.", "ko.acknowledge.anger.1")
        desk.resolve([ticket.id], Emotion.NEUTRAL)
    found = {line["id"]: line for line in json.loads(run("--json", "--data", folder)[1])}
    fared = found["ko.acknowledge.anger.1"]
    assert (fared["said"], fared["known"], fared["good"], fared["share"]) == (5, 5, 5, 1.0)
    assert found["ko.acknowledge.anger.2"]["share"] is None
    assert "en.greet.any.1" not in found


def test_canned_replies_are_brought_in_and_what_is_left_out_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "macros.json"
    replies = [
        {"title": "인사", "content": "안녕하세요 {{contact.name}} 고객님"},
        {"title": "조건", "content": "{% if a %}"},
    ]
    file.write_text(json.dumps(replies), "utf-8")
    code, out, _ = run("--import", file, "--stage", "greet", "--data", tmp_path)
    assert code == 0
    assert out.splitlines() == [
        t("lines.skipped", title="조건", reason=t("lines.skipped_because.logic")),
        t("lines.brought", new=1, changed=0, same=0, skipped=1),
    ]
    assert "customer.name" in (tmp_path / "scripts" / "ko" / "greet.toml").read_text("utf-8")
    again = json.loads(run("--import", file, "--stage", "greet", "--json", "--data", tmp_path)[1])
    assert again == {"new": 0, "changed": 0, "same": 1, "skipped": [{"title": "조건", "code": "logic"}]}


def test_a_file_without_replies_ends_with_one_and_a_sentence(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    code, out, err = run("--import", file, "--data", tmp_path)
    assert (code, out, err) == (1, "", t("refused.no_canned", file="x.csv") + "\n")


def test_a_broken_file_of_the_shops_is_named_and_the_lines_are_still_found(run: Run, tmp_path: Path) -> None:
    (tmp_path / "scripts" / "ko").mkdir(parents=True)
    (tmp_path / "scripts" / "ko" / "greet.toml").write_text('[[line]]\nid = "a"\nemotions = ["furious"]\ntext = "b"\n')
    code, out, err = run("편하게", "--data", tmp_path)
    assert code == 0
    assert "greet.toml 1" in err
    assert "furious" in err
    assert "ko.greet.any.1" in out
