"""Everything the desk has learned, in one place that can be saved: no names of customers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cxdesk.wait.blend import Blend
from cxdesk.wait.calibrate import Conformal
from cxdesk.wait.floor import Contact, Floor
from cxdesk.wait.laws import YOUNG, Laws, build_laws, desk_mean, shrunk_mean
from cxdesk.wait.learning import HAZARD_EDGES, Drift, Durations, Hazard, Rate, numbers
from cxdesk.wait.prior import Prior
from cxdesk.wait.report import Tally

PROMPT_S: Final = 3.0
"""A waiting contact taken within this many seconds was taken at once."""
_TRIALS: Final = 20.0
_FADE: Final = 0.995
_CAP: Final = 12.0
_MAX_TOPICS: Final = 200
_MAX_BLENDS: Final = 40


class Memory:
    """The learners and the rules by which they learn; times and durations are seconds."""

    def __init__(self, prior: Prior) -> None:
        self.prior = prior
        self.desk = Durations()
        self.topics: dict[str, Durations] = {}
        self.shares: dict[str, float] = {}
        self.patience = Hazard([1.0 / prior.patience_s] * len(HAZARD_EDGES))
        # The longer somebody is away, the longer still.
        self.absence = Hazard([1.0 / (60.0 + 0.2 * edge) for edge in HAZARD_EDGES])
        self.absent = 0.0
        self.trials = 0.0
        self.drift = Drift()
        self.rates: dict[str, Rate] = {}
        self.conformal: dict[str, Conformal] = {}
        self.blends: dict[str, Blend] = {}
        self.last_wait = 0.0
        self.usual_wait = 0.0
        self.tally = Tally()
        self.abandons = 0
        self._due = 0
        self._basis: dict[str, object] = {}
        self.laws: Laws = self._build()

    # -- learning ---------------------------------------------------------------------------------

    def served(self, topic: str, seconds: float, floor: Floor, t: float) -> None:
        """Learn one finished contact. A duration beyond twelve means counts as twelve: it was forgotten.

        The floor at time t tells what is still going on. Of a new topic the short contacts end first, and
        of a growing line those who give up are known before those who stay: without the open ones the
        mean would start far too low and patience too short.
        """
        expected = self.mean(topic)
        self.drift.completed(expected)
        seconds = min(max(seconds, 1.0), _CAP * max(expected, 1.0))
        self.desk.add(seconds)
        if topic not in self.topics and len(self.topics) >= _MAX_TOPICS:
            topic = "other"
        own = self.topics.setdefault(topic, Durations())
        own.add(seconds)
        self.shares = {k: w * _FADE for k, w in self.shares.items() if w > 1e-4}
        self.shares[topic] = self.shares.get(topic, 0.0) + 1.0
        if own.seen <= YOUNG:
            own.open_s = floor.open_seconds(topic, t) * min(1.0, 2.0 - 2.0 * own.seen / YOUNG)
        self._due -= 1
        if self._due <= 0 or own.seen in (1, 2, 3, 5, 8, 13) or (own.seen <= YOUNG // 2 and own.seen % 10 == 0):
            self.refresh(floor.waiting_ages(t))

    def refresh(self, waiting: Sequence[tuple[float, float]] = ()) -> None:
        """Tabulate anew; the next time is due after 10 completions, later a twentieth of the history.

        `waiting` are (age, weight) of those in the line, seconds of patience shown so far.
        """
        settled = self.patience
        self.patience = settled.with_open(waiting)
        self.laws = self._build()
        self.patience = settled
        n = self.desk.seen
        self._due = 1 if n < 10 else min(max(10, n // 20), 75)

    def attended(self, at_once: bool) -> None:
        """Book whether an agent went on at once after a contact while somebody waited."""
        self.trials += 1.0
        self.absent += not at_once
        if self.trials > 2000.0:
            self.trials, self.absent = self.trials / 2, self.absent / 2

    def arrived(self, cls: str, t: float) -> None:
        """Book an arrival of a class."""
        self.rates.setdefault(cls, Rate()).add(t)

    def calibration(self, cls: str) -> Conformal:
        """The conformal factors of a class."""
        return self.conformal.setdefault(cls, Conformal())

    def waited(self, contact: Contact, t: float, seconds: float) -> None:
        """Learn from a wait that ended in service at time t."""
        self.patience.observe(seconds, False)
        forecast, contact.forecast = contact.forecast, None
        # Taken at once by somebody who was ready: that was no wait.
        if forecast is not None and seconds > (PROMPT_S if forecast[8] else 0.0):
            p10, p50, p90 = forecast[:3]
            self.tally.add(t, p10, p50, p90, seconds)
            self.calibration(contact.cls).learn(p10, p90, seconds)
            key = blend_key(contact)
            if key in self.blends or len(self.blends) < _MAX_BLENDS:
                self.blends.setdefault(key, Blend()).learn(forecast[3:8], seconds)
        if seconds > PROMPT_S:
            self.last_wait = seconds
            self.usual_wait += 0.02 * (seconds - self.usual_wait)

    # -- reading ----------------------------------------------------------------------------------

    def mean(self, topic: str) -> float:
        """Learned mean handling time of a topic in seconds, drift not included."""
        return shrunk_mean(self.topics.get(topic), desk_mean(self.desk, self.prior))

    def rate(self, cls: str, t: float) -> float:
        """Arrivals of a class per second."""
        rate = self.rates.get(cls)
        return rate.at(t) if rate else 0.0

    def absence_share(self) -> float:
        """Share of contacts after which the agent is away although somebody waits."""
        share = (self.absent + _TRIALS * self.prior.absence) / (self.trials + _TRIALS)
        return min(max(share, 0.0), 0.9)

    def drift_factor(self) -> float:
        """Multiplier of the learned durations."""
        return self.drift.factor(self.laws.scv, self.laws.mean)

    def _build(self) -> Laws:
        # Kept so that a saved desk is tabulated from what it was tabulated from, not from what came since.
        self._basis = self._learners()
        return build_laws(
            prior=self.prior,
            desk=self.desk,
            topics=self.topics,
            shares=self.shares,
            patience=self.patience,
            absence=self.absence,
            absence_share=self.absence_share(),
        )

    def _learners(self) -> dict[str, object]:
        """The learners that laws are built from, as plain data."""
        return {
            "desk": self.desk.dump(),
            "topics": {k: d.dump() for k, d in self.topics.items()},
            "shares": dict(self.shares),
            "patience": self.patience.dump(),
            "absence": self.absence.dump(),
            "attended": [self.absent, self.trials],
        }

    def _restore_learners(self, state: dict[str, object]) -> None:
        self.desk = Durations.parse(state.get("desk"))
        self.topics = {k: Durations.parse(v) for k, v in _items(state.get("topics"))}
        self.shares = {k: float(v) for k, v in _items(state.get("shares")) if isinstance(v, int | float) and v >= 0}
        self.patience.restore(state.get("patience"))
        self.absence.restore(state.get("absence"))
        if (pair := numbers(state.get("attended"), 2)) is not None:
            self.absent, self.trials = pair

    # -- JSON -------------------------------------------------------------------------------------

    def learned(self) -> dict[str, object]:
        """Everything that events have taught, by name; numbers keyed by topic and class."""
        return self._learners() | self._tracked()

    def dump(self) -> dict[str, object]:
        """State as JSON: what was learned, and what the laws in use were tabulated from."""
        return {"basis": self._basis, "now": self._learners(), "due": self._due} | self._tracked()

    def _tracked(self) -> dict[str, object]:
        """What is learned beside the laws."""
        return {
            "drift": self.drift.dump(),
            "rates": {k: r.dump() for k, r in self.rates.items()},
            "blends": {k: b.dump() for k, b in self.blends.items()},
            "waits": [self.last_wait, self.usual_wait],
            "conformal": {k: c.dump() for k, c in self.conformal.items()},
            "tally": self.tally.dump(),
            "abandons": self.abandons,
        }

    def restore(self, state: dict[str, object]) -> None:
        """Take `dump` back; whatever cannot be read stays at its prior."""
        basis, now = state.get("basis"), state.get("now")
        if isinstance(basis, dict):
            self._restore_learners(basis)
            self.laws = self._build()
        if isinstance(now, dict):
            self._restore_learners(now)
        self.drift.restore(state.get("drift"))
        for name, value in _items(state.get("rates")):
            self.rates.setdefault(name, Rate()).restore(value)
        for name, value in _items(state.get("conformal")):
            self.calibration(name).restore(value)
        for name, value in _items(state.get("blends")):
            self.blends.setdefault(name, Blend()).restore(value)
        if (pair := numbers(state.get("waits"), 2)) is not None:
            self.last_wait, self.usual_wait = pair
        self.tally.restore(state.get("tally"))
        if (pair := numbers([state.get("abandons"), state.get("due")], 2)) is not None:
            self.abandons, self._due = int(pair[0]), int(pair[1])


def blend_key(contact: Contact) -> str:
    """Blends are kept by class and topic: some teams are slower to pick up than others."""
    return f"{contact.cls}/{contact.topic}"


def _items(value: object) -> list[tuple[str, object]]:
    return [(str(k), v) for k, v in value.items()] if isinstance(value, dict) else []
