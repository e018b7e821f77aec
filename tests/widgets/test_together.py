from zoneinfo import ZoneInfo

import pytest

from cxdesk import i18n
from cxdesk.domain.together import RefusedOp, State, Status
from cxdesk.domain.words import Language
from cxdesk.widgets.lines import Line, width_of
from cxdesk.widgets.together import refused_lines, standing_lines, standing_words

SEOUL = ZoneInfo("Asia/Seoul")
NOW = 1_795_237_380_000


def text(lines: list[Line]) -> str:
    return "\n".join("".join(word for word, _ in line) for line in lines)


@pytest.mark.parametrize("lang", list(Language))
@pytest.mark.parametrize("state", list(State))
def test_every_state_has_its_words_and_fits(lang: Language, state: State) -> None:
    i18n.use(lang)
    status = Status(state, pending=4, since=NOW - 60_000, offset=-90_000, detail="device-revoked")
    assert text([standing_words(status, 0)])
    assert all(width_of(line) <= 74 for line in standing_lines(status, SEOUL, NOW, 74)[1:])


def test_what_waits_is_counted_while_the_cable_is_out_and_what_wants_a_look_beside_it() -> None:
    i18n.use(Language.KO)
    line = standing_words(Status(State.OFFLINE, pending=4), 2)
    assert text([line]) == "오프라인, 보낼 것 4 · 확인할 것 2"
    assert [role for _, role in line] == ["warn", "dim", "warn"]


def test_a_desk_that_waits_for_its_passphrase_says_what_to_press() -> None:
    i18n.use(Language.EN)
    assert "Press p" in text(standing_lines(Status(State.LOGIN, detail="locked"), SEOUL, NOW, 80))


def test_the_first_sync_counts_what_has_come() -> None:
    i18n.use(Language.EN)
    assert "300 of 5000" in text(standing_lines(Status(State.SYNCING, done=300, total=5000), SEOUL, NOW, 80))


def test_a_problem_nobody_has_words_for_is_named() -> None:
    i18n.use(Language.EN)
    act = RefusedOp(1, NOW, None, "note", "n1", "append", "from-the-future", {"body": "call before noon"})
    said = text(refused_lines(act, "Emma", SEOUL, NOW, 60))
    assert "from-the-future" in said
    assert "“call before noon”" in said
