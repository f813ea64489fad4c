"""Acts on the terms of a county: entering a school year, and correcting it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.days import full_day_words
from students.calendars.actions.changes import Grounds, note_change, require_right
from students.calendars.loading import CountyCalendars, calendars_of
from students.calendars.models import CalendarChange, CalendarChangeKind, SchoolTerm, TermName
from students.calendars.supposing import TermEntry, half_of, with_terms
from students.calendars.terms import Term, term_refusal
from students.calendars.workdays import Calendar, DayType


def check_terms(calendars: CountyCalendars, entries: Sequence[TermEntry]) -> None:
    """Check terms of a school year against the calendar on record.

    Raises Refused, in Chinese, for days out of order, terms that overlap and terms without a
    school day.
    """
    for entry in entries:
        _check_entry(entry)
    calendar = with_terms(calendars, entries).plain
    for entry in entries:
        _check_alone(entry, calendar.terms)
        _check_taught(entry, calendar)


def set_terms(
    doer: Doer, county: Unit, entries: Sequence[TermEntry], grounds: Grounds
) -> CalendarChange:
    """Enter the terms of a school year, or correct those on record; both are kept in the history.

    Raises PermissionDenied for who may not manage the county's calendar, and Refused, in
    Chinese, as check_terms does.
    """
    require_right(doer.viewer, county)
    if len({entry.school_year for entry in entries}) != 1:
        raise Refused("请填写一个学年的学期。")
    with transaction.atomic():
        _take_turns(county)
        check_terms(calendars_of(county.pk), entries)
        written = [_noted(doer, county, entry, grounds) for entry in _in_order(county, entries)]
        before = [one for one in written if one]
        after = [_plain(entry) for entry in entries]
        what = CalendarChangeKind.TERMS, entries[0].school_year
        return note_change(doer, county, what, grounds, before, after)


def seed_terms(county: Unit, entries: Iterable[TermEntry]) -> None:
    """Enter or correct the terms of a county at set-up; it asks for no right."""
    with transaction.atomic():
        for entry in entries:
            _check_entry(entry)
            _take_turns(county)
            _write_term(county, entry)


def _take_turns(county: Unit) -> None:
    """Two officers' entries run one after the other, so that each check sees the other's term."""
    Unit.objects.select_for_update(no_key=True).get(pk=county.pk)


def _in_order(county: Unit, entries: Sequence[TermEntry]) -> list[TermEntry]:
    """The order of writing in which no term passes through another that is moved as well."""
    rows = SchoolTerm.objects.filter(county=county, school_year=entries[0].school_year)
    stood = {row.name: row.first_day for row in rows}
    later = any(entry.first_day > stood.get(entry.name, entry.first_day) for entry in entries)
    return sorted(entries, key=lambda entry: entry.first_day, reverse=later)


def _noted(doer: Doer, county: Unit, entry: TermEntry, grounds: Grounds) -> dict[str, Any]:
    term, before = _write_term(county, entry)
    paper = grounds.source_document.strip()
    details = {"before": before, "after": _plain(entry), "document": paper}
    audit.record(
        doer.origin, "set_term", "school_term", term.pk, reason=grounds.reason, details=details
    )
    return before


def _check_alone(entry: TermEntry, terms: Iterable[Term]) -> None:
    """Refuse a term that overlaps another one or registers within it, naming the other."""
    for other in terms:
        if half_of(other) == (entry.school_year, entry.name):
            continue
        if entry.first_day <= other.last_day and other.first_day <= entry.last_day:
            raise Refused(
                f"{entry.name.label}与{_title(other)}"
                f"（{full_day_words(other.first_day)}至{full_day_words(other.last_day)}）"
                "日期重叠，请核对起止日期。"
            )
        if other.first_day <= entry.registration_day <= other.last_day:
            raise Refused(
                f"{entry.name.label}的报到注册日在{_title(other)}的上课日期里，"
                f"应在{full_day_words(other.last_day)}以后，请改正。"
            )


def _title(term: Term) -> str:
    year, name = half_of(term)
    return f"{year}—{year + 1}学年{name.label}"


def _check_taught(entry: TermEntry, calendar: Calendar) -> None:
    eve = entry.first_day - timedelta(days=1)
    if not calendar.count_between(eve, entry.last_day, DayType.SCHOOL):
        raise Refused(f"{entry.name.label}起止日期之间没有上课日（都是双休日或放假），请核对。")


def _write_term(county: Unit, entry: TermEntry) -> tuple[SchoolTerm, dict[str, object]]:
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


def _check_entry(entry: TermEntry) -> None:
    """Check a single term. The database refuses terms that overlap."""
    words = term_refusal(
        entry.school_year,
        entry.name == TermName.SPRING,
        entry.first_day,
        entry.last_day,
        entry.registration_day,
    )
    if words:
        raise Refused(f"{entry.name.label}：{words}")


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
