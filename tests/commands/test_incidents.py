import json
from pathlib import Path

import pytest

from cxdesk.cli import run
from cxdesk.domain.incidents import Form
from cxdesk.domain.words import Language
from tests.screens.hands import open_shop


@pytest.fixture
def data(tmp_path: Path) -> tuple[str, str]:
    """A data folder with one incident that goes on, and its id."""
    folder = tmp_path / "desk"
    with open_shop(folder) as shop:
        ticket = shop.arrive("김민지", "다른 옷이 왔어요")
        incident, _ = shop.desk.incidents.begin("오배송", ids=[ticket.id])
        shop.clock.pass_(minutes=6)
        shop.desk.incidents.approve(incident.id, Form.WRITE, Language.KO, "송장이 바뀌어 붙었습니다.")
    return str(folder), incident.id


def test_the_list_and_the_report_as_text_and_as_json(data: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    folder, key = data
    assert run(["incidents", "--data", folder, "--lang", "ko"]) == 0
    assert f"{key[-6:]}  오배송" in capsys.readouterr().out
    assert run(["incidents", "--data", folder, "--lang", "ko", "--report", key[-6:]]) == 0
    said = capsys.readouterr().out
    assert "첫 안내를 승인하기까지    6분" in said
    assert run(["incidents", "--data", folder, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["tickets"] == {"waiting": 1}
    assert run(["incidents", "--data", folder, "--json", "--report", key]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["report"]["first_word"] == 360_000
    assert [entry["item"] for entry in report["timeline"]] == ["opened", "write.ko"]


def test_an_unknown_incident_is_said_and_is_exit_code_1(
    data: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["incidents", "--data", data[0], "--lang", "ko", "--report", "zzz"]) == 1
    assert "zzz" in capsys.readouterr().out
