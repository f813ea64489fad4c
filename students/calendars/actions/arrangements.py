"""Acts on the days of a year that differ: the State Council's days off and make-up days."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

import chinese_calendar
from django.db import transaction
from django.db.models import Q

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.days import full_day_words
from students.calendars.actions.changes import Grounds, note_change, require_right
from students.calendars.models import CalendarChange, CalendarChangeKind, CalendarDay, CalendarYear
from students.calendars.notice import ArrangedDay
from students.calendars.workdays import differs

FEWEST_OFF = 5  # Mondays to Fridays off; every year's seven holidays take more


def check_arrangement(year: int, days: Iterable[ArrangedDay]) -> None:
    """Raises Refused, in Chinese, for days of another year or an arrangement that is empty.

    New Year's holiday may begin in the December before, and end in the year.
    """
    entered = list(days)
    if len({one.day for one in entered}) < len(entered):
        raise Refused("同一天登记了两次，请核对。")
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    for one in entered:
        if not first <= one.day <= last:
            raise Refused(f"{full_day_words(one.day)}不是{year}年的放假安排，请核对年份。")
        if not differs(one.day, one.is_working):
            usual = "上班" if one.is_working else "休息"
            raise Refused(f"{full_day_words(one.day)}本来就{usual}，请核对日期。")
    if sum(not one.is_working for one in entered) < FEWEST_OFF:
        raise Refused("放假的工作日太少，请核对是否已把七个节日都填上。")


def stood(county: Unit, year: int) -> list[CalendarDay]:
    """The days on record of a year's arrangement that differ, those beside the year included."""
    last = CalendarChange.objects.filter(
        county=county, kind=CalendarChangeKind.ARRANGEMENT, year=year
    )
    outside = [date.fromisoformat(day) for change in last[:1] for day, *_ in change.after]
    rows = CalendarDay.objects.filter(county=county).filter(Q(day__year=year) | Q(day__in=outside))
    return [row for row in rows.order_by("day") if differs(row.day, row.is_working)]


def set_arrangement(
    doer: Doer, county: Unit, year: int, days: Sequence[ArrangedDay], grounds: Grounds
) -> CalendarChange:
    """Put the arrangement of a year on record, or correct it; the history keeps both.

    ``days`` are all the days that differ; one on record that is not among them becomes ordinary.
    Raises PermissionDenied for who may not manage the county's calendar, and Refused, in Chinese.
    """
    require_right(doer.viewer, county)
    check_arrangement(year, days)
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(pk=county.pk)  # two entries take turns
        before = stood(county, year)
        listed = [_plain(row) for row in before]  # before the rows are changed
        _write_days(county, before, days, grounds.source_document)
        _cover(county, year, grounds.source_document)
        after = [_plain(one) for one in sorted(days, key=lambda one: one.day)]
        what = CalendarChangeKind.ARRANGEMENT, year
        change = note_change(doer, county, what, grounds, listed, after)
        told = {"year": year, "before": listed, "after": after}
        details = {**told, "document": grounds.source_document.strip()}
        audit.record(
            doer.origin,
            "set_arrangement",
            "unit",
            county.pk,
            reason=grounds.reason,
            details=details,
        )
    return change


def _write_days(
    county: Unit, before: list[CalendarDay], days: Sequence[ArrangedDay], source: str
) -> None:
    """Bring the rows in line with the days, by three statements."""
    new = {one.day: one for one in days}
    gone = [
        ArrangedDay(row.day, not row.is_working, "照常") for row in before if row.day not in new
    ]
    known = CalendarDay.objects.filter(county=county, day__in=new)
    rows = {row.day: row for row in [*before, *known]}
    wanted = [*days, *gone]
    CalendarDay.objects.bulk_create(
        CalendarDay(
            county=county, day=one.day, is_working=one.is_working, note=one.note, source=source
        )
        for one in wanted
        if one.day not in rows
    )
    changed = [(rows[one.day], one) for one in wanted if one.day in rows]
    told = [_told_anew(row, one, source) for row, one in changed if _differs(row, one)]
    CalendarDay.objects.bulk_update(told, ["is_working", "note", "source", "revision"])


def _differs(row: CalendarDay, one: ArrangedDay) -> bool:
    return (row.is_working, row.note) != (one.is_working, one.note)


def _told_anew(row: CalendarDay, one: ArrangedDay, source: str) -> CalendarDay:
    row.is_working, row.note, row.source = one.is_working, one.note, source
    row.revision += 1
    return row


def _cover(county: Unit, year: int, source: str) -> None:
    row, made = CalendarYear.objects.get_or_create(
        county=county, year=year, defaults={"source_document": source}
    )
    if not made:
        row.source_document, row.revision = source, row.revision + 1
        row.save(update_fields=["source_document", "revision"])


def _plain(one: CalendarDay | ArrangedDay) -> list[object]:
    return [one.day.isoformat(), one.is_working, one.note]


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
        if differs(day, is_working)
    ]


def _note(day: date, is_working: bool) -> str:
    _, name = chinese_calendar.get_holiday_detail(day)
    holiday = chinese_calendar.Holiday(name).chinese if name else ""
    return f"{holiday}调休上班" if is_working else f"{holiday}放假"
