"""How long will it take? An honest range for everybody who waits (pure; see WAIT.md).

est = WaitEstimator(prior=PRIORS["phone"], policy=Credit({"vip": 90.0}))
est.agent("mina", t, "on"); est.arrive("1042", t); est.estimate("1042", t).p50
"""

from cxdesk.wait.ahead import Ahead, QueueAt, look_ahead
from cxdesk.wait.erlang import (
    ErlangA,
    ErlangC,
    erlang_a,
    erlang_b,
    erlang_c,
    halfin_whitt,
    preemptive_waits,
    priority_waits,
    square_root_agents,
)
from cxdesk.wait.estimator import WaitEstimator
from cxdesk.wait.history import Event, differences, rebuild, tell
from cxdesk.wait.policy import Credit, Fifo, Policy, Strict
from cxdesk.wait.prior import Prior
from cxdesk.wait.priors import PRIORS, prior_for
from cxdesk.wait.result import Basis, Explanation, Report, State, Wait
from cxdesk.wait.slow import Calendar, Reply, ReplyModel
from cxdesk.wait.staffing import Plan, PlanRow, plan
from cxdesk.wait.whatif import Staffed, WhatIf, what_if

__all__ = [
    "PRIORS",
    "Ahead",
    "Basis",
    "Calendar",
    "Credit",
    "ErlangA",
    "ErlangC",
    "Event",
    "Explanation",
    "Fifo",
    "Plan",
    "PlanRow",
    "Policy",
    "Prior",
    "QueueAt",
    "Reply",
    "ReplyModel",
    "Report",
    "Staffed",
    "State",
    "Strict",
    "Wait",
    "WaitEstimator",
    "WhatIf",
    "differences",
    "erlang_a",
    "erlang_b",
    "erlang_c",
    "halfin_whitt",
    "look_ahead",
    "plan",
    "preemptive_waits",
    "prior_for",
    "priority_waits",
    "rebuild",
    "square_root_agents",
    "tell",
    "what_if",
]
