"""What customers of the demo shop have said lately, how far the shop has come with it, and who was asked how it was."""

from random import Random

from cxdesk.demo import voices_en, voices_ko
from cxdesk.demo.book import Book
from cxdesk.domain.afterwards import (
    FeedbackAsk,
    Horizon,
    Improvement,
    ImprovementState,
    Telling,
    Theme,
    ThemeStage,
    ThemeWhy,
    Voice,
)
from cxdesk.domain.moments import DAY, HOUR
from cxdesk.domain.records import Customer
from cxdesk.domain.words import Language, Topic

__all__ = ["asked", "say"]

_TABLES = {Language.KO: voices_ko.THEMES, Language.EN: voices_en.THEMES}
_PLAN = {
    "tracking": (Topic.DELIVERY, ThemeStage.IMPROVE, 2, True),
    "packing": (Topic.DEFECT, ThemeStage.SHARE, 3, False),
    "refund": (Topic.REFUND, ThemeStage.ANALYSE, 1, False),
    "sizes": (Topic.PRODUCT, ThemeStage.COLLECT, 0, False),
    "phone": (Topic.WAITING, ThemeStage.COLLECT, 0, False),
}
"""Theme → topic, how far it has come, the effort of changing it, and whether it is heard more than usual."""
_ABROAD = ("tracking", "refund")
"""What those who speak the other language say too: a few voices, and nobody has looked at them yet."""
_FIRST, _LATELY = 100 * DAY, 6 * DAY


def say(book: Book, rng: Random) -> None:
    """Themes at every stage, in the desk's language and two more in the other one."""
    for name in _PLAN:
        _theme(book, rng, name, book.language)
    other = Language.EN if book.language is Language.KO else Language.KO
    for name in _ABROAD:
        _theme(book, rng, name, other)


def _theme(book: Book, rng: Random, name: str, language: Language) -> None:
    topic, stage, effort, rising = _PLAN[name]
    title, said, whys, first, then = _TABLES[language][name]
    bodies = said.strip().split("\n")
    if language is not book.language:
        bodies, stage, effort, rising = bodies[:4], ThemeStage.COLLECT, 0, False
    people = rng.sample([c for c in book.customers if c.language is language and book.bought.get(c.id)], len(bodies))
    times = sorted(_when(book, rng, place, len(bodies), rising) for place in range(len(bodies)))
    theme = Theme(book.mint(), title, topic, "", stage, effort, times[0], times[-1])
    voices = [_voice(book, rng, theme, *pair) for pair in zip(people, zip(bodies, times, strict=True), strict=True)]
    book.aftermath += [theme, *voices]
    if stage is not ThemeStage.COLLECT:
        _explain(book, rng, theme, whys.strip().split("\n"))
    if stage in (ThemeStage.IMPROVE, ThemeStage.SHARE):
        _change(book, theme, first, then)
    if stage is ThemeStage.SHARE:
        book.aftermath += [_told(book, theme, voice, first) for voice in voices[:2]]


def _when(book: Book, rng: Random, place: int, count: int, rising: bool) -> int:
    """Through the last months; of a rising theme most of them lately."""
    if rising and place >= count // 3:
        return book.now - rng.randrange(2 * HOUR, _LATELY)
    return book.now - rng.randrange(8 * DAY, _FIRST)


def _voice(book: Book, rng: Random, theme: Theme, customer: Customer, said: tuple[str, int]) -> Voice:
    body, at = said
    severity = rng.choices((1, 2, 3), (3, 5, 2))[0]
    agent = rng.choice(book.agents).id
    return Voice(book.mint(), customer.id, None, body, theme.topic, "", severity, at, agent, theme.id)


def _explain(book: Book, rng: Random, theme: Theme, whys: list[str]) -> None:
    agent = rng.choice(book.agents).id
    at = book.now - 5 * DAY
    book.aftermath += [ThemeWhy(book.mint(), theme.id, n, body, at, agent) for n, body in enumerate(whys, 1)]


def _change(book: Book, theme: Theme, first: str, then: str) -> None:
    """Something at once and something for later; where customers are told, the first is done."""
    done = theme.stage is ThemeStage.SHARE
    state, done_at = (ImprovementState.DONE, book.now - 2 * DAY) if done else (ImprovementState.PLANNED, None)
    me, colleague = book.agents[0].id, book.agents[1].id
    at, due = book.now - 4 * DAY, book.now + 2 * DAY
    book.aftermath += [
        Improvement(book.mint(), theme.id, first, Horizon.SHORT, me, due, state, at, done_at),
        Improvement(
            book.mint(), theme.id, then, Horizon.MIDDLE, colleague, due + 21 * DAY, ImprovementState.PLANNED, at
        ),
    ]


def _told(book: Book, theme: Theme, voice: Voice, what: str) -> Telling:
    """Somebody who has been told already."""
    customer = voice.customer_id or ""
    told = book.now - 20 * HOUR
    return Telling(book.mint(), theme.id, customer, voice.id, f"“{voice.body}” → {what}", told, told, book.agents[0].id)


def asked(book: Book, rng: Random) -> None:
    """Before each answer of the last month somebody asked."""
    for answer in [one for one in book.feedback if one.customer_id and one.at > book.now - 30 * DAY]:
        at = answer.at - rng.randrange(1, 8) * HOUR // 10
        agent = rng.choice(book.agents).id
        book.aftermath.append(
            FeedbackAsk(book.mint(), answer.customer_id or "", answer.ticket_id, answer.scale, at, agent)
        )
