"""Which theme a customer's words belong to: the same topic, and enough of the same words.

Words are compared by their first four keys (jamo or letters), particles left out, so that 배송이 and 배송은, 늦어요
and 늦었어요, packed and packing are one. Words that many voices of a topic have in common say little (inverse document
frequency, Spärck Jones 1972); what is left is the cosine between the voice and the mean of the theme's latest voices.
Nothing is trained and nothing random: the same voices in the same order make the same themes.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from math import log, sqrt
from unicodedata import normalize

from cxdesk.domain.afterwards import Theme
from cxdesk.domain.values import dataclass
from cxdesk.hangul.jamo import to_jamo

__all__ = ["ENOUGH", "Candidate", "Suggestion", "stems", "suggest", "title_of"]

ENOUGH = 0.16
"""From this likeness on a voice joins a theme by itself. Found on invented complaints, the test has others."""

SAME_PRODUCT = 0.08
"""How much it speaks for a theme that it is about the same product."""

_KEYS = 4
_TITLE = 40
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?|[가-힣]+")
_PARTICLES = re.compile(
    r"(?<=.)(?:에서|으로|까지|부터|이나|한테|처럼|보다|이라|라고|에게|이랑|은|는|이|가|을|를|에|의|도|로|와|과|만|랑|나)\Z"
)
_TOPIC = re.compile(r"\A(?:배송|택배|환불|결제|가격)(?!\Z)")
"""What names a topic tells its themes no further apart: 배송조회 is about 조회."""
_COURTESY = re.compile(r"안녕|감사|고맙|죄송|수고|\w+입니다\Z|(?:hello|hi|thanks|sorry)\Z")
"""Greetings, thanks and names begin like other words (안녕 like 안내) and are taken out before words are shortened."""
_IDLE = (
    "너무 정말 진짜 그리고 그런데 근데 이번 저번 지난번 제가 저는 저희 이거 그거 그냥 조금 많이 아직 계속 또 다시 좀 왜"
    " 더 안 못 다 잘 것 거 수 때 해 안돼 돼요 돼서 달라 달라고 주시면 주세요 합니다 했는데 했어요 해요 하네요 같아요"
    " 있어요 있는데 있으면 좋겠어요 되나요 왔어요 왔는데 왔습니다 됐어요 주문 고객 상품 배송 택배 환불 결제 가격"
    " 바랍니다 부탁"
    " the and for you your our was were are but not with that this have has had it's its from they them then than when"
    " what there their would could should just very too can't don't didn't isn't wasn't i've i'm about into out get got"
    " one please order ordered delivery refund payment price came arrived"
)
_ENDING = re.compile(r"(?<=...)(?:ing|ed|es|s|ly)\Z")


@lru_cache(maxsize=8192)
def stems(text: str) -> Mapping[str, str]:
    """The words of a text as they are compared, each with the word as it was first written."""
    found: dict[str, str] = {}
    for word in _WORD.findall(normalize("NFC", text).casefold()):
        stem = _stem(word)
        if stem:
            found.setdefault(stem, word)
    return found


def _stem(word: str) -> str:
    if _COURTESY.match(word):
        return ""
    stem = _keys(word)
    return "" if stem in _idle() else stem


@cache
def _idle() -> frozenset[str]:
    """What is said about anything."""
    return frozenset(_keys(word) for word in _IDLE.split())


def _keys(word: str) -> str:
    """The first keys of a word without its particle or ending; nothing for a short word of Latin letters."""
    if "가" <= word[0] <= "힣":
        return to_jamo(_TOPIC.sub("", _PARTICLES.sub("", word), count=1))[:_KEYS]
    bare = _ENDING.sub("", word)
    return bare[:_KEYS] if len(bare) > 2 else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A theme of the same topic with the words of its latest voices."""

    theme: Theme
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The theme a voice sounds like, how much (0 to 1), the words that say so, and whether the product does too."""

    theme: Theme
    likeness: float
    words: tuple[str, ...]
    same_product: bool


def suggest(body: str, product: str, candidates: Sequence[Candidate]) -> Suggestion | None:
    """The likeliest theme of a voice, or ``None`` where none is like enough and it begins one of its own.

    Of equally likely ones the first; at least one word must be shared, a product alone is no theme.
    """
    mine = stems(body)
    rarity = _rarity(candidates, mine)
    best: Suggestion | None = None
    for candidate in candidates:
        theirs = _mean(candidate.bodies)
        shared = sorted(mine.keys() & theirs.keys(), key=lambda stem: (-rarity[stem] * theirs[stem], stem))
        same = bool(product) and product == candidate.theme.product
        likeness = min(1.0, _cosine(mine, theirs, shared, rarity) + (SAME_PRODUCT if same else 0))
        if shared and likeness >= ENOUGH and (best is None or likeness > best.likeness):
            best = Suggestion(candidate.theme, likeness, tuple(mine[stem] for stem in shared[:3]), same)
    return best


def _mean(bodies: Sequence[str]) -> dict[str, float]:
    """Stem → share of the voices that have it."""
    counts = Counter(stem for body in bodies for stem in stems(body))
    return {stem: count / len(bodies) for stem, count in counts.items()}


def _rarity(candidates: Iterable[Candidate], mine: Mapping[str, str]) -> dict[str, float]:
    """How much each word says: little when many voices have it."""
    bodies = [body for candidate in candidates for body in candidate.bodies]
    counts = Counter(stem for body in bodies for stem in stems(body))
    return {stem: log(1 + (1 + len(bodies)) / (1 + counts[stem])) for stem in counts.keys() | mine.keys()}


def _cosine(
    mine: Mapping[str, str], theirs: Mapping[str, float], shared: Iterable[str], rarity: Mapping[str, float]
) -> float:
    product = sum(rarity[stem] ** 2 * theirs[stem] for stem in shared)
    size = sqrt(sum(rarity[stem] ** 2 for stem in mine)) * sqrt(
        sum((rarity[stem] * share) ** 2 for stem, share in theirs.items())
    )
    return product / size if size else 0.0


def title_of(body: str) -> str:
    """What a theme is called until somebody names it: the first sentence of the first voice, cut at a word."""
    first = re.split(r"(?<=[.!?。])\s|\n", body.strip(), maxsplit=1)[0].rstrip(" .!?~ㅠㅜ")
    if len(first) <= _TITLE:
        return first
    cut = first[:_TITLE].rpartition(" ")[0] or first[:_TITLE]
    return f"{cut}…"
