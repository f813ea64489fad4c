"""Acts on single days of school: suspended and make-up days."""

from datetime import date

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit, UnitKind
from foundation.days import ONE_DAY
from students.calendars.actions.changes import require_right
from students.calendars.models import SchoolDayOverride

LONGEST_OVERRIDE = 60  # days; what is longer is a term that begins or ends on another day


def set_override(
    doer: Doer,
    county: Unit,
    days: tuple[date, date],
    is_school_day: bool,
    reason: str,
    school: Unit | None = None,
) -> list[SchoolDayOverride]:
    """Suspend school, or hold it, on every day from the first to the last of ``days``.

    For one school or, without one, for the whole county. The newest row of a day counts, so the
    same act reverses an earlier one. Raises PermissionDenied, and Refused in Chinese.
    """
    require_right(doer.viewer, county)
    first, last = days
    rows = [
        SchoolDayOverride(
            county=county,
            school=school,
            day=first + n * ONE_DAY,
            is_school_day=is_school_day,
            reason=reason.strip(),
            recorded_by_id=doer.viewer.person_id,
        )
        for n in range((last - first).days + 1)
    ]
    _check(rows, county, school)
    with transaction.atomic():
        made = SchoolDayOverride.objects.bulk_create(rows)
        details = {"first": str(first), "last": str(last), "is_school_day": is_school_day}
        audit.record(
            doer.origin,
            "set_school_days",
            "unit",
            (school or county).pk,
            reason=reason,
            details=details,
        )
    return made


def _check(rows: list[SchoolDayOverride], county: Unit, school: Unit | None) -> None:
    if not rows:
        raise Refused("结束日期早于开始日期，请改正后再提交。")
    if len(rows) > LONGEST_OVERRIDE:
        raise Refused(f"一次最多登记{LONGEST_OVERRIDE}天；学期起止有变的，请修改学期。")
    if not rows[0].reason:
        raise Refused("请填写停课或补课的原因。")
    if school and (school.county_id != county.pk or school.kind != UnitKind.SCHOOL):
        raise Refused("请选择本县的一所学校。")
