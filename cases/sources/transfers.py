"""转出后未在他校就读: transfers out that nobody confirmed in time (domain 3.6 C02, 4.3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.findings import Finding
from foundation.days import ONE_DAY, full_day_words
from foundation.prepared import prepared
from students.calendars.loading import CountyCalendars, calendars_of
from students.roster.models import Change
from students.roster.rules.change_kinds import TRANSFERS_OUT, State


def unconfirmed_transfers(today: date) -> Iterator[Finding]:
    """Every transfer-out still open after its due day (10 working days, N-R6)."""
    calendars: dict[int, CountyCalendars] = {}
    for change in _overdue(day=today):
        assert change.from_school is not None  # a transfer out starts at a school of the county
        county = change.county_id
        if county not in calendars:
            calendars[county] = calendars_of(county)
        calendar = calendars[county].of_school(change.from_school.pk)
        # The roll answers for the days before the change was entered.
        first = calendar.first_teaching_day_on_or_after(change.away.starts_on)
        if first > today:
            continue
        assert change.due_on is not None
        yield Finding(
            key=f"transfer:{change.pk}",
            source="transfer",
            child=change.child,
            school=change.from_school,
            first_missed_on=first,
            found_on=max(first, change.due_on + ONE_DAY),
            school_class=change.from_class,
            words=f"{change.kind_label}登记后，{full_day_words(change.due_on)}前未确认到新学校就读。",
        )


@prepared
def _overdue(*, day: Any) -> QuerySet[Change]:
    rows = Change.objects.filter(kind__in=TRANSFERS_OUT, state=State.OPEN, due_on__lt=day)
    return rows.select_related(
        "away",
        "child__home_village",
        "child__home_township",
        "from_school__unit__region",
        "from_school__township",
        "from_class",
    ).order_by("pk")
