"""``python -m benchmarks.check``: how right the reply check is on the labelled replies, and what a key costs.

The labelled replies are in ``tests/empathy/reply/labelled``. Those of ``aside`` were written before the rules and were
not looked at while the rules were written; ``rules`` are those the rules were written with.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import thread_time
from zoneinfo import ZoneInfo

from cxdesk.desk.checking import Rulebook, known_from
from cxdesk.domain.words import Language
from cxdesk.empathy.reply.checker import Checker
from cxdesk.empathy.reply.known import Known

LABELLED = Path(__file__).parents[1] / "tests" / "empathy" / "reply" / "labelled"
SEOUL = ZoneInfo("Asia/Seoul")
NOW = 1_795_237_380_000
"""2026-11-21 14:03 in Seoul, a Saturday: the moment the labelled replies are written in."""
_LONG = 2_000


@dataclass(frozen=True)
class Reply:
    """A labelled reply: where it stands, what is known, and the findings it should raise."""

    place: str
    known: Known
    text: str
    expected: frozenset[str]


@dataclass(frozen=True)
class Score:
    """Findings counted by reply and kind: rightly raised, wrongly raised, missed."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]

    @property
    def precision(self) -> float:
        """The share of what was raised that should have been."""
        return self.right.total() / max(1, (self.right + self.wrong).total())

    @property
    def recall(self) -> float:
        """The share of what should have been raised that was."""
        return self.right.total() / max(1, (self.right + self.missed).total())


def labelled(part: str, lang: Language) -> Iterator[Reply]:
    """The replies of one part (``aside``, ``rules``) in one language."""
    path = LABELLED / f"{part}.{lang}.txt"
    known = known_from({}, lang, NOW, SEOUL)
    for row, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("@"):
            known = known_from(json.loads(line[1:]), lang, NOW, SEOUL)
        elif line and not line.startswith("#"):
            labels, _, text = line.partition("|")
            yield Reply(f"{path.name}:{row}", known, text.strip().replace("⏎", "\n"), frozenset(labels.split()))


def raised(book: Rulebook, reply: Reply) -> frozenset[str]:
    """The kinds of findings the check raises for a reply."""
    return frozenset(str(finding.id) for finding in book.checker(reply.known).check(reply.text))


def score(part: str, lang: Language, book: Rulebook) -> Score:
    """The check against the labels of one part."""
    found = Score(Counter(), Counter(), Counter())
    for reply in labelled(part, lang):
        was = raised(book, reply)
        found.right.update(was & reply.expected)
        found.wrong.update(was - reply.expected)
        found.missed.update(reply.expected - was)
    return found


def long_reply(lang: Language) -> str:
    """A reply of two thousand characters, of good and bad sentences by turns."""
    text = ""
    for reply in labelled("rules", lang):
        text += reply.text + (" " if len(text) % 3 else "\n")
        if len(text) > _LONG:
            return text[:_LONG]
    raise AssertionError("too few labelled replies")


def typed(checker: Checker, text: str, keys: int = 200) -> list[float]:
    """Milliseconds of processor time for each of so many letters typed into the middle of a reply."""
    times = []
    middle = len(text) // 2
    for n in range(1, keys + 1):
        longer = text[:middle] + "안녕 hello "[n % 9] * n + text[middle:]
        start = thread_time()
        checker.check(longer)
        times.append(1000 * (thread_time() - start))
    return times


def main() -> None:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.check", description=__doc__)
    arguments.add_argument("--part", choices=("aside", "rules"), action="append", help="only this part")
    arguments.add_argument("--mistakes", action="store_true", help="name every reply the check and its label differ on")
    chosen = arguments.parse_args()
    book = Rulebook()
    for part in chosen.part or ("rules", "aside"):
        for lang in Language:
            _print_score(part, lang, book)
            if chosen.mistakes:
                _print_mistakes(part, lang, book)
    for lang in Language:
        text = long_reply(lang)
        checker = book.checker(known_from({"customer": {"name": "Mina Park"}}, lang, NOW, SEOUL))
        start = thread_time()
        checker.check(text)
        whole = 1000 * (thread_time() - start)
        times = sorted(typed(checker, text))
        print(f"{lang}: {len(text)} characters, {whole:.1f} ms at first, then {median(times):.2f} ms a key", end="")
        print(f" (95 of 100 under {times[len(times) * 95 // 100]:.2f}, worst {times[-1]:.2f})")


def _print_score(part: str, lang: Language, book: Rulebook) -> None:
    found = score(part, lang, book)
    good = [not reply.expected for reply in labelled(part, lang)]
    print(
        f"{lang} {part}: {len(good)} replies, {sum(good)} of them good;"
        f" precision {found.precision:.3f}, recall {found.recall:.3f}"
    )
    for name in sorted({*found.right, *found.wrong, *found.missed}):
        print(f"    {name:20} right {found.right[name]:3}  wrong {found.wrong[name]:3}  missed {found.missed[name]:3}")


def _print_mistakes(part: str, lang: Language, book: Rulebook) -> None:
    for reply in labelled(part, lang):
        was = raised(book, reply)
        if was != reply.expected:
            extra, missing = sorted(was - reply.expected), sorted(reply.expected - was)
            print(f"    {reply.place}: +{extra} -{missing} {reply.text}")


if __name__ == "__main__":
    main()
