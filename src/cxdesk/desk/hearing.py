"""What customers' words say about how they feel, for the screens and for ``cxdesk hear``: one function for both.

``Hearing.load`` reads packs and cue lists, some tens of milliseconds, so screens call it on a thread after the first
frame. A missing or damaged file never stops it: what is left speaks, and ``problems`` says what is missing.
"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import cxdesk.empathy.hearing
from cxdesk.domain.words import Emotion, Language, Topic
from cxdesk.empathy.hearing import local
from cxdesk.empathy.hearing.cues import read_cues
from cxdesk.empathy.hearing.ear import EMOTIONS, TOPICS, Ear, hear, score
from cxdesk.empathy.hearing.local import Layer
from cxdesk.empathy.hearing.pack import Pack, PackError, open_pack
from cxdesk.empathy.hearing.reading import guess_language
from cxdesk.empathy.hearing.result import Basis, Heard
from cxdesk.empathy.lines import Problem
from cxdesk.settings import shipped

__all__ = ["Hearing", "packs_folder"]


def packs_folder() -> Path:
    """Where the shipped packs are."""
    return Path(cxdesk.empathy.hearing.__file__).parent


class Hearing:
    """Hears messages in both languages and learns from corrections on this machine.

    The owner's cue files are ``ko.toml`` and ``en.toml`` in the folder ``own``; a word there replaces a shipped
    one. ``problems`` are of the packs (``row`` 0) and the cue files; their codes name sentences ``hearing.<code>``.
    """

    def __init__(self, ears: Mapping[Language, Ear], problems: tuple[Problem, ...]) -> None:
        self._ears = dict(ears)
        self.problems = problems

    @classmethod
    def load(cls, own: Path | None = None, packs: Path | None = None) -> "Hearing":
        """Read everything there is. Nothing is raised for a file that is missing or cannot be used."""
        ears: dict[Language, Ear] = {}
        problems: list[Problem] = []
        for language in Language:
            pack = _pack((packs or packs_folder()) / f"{language}.pack", language, problems)
            names = [shipped("cues", f"{language}.toml"), *([own / f"{language}.toml"] if own else [])]
            # Bytes that are not UTF-8 are marked, so that the reader refuses the line and names it.
            files = {str(path): path.read_text("utf-8", "replace") for path in names if path.is_file()}
            cues, found = read_cues(files, language)
            problems += found
            ears[language] = Ear(language, pack, cues)
        return cls(ears, tuple(problems))

    @property
    def basis(self) -> dict[Language, Basis]:
        """What answers in each language rest on."""
        return {language: ear.basis for language, ear in self._ears.items()}

    @property
    def local_on(self) -> bool:
        """Whether something was learned on this machine and is in use."""
        return any(layer.on for ear in self._ears.values() for layer in (ear.emotion_layer, ear.topic_layer))

    def hear(self, text: str, language: Language | None = None) -> Heard:
        """What one message says; its language is guessed when it is not given."""
        return hear(text, self._ears[language or guess_language(text)])

    def learn(self, text: str, label: Emotion | Topic, language: Language | None = None) -> None:
        """An agent chose ``label`` for a message, whether or not that was the suggestion."""
        ear = self._ears[language or guess_language(text)]
        weighed = score(text, ear)
        keys, count = weighed.learnable(ear), len(weighed.features)
        if isinstance(label, Emotion):
            right = EMOTIONS.index(label)
            ear = replace(ear, emotion_layer=local.correct(ear.emotion_layer, keys, count, weighed.emotions, right))
        else:
            right = TOPICS.index(label)
            ear = replace(ear, topic_layer=local.correct(ear.topic_layer, keys, count, weighed.topics, right))
        self._ears[ear.language] = ear

    def unlearn(self, kind: type[Emotion] | type[Topic], language: Language) -> bool:
        """Take the last correction of a kind in a language back, twenty deep; ``False`` when there is none."""
        ear = self._ears[language]
        before = local.undo(ear.emotion_layer if kind is Emotion else ear.topic_layer)
        if before is None:
            return False
        self._ears[language] = (
            replace(ear, emotion_layer=before) if kind is Emotion else replace(ear, topic_layer=before)
        )
        return True

    def forget(self) -> None:
        """Everything learned on this machine is gone."""
        for language, ear in self._ears.items():
            self._ears[language] = replace(ear, emotion_layer=Layer(len(Emotion)), topic_layer=Layer(len(Topic)))

    def state(self) -> dict[str, Any]:
        """What was learned, as values for a JSON file; no text is in it."""
        return {
            str(language): {"emotion": local.to_json(ear.emotion_layer), "topic": local.to_json(ear.topic_layer)}
            for language, ear in self._ears.items()
        }

    def restore(self, state: object) -> bool:
        """Take up what ``state`` gave; ``False``, and nothing is taken up, when it does not fit."""
        try:
            if not isinstance(state, dict):
                raise ValueError("state")
            restored = {
                language: replace(
                    ear,
                    emotion_layer=local.from_json(state[str(language)]["emotion"], len(Emotion)),
                    topic_layer=local.from_json(state[str(language)]["topic"], len(Topic)),
                )
                for language, ear in self._ears.items()
            }
        except (KeyError, TypeError, ValueError):
            return False
        self._ears = restored
        return True


def _pack(path: Path, language: Language, problems: list[Problem]) -> Pack | None:
    try:
        return open_pack(path.read_bytes(), language)
    except OSError as error:
        problems.append(Problem(str(path), 0, "no_pack", error.strerror or ""))
    except PackError as error:
        problems.append(Problem(str(path), 0, error.code, error.detail))
    return None
