"""变更记录: the database keeps each row as it was, whoever changes it and however many at once."""

import json
from datetime import date

import pytest
from django.apps import apps
from django.db import InternalError, ProgrammingError, connection, transaction

from foundation import clock
from foundation.accounts.audit import Origin
from students.roster.groups.actions import GroupEntry, end_group, enter_groups
from students.roster.models import Child, Enrolment, GroupSpell, Guardian
from students.roster.pupils.history import changes_of
from students.roster.rules.ids import invent
from tests.architecture.shown import two_date_styles_in
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.doers import doing

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 12)
OLD_ID, NEW_ID = invent(date(2012, 5, 6), 1, "1"), invent(date(2012, 5, 6), 2, "1")
EVENTS = ("ChildEvent", "GuardianEvent", "EnrolmentEvent", "GroupSpellEvent")


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def child(cast: Cast) -> Child:
    guardians = ({"name": "张大明", "phone": "13900001234", "relation": "父亲"},)
    return make_child(cast.here, id_no=OLD_ID, address="东镇东村1组8号", guardians=guardians)


def log(cast: Cast, child: Child, role: str = "registrar") -> list[tuple[str, str, str]]:
    child = Child.objects.get(pk=child.pk)
    changes = changes_of(child, cast.viewer(role), with_groups=True)
    return [(change.label, change.old, change.new) for change in changes]


def test_a_new_child_leaves_no_row_of_history(cast: Cast, child: Child):
    assert [apps.get_model("roster", name).objects.count() for name in EVENTS] == [0, 0, 0, 0]


def test_a_change_tells_field_former_and_new_value(cast: Cast, child: Child):
    child.name, child.boards = "张晓明", True
    child.save()
    assert log(cast, child) == [("姓名", "张小明", "张晓明"), ("住校", "否", "是")]


def test_saving_without_a_change_leaves_nothing(cast: Cast, child: Child):
    child.save()
    assert log(cast, child) == []


def test_several_changes_follow_one_another_newest_first(cast: Cast, child: Child):
    for name in ("张一", "张二"):
        child.name = name
        child.save()
    assert log(cast, child) == [("姓名", "张一", "张二"), ("姓名", "张小明", "张一")]


def test_protected_values_are_masked_and_said_to_differ_where_the_masks_agree(cast, child):
    child.id_no, child.address = NEW_ID, "东镇东村1组9号"
    child.save()
    guardian = child.guardians.get()
    guardian.phone = "13911111234"
    guardian.save()
    told = log(cast, child)
    assert ("联系电话", "", "有变更") in told
    assert ("现住址", "", "有变更") in told
    assert ("证件号", f"5309**********{OLD_ID[-4:]}", f"5309**********{NEW_ID[-4:]}") in told
    shown = page(client_of(cast.person("registrar")).get(f"/pupils/{child.pk}/"))
    for secret in (OLD_ID, NEW_ID, "13911111234", "1组9号"):
        assert secret not in shown


def test_one_statement_that_changes_many_rows_keeps_each_of_them(cast: Cast, child: Child):
    other = make_child(cast.here, "李四光")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE roster_child SET boards = told.boards"
            " FROM (VALUES (%s::bigint, true), (%s::bigint, false)) AS told (id, boards)"
            " WHERE roster_child.id = told.id",
            [child.pk, other.pk],
        )
    assert log(cast, child) == [("住校", "否", "是")]
    assert log(cast, other) == [], "its value is what it was"


def test_a_bulk_update_of_the_orm_is_kept_too(cast: Cast, child: Child):
    Enrolment.objects.filter(child=child).update(seat_no="12")
    Guardian.objects.filter(child=child).update(relation="母亲")
    assert set(log(cast, child)) == {("班内学号", "", "12"), ("关系", "父亲", "母亲")}


def test_an_act_on_a_page_is_signed_with_person_post_and_request_but_no_name(cast, child):
    client = client_of(cast.person("registrar"))
    data = {"groups": ["orphan"], "starts_on": "2025-09-01"}
    client.post(f"/roster/{child.pk}/groups/", data)
    spell = GroupSpell.objects.get()
    answer = client.post(
        f"/roster/groups/{spell.pk}/end/", {"ends_on": "2025-09-10", "reason": "收养"}
    )
    kept = apps.get_model("roster", "GroupSpellEvent").objects.get()
    assert kept.pgh_context == {
        "person": cast.person("registrar").pk,
        "post": cast.post("registrar").pk,
        "request": answer["X-Request-Id"],
    }
    assert "甲" not in json.dumps(kept.pgh_context)
    shown = page(client.get(f"/pupils/{child.pk}/"))
    assert "registrar甲（东镇中学 学籍管理员）" in shown
    assert "<ins>2025年9月10日</ins>" in shown, "a day of the log stands as the page's others do"
    assert two_date_styles_in(shown) == []


def test_a_change_by_nobody_signed_in_is_the_system_s(cast: Cast, child: Child):
    child.boards = True
    child.save()
    (change,) = changes_of(child, cast.viewer("registrar"), with_groups=False)
    assert change.who == "系统"


def test_who_only_supervises_reads_masked_names_in_the_log(cast: Cast, child: Child):
    Child.objects.filter(pk=child.pk).update(name="王晓")
    assert log(cast, child, "supervisor") == [("姓名", "张**", "王*")]


def test_changes_of_groups_are_told_to_who_sees_groups(cast: Cast, child: Child):
    entry = GroupEntry(("orphan",), date(2025, 9, 1))
    viewer = cast.viewer("registrar")
    spell = enter_groups(doing(viewer, Origin(), today=TODAY), child, entry)[0]
    end_group(doing(viewer, Origin(), today=TODAY), spell, date(2025, 9, 10), "收养")
    path = f"/pupils/{child.pk}/"
    assert "孤儿：退出原因" in page(client_of(cast.person("class_teacher")).get(path))
    assert "收养" not in page(client_of(cast.person("central_school")).get(path))


@pytest.mark.parametrize("statement", ["UPDATE {0} SET pgh_label = 'x'", "DELETE FROM {0}"])
@pytest.mark.parametrize("name", EVENTS)
def test_nobody_rewrites_history(cast: Cast, name: str, statement: str):
    table = apps.get_model("roster", name)._meta.db_table
    with (
        pytest.raises((ProgrammingError, InternalError)),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
