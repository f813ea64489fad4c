"""早期预警: who reads which children, with which points, and how the list is asked."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from cases.watch.rules import GROUP_CODES, Setting
from foundation.accounts import actions as accounts
from foundation.accounts.models import AuditEvent
from students.roster.models import Child, GroupSpell
from tests.browsing import client_of, page
from tests.cast import LONG_AGO, Cast, make_child
from tests.watch.help import FRI, Roll, back, listed, open_case, rule

pytestmark = pytest.mark.django_db
ADDRESS = "watch:warnings"


@pytest.fixture
def warned(cast: Cast, ming: Child, hong: Child, roll: Roll, clock_on: Any) -> None:
    """小明 is warned by the roll; 小红 only together with a group."""
    clock_on(FRI)
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 9)))
    roll.missed(hong, back(cast, 1), back(cast, 2))
    _group(cast, ming, "disabled")
    _group(cast, hong, "left_behind")


def test_a_class_teacher_reads_the_warned_of_the_own_class(
    cast: Cast, warned: None, night: Callable[..., None]
) -> None:
    night()
    words = _list(cast, "class_teacher")
    assert "张小明" in words
    assert "近20个上课日无故缺勤3天（30分）" in words
    assert "残疾学生（10分）" in words
    assert "共 <strong>2</strong> 条" in words


def test_the_next_township_reads_nothing_of_it(
    cast: Cast, warned: None, night: Callable[..., None]
) -> None:
    night()
    words = page(client_of(cast.person("head_teacher", there=True)).get(reverse(ADDRESS)))
    assert "张小明" not in words
    assert "没有达到预警分数的学生" in words


def test_before_the_first_night_the_page_says_so(cast: Cast, clock_on: Any) -> None:
    clock_on(FRI)
    assert "还没有计算过预警" in _list(cast, "class_teacher")


def test_who_may_not_see_groups_reads_neither_the_reason_nor_its_weight(
    cast: Cast, warned: None, night: Callable[..., None]
) -> None:
    night()
    words = _list(cast, "central_school")
    assert "残疾" not in words
    assert 'data-label="分数">35<' in words
    assert 'data-label="分数">45<' not in words
    assert 'data-label="分数">45<' in _list(cast, "class_teacher")
    assert "本页分数不含特殊群体因素" in words


def test_who_is_warned_by_a_group_alone_is_not_in_that_reader_s_list(
    cast: Cast, warned: None, night: Callable[..., None]
) -> None:
    night()
    assert "李小红" in _list(cast, "head_teacher")
    assert "李小红" not in _list(cast, "central_school")


def test_a_filter_by_group_finds_nothing_for_who_may_not_see_groups(
    cast: Cast, warned: None, night: Callable[..., None]
) -> None:
    night()
    for code in sorted(GROUP_CODES):
        words = _list(cast, "central_school", reason=code)
        assert "张小明" not in words
        assert f'value="{code}"' not in words
    assert "张小明" in _list(cast, "head_teacher", reason="group_disabled")


def test_a_right_to_the_groups_of_one_class_tells_nothing_of_another(
    cast: Cast, warned: None, roll: Roll, night: Callable[..., None]
) -> None:
    """Our class teacher also heads the next township's central school, which sees no groups."""
    far = make_child(cast.there, "赵小远")
    for n in (5, 7, 9):
        roll.missed_there(far, back(cast, n))
    _group(cast, far, "disabled")
    night()
    person, unit = cast.person("class_teacher"), cast.there.central_school
    accounts.grant_post(person, "central_school", unit, LONG_AGO, None)
    words = _list(cast, "class_teacher")
    assert words.count("残疾学生（10分）") == 1
    assert "赵小远" in words
    assert "赵小远" not in _list(cast, "class_teacher", reason="group_disabled")


def test_a_supervisor_reads_masked_names(
    cast: Cast, warned: None, night: Callable[..., None]
) -> None:
    night()
    words = _list(cast, "supervisor")
    assert "张**" in words
    assert "张小明" not in words


