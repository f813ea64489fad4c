"""Who enters terms, closures and make-up days, and what is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent, Unit
from foundation.accounts.viewer import Viewer
from students.calendars.actions import TermEntry, seed_terms, set_override, set_terms
from students.calendars.loading import calendar_for
from students.calendars.models import SchoolTerm, TermName
from tests.doers import doing
from tests.papers import GROUNDS

D = date.fromisoformat
pytestmark = pytest.mark.django_db
AUTUMN = TermEntry(2025, TermName.AUTUMN, D("2025-09-01"), D("2026-01-16"), D("2025-08-31"))


def origin_of(viewer: Viewer) -> Origin:
    return Origin(viewer.person_id, viewer.posts[0].id)


def test_the_county_enters_a_term(bureau: Unit, officer: Viewer) -> None:
    set_terms(doing(officer, origin_of(officer)), bureau, [AUTUMN], GROUNDS)
    assert str(SchoolTerm.objects.get()) == "2025—2026学年秋季学期"
    assert calendar_for(bureau.pk).term_of(D("2025-09-01")) is not None


def test_a_corrected_term_keeps_in_the_audit_what_stood_before(
    bureau: Unit, officer: Viewer
) -> None:
    set_terms(doing(officer, origin_of(officer)), bureau, [AUTUMN], GROUNDS)
    later = replace(AUTUMN, last_day=D("2026-01-23"))
    set_terms(doing(officer, origin_of(officer)), bureau, [later], GROUNDS)
    assert SchoolTerm.objects.get().last_day == D("2026-01-23")
    row = AuditEvent.objects.filter(verb="set_term").latest("id")
    assert row.reason == "市级调整放假时间"
    assert row.details["before"]["last_day"] == "2026-01-16"
    assert row.details["after"]["last_day"] == "2026-01-23"
    assert row.person_id == officer.person_id


def test_entering_the_same_term_again_changes_no_version(bureau: Unit) -> None:
    seed_terms(bureau, [AUTUMN])
    version = calendar_for(bureau.pk).version
    seed_terms(bureau, [AUTUMN])
    assert calendar_for(bureau.pk).version == version
    seed_terms(bureau, [replace(AUTUMN, last_day=D("2026-01-23"))])
    assert calendar_for(bureau.pk).version == version + 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"first_day": D("2026-01-17")}, "早于第一个上课日"),
        ({"first_day": D("2025-06-01")}, "不应超过200天"),
        ({"school_year": 2024}, "不符"),
        ({"name": TermName.SPRING}, "不符"),
        ({"registration_day": D("2025-07-01")}, "报到注册日"),
        ({"registration_day": D("2026-01-17")}, "报到注册日"),
    ],
)
def test_a_term_that_cannot_be_is_refused_with_what_to_do(
    bureau: Unit, change: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        seed_terms(bureau, [replace(AUTUMN, **change)])
    assert not SchoolTerm.objects.exists()


def test_terms_that_overlap_are_refused(bureau: Unit) -> None:
    spring = TermEntry(2025, TermName.SPRING, D("2026-01-16"), D("2026-07-10"), D("2026-01-15"))
    with pytest.raises(Refused, match="日期重叠"):
        seed_terms(bureau, [AUTUMN, spring])


def test_the_database_itself_refuses_overlapping_terms(bureau: Unit) -> None:
    seed_terms(bureau, [AUTUMN])
    with pytest.raises(IntegrityError), transaction.atomic():
        SchoolTerm.objects.create(
            county=bureau,
            school_year=2025,
            name=TermName.SPRING,
            first_day=D("2026-01-16"),
            last_day=D("2026-07-10"),
            registration_day=D("2026-01-16"),
        )


def test_terms_of_two_counties_may_overlap(bureau: Unit, next_bureau: Unit) -> None:
    seed_terms(bureau, [AUTUMN])
    seed_terms(next_bureau, [AUTUMN])
    assert SchoolTerm.objects.count() == 2


def test_a_school_cannot_change_the_county_s_terms(bureau: Unit, head_teacher: Viewer) -> None:
    with pytest.raises(PermissionDenied):
        set_terms(doing(head_teacher, origin_of(head_teacher)), bureau, [AUTUMN], GROUNDS)
    assert not SchoolTerm.objects.exists()


def test_a_county_cannot_change_the_next_county_s_days(officer: Viewer, next_bureau: Unit) -> None:
    day = (D("2025-09-15"), D("2025-09-15"))
    with pytest.raises(PermissionDenied):
        set_override(doing(officer, origin_of(officer)), next_bureau, day, False, "洪涝停课")


def test_a_closure_of_some_days_is_a_row_for_each(bureau: Unit, officer: Viewer) -> None:
    flood = (D("2025-09-15"), D("2025-09-17"))
    rows = set_override(doing(officer, origin_of(officer)), bureau, flood, False, "洪涝停课")
    assert [row.day.day for row in rows] == [15, 16, 17]
    calendar = calendar_for(bureau.pk)
    assert [calendar.is_school_day(D(f"2025-09-{day}")) for day in (12, 15, 17, 18)] == [
        True,
        False,
        False,
        True,
    ]
    assert AuditEvent.objects.get(verb="set_school_days").reason == "洪涝停课"


def test_a_mistaken_closure_is_taken_back_by_a_newer_row(bureau: Unit, officer: Viewer) -> None:
    day = (D("2025-09-15"), D("2025-09-15"))
    set_override(doing(officer, origin_of(officer)), bureau, day, False, "洪涝停课")
    set_override(doing(officer, origin_of(officer)), bureau, day, True, "登记有误，当日照常上课")
    assert calendar_for(bureau.pk).is_school_day(D("2025-09-15"))


@pytest.mark.parametrize(
    ("first", "last", "reason", "words"),
    [
        ("2025-09-15", "2025-09-14", "洪涝停课", "早于开始日期"),
        ("2025-09-15", "2025-11-14", "洪涝停课", "一次最多登记60天"),
        ("2025-09-15", "2025-09-15", "  ", "请填写停课或补课的原因"),
    ],
)
def test_a_closure_that_makes_no_sense_is_refused(
    bureau: Unit, officer: Viewer, first: str, last: str, reason: str, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        set_override(doing(officer, origin_of(officer)), bureau, (D(first), D(last)), False, reason)


def test_a_closure_of_sixty_days_is_still_accepted(bureau: Unit, officer: Viewer) -> None:
    days = (D("2025-09-15"), D("2025-11-13"))
    assert (
        len(set_override(doing(officer, origin_of(officer)), bureau, days, False, "疫情停课")) == 60
    )


def test_a_closure_names_a_school_of_the_county(
    bureau: Unit, next_bureau: Unit, officer: Viewer
) -> None:
    day = (D("2025-09-15"), D("2025-09-15"))
    with pytest.raises(Refused, match="本县的一所学校"):
        set_override(doing(officer, origin_of(officer)), bureau, day, False, "停电", next_bureau)
