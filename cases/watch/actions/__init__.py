"""Writes of early warning and of the 重点关注 ledger, one module a noun."""

from cases.watch.actions.ledger import SupportPlan, note_support, put_on, revise, take_off
from cases.watch.actions.ruling import set_rule
from cases.watch.actions.sweeping import Reckoned, reckon

__all__ = [
    "Reckoned",
    "SupportPlan",
    "note_support",
    "put_on",
    "reckon",
    "revise",
    "set_rule",
    "take_off",
]
