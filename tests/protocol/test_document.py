"""``docs/protocol.md`` says what the code says: kinds, fields, limits and problems."""

import re
from pathlib import Path

from cxdesk.protocol.clock import AHEAD_MS, OFFSETS_KEPT
from cxdesk.protocol.conflicts import conflicts
from cxdesk.protocol.holding import LEASE_MS
from cxdesk.protocol.ops import KINDS, MAX_BODY_BYTES, MAX_OP_BYTES, MAX_OPS, MAX_PUSH_BYTES, STATE
from cxdesk.protocol.problems import PROBLEMS, REFUSALS
from tests.protocol.making import clock, op, row

DOCUMENT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text("utf-8")


def part(begin: str, end: str) -> str:
    return DOCUMENT.partition(begin)[2].partition(end)[0]


def names(text: str) -> set[str]:
    return set(re.findall(r"`([a-z][a-z_-]*)`", text))


def test_every_kind_of_operation_is_named() -> None:
    assert names(part("| `k` |", "\n")) == KINDS


def test_the_fields_of_a_tickets_state_are_those() -> None:
    assert names(part("| a ticket's state:", "|")) == STATE


def test_every_problem_is_in_the_table_with_its_status_and_sentence() -> None:
    table = re.findall(r"^\| `([a-z-]+)` \| (\d+) \| (.+) \|$", part("## Problems", "\n## "), re.M)
    assert table == [(name, str(problem.status), problem.title) for name, problem in PROBLEMS.items()]
    assert names(part("refused for are\n", ".")) == REFUSALS


def test_the_endpoints_name_only_problems_that_exist() -> None:
    for line in part("## Endpoints", "**Push.**").splitlines():
        for status, found in re.findall(r"(\d{3}) ((?:`[a-z-]+`(?:, )?)+)", line.rpartition(" | ")[2]):
            for name in names(found):
                assert (name, PROBLEMS[name].status) == (name, int(status)), line


def test_the_limits_are_those() -> None:
    limits = (MAX_OP_BYTES // 1024, MAX_OPS, MAX_PUSH_BYTES // 10**6, MAX_BODY_BYTES // 10**6)
    assert "At most {} kB an operation, {} operations and {} MB a push ({} MB".format(*limits) in DOCUMENT
    assert f"more than {AHEAD_MS // 1000} s ahead" in DOCUMENT
    assert (LEASE_MS, OFFSETS_KEPT) == (10 * 60_000, 9)


def test_the_fields_of_a_conflict_are_those() -> None:
    said = op("set", "customer", "c1", {"name": "x"}, agent="lee")
    (made,) = conflicts(row("customer", "c1", {"name": "y"}, clock(3)), said, "server", {"z0": "kim"}.get)
    told = names(part("| Field of `conflict` |", "\n\n"))
    winner = {name for name in told if name.startswith("winner")}
    losers = {name.replace("winner", "loser") for name in winner}
    assert set(made.f) == told - {"open", "settled", "null"} | losers