def test_those_with_most_points_come_first(
    cast: Cast, warned: None, night: Callable[..., None]
) -> None:
    night()
    words = _list(cast, "head_teacher")
    assert words.index("张小明") < words.index("李小红")


def test_the_list_is_filtered_by_reason_grade_school_and_name(
    cast: Cast, warned: None, night: Callable[..., None]
) -> None:
    night()
    assert "李小红" not in _list(cast, "county_desk", reason="missed_recent")
    assert "张小明" in _list(cast, "county_desk", reason="missed_recent")
    assert "张小明" in _list(cast, "county_desk", grade="8")
    assert "张小明" not in _list(cast, "county_desk", grade="7")
    assert "张小明" in _list(cast, "county_desk", school=str(cast.here.school.pk))
    assert "没有符合条件的学生" in _list(cast, "county_desk", school=str(cast.there.school.pk))
    assert "李小红" not in _list(cast, "county_desk", q="小明")


def test_a_filter_that_cannot_be_read_leaves_no_rows(
    cast: Cast, warned: None, night: Callable[..., None]
) -> None:
    night()
    assert "张小明" not in _list(cast, "county_desk", school="999")


def test_who_is_not_on_the_ledger_is_shown(
    cast: Cast, ming: Child, warned: None, night: Callable[..., None]
) -> None:
    night()
    assert "张小明" in _list(cast, "head_teacher", listed="no")
    listed(cast, ming)
    assert "张小明" not in _list(cast, "head_teacher", listed="no")
    assert "张小明" in _list(cast, "head_teacher", listed="yes")


def test_who_has_a_case_is_past_early_warning_and_found_when_asked_for(
    cast: Cast, ming: Child, warned: None, night: Callable[..., None]
) -> None:
    night()
    case = open_case(cast, ming)
    assert "张小明" not in _list(cast, "head_teacher")
    words = _list(cast, "head_teacher", case="yes")
    assert reverse("case", args=[case.number]) in words
    assert "李小红" not in words
    assert "李小红" in _list(cast, "head_teacher", case="")


def test_a_child_of_another_class_is_no_longer_the_teacher_s(
    cast: Cast, ming: Child, warned: None, night: Callable[..., None]
) -> None:
    night()
    ming.enrolments.update(ends_on=back(cast, 2))
    assert "张小明" not in _list(cast, "class_teacher")


def test_reading_the_list_is_noted_with_the_children_on_the_page(
    cast: Cast, ming: Child, hong: Child, warned: None, night: Callable[..., None]
) -> None:
    night()
    _list(cast, "class_teacher")
    row = AuditEvent.objects.get(verb="list_warnings")
    assert row.children == sorted([ming.pk, hong.pk])


def test_the_list_is_paged_and_costs_the_same_queries_whatever_the_number(
    cast: Cast, warned: None, roll: Roll, night: Callable[..., None], count_queries: Any
) -> None:
    night()
    client = client_of(cast.person("county_desk"))

    def asked() -> int:
        with count_queries(connection) as seen:
            page(client.get(reverse(ADDRESS)))
        return len(seen)

    first = asked()
    for n in range(25):
        roll.missed(make_child(cast.here, f"王小{n}"), *(back(cast, d) for d in (5, 7, 9)))
    rule(cast, Setting("spell", True, 1, 20))  # a new version: the day is worked out anew
    night()
    assert "共 <strong>27</strong> 条" in _list(cast, "county_desk")
    assert asked() == first


def _list(cast: Cast, role: str, **asked: str) -> str:
    return page(client_of(cast.person(role)).get(reverse(ADDRESS), asked))


def _group(cast: Cast, child: Child, group: str) -> None:
    GroupSpell.objects.create(
        child=child, group=group, starts_on=back(cast, 60), recorded_by=cast.post("registrar")
    )
