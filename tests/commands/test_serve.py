"""``cxdesk serve`` as somebody types it."""

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from cxdesk import cli, i18n
from cxdesk.domain.words import Language
from tests.server.process import Process


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    made = Process(tmp_path / "desk")
    made.start("--new-shop", "Forest shop")
    yield made
    made.kill()


def serve(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cxdesk", "serve", "--lang", "en", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_a_server_makes_a_shop_lets_a_desk_in_and_stops_when_asked(process: Process) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        process.text("/v1/team")
    assert refused.value.code == 426
    refused.value.close()
    assert process.text("/readyz") == "ok\n"
    said = json.dumps({"code": process.code, "device": "0123456789abcdef", "name": "counter"}).encode()
    headers = {"Cx-Protocol": "1", "Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{process.url}/v1/enroll", said, headers)) as answer:
        assert json.load(answer)["shop_name"] == "Forest shop"
    port, shop = str(process.port), json.loads(said)["device"]
    second = serve("--data", str(process.folder), "--port", port, "--new-shop", "Sea shop")
    assert second.returncode == 0
    assert "already" in second.stdout
    number = second.stdout.partition("is shop ")[2].partition(".")[0]
    assert serve("--data", str(process.folder), "--code", number).stdout.startswith("Code for the next desk: ")
    assert serve("--data", str(process.folder), "--code", shop).returncode == 2
    taken = serve("--data", str(process.folder), "--port", port)
    assert (taken.returncode, taken.stdout) == (2, "")
    assert process.stop() in (0, -15)  # the web server finishes, then lets the signal have its way
    assert "cxd_" not in process.log.read_text("utf-8")
    assert process.code.replace("-", "") not in process.log.read_text("utf-8")


def test_the_description_of_all_endpoints_names_every_line_of_the_protocols_table(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.run(["serve", "--openapi"]) == 0
    described = json.loads(capsys.readouterr().out)
    assert described["openapi"].startswith("3.")
    table = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text("utf-8").partition("## Endpoints")[2]
    for path in (
        "meta",
        "enroll",
        "token",
        "sync/push",
        "sync/pull",
        "sync/snapshots",
        "live",
        "queue/next",
        "team",
        "audit",
    ):
        assert f"/v1/{path}" in table
        assert f"/v1/{path}" in described["paths"]
    assert len([path for path in described["paths"] if path.startswith("/v1/")]) == 22
    problems = described["paths"]["/v1/sync/push"]["post"]["responses"]
    assert {"401", "403", "409", "413", "415", "422", "426", "429", "503"} <= problems.keys()


def test_a_database_that_does_not_answer_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    i18n.use(Language.EN)
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        dsn = f"postgresql://cxdesk:secret@127.0.0.1:{nobody.getsockname()[1]}/cxdesk"
        for more in ([], ["--new-shop", "Forest shop"]):
            assert cli.run(["serve", "--lang", "en", "--database", dsn, *more]) == 2
            said = capsys.readouterr()
            assert said.err.startswith("The database does not answer")
            assert "secret" not in said.out + said.err


def test_a_certificate_that_cannot_be_used_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = str(tmp_path / "nothing.crt")
    assert cli.run(["serve", "--lang", "en", "--data", str(tmp_path), "--port", "0", "--certificate", nothing]) == 2
    said = capsys.readouterr()
    assert said.err.startswith("That cannot be used")
    assert said.out == ""


def test_without_its_extra_the_command_says_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "cxdesk.server.run", None)
    assert cli.run(["serve", "--lang", "en"]) == 2
    assert "cxdesk[server]" in capsys.readouterr().err
