"""How long will it take? An honest range for everybody who waits (pure; see WAIT.md).

est = WaitEstimator(prior=PRIORS["phone"], policy=Credit({"vip": 90.0}))
est.agent("mina", t, "on"); est.arrive("1042", t); est.estimate("1042", t).p50
"""

from cxdesk.wait.estimator import WaitEstimator
from cxdesk.wait.policy import Credit, Fifo, Policy, Strict
from cxdesk.wait.prior import Prior
from cxdesk.wait.priors import PRIORS, prior_for
from cxdesk.wait.result import Basis, Explanation, Report, State, Wait

__all__ = [
    "PRIORS",
    "Basis",
    "Credit",
    "Explanation",
    "Fifo",
    "Policy",
    "Prior",
    "Report",
    "State",
    "Strict",
    "Wait",
    "WaitEstimator",
    "prior_for",
]
