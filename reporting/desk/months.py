"""Keeps the figures of twelve months by unit: from built returns, else counted as a return is."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from foundation.accounts.models import Unit, UnitKind
from foundation.alone import alone
from reporting.desk.models import MonthFigure
from reporting.figures.base import hollow_because
from reporting.figures.indicators import COUNTS
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth, month_until, months_back
from reporting.figures.tallies import STAGES, TallyEntry, entries_of
from reporting.returns.models import BuiltReturn
from students.roster.models import School

log = logging.getLogger(__name__)

MONTHS = 12
_CODES = {label: code for code, label in STAGES.items()}
Sums = dict[int, dict[str, Counter[str]]]  # by unit, by 学段


def count_months(today: date, now: datetime) -> int:
    """Keep every county's months up to today. Returns how many months were written."""
    written = 0
    for county in Unit.objects.filter(kind=UnitKind.COUNTY):
        for first in months_back(today, MONTHS):
            with alone(log, "county %s: %s is counted later", county.pk, first):
                written += _keep(county, first, today, now)
    return written


def _keep(county: Unit, first: date, today: date, now: datetime) -> bool:
    """Write the month if it is not kept as it is known best. The running month once a day."""
    month = month_until(first, today)
    kept = MonthFigure.objects.filter(unit=county, month=first).first()
    built = _built(county, month)
    if built is not None:
        if kept and kept.built_id == built.pk:
            return False
        whole = BuiltReturn.objects.get(pk=built.pk)
        _write(county, month, _sums(_entries_of(whole), county), whole, now)
        return True
    if (kept and kept.as_of >= month.as_of) or hollow_because(county, month):
        return False
    _write(county, month, _sums(entries_of(load(county, month)), county), None, now)
    return True


def _built(county: Unit, month: ReturnMonth) -> BuiltReturn | None:
    """The newest return that was built of the whole month so far."""
    rows = BuiltReturn.objects.filter(
        county=county, period=month.first, state=BuiltReturn.BUILT, as_of=month.as_of
    )
    return rows.without_bulk().order_by("-version").first()


def _entries_of(built: BuiltReturn) -> Iterable[TallyEntry]:
    """The rows of a built return by school, as the facts that they were counted from.

    Frozen rows hold names, no keys. A row of a school that has another name now counts in its
    township and county only.
    """
    schools = {
        str(school.unit): school
        for school in School.objects.filter(unit__county=built.county_id).select_related("unit")
    }
    towns = {
        str(unit).removesuffix("人民政府"): unit.pk
        for unit in Unit.objects.filter(kind=UnitKind.TOWNSHIP, county=built.county_id)
    }
    for row in built.content["blocks"]["schools"]:
        school = schools.get(row["school"])
        town = towns.get(row["township"], school.township_id if school else 0)
        counts = Counter({code: row[code] for code in COUNTS})
        yield TallyEntry(school.pk if school else None, town, _CODES[row["stage"]], counts)


def _sums(entries: Iterable[TallyEntry], county: Unit) -> Sums:
    """The counts of every unit: each entry counts in its school, and in those above it."""
    above = dict(School.objects.filter(unit__county=county).values_list("pk", "unit__parent_id"))
    found: Sums = defaultdict(lambda: defaultdict(Counter))
    for entry in entries:
        school = entry.school_id
        units = {county.pk, entry.township_id, school, above.get(school or 0)}
        for unit in units - {None, 0}:
            found[unit][entry.stage].update(entry.counts)  # type: ignore[index]
    return found


def _write(
    county: Unit, month: ReturnMonth, sums: Sums, built: BuiltReturn | None, now: datetime
) -> None:
    """Write one row a unit; a unit that has nothing any more keeps a row of noughts."""
    gone = MonthFigure.objects.filter(unit__county=county, month=month.first)
    empty: Sums = {pk: {} for pk in gone.values_list("unit_id", flat=True)}
    rows = [
        MonthFigure(
            unit_id=pk,
            month=month.first,
            as_of=month.as_of,
            counts={stage: dict(+counts) for stage, counts in by_stage.items()},
            built=built,
            counted_at=now,
        )
        for pk, by_stage in {**empty, **sums}.items()
    ]
    MonthFigure.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["unit", "month"],
        update_fields=["as_of", "counts", "built", "counted_at"],
    )
