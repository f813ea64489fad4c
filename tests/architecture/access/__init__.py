"""The access table: every address, and what each role is answered there.

A row names its address, the maker of its object (world.py) and, for GET and POST, what a role gets
for an object of its own side, of the next township's, and for one that was never there: three
statuses in a string, or one where the address names no object. ``REST`` is every role not named.
POST sends an empty form. The first line that names a role counts.

404: outside one's area, with the body of a row that never existed. 403: inside, without the right.
405: the address takes no such request.
"""

from tests.architecture.access.attendance import MORNINGS, ROLL, SLIPS
from tests.architecture.access.cases import ACTS_ON_CASES, CASES, DISCOVERIES
from tests.architecture.access.census import ENTRANTS, LEAVERS, NOTICES
from tests.architecture.access.changes import CHANGES, REPORTS
from tests.architecture.access.door import (
    CALENDAR,
    DOOR,
    MANUAL,
    MESSAGES,
    PHONES,
    SESSIONS,
)
from tests.architecture.access.imports import ANSWERS, IMPORTS
from tests.architecture.access.opening import OPENING
from tests.architecture.access.papers import PAPERS
from tests.architecture.access.people import ACCOUNTS, SECONDING, STAFF
from tests.architecture.access.register import EXPORTS, GROUPS, PUPILS
from tests.architecture.access.returns import RETURNS
from tests.architecture.access.rows import Rows
from tests.architecture.access.units import UNITS
from tests.architecture.access.watch import WATCH

FAMILIES: dict[str, Rows] = {
    "door": DOOR,
    "discoveries": DISCOVERIES,
    "manual": MANUAL,
    "phones": PHONES,
    "sessions": SESSIONS,
    "messages": MESSAGES,
    "calendar": CALENDAR,
    "accounts": ACCOUNTS,
    "seconding": SECONDING,
    "opening": OPENING,
    "staff": STAFF,
    "papers": PAPERS,
    "pupils": PUPILS,
    "groups": GROUPS,
    "exports": EXPORTS,
    "imports": IMPORTS,
    "answers": ANSWERS,
    "changes": CHANGES,
    "reports": REPORTS,
    "watch": WATCH,
    "roll": ROLL,
    "slips": SLIPS,
    "mornings": MORNINGS,
    "cases": CASES,
    "acts on cases": ACTS_ON_CASES,
    "entrants": ENTRANTS,
    "notices": NOTICES,
    "leavers": LEAVERS,
    "returns": RETURNS,
    "units": UNITS,
}
TABLE: Rows = tuple(row for rows in FAMILIES.values() for row in rows)
