"""休学、延缓入学期满未返校: a finding on the first school day after the period (domain 3.7)."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from cases.findings import Finding
from foundation.days import full_day_words
from foundation.prepared import prepared
from students.attendance.rolls.facts import facts_of
from students.calendars.loading import CountyCalendars, calendars_of
from students.roster.models import AwaySpell, Enrolment
from students.roster.rules.change_kinds import NEEDS_APPROVAL


def expired_suspensions(today: date) -> Iterator[Finding]:
    """Every suspension past its period without return, renewal, or a day at school by the roll."""
    calendars: dict[int, CountyCalendars] = {}
    rows = [(away, _first_day(away, calendars)) for away in _expired(today)]
    due = [(away, first) for away, first in rows if first <= today]
    there = _there_since({away.child_id: first for away, first in due}, today)
    for away, first in due:
        if away.child_id in there:
            continue
        change = away.change
        assert change.from_school is not None
        assert change.until is not None  # a suspension has an end
        yield Finding(
            key=f"suspension:{away.pk}",
            source="suspension",
            child=away.child,
            school=change.from_school,
            first_missed_on=first,
            found_on=max(first, change.recorded_on),
            school_class=change.from_class,
            words=f"{change.kind_label}至{full_day_words(change.until)}期满，没有返校，也没有续期。",
        )


@prepared
def _not_returned(*, day: Any) -> QuerySet[AwaySpell]:
    rows = AwaySpell.objects.filter(
        change__kind__in=NEEDS_APPROVAL, returned_on__isnull=True, back_on__lte=day
    )
    return rows.select_related(
        "child__home_village",
        "child__home_township",
        "change__from_school__unit__region",
        "change__from_school__township",
        "change__from_class",
    ).order_by("pk")


def _expired(today: date) -> list[AwaySpell]:
    spells = _not_returned(day=today)
    if not spells:
        return []
    latest = {away.child_id: away.pk for away in _all_of(spells)}
    enrolled = _enrolled(spells, today)
    # Omits a suspended pupil no longer enrolled, and a deferred child enrolled since.
    return [
        away
        for away in spells
        if latest[away.child_id] == away.pk
        and (away.child_id in enrolled) == (away.change.kind == "suspension")
    ]


def _all_of(spells: Collection[AwaySpell]) -> list[AwaySpell]:
    children = [away.child_id for away in spells]
    return list(AwaySpell.objects.filter(child_id__in=children).order_by("starts_on", "pk"))


def _enrolled(spells: Collection[AwaySpell], today: date) -> set[int]:
    rows = Enrolment.objects.on(today).filter(child_id__in=[away.child_id for away in spells])
    return set(rows.values_list("child_id", flat=True))


def _first_day(away: AwaySpell, calendars: dict[int, CountyCalendars]) -> date:
    county = away.change.county_id
    if county not in calendars:
        calendars[county] = calendars_of(county)
    assert away.back_on is not None
    assert away.change.from_school_id is not None
    calendar = calendars[county].of_school(away.change.from_school_id)
    return calendar.first_teaching_day_on_or_after(away.back_on)


def _there_since(first_days: dict[int, date], today: date) -> set[int]:
    """Children whom the roll has found in class since. A late sweep must not report them."""
    if not first_days:
        return set()
    facts = facts_of(list(first_days), min(first_days.values()), today)
    return {
        child
        for child, own in facts.items()
        if any(fact.present and fact.day >= first_days[child] for fact in own)
    }
