"""An act needs a post at the case's own unit; anybody else gets a refusal and changes nothing."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cases.acts.performing import Deed, perform
from cases.models import CaseEvent, Contact
from cases.policy import Act
from foundation.accounts.actions import end_post, grant_post
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent, Person
from foundation.accounts.querysets import viewer_on
from students.roster.pupils.acts.pupils import assign_class, open_class
from tests.cases.steps import EVIDENCE, OPENED, at, do, sweep_on
from tests.cast import LONG_AGO, Cast
from tests.doers import doing


@pytest.fixture
def case(cast: Cast, standing_case):
    return standing_case()


def _try(cast: Cast, case, act: Act, person: Person, day: date = OPENED) -> None:
    deed = Deed(case.pk, act, None, {"occurred_on": day, **EVIDENCE.get(act, {})})
    before = CaseEvent.objects.count(), AuditEvent.objects.count()
    with pytest.raises(PermissionDenied):
        perform(doing(viewer_on(person, day), Origin(person.pk), today=day, now=at(day)), deed)
    assert (CaseEvent.objects.count(), AuditEvent.objects.count()) == before


@pytest.mark.parametrize(
    ("act", "role"),
    [
        (Act.REPORT, "village_cadre"),
        (Act.REGISTER, "class_teacher"),
        (Act.CONTACT, "county_desk"),
        (Act.CONTACT, "central_school"),
        (Act.ASK_VILLAGE, "township_officer"),
        (Act.ANSWER, "registrar"),
        (Act.SERVE_ORDER, "education_office"),
        (Act.RETURN, "village_cadre"),
        (Act.APPROVE_CLOSURE, "head_teacher"),
        (Act.APPROVE_CLOSURE, "supervisor"),
        (Act.REFUSE_CLOSURE, "supervisor"),
        (Act.CONTACT, "administrator"),
        (Act.LAPSE, "head_teacher"),
    ],
)
def test_another_level_may_not(cast, case, act: Act, role: str) -> None:
    _try(cast, case, act, cast.person(role))


@pytest.mark.parametrize(
    ("act", "role"),
    [
        (Act.REPORT, "class_teacher"),
        (Act.REGISTER, "registrar"),
        (Act.CONTACT, "township_officer"),
        (Act.SERVE_ORDER, "township_leader"),
    ],
)
def test_the_next_township_may_not(cast, case, act: Act, role: str) -> None:
    _try(cast, case, act, cast.person(role, there=True))


@pytest.fixture
def other_teacher(cast: Cast) -> Person:
    person = Person.objects.create_person("other_teacher", "旁班班主任甲")
    post = grant_post(person, "class_teacher", cast.here.school.unit, LONG_AGO, None)
    assign_class(post, open_class(cast.here.school, "2", 2024, 3), LONG_AGO)
    return person


def test_the_teacher_of_another_class_may_not(cast, case, other_teacher) -> None:
    _try(cast, case, Act.REPORT, other_teacher)


def test_a_substitute_may_on_the_days_of_the_substitution(cast, case, other_teacher) -> None:
    post = other_teacher.posts.get()
    assign_class(post, cast.here.school_class, OPENED, date(2025, 9, 15))
    cast.here.people["class_teacher"] = post
    do(cast, case, Act.CONTACT, "class_teacher", date(2025, 9, 15))
    assert Contact.objects.count() == 1
    _try(cast, case, Act.CONTACT, other_teacher, date(2025, 9, 16))


def test_a_post_that_ended_may_not(cast, case) -> None:
    end_post(cast.post("registrar"), date(2025, 9, 14))
    sweep_on(date(2025, 9, 13))
    do(cast, case, Act.REGISTER, "head_teacher", date(2025, 9, 13))
    _try(cast, case, Act.ASK_VILLAGE, cast.person("registrar"), date(2025, 9, 15))


def test_the_village_may_not_before_it_is_asked(cast, case) -> None:
    _try(cast, case, Act.CONTACT, cast.person("village_cadre"))
    sweep_on(date(2025, 9, 19))
    do(cast, case, Act.CONTACT, "village_cadre", date(2025, 9, 19), method="visit")
    assert Contact.objects.get().level == "village"


def test_two_posts_and_the_one_that_reaches_is_named(cast, case, other_teacher) -> None:
    registrar = grant_post(other_teacher, "registrar", cast.here.school.unit, LONG_AGO, None)
    cast.here.people["registrar"] = registrar
    do(cast, case, Act.CONTACT, "registrar", OPENED)
    assert CaseEvent.objects.get(act=Act.CONTACT).post == registrar


def test_every_act_is_audited_with_the_child(cast, case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    row = AuditEvent.objects.get(verb=Act.REPORT)
    assert (row.children, row.post_id) == ([case.child_id], cast.post("class_teacher").pk)
