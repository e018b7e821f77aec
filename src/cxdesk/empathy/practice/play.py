"""One practice, turn by turn: the customer answers what is still missing, and what was done well is remembered."""

from collections import Counter
from collections.abc import Mapping

from cxdesk.empathy.practice.scenarios import Scenario
from cxdesk.empathy.practice.steps import Step, steps_in
from cxdesk.empathy.reply.checker import Checker
from cxdesk.empathy.reply.findings import Finding, FindingId

__all__ = ["MOST_REPLIES", "Play"]

MOST_REPLIES = 10
"""After so many replies even a patient customer hangs up."""
_A_STEP, _A_FINDING = 20, 4
# In practice a promise is the aim, and there is no ticket it could be noted down on.
_LEFT_OUT = frozenset({FindingId.PROMISE_UNTRACKED})


class Play:
    """A conversation with the customer of a scenario, looked over by the reply check. Nothing of it is kept."""

    def __init__(self, scenario: Scenario, checker: Checker) -> None:
        self.scenario = scenario
        self.talk: list[tuple[bool, str]] = [(False, scenario.opening)]
        """What was said, in order, and whether it was the agent who said it."""
        self.done: dict[Step, str] = {}
        """The steps that were taken, each with the agent's own sentence that took it."""
        self.found: Counter[FindingId] = Counter()
        self._checker = checker

    def advise(self, reply: str) -> tuple[Finding, ...]:
        """What the check finds in a reply, but for what cannot be done here."""
        return tuple(finding for finding in self._checker.check(reply) if finding.id not in _LEFT_OUT)

    def say(self, reply: str) -> str:
        """Say something; the customer's answer."""
        findings = self._checker.check(reply)
        asked_before = Step.LISTEN in self.done
        for step, sentence in steps_in(reply, findings, self._checker.rules, self._checker.known).items():
            self.done.setdefault(step, sentence)
        self.found.update(finding.id for finding in findings if finding.id not in _LEFT_OUT)
        answer = self._answer()
        if Step.LISTEN in self.done and not asked_before:
            answer = f"{self.scenario.reveals} {answer}"
        self.talk += [(True, reply), (False, answer)]
        return answer

    @property
    def best(self) -> tuple[tuple[Step, str], ...]:
        """The agent's own sentences that took a step, in the order of the steps."""
        return tuple((step, self.done[step]) for step in Step if step in self.done)

    @property
    def replies(self) -> int:
        """How often the agent has spoken."""
        return sum(ours for ours, _ in self.talk)

    @property
    def missing(self) -> Step | None:
        """The step the customer waits for."""
        return next((step for step in Step if step not in self.done), None)

    @property
    def over(self) -> bool:
        """Whether the customer is content, or has had enough."""
        return self.missing is None or self.replies >= MOST_REPLIES

    @property
    def points(self) -> int:
        """Of a hundred: twenty for each step, four off for each finding that was sent."""
        return max(0, _A_STEP * len(self.done) - _A_FINDING * self.found.total())

    def _answer(self) -> str:
        said: Mapping[Step | None, str] = {
            Step.ACKNOWLEDGE: self.scenario.unheard,
            Step.LISTEN: self.scenario.unasked,
            Step.OPTIONS: self.scenario.unoffered,
            Step.TIME: self.scenario.untimed,
            Step.PROMISE: self.scenario.unpromised,
            None: self.scenario.content,
        }
        return said[self.missing]
