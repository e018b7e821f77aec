"""A pack of four features and a short cue list, so that every number in a test can be worked out by hand."""

import pytest

from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.hearing.cues import Cues, read_cues
from cxdesk.empathy.hearing.ear import Ear
from cxdesk.empathy.hearing.features import features_of
from cxdesk.empathy.hearing.pack import Head, Pack, build, open_pack
from cxdesk.empathy.hearing.reading import read

LIST = """
[[cue]]
means = "anger"
weight = 3
words = ["furious", "fed up", "disgust*"]

[[cue]]
means = "nothing"
words = ["not furious"]

[[cue]]
means = "problem"
words = ["broken", "late"]

[[cue]]
means = "duration"
words = ["# days"]

[[cue]]
means = "gratitude"
weight = 5
words = ["thank you"]

[[cue]]
means = "today"
words = ["today"]

[[cue]]
means = "need"
words = ["please"]

[[cue]]
means = "now"
words = ["urgent"]

[[cue]]
means = "no_hurry"
words = ["no hurry"]

[[cue]]
means = "abuse"
words = ["idiot"]

[[cue]]
means = "delivery"
weight = 2
words = ["parcel"]
"""

HEAD = Head(
    language=Language.EN,
    emotion_gain=2048,
    topic_gain=2048,
    now_gain=2048,
    now_least=80,
    emotion_bias=(0, 0, 0, 0, 0, 32),
    topic_bias=(0,) * len(Topic),
    cue=40,
    topic_cue=64,
    gate=80,
    sure=500,
    thanks_sure=650,
    topic_sure=500,
)


def row(**weights: int) -> bytes:
    """A row of a pack, by the names of feelings and topics."""
    return bytes(128 + weights.get(word, 0) for word in [*map(str, Emotion), *map(str, Topic), "now"])


def key_of(word: str) -> int:
    """The feature that is the word itself."""
    keys = features_of(read(f"a {word} b", Language.EN))
    others = features_of(read("a b", Language.EN))
    return next(key for key in keys if key not in others and key in features_of(read(word, Language.EN)))


@pytest.fixture(scope="session")
def data() -> bytes:
    words = {
        "gift": row(gratitude=100, praise=60),
        "slow": row(anger=90, delivery=90),
        "why": row(confusion=80),
        "help": row(now=127),
    }
    keys = sorted((key_of(word), weights) for word, weights in words.items())
    return build(HEAD, [key for key, _ in keys], b"".join(weights for _, weights in keys))


@pytest.fixture(scope="session")
def pack(data: bytes) -> Pack:
    return open_pack(data, Language.EN)


@pytest.fixture(scope="session")
def cues() -> Cues:
    found, problems = read_cues({"en.toml": LIST}, Language.EN)
    assert problems == ()
    return found


@pytest.fixture(scope="session")
def ear(pack: Pack, cues: Cues) -> Ear:
    return Ear(Language.EN, pack, cues)
