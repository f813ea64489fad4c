"""The tables of the app, one module a noun."""

from foundation.accounts.models.audit import AuditEvent
from foundation.accounts.models.factors import SecondFactor
from foundation.accounts.models.keys import KeyFingerprint
from foundation.accounts.models.limits import LimitReport
from foundation.accounts.models.parameters import ClockShift, Parameter
from foundation.accounts.models.people import Person, Post
from foundation.accounts.models.phones import TrustedPhone
from foundation.accounts.models.places import Region, Unit, UnitKind
from foundation.accounts.models.seconding import PeopleDecision, PeopleRequest
from foundation.accounts.models.sessions import OpenSession
from foundation.accounts.models.unit_changes import UnitChange, UnitChangeEnd

__all__ = [
    "AuditEvent",
    "ClockShift",
    "KeyFingerprint",
    "LimitReport",
    "OpenSession",
    "Parameter",
    "PeopleDecision",
    "PeopleRequest",
    "Person",
    "Post",
    "Region",
    "SecondFactor",
    "TrustedPhone",
    "Unit",
    "UnitChange",
    "UnitChangeEnd",
    "UnitKind",
]
