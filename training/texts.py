"""The project's own messages: one a line, tab-separated, with what was meant by whoever wrote it.

``emotion second intensity urgency topic abuse text``; ``-`` is no second feeling. ``messages`` are trained on,
``development`` never is: it was written first, about other situations, and only ``training.score`` reads it.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from cxdesk.demo.lines import voices
from cxdesk.domain.words import Emotion, Language, Topic

__all__ = ["COLUMNS", "Message", "demo_shop", "development", "messages"]

HERE = Path(__file__).parent
_PLACE = re.compile(r"\{(\w+)[^}]*\}")
_FILLED = {Language.KO: {"item": "니트", "days": "7"}, Language.EN: {"item": "sweater", "days": "7"}}
COLUMNS = ("emotion", "second", "intensity", "urgency", "topic", "abuse", "text")


@dataclass(frozen=True, slots=True)
class Message:
    """One message and its labels."""

    text: str
    emotion: Emotion
    second: Emotion | None
    intensity: int
    urgency: int
    topic: Topic
    abuse: bool


def messages(language: Language) -> list[Message]:
    """What the weights are trained on."""
    return _read(HERE / "messages" / f"{language}.tsv")


def development(language: Language) -> list[Message]:
    """What the weights are measured with."""
    return _read(HERE / "development" / f"{language}.tsv")


def demo_shop(language: Language) -> list[Message]:
    """First words of the customers of the demo shop, with feeling and topic; written before there was any hearing."""
    return [
        Message(
            text=_PLACE.sub(lambda place: _FILLED[language].get(place[1], ""), line.text),
            emotion=line.emotion,
            second=None,
            intensity=line.intensity,
            urgency=0,
            topic=line.topic,
            abuse=False,
        )
        for line in voices(language).openings
    ]


def _read(path: Path) -> list[Message]:
    head, *lines = path.read_text("utf-8").splitlines()
    if tuple(head.split("\t")) != COLUMNS:
        raise ValueError(f"{path}: the first line must name the columns")
    return [_message(line, f"{path}:{number}") for number, line in enumerate(lines, 2)]


def _message(line: str, where: str) -> Message:
    try:
        emotion, second, intensity, urgency, topic, abuse, text = line.split("\t")
        return Message(
            text=text,
            emotion=Emotion(emotion),
            second=None if second == "-" else Emotion(second),
            intensity=int(intensity),
            urgency=int(urgency),
            topic=Topic(topic),
            abuse=abuse == "yes",
        )
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
