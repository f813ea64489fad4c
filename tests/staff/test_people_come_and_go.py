"""Posts run from a day to a day, within the rights table; who has none left has no account."""

from datetime import date, timedelta

import pytest
from django.test import Client

from foundation.accounts import actions as accounts
from foundation.accounts.actions import Refused
from foundation.accounts.models import AuditEvent, Person, Post
from foundation.accounts.roles import ROLES, may_grant, role_of
from foundation.accounts.tasks import close_left_accounts
from students.roster.models import ClassPost, SchoolClass
from students.staff.acts.posts import depart_from, end_one_post
from tests.browsing import client_of, page
from tests.cast import ROLES as CAST_ROLES
from tests.cast import Cast
from tests.staff.steps import TODAY, acting, colleague

DAY = timedelta(days=1)
MANAGERS = ("registrar", "head_teacher", "township_officer", "township_leader", "security_officer")


def give(cast: Cast, granter: str, role: str, there: bool = False) -> Post:
    """Give a new person the role at its unit of the cast."""
    doing = acting(cast, granter)
    unit = cast.post(role, there).unit
    person = Person.objects.create_person(f"{granter}_{role}", "林一新")
    return accounts.appoint(doing, person, role, unit, TODAY, reason="任命")


@pytest.mark.parametrize("granter", list(CAST_ROLES))
@pytest.mark.parametrize("role", [role.code for role in ROLES])
def test_nobody_grants_what_the_table_does_not_let(cast: Cast, granter: str, role: str) -> None:
    if may_grant(granter, role) and not role_of(role).needs_two:
        post = give(cast, granter, role)
        assert post.granted_by == cast.post(granter)
        assert AuditEvent.objects.get(verb="post_granted").object_id == post.pk
        return
    with pytest.raises(Refused):
        give(cast, granter, role)
    assert not Post.objects.filter(reason="任命").exists()


@pytest.mark.parametrize(
    ("granter", "role"),
    [
        ("head_teacher", "registrar"),
        ("registrar", "class_teacher"),
        ("township_leader", "village_cadre"),
        ("township_leader", "township_officer"),
    ],
)
def test_the_next_township_is_nobody_s_but_the_security_officer_s(
    cast: Cast, granter: str, role: str
) -> None:
    with pytest.raises(Refused, match="不在您管理的单位"):
        give(cast, granter, role, there=True)
    assert give(cast, "security_officer", role_of(role).code, there=True).unit_id


def test_nobody_grants_himself_a_post(cast: Cast) -> None:
    doing, own = acting(cast, "head_teacher"), cast.person("head_teacher")
    unit = cast.here.school.unit
    with pytest.raises(Refused, match="不能办理自己的账号"):
        accounts.appoint(doing, own, "class_teacher", unit, TODAY)


def test_one_post_is_not_held_twice_at_a_time(cast: Cast) -> None:
    doing, held = acting(cast), cast.post("registrar")
    with pytest.raises(Refused, match="不能重复登记"):
        accounts.appoint(
            doing,
            held.person,
            "registrar",
            held.unit,
            TODAY,
        )


@pytest.mark.parametrize(("days", "sees"), [(-1, True), (0, True), (1, False)])
def test_the_last_day_is_still_worked(cast: Cast, days: int, sees: bool) -> None:
    teacher, last = cast.person("class_teacher"), TODAY + 5 * DAY
    depart_from(acting(cast), teacher, cast.here.school.unit, last)
    day = last + days * DAY
    viewer = cast.viewer("class_teacher", day)
    assert SchoolClass.objects.visible_to(viewer, day).exists() is sees
    assert ClassPost.objects.get(school_class=cast.here.school_class).ends_on == last


def test_leaving_keeps_the_row_with_who_and_why(cast: Cast) -> None:
    post = cast.post("class_teacher")
    depart_from(acting(cast), post.person, post.unit, TODAY)
    post.refresh_from_db()
    assert (post.ends_on, post.ended_by, post.end_reason) == (
        TODAY,
        cast.post("head_teacher"),
        "校务会议定",
    )
    assert {e.verb for e in AuditEvent.objects.all()} >= {
        "post_ended",
        "class_post_ended",
        "left_unit",
    }


