"""The event history of a desk as values, and what it teaches: rebuilt from the start it is the state that was kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from cxdesk.wait.estimator import WaitEstimator
from cxdesk.wait.floor import AgentState
from cxdesk.wait.policy import Policy
from cxdesk.wait.prior import Prior

Verb = Literal["arrive", "start", "end", "abandon", "transfer", "park", "resume", "requeue", "agent"]

# At one moment hands become free, agents come, contacts arrive, change and are taken, and agents go.
_TURNS: Final[tuple[Verb, ...]] = (
    *("end", "park", "abandon", "agent", "arrive", "requeue", "transfer", "start", "resume"),
)


@dataclass(frozen=True, slots=True)
class Event:
    """One event of `WaitEstimator`, named as its method; fields a verb does not take are ignored.

    `id` is the contact; `agent` who takes it, or who comes or goes with `state`, `until` and `skills`.
    """

    t: float
    verb: Verb
    id: str = ""
    agent: str = ""
    cls: str = "normal"
    topic: str = "other"
    channel: str = "phone"
    state: AgentState = "on"
    until: float | None = None
    skills: frozenset[str] | None = None

    @property
    def turn(self) -> tuple[float, int, str, str]:
        """Sorts a history that kept times but no order."""
        leaving = self.verb == "agent" and self.state != "on"
        return self.t, len(_TURNS) if leaving else _TURNS.index(self.verb), self.id, self.agent


def tell(est: WaitEstimator, event: Event) -> None:
    """Tell the estimator one event."""
    t, cid = event.t, event.id
    match event.verb:
        case "arrive":
            est.arrive(cid, t, event.cls, event.topic, event.channel)
        case "start":
            est.start(cid, t, event.agent)
        case "resume":
            est.resume(cid, t, event.agent)
        case "end":
            est.end(cid, t)
        case "abandon":
            est.abandon(cid, t)
        case "park":
            est.park(cid, t)
        case "transfer":
            est.transfer(cid, t, event.topic, event.cls)
        case "requeue":
            est.requeue(cid, t, event.topic)
        case "agent":
            est.agent(event.agent, t, event.state, event.until, event.skills)


def rebuild(
    events: Iterable[Event],
    *,
    prior: Prior,
    classes: tuple[str, ...] = ("normal",),
    policy: Policy | None = None,
) -> WaitEstimator:
    """An estimator that has heard this history from its beginning, in whatever order it is given.

    It equals the one that heard the same events as they happened, in the order of `Event.turn`.
    """
    est = WaitEstimator(prior=prior, classes=classes, policy=policy)
    for event in sorted(events, key=lambda event: event.turn):
        tell(est, event)
    return est


def differences(one: WaitEstimator, other: WaitEstimator) -> list[str]:
    """The names of what two estimators have learned differently, empty when nothing; who is on the floor aside."""
    a, b = one.memory.learned(), other.memory.learned()
    return [name for name in a if a[name] != b[name]]
