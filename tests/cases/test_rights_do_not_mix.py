"""A row is seen with the rights of the post that reaches it, whatever the person's other posts."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cases.models import Case
from cases.policy import Act
from foundation import clock
from foundation.accounts.actions import end_post, grant_post
from foundation.accounts.models import Person, Post
from students.roster.models import Child
from students.roster.pupils.acts.pupils import assign_class
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, OPENED, at, call_roll, do, the_case
from tests.cast import LONG_AGO, Cast, make_child

NEAR, FAR = "张小明", "李小红"


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    def stand(day: date) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(day))

    return stand


@pytest.fixture
def children(cast: Cast, on: Callable[[date], None]) -> tuple[Child, Child]:
    """A child of our school and one of the next, each with a case and a father."""
    on(OPENED)
    near = make_child(cast.here, NEAR, guardians=({"name": "张大山", "relation": "父亲"},))
    far = make_child(cast.there, FAR, guardians=({"name": "李大海", "relation": "父亲"},))
    for day in (FIRST_MISSED, OPENED):
        call_roll(cast, day, near)
        call_roll(cast, day, far, there=True)
    return near, far


def also(cast: Cast, role: str) -> Post:
    """The supervisor in a second post at our school."""
    unit = cast.here.school.unit
    return grant_post(cast.person("supervisor"), role, unit, LONG_AGO, None)


def read(person: Person, *paths: str) -> str:
    client = client_of(person)
    return "".join(page(client.get(path)) for path in paths)


def all_pages(*children: Child) -> list[str]:
    cases = [f"/cases/{the_case(child).number}/" for child in children]
    pupils = [f"/pupils/{child.pk}/" for child in children]
    return ["/roster/", "/cases/?state=open", "/duties/?of=area", *cases, *pupils]


def test_a_supervisor_with_a_class_reads_the_names_of_that_class_alone(
    cast: Cast, children: tuple[Child, Child]
) -> None:
    assign_class(also(cast, "class_teacher"), cast.here.school_class, LONG_AGO)
    words = read(cast.person("supervisor"), *all_pages(*children))
    assert NEAR in words
    assert "张大山" in words
    assert FAR not in words
    assert "李大海" not in words
    assert "李**" in words


def test_a_class_teacher_post_of_no_class_opens_no_name(
    cast: Cast, children: tuple[Child, Child]
) -> None:
    also(cast, "class_teacher")
    words = read(cast.person("supervisor"), *all_pages(*children))
    assert "张**" in words
    for name in (NEAR, FAR, "张大山", "李大海"):
        assert name not in words


@pytest.mark.parametrize(("days", "reads"), [(-1, False), (0, True), (1, True)])
def test_the_names_close_with_the_last_day_of_the_post(
    cast: Cast, children: tuple[Child, Child], days: int, reads: bool
) -> None:
    post = also(cast, "class_teacher")
    assign_class(post, cast.here.school_class, LONG_AGO)
    end_post(post, OPENED + timedelta(days=days))
    assert (NEAR in read(cast.person("supervisor"), "/roster/")) is reads


def test_a_sensitive_cause_is_read_in_the_cases_of_the_own_school_alone(
    cast: Cast, children: tuple[Child, Child]
) -> None:
    also(cast, "head_teacher")
    near, far = (the_case(child) for child in children)
    do(cast, near, Act.REPORT, "head_teacher", OPENED, cause="15")
    Case.objects.filter(pk=far.pk).update(cause="15")
    who = cast.person("supervisor")
    assert "怀孕" in read(who, f"/cases/{near.number}/")
    assert "怀孕" not in read(who, f"/cases/{far.number}/")


def test_one_post_that_reads_no_names_among_others_costs_nobody_else_a_query(
    cast: Cast, children: tuple[Child, Child], django_assert_max_num_queries: Callable
) -> None:
    viewer = cast.viewer("registrar", OPENED)
    with django_assert_max_num_queries(0):
        assert viewer.name_of(NEAR, children[0].pk) == NEAR
