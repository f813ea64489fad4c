"""The app's tables, one module a noun."""

from cases.models.acts import Closure, Confirmation, Contact, Dispatch, Order
from cases.models.case import Case, CaseEvent
from cases.models.deadlines import URGENCY, Deadline, Reminder, most_urgent
from cases.models.discoveries import DiscoveryAnswer, DiscoveryReport
from cases.models.nudges import DutyNudge
from cases.models.standings import CountedLedger, CountedStanding
from cases.models.sweeps import SweptDay

__all__ = [
    "URGENCY",
    "Case",
    "CaseEvent",
    "Closure",
    "Confirmation",
    "Contact",
    "CountedLedger",
    "CountedStanding",
    "Deadline",
    "DiscoveryAnswer",
    "DiscoveryReport",
    "Dispatch",
    "DutyNudge",
    "Order",
    "Reminder",
    "SweptDay",
    "most_urgent",
]
