"""The tables of the app, one module a noun."""

from students.census.models.arrivals import CheckIn, Exemption, RegistrationDay
from students.census.models.catchments import Catchment
from students.census.models.entrants import Entrant
from students.census.models.graduations import GraduationBatch, GraduationRow
from students.census.models.handovers import Handover, HandoverRow, HandoverStep
from students.census.models.notices import Notice

__all__ = [
    "Catchment",
    "CheckIn",
    "Entrant",
    "Exemption",
    "GraduationBatch",
    "GraduationRow",
    "Handover",
    "HandoverRow",
    "HandoverStep",
    "Notice",
    "RegistrationDay",
]
