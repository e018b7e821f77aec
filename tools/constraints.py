"""Makes ``constraints.txt``: every package of the program, its tests and its build, in one version with its hashes.

``python tools/constraints.py`` needs ``uv`` on the PATH (or ``--uv PATH``). What is pinned is what the bounds of
``pyproject.toml`` allow on every Python they name; the file names no host and no folder, so it can be committed.
"""

import argparse
import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "constraints.txt"

HEAD = """\
# Every package in one version, with its hashes: python tools/constraints.py
# pip install --require-hashes -r constraints.txt
"""
_FOREIGN = re.compile(r"://|^\s*--(?!hash=sha256:)|^\s*#|file:|/", re.MULTILINE)


def compiled(uv: str) -> str:
    """What uv resolves for the program, its ``dev`` extra and its build backend, for Python 3.11 and later."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    # hatchling asks for editables when it installs a checkout that can be edited.
    builds = "\n".join([*project["build-system"]["requires"], "editables~=0.3"])
    command = [uv, "pip", "compile", "pyproject.toml", "-", "--extra", "dev", "--universal", "--python-version", "3.11"]
    command += [
        "--generate-hashes",
        "--no-emit-index-url",
        "--no-emit-find-links",
        "--no-header",
        "--no-annotate",
        "-q",
    ]
    return subprocess.run(command, cwd=ROOT, input=builds, capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Write the file, unless something in it names a place."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--uv", default="uv", help="path of uv")
    text = compiled(arguments.parse_args().uv)
    if found := _FOREIGN.search(text):
        raise SystemExit(f"constraints name a place: {text[found.start() : found.start() + 80]!r}")
    TARGET.write_text(HEAD + text, encoding="utf-8")
    print(f"{TARGET.name}: {len(re.findall(r'^[a-z0-9]', text, re.MULTILINE))} packages")


if __name__ == "__main__":
    main()
