"""How long hearing takes: ``python -m benchmarks.hearing``. Loading packs and lists, then each development message.

Times are CPU milliseconds, so that other programs on the machine do not count.
"""

import statistics
import time

from cxdesk.desk.hearing import Hearing, packs_folder
from cxdesk.domain.words import Language
from training.texts import development

ROUNDS = 5


def main() -> None:
    """Print one line for loading and one a language."""
    loads = []
    for _ in range(ROUNDS):
        before = time.process_time()
        hearing = Hearing.load()
        loads.append((time.process_time() - before) * 1000)
    print(f"load, both languages: {statistics.median(loads):.1f} ms")
    for language in Language:
        times = []
        for message in development(language):
            before = time.process_time()
            for _ in range(ROUNDS):
                hearing.hear(message.text, language)
            times.append((time.process_time() - before) * 1000 / ROUNDS)
        size = (packs_folder() / f"{language}.pack").stat().st_size
        usual, slowest = statistics.median(times), sorted(times)[int(len(times) * 0.99)]
        print(f"{language}: a message {usual:.2f} ms, 99 in 100 within {slowest:.2f} ms; pack of {size:,} bytes")


if __name__ == "__main__":
    main()
