"""An import whose process is killed in the middle leaves the file as it was."""

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cxdesk.storage import check
from cxdesk.storage.store import Store
from tests.imports.conftest import Desk
from tests.imports.test_run import UCI, UCI_ROWS

ROOT = Path(__file__).parents[2]

HALF_WAY = """
import sys
from pathlib import Path
from tests.imports.conftest import Desk
from cxdesk.storage.store import Store

def half_way(done, total):
    if done >= 6000:
        print("half way", flush=True)
        sys.stdin.read()

folder, path = map(Path, sys.argv[1:])
with Store.open(folder) as store:
    Desk(store, folder, 10).bring_in(path, progress=half_way)
"""


def test_a_process_killed_while_it_imports_leaves_the_file_as_it_was(
    blank: bytes, tmp_path: Path, write: Callable[..., Path]
) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / "desk.db").write_bytes(blank)
    with Store.open(folder) as store:
        desk = Desk(store, tmp_path)
        desk.bring_in(write(UCI + UCI_ROWS, "first.csv"))
        before = desk.shared()
    lines = "".join(f"{n},A{n},Mug {n},1,2010-12-01,2.5,{n % 977},UK\n" for n in range(8000))
    path = write(UCI + lines, "long.csv")
    command = [sys.executable, "-c", HALF_WAY, str(folder), str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "half way\n"
        process.send_signal(signal.SIGKILL)
    with Store.open(folder) as store:
        again = Desk(store, tmp_path, 10)
        assert again.shared() == before
        assert check.faults(store.db) == []
        assert again.bring_in(path).new == 8000