def test_a_last_day_that_is_over_closes_the_account_and_its_sessions(cast: Cast) -> None:
    teacher = cast.person("class_teacher")
    theirs = client_of(teacher)
    assert theirs.get("/inbox/").status_code == 200
    depart_from(acting(cast), teacher, cast.here.school.unit, TODAY - DAY)
    teacher.refresh_from_db()
    assert not teacher.is_active
    assert theirs.get("/inbox/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("days", "is_open"), [(-1, True), (0, True), (1, False)])
def test_a_last_day_ahead_closes_it_the_day_after(cast: Cast, days: int, is_open: bool) -> None:
    teacher, last = cast.person("class_teacher"), TODAY + 5 * DAY
    depart_from(acting(cast), teacher, cast.here.school.unit, last)
    for _ in range(2):
        accounts.close_left_accounts(last + days * DAY)
    teacher.refresh_from_db()
    assert teacher.is_active is is_open
    assert AuditEvent.objects.filter(verb="account_closed").count() == (not is_open)


def test_the_task_closes_nobody_who_is_in_post(cast: Cast) -> None:
    Person.objects.create_person("no_post_yet", "周未任")
    close_left_accounts()
    assert not Person.objects.filter(is_active=False).exists()


def test_who_has_another_post_keeps_the_account(cast: Cast) -> None:
    teacher = cast.person("class_teacher")
    accounts.grant_post(teacher, "registrar", cast.there.school.unit, TODAY, None)
    depart_from(acting(cast), teacher, cast.here.school.unit, TODAY - DAY)
    teacher.refresh_from_db()
    assert teacher.is_active
    assert accounts.living_posts(teacher, TODAY)


def test_one_post_ends_and_the_others_stay(cast: Cast) -> None:
    post = colleague(cast)
    accounts.grant_post(post.person, "registrar", post.unit, TODAY, None)
    end_one_post(acting(cast), post, TODAY)
    tomorrow = [p.role for p in accounts.living_posts(post.person, TODAY + DAY)]
    assert tomorrow == ["registrar"]


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2024, 8, 31), "前后一年之内"),
        (TODAY + 367 * DAY, "前后一年之内"),
    ],
)
def test_a_last_day_out_of_reach_is_refused(cast: Cast, last: date, words: str) -> None:
    with pytest.raises(Refused, match=words):
        depart_from(acting(cast), cast.person("class_teacher"), cast.here.school.unit, last)


def test_a_post_ended_already_is_not_made_longer(cast: Cast) -> None:
    post = cast.post("class_teacher")
    end_one_post(acting(cast), post, TODAY)
    with pytest.raises(Refused, match="只能提前"):
        end_one_post(acting(cast), post, TODAY + DAY)


def test_nobody_ends_the_own_post_nor_that_of_who_granted_it(cast: Cast) -> None:
    for role in ("registrar", "head_teacher"):
        post = cast.post(role)
        with pytest.raises(Refused):
            end_one_post(acting(cast, "registrar"), post, TODAY)


def test_the_page_of_a_departure_names_the_class_that_stays_without_a_teacher(cast: Cast) -> None:
    head = client_of(cast.person("head_teacher"))
    words = page(head.get(f"/staff/{cast.person('class_teacher').pk}/leave/"))
    assert f"所带班级：{cast.here.school_class.name_on(TODAY)}" in words
    assert "班主任安排" in words
    assert "所带班级：" not in page(head.get(f"/staff/{cast.person('registrar').pk}/leave/"))


def test_through_the_pages_somebody_leaves(cast: Cast) -> None:
    client, teacher = client_of(cast.person("head_teacher")), cast.person("class_teacher")
    address = f"/staff/{teacher.pk}/leave/"
    words = page(client.post(address, {"last_day": "2025-09-12"}), 422)
    assert "请填写理由" in words
    data = {"unit": cast.here.school.pk, "last_day": "2025-09-12", "reason": "调往县城"}
    assert client.post(address, data).status_code == 302
    shown = page(client.get(f"/staff/{teacher.pk}/"))
    assert "2025年9月12日" in shown
    assert "head_teacher甲登记卸任（调往县城）" in shown
    history = page(client.get("/staff/grants/"))
    assert "调往县城" in history


def test_a_post_ends_through_its_page(cast: Cast) -> None:
    client, post = client_of(cast.person("head_teacher")), cast.post("class_teacher")
    data = {"last_day": "2025-09-20", "reason": "不再任班主任"}
    assert client.post(f"/staff/posts/{post.pk}/end/", data).status_code == 302
    post.refresh_from_db()
    assert post.ends_on == date(2025, 9, 20)


def test_who_comes_back_has_the_old_account_and_a_new_slip(cast: Cast) -> None:
    teacher = cast.person("class_teacher")
    teacher.set_password("an-old-password-of-his")
    teacher.save()
    depart_from(acting(cast), teacher, cast.here.school.unit, TODAY - DAY)
    client: Client = client_of(cast.person("head_teacher"))
    data = {
        "name": teacher.name,
        "login": teacher.username,
        "role": "班主任",
        "unit": cast.here.school.pk,
        "class_name": "八年级2班",
        "starts_on": "2025-09-12",
    }
    words = page(client.post("/staff/add/", data))
    assert "首次密码" in words
    teacher.refresh_from_db()
    assert teacher.is_active
    assert not teacher.check_password("an-old-password-of-his")
