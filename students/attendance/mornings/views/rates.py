"""点名提交率: county → township → school → class, for a day, a week or a month (P0)."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.filing import filing_unit
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.downloads import workbook
from students.attendance.actions.pressing import press_school, pressing_posts
from students.attendance.mornings.book import LEVEL_WORDS, rates_book
from students.attendance.mornings.rates import (
    CLASS,
    SCHOOL,
    TOWNSHIP,
    RateRow,
    Rates,
    UncalledSchool,
    is_before_use,
    pupils_called,
    rates_of,
    uncalled_by_school,
)
from students.attendance.mornings.views.common import (
    BOOK,
    asked_day,
    county_of,
    crumbs,
    school_or_404,
)
from students.attendance.rolls.entries import RollRefused
from students.attendance.rules.figures import DAY, PERIODS, Period, period_of
from students.roster.areas import schools_in_area
from students.roster.models import School

Steps = Sequence[tuple[str, str]]


@require_safe
@needs(Right.SEE_MORNINGS)
def area(request: Request) -> HttpResponse:
    """The viewer's whole area: by township, for one township by school."""
    schools = list(schools_in_area(request.viewer))
    towns = {one.township_id for one in schools}
    level = TOWNSHIP if len(towns) > 1 else SCHOOL
    return _answer(request, schools, level, filing_unit(request.viewer.posts[0]), ())


@require_safe
@needs(Right.SEE_MORNINGS)
def township(request: Request, pk: int) -> HttpResponse:
    """The schools of a township in the viewer's area; 404 where there is none."""
    schools = [one for one in schools_in_area(request.viewer) if one.township_id == pk]
    if not schools:
        raise Http404
    name = schools[0].township.name
    return _answer(request, schools, SCHOOL, name, [(name, "")])


@require_safe
@needs(Right.SEE_MORNINGS)
def school(request: Request, pk: int) -> HttpResponse:
    found = school_or_404(request, pk)
    town = reverse("mornings:township_rates", args=[found.township_id])
    steps = [(found.township.name, town), (found.unit.name, "")]
    return _answer(request, [found], CLASS, found.unit.name, steps)


@require_POST
@needs(Right.SEE_MORNINGS)
def press(request: Request, pk: int) -> HttpResponse:
    """Asks a school of one's area to have its uncalled classes of today called."""
    if not pressing_posts(request.viewer):
        raise PermissionDenied
    found, today = school_or_404(request, pk), clock.today()
    uncalled = uncalled_by_school([found], county_of(request), today)
    classes = [name for one in uncalled for name in one.classes]
    try:
        asked = press_school(doer_of(request), found, classes, today)
    except (Refused, RollRefused) as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"已催办{found.unit.name}：还有{asked}个班没有点名。")
    return redirect(f"{reverse('mornings:rates')}#uncalled")


def _answer(
    request: Request, schools: Sequence[School], level: str, unit: str, steps: Steps
) -> HttpResponse:
    now, period = clock.now(), _period(request)
    rates = rates_of(schools, county_of(request), period, level)
    if BOOK in request.GET:
        details = {"from": period.first.isoformat(), "to": period.last.isoformat()}
        audit.record(origin_of(request), "export_rates", "unit", details=details)
        name = f"{unit}_点名提交情况统计表_{period.words}"
        return workbook(rates_book(rates, unit, period, level, now), name)
    query = urlencode({"period": period.kind, "day": period.last.isoformat()})
    today = clock.today()
    context = {
        "rates": rates,
        "rows": [(row, _url(row, query, period)) for row in rates.rows],
        "pupils": pupils_called(schools, period.last) if period.kind == DAY else None,
        "uncalled": _uncalled(schools, county_of(request), period),
        "before_use": _is_before_use(rates, schools, period),
        "unit": unit,
        "heading": LEVEL_WORDS[level],
        "period": period,
        "periods": PERIODS,
        "may_press": bool(pressing_posts(request.viewer)) and period.last == today,
        "today": today,
        "now": now,
        "query": query,
        "school": schools[0] if level == CLASS else None,
        "crumbs": crumbs(
            ("提交率", f"{reverse('mornings:rates')}?{query}" if steps else ""),
            *((label, f"{url}?{query}" if url else "") for label, url in steps),
        ),
    }
    return render(request, "mornings/rates.html", context)


def _uncalled(schools: Sequence[School], county_id: int, period: Period) -> list[UncalledSchool]:
    """The uncalled classes of a single day; over a longer time each unit's number suffices."""
    return uncalled_by_school(schools, county_id, period.last) if period.kind == DAY else []


def _is_before_use(rates: Rates, schools: Sequence[School], period: Period) -> bool:
    total = rates.total
    called = total.in_time + total.late
    is_past = period.last < clock.today()
    return is_past and total.due > 0 and not called and is_before_use(schools, period.last)


def _period(request: Request) -> Period:
    today = clock.today()
    kind = request.GET.get("period", DAY)
    return period_of(kind if kind in PERIODS else DAY, asked_day(request, today), today)


def _url(row: RateRow, query: str, period: Period) -> str:
    """The address one level down; a class leads to its school's day."""
    names: dict[str, Any] = {
        TOWNSHIP: "mornings:township_rates",
        SCHOOL: "mornings:school_rates",
    }
    if row.level not in names:
        return ""
    return f"{reverse(names[row.level], args=[row.pk])}?{query}"
