"""Acts on a county's calendar: the State Council's days, terms, suspended and make-up days."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

import chinese_calendar
from django.core.exceptions import ValidationError
from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import ONE_DAY
from students.calendars.models import (
    CalendarDay,
    CalendarYear,
    SchoolDayOverride,
    SchoolTerm,
    TermName,
)
from students.calendars.terms import is_spring, school_year_of
from students.calendars.workdays import SATURDAY

LONGEST_TERM = 200  # days
LONGEST_REGISTRATION = timedelta(days=60)  # before the first teaching day
LONGEST_OVERRIDE = 60  # days; what is longer is a term that begins or ends on another day


@dataclass(frozen=True, slots=True)
class TermEntry:
    """One term as it is entered: ``school_year`` is the year in which the school year began."""

    school_year: int
    name: TermName
    first_day: date
    last_day: date
    registration_day: date


@transaction.atomic
def seed_state_council(county: Unit, years: Iterable[int]) -> list[int]:
    """Put the State Council's arrangement of ``years`` on record; return the years now covered.

    For set-up, so it asks for no right. Days already there are left alone. A year whose
    arrangement is not published yet is passed over: it runs Monday to Friday, with a banner.
    """
    return [year for year in years if _seed_year(county, year)]


def _seed_year(county: Unit, year: int) -> bool:
    try:
        days = _differing_days(year)
    except NotImplementedError:
        return False
    source = f"国务院办公厅关于{year}年部分节假日安排的通知"
    rows = [
        CalendarDay(county=county, day=day, is_working=is_working, note=note, source=source)
        for day, is_working, note in days
    ]
    CalendarDay.objects.bulk_create(rows, ignore_conflicts=True)
    covered = CalendarYear(county=county, year=year, source_document=source)
    CalendarYear.objects.bulk_create([covered], ignore_conflicts=True)
    return True


def _differing_days(year: int) -> list[tuple[date, bool, str]]:
    """Return (day, is worked, 说明) of the days that differ from Monday to Friday.

    Raises NotImplementedError for a year the package does not hold.
    """
    first = date(year, 1, 1)
    days = (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))
    worked = {day: chinese_calendar.is_workday(day) for day in days}
    return [
        (day, is_working, _note(day, is_working))
        for day, is_working in worked.items()
        if is_working != (day.weekday() < SATURDAY)
    ]


def _note(day: date, is_working: bool) -> str:
    _, name = chinese_calendar.get_holiday_detail(day)
    holiday = chinese_calendar.Holiday(name).chinese if name else ""
    return f"{holiday}调休上班" if is_working else f"{holiday}放假"


def set_term(doer: Doer, county: Unit, entry: TermEntry, reason: str = "") -> SchoolTerm:
    """Enter a term or correct the one on record; the audit keeps what stood there before.

    Raises PermissionDenied for who may not manage the county's calendar, and Refused, in
    Chinese, for days out of order or terms that overlap.
    """
    _require(doer.viewer, county)
    with transaction.atomic():
        term, before = _write_term(county, entry)
        details = {"before": before, "after": _plain(entry)}
        audit.record(
            doer.origin, "set_term", "school_term", term.pk, reason=reason, details=details
        )
    return term


def seed_terms(county: Unit, entries: Iterable[TermEntry]) -> None:
    """Enter or correct the terms of a county at set-up; it asks for no right."""
    with transaction.atomic():
        for entry in entries:
            _write_term(county, entry)


def _write_term(county: Unit, entry: TermEntry) -> tuple[SchoolTerm, dict[str, object]]:
    _check_entry(entry)
    # Two officers' entries run one after the other, so that each check sees the other's term.
    Unit.objects.select_for_update(no_key=True).get(pk=county.pk)
    term = SchoolTerm.objects.filter(
        county=county, school_year=entry.school_year, name=entry.name
    ).first()
    before = _plain(_entry_of(term)) if term else {}
    if before == _plain(entry) and term:
        return term, before
    if term is None:
        term = SchoolTerm(county=county, school_year=entry.school_year, name=entry.name)
    else:
        term.revision += 1
    term.first_day, term.last_day = entry.first_day, entry.last_day
    term.registration_day = entry.registration_day
    _store(term)
    return term, before


def _store(term: SchoolTerm) -> None:
    try:
        term.full_clean()
    except ValidationError as error:
        raise Refused("".join(error.messages)) from None
    term.save()


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
    _require(doer.viewer, county)
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


def _check_entry(entry: TermEntry) -> None:
    """Check a single term. The database refuses terms that overlap."""
    first, last, registration = entry.first_day, entry.last_day, entry.registration_day
    half = TermName.SPRING if is_spring(last) else TermName.AUTUMN
    if first > last:
        raise Refused("最后一个上课日早于第一个上课日，请改正。")
    if (last - first).days > LONGEST_TERM:
        raise Refused(f"一个学期不应超过{LONGEST_TERM}天，请核对起止日期。")
    if (school_year_of(last), half) != (entry.school_year, entry.name):
        raise Refused("起止日期与所选学年、学期不符，请核对。")
    if not timedelta() <= last - registration <= last - first + LONGEST_REGISTRATION:
        raise Refused("报到注册日应在开学前60天之内，且不晚于学期结束，请核对。")


def _check(rows: list[SchoolDayOverride], county: Unit, school: Unit | None) -> None:
    if not rows:
        raise Refused("结束日期早于开始日期，请改正后再提交。")
    if len(rows) > LONGEST_OVERRIDE:
        raise Refused(f"一次最多登记{LONGEST_OVERRIDE}天；学期起止有变的，请修改学期。")
    if not rows[0].reason:
        raise Refused("请填写停课或补课的原因。")
    if school and (school.county_id != county.pk or school.kind != UnitKind.SCHOOL):
        raise Refused("请选择本县的一所学校。")


def _require(viewer: Viewer, county: Unit) -> None:
    post_with(viewer, Right.MANAGE_CALENDAR, fits=lambda post: post.county_id == county.pk)


def _entry_of(term: SchoolTerm) -> TermEntry:
    return TermEntry(
        term.school_year,
        TermName(term.name),
        term.first_day,
        term.last_day,
        term.registration_day,
    )


def _plain(entry: TermEntry) -> dict[str, object]:
    return {name: str(value) for name, value in asdict(entry).items()}
