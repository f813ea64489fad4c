"""The days of the demo: the morning it begins on, and the county's terms.

It begins on Wednesday 2025-11-12 at eight in the morning, for these reasons. The State Council's
arrangements of 2025 and 2026 are published, so that no period runs into a year without a calendar.
Ten weeks of the autumn term have passed, with the National Day holiday and its two make-up days:
enough for a case to reach D6 and for a dropout of 20 missed school days. October is a whole month
to report, and November is under way. The next holiday is seven weeks away for a visitor who moves
on day by day.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from students.calendars.actions import TermEntry
from students.calendars.models import TermName

ZONE = ZoneInfo("Asia/Shanghai")
FIRST_DAY = date(2025, 9, 1)  # of the school year, and of its roll calls
DEMO_DAY = date(2025, 11, 12)
MORNING = time(8, 0)
SCHOOL_YEAR = 2025
CALENDAR_YEARS = (2024, 2025, 2026)
IN_POST_SINCE = date(2024, 8, 26)
REGIONS_SINCE = date(2024, 1, 1)

_A, _S = TermName.AUTUMN, TermName.SPRING
TERMS = (
    TermEntry(2024, _A, date(2024, 9, 2), date(2025, 1, 17), date(2024, 9, 1)),
    TermEntry(2024, _S, date(2025, 2, 24), date(2025, 7, 11), date(2025, 2, 23)),
    TermEntry(2025, _A, FIRST_DAY, date(2026, 1, 16), date(2025, 8, 31)),
    TermEntry(2025, _S, date(2026, 3, 2), date(2026, 7, 10), date(2026, 3, 1)),
    TermEntry(2026, _A, date(2026, 9, 1), date(2027, 1, 15), date(2026, 8, 31)),
)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A time of this day in Asia/Shanghai."""
    return datetime.combine(day, time(hour, minute), ZONE)
