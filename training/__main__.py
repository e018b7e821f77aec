"""``python -m training --data FOLDER``: train both packs and write them where the program looks for them.

``FOLDER`` holds the corpora (their hashes are pinned in ``training.corpora``). The same inputs give the same scores to
within rounding on any machine, and the same bytes on one.
"""

import argparse
import os
from pathlib import Path

# Linear algebra on several threads adds in another order each time. It must be said before numpy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from cxdesk.desk.hearing import packs_folder
from cxdesk.domain.words import Language
from cxdesk.empathy.hearing.cues import read_cues
from cxdesk.settings import shipped


def main() -> None:
    """Read the command line and train."""
    arguments = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    arguments.add_argument("--out", type=Path, default=packs_folder(), help="folder for the packs")
    arguments.add_argument("--language", choices=tuple(Language), help="only this one")
    chosen = arguments.parse_args()
    from training.make import make

    for language in (Language(chosen.language),) if chosen.language else Language:
        path = shipped("cues", f"{language}.toml")
        cues, problems = read_cues({str(path): path.read_text("utf-8")}, language)
        if problems:
            raise SystemExit(f"{problems[0].file}:{problems[0].row}: {problems[0].code}")
        made = make(language, chosen.data, cues)
        (chosen.out / f"{language}.pack").write_bytes(made.data)
        print(
            f"{language}: {made.features} features, {len(made.data):,} bytes, temperature {made.temperature:.2f}; "
            f"on held-out messages {made.accuracy:.3f} of the feelings and {made.topic_accuracy:.3f} of the topics"
        )


if __name__ == "__main__":
    main()
