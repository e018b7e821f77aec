"""Scenarios to practise with, and the agent's own good lines of earlier times. Nothing else of a practice is kept."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cxdesk.domain.inert import inert_line
from cxdesk.domain.words import Language
from cxdesk.empathy.practice.play import Play
from cxdesk.empathy.practice.scenarios import Scenario, read_scenarios
from cxdesk.empathy.practice.steps import Step
from cxdesk.empathy.reply.known import Known
from cxdesk.settings import shipped

if TYPE_CHECKING:
    from cxdesk.desk.checking import Rulebook
    from cxdesk.desk.desk import Desk

__all__ = ["Practice"]


class Practice:
    """The scenarios of one language, shipped and the shop's own (``own`` is its folder), and how they are played."""

    def __init__(self, desk: "Desk", rulebook: "Rulebook", lang: Language, own: Path | None = None) -> None:
        self._desk, self._rulebook, self._lang = desk, rulebook, lang
        found = [(f"practice/{lang}/{path.name}", path) for path in sorted((shipped("practice") / lang).glob("*.toml"))]
        if own is not None:
            found += [(str(path), path) for path in sorted((own / lang).glob("*.toml"))]
        files = ((name, path.read_text("utf-8", "replace")) for name, path in found)
        self.scenarios, self.problems = read_scenarios(files, lang)

    def play(self, scenario: Scenario) -> Play:
        """Begin a conversation with the customer of a scenario."""
        known = Known(self._lang, self._desk.clock(), self._desk.zone, scenario.name)
        return Play(scenario, self._rulebook.checker(known))

    def kept(self, scenario: Scenario) -> Mapping[Step, str]:
        """The agent's own lines that were kept from this scenario."""
        text = self._desk.store.recall(_key(scenario))
        lines = json.loads(text) if text else {}
        return {step: inert_line(lines[step]) for step in Step if isinstance(lines.get(step), str)}

    def keep(self, play: Play) -> None:
        """Keep the lines that took a step, over those of an earlier time."""
        lines = {**self.kept(play.scenario), **play.done}
        self._desk.store.remember(_key(play.scenario), json.dumps(lines, ensure_ascii=False))


def _key(scenario: Scenario) -> str:
    return f"practice.{scenario.id}"
