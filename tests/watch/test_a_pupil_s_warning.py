"""One pupil: the points of today with their reasons, and what stands on the ledger."""

from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from cases.watch.actions import note_support
from cases.watch.models import Entry, Step
from foundation.accounts.models import AuditEvent
from students.roster.models import Child, GroupSpell
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.doers import doing
from tests.watch.help import FRI, Roll, at, back, listed, origin_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def absent(cast: Cast, ming: Child, roll: Roll, clock_on: Any) -> Child:
    """小明 missed three days, and belongs to a group."""
    clock_on(FRI)
    roll.missed(ming, *(back(cast, n) for n in (5, 7, 9)))
    roll.called(FRI)
    GroupSpell.objects.create(
        child=ming, group="prisoner_parent", starts_on=FRI, recorded_by=cast.post("registrar")
    )
    return ming


def test_the_page_says_why_with_figures_and_sources(cast: Cast, absent: Child) -> None:
    words = _page(cast, "class_teacher", absent)
    assert "早期预警：45分" in words
    assert "达到预警分数" in words
    assert "近20个上课日无故缺勤3天" in words
    assert "服刑人员未成年子女" in words
    assert "沈阳市控辍保学通知 5" in words


def test_it_needs_no_night_to_have_passed(cast: Cast, absent: Child, roll: Roll) -> None:
    roll.missed(absent, back(cast, 11))
    assert "近20个上课日无故缺勤4天" in _page(cast, "class_teacher", absent)


@pytest.mark.parametrize("role", ["central_school", "supervisor"])
def test_without_the_right_to_groups_the_sum_leaves_them_out(
    cast: Cast, absent: Child, role: str
) -> None:
    words = _page(cast, role, absent)
    assert "早期预警：35分" in words
    assert "服刑" not in words
    assert "不含特殊群体因素" in words


def test_a_child_with_nothing_on_record_has_no_points(
    cast: Cast, hong: Child, clock_on: Any
) -> None:
    clock_on(FRI)
    words = _page(cast, "class_teacher", hong)
    assert "早期预警：0分" in words
    assert "没有计分的情况" in words


def test_the_pupil_s_own_page_leads_there(cast: Cast, absent: Child) -> None:
    words = page(client_of(cast.person("class_teacher")).get(reverse("pupil", args=[absent.pk])))
    assert reverse("watch:pupil", args=[absent.pk]) in words


def test_reading_is_noted(cast: Cast, absent: Child) -> None:
    _page(cast, "class_teacher", absent)
    assert AuditEvent.objects.get(verb="read_warning").children == [absent.pk]


def test_the_desk_puts_a_child_on_the_ledger_on_the_page(cast: Cast, absent: Child) -> None:
    client = client_of(cast.person("registrar"))
    assert "列入重点关注</a>" in _page(cast, "registrar", absent)
    answer = client.post(
        reverse("watch:put_on", args=[absent.pk]),
        {
            "risks": ["absence", "weary"],
            "signs": "每周一缺勤",
            "helper": cast.post("class_teacher").pk,
            "measures": "每周谈心",
            "starts_on": "2025-12-12",
        },
    )
    assert answer.status_code == 302
    words = _page(cast, "registrar", absent)
    assert "缺勤较多、厌学" in words
    assert "class_teacher甲" in words
    assert "列入重点关注</a>" not in words


def test_what_is_missing_is_said_at_its_field(cast: Cast, absent: Child) -> None:
    client = client_of(cast.person("registrar"))
    words = page(client.post(reverse("watch:put_on", args=[absent.pk]), {}), 422)
    assert "请选择帮扶责任人。" in words
    assert "请写明看到的情况。" in words


def test_a_teacher_writes_down_support_and_puts_nobody_on(cast: Cast, absent: Child) -> None:
    entry = listed(cast, absent)
    client = client_of(cast.person("class_teacher"))
    told = {"day": "2025-12-12", "text": "家访，见到祖母"}
    assert client.post(reverse("watch:support", args=[entry.pk]), told).status_code == 302
    words = _page(cast, "class_teacher", absent)
    assert "家访，见到祖母" in words
    assert "1次" in words
    assert "移出重点关注</a>" not in words


def test_the_desk_takes_a_child_off_on_the_page(cast: Cast, absent: Child) -> None:
    entry = listed(cast, absent)
    client = client_of(cast.person("registrar"))
    told = {"day": "2025-12-12", "ending": "better", "text": "全勤一月", "version": entry.version}
    assert client.post(reverse("watch:take_off", args=[entry.pk]), told).status_code == 302
    assert not Entry.objects.get().is_open
    assert "已移出" in _page(cast, "registrar", absent)


def test_an_older_version_is_refused_on_the_page(cast: Cast, absent: Child) -> None:
    entry = listed(cast, absent)
    Entry.objects.update(version=2)
    client = client_of(cast.person("registrar"))
    told = {"day": "2025-12-12", "ending": "better", "text": "全勤一月", "version": entry.version}
    words = page(client.post(reverse("watch:take_off", args=[entry.pk]), told), 422)
    assert "已由他人更新" in words


def test_why_a_child_stands_there_is_hidden_from_who_sees_no_groups(
    cast: Cast, absent: Child
) -> None:
    entry = listed(cast, absent, "left_behind", "absence")
    by, viewer = origin_of("registrar", cast), cast.viewer("registrar", FRI)
    note_support(doing(viewer, by, now=at(FRI)), entry, FRI, "与在外务工的父亲通话")
    words = _page(cast, "central_school", absent)
    assert "缺勤较多" in words
    for secret in ("留守", "每周一缺勤", "每周谈心一次", "务工"):
        assert secret not in words
    assert "帮扶记录" in words


def test_more_steps_cost_no_more_queries(cast: Cast, absent: Child, count_queries: Any) -> None:
    entry = listed(cast, absent)
    client = client_of(cast.person("registrar"))

    def asked() -> int:
        with count_queries(connection) as seen:
            page(client.get(reverse("watch:pupil", args=[absent.pk])))
        return len(seen)

    first = asked()
    by, viewer = origin_of("registrar", cast), cast.viewer("registrar", FRI)
    for _ in range(5):
        note_support(doing(viewer, by, now=at(FRI)), entry, FRI, "谈心")
    assert Step.objects.count() == 6
    assert asked() == first


def _page(cast: Cast, role: str, child: Child) -> str:
    return page(client_of(cast.person(role)).get(reverse("watch:pupil", args=[child.pk])))
