"""Who does an act in a test, with the day or the moment alone where the act asks for no more."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.viewer import Viewer

CHINA = ZoneInfo("Asia/Shanghai")
SOME_DAY = date(2025, 9, 1)


def doing(
    viewer: Viewer, origin: Origin, *, today: date | None = None, now: datetime | None = None
) -> Doer:
    """The viewer at work: of day and moment, the one that is missing follows from the other."""
    day = today or (now.astimezone(CHINA).date() if now else SOME_DAY)
    return Doer(viewer, origin, day, now or datetime.combine(day, time(9), CHINA))
