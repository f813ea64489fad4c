"""A school's class teachers from a day on, on one page and in one go; substitutes for some days."""

from datetime import date, timedelta
from typing import Any

import pytest

from foundation.accounts import actions as accounts
from foundation.accounts.actions import Refused
from foundation.accounts.models import AuditEvent, Post
from foundation.accounts.querysets import viewer_on
from students.roster.models import ClassPost, SchoolClass
from students.roster.pupils.acts.pupils import open_class
from students.staff.acts.class_teachers import Changed, set_class_teachers, set_substitute
from students.staff.class_teachers import version_of
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.staff.steps import TODAY, acting, colleague

DAY = timedelta(days=1)
SINCE = date(2025, 9, 15)


@pytest.fixture
def other(cast: Cast) -> SchoolClass:
    """A class of our school without a teacher."""
    return open_class(cast.here.school, "2", 2025, 1)


def arrange(cast: Cast, chosen: dict[int, int | None], since: date = SINCE, **more: Any) -> int:
    school = cast.here.school
    version = more.pop("version", None) or version_of(school.pk, since)
    return set_class_teachers(acting(cast, **more), school, chosen, since, version)


def seen_by(post: Post, day: date) -> set[int]:
    viewer = viewer_on(post.person, day)
    return set(SchoolClass.objects.visible_to(viewer, day).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("days", "old_sees", "new_sees"), [(-1, True, False), (0, False, True), (1, False, True)]
)
def test_the_new_teacher_sees_the_class_from_the_day_and_the_old_one_until_the_day_before(
    cast: Cast, days: int, old_sees: bool, new_sees: bool
) -> None:
    mine, new = cast.here.school_class, colleague(cast)
    assert arrange(cast, {mine.pk: new.person_id}) == 1
    day = SINCE + days * DAY
    assert (mine.pk in seen_by(cast.post("class_teacher"), day)) is old_sees
    assert (mine.pk in seen_by(new, day)) is new_sees


def test_who_arranged_it_and_when_stays_with_the_class(cast: Cast, other: SchoolClass) -> None:
    arrange(cast, {other.pk: colleague(cast).person_id})
    held = ClassPost.objects.get(school_class=other)
    assert held.assigned_by == cast.post("head_teacher")
    assert (held.reason, held.starts_on, held.ends_on) == ("校务会议定", SINCE, None)
    assert AuditEvent.objects.get(verb="class_teacher_set").object_id == held.pk


def test_what_stays_as_it_is_writes_nothing(cast: Cast) -> None:
    before = cast.post("class_teacher").person_id
    assert arrange(cast, {cast.here.school_class.pk: before}) == 0
    assert ClassPost.objects.get(school_class=cast.here.school_class).ends_on is None


def test_all_changes_are_one(cast: Cast, other: SchoolClass) -> None:
    new = colleague(cast)
    stranger = cast.person("class_teacher", there=True)
    with pytest.raises(Refused, match="不在本校任职"):
        arrange(cast, {cast.here.school_class.pk: new.person_id, other.pk: stranger.pk})
    assert ClassPost.objects.filter(school_class__school=cast.here.school).count() == 1
    assert ClassPost.objects.get(school_class=cast.here.school_class).ends_on is None


def test_two_teachers_change_places_in_one_go(cast: Cast, other: SchoolClass) -> None:
    first, second = cast.post("class_teacher"), colleague(cast)
    arrange(cast, {other.pk: second.person_id}, TODAY)
    swap: dict[int, int | None] = {
        cast.here.school_class.pk: second.person_id,
        other.pk: first.person_id,
    }
    assert arrange(cast, swap) == 2
    assert seen_by(first, SINCE) == {other.pk}
    assert seen_by(second, SINCE) == {cast.here.school_class.pk}


def test_a_second_editor_is_told_and_overwrites_nothing(cast: Cast, other: SchoolClass) -> None:
    first, second = colleague(cast, "teacher_b"), colleague(cast, "teacher_c")
    version = version_of(cast.here.school.pk, SINCE)
    arrange(cast, {other.pk: first.person_id})
    with pytest.raises(Changed):
        arrange(cast, {other.pk: second.person_id}, version=version)
    assert ClassPost.objects.get(school_class=other).post == first


def test_a_colleague_of_another_post_becomes_class_teacher_too(
    cast: Cast, other: SchoolClass
) -> None:
    registrar = cast.person("registrar")
    arrange(cast, {other.pk: registrar.pk})
    post = ClassPost.objects.get(school_class=other).post
    assert (post.role, post.starts_on, post.granted_by) == (
        "class_teacher",
        SINCE,
        cast.post("head_teacher"),
    )


def test_nobody_takes_a_class_for_oneself(cast: Cast, other: SchoolClass) -> None:
    with pytest.raises(Refused, match="不能办理自己"):
        arrange(cast, {other.pk: cast.person("head_teacher").pk})


def test_a_teacher_is_not_replaced_on_the_day_he_began(cast: Cast, other: SchoolClass) -> None:
    arrange(cast, {other.pk: colleague(cast).person_id})
    second = colleague(cast, "teacher_c").person_id
    with pytest.raises(Refused, match="应晚于这一天"):
        arrange(cast, {other.pk: second}, SINCE)
    assert arrange(cast, {other.pk: second}, SINCE + DAY) == 1


def test_before_what_is_arranged_for_later_nothing_is_put(cast: Cast, other: SchoolClass) -> None:
    arrange(cast, {other.pk: colleague(cast).person_id}, SINCE + 5 * DAY)
    with pytest.raises(Refused, match="请把日期改到那以后"):
        arrange(cast, {other.pk: colleague(cast, "teacher_c").person_id}, SINCE)


@pytest.mark.parametrize(
    ("since", "fits"),
    [(date(2025, 8, 31), False), (date(2025, 9, 1), True), (TODAY + 367 * DAY, False)],
)
def test_the_day_lies_in_this_school_year_or_the_next(
    cast: Cast, other: SchoolClass, since: date, fits: bool
) -> None:
    chosen: dict[int, int | None] = {other.pk: colleague(cast).person_id}
    if fits:
        assert arrange(cast, chosen, since) == 1
        return
    with pytest.raises(Refused, match="本学年开始"):
        arrange(cast, chosen, since)


@pytest.mark.parametrize("role", ["class_teacher", "township_leader", "county_desk"])
def test_only_who_may_appoint_class_teachers_arranges_them(
    cast: Cast, other: SchoolClass, role: str
) -> None:
    with pytest.raises(Refused):
        arrange(cast, {other.pk: colleague(cast).person_id}, role=role)


@pytest.mark.parametrize("days", [1, 11])
def test_who_had_a_class_on_a_past_day_had_it(cast: Cast, days: int) -> None:
    mine, new = cast.here.school_class, colleague(cast)
    with pytest.raises(Refused, match="过去的任职不能改"):
        arrange(cast, {mine.pk: new.person_id}, TODAY - days * DAY)
    held = ClassPost.objects.get(school_class=mine)
    assert (held.post, held.ends_on) == (cast.post("class_teacher"), None)


def test_from_today_on_the_former_teacher_has_it_until_yesterday(cast: Cast) -> None:
    mine, new = cast.here.school_class, colleague(cast)
    arrange(cast, {mine.pk: new.person_id}, TODAY)
    held = ClassPost.objects.get(school_class=mine, post=cast.post("class_teacher"))
    assert held.ends_on == TODAY - DAY


def test_a_class_nobody_has_held_may_be_given_from_a_past_day(
    cast: Cast, other: SchoolClass
) -> None:
    assert arrange(cast, {other.pk: colleague(cast).person_id}, TODAY - 5 * DAY) == 1


# --- substitutes ----------------------------------------------------------------------------------

FIRST, LAST = date(2025, 9, 16), date(2025, 9, 18)


def substitute(cast: Cast, post: Post, starts: date = FIRST, ends: date = LAST) -> ClassPost:
    return set_substitute(acting(cast), cast.here.school_class, post.person_id, starts, ends)


@pytest.mark.parametrize("role", ["class_teacher", "registrar"])
@pytest.mark.parametrize(
    ("day", "sees"),
    [
        (FIRST - DAY, False),
        (FIRST, True),
        (LAST, True),
        (LAST + DAY, False),
    ],
)
def test_a_substitute_sees_the_class_on_these_days_only(
    cast: Cast, day: date, sees: bool, role: str
) -> None:
    post = colleague(cast, role=role)
    held = substitute(cast, post)
    posts = [p for p in viewer_on(post.person, day).posts if p.id == held.post_id]
    viewer = viewer_on(post.person, day)
    only = type(viewer)(viewer.person_id, viewer.name, tuple(posts))
    assert SchoolClass.objects.visible_to(only, day).exists() is sees
    assert cast.here.school_class.pk in seen_by(cast.post("class_teacher"), day)


def test_the_class_s_own_teacher_stays_the_one_on_the_page(cast: Cast) -> None:
    substitute(cast, colleague(cast))
    words = page(_head(cast).get(_address(cast) + "?since=2025-09-17"))
    assert "没有班主任的班级" not in words
    assert "代课 teacher_b的姓名" in words


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (TODAY - DAY, LAST, "代课从今天或以后开始"),
        (LAST, FIRST, "最后一日不能早于第一日"),
        (FIRST, FIRST + 184 * DAY, "不能超过半年"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    cast: Cast, starts: date, ends: date, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        substitute(cast, colleague(cast), starts, ends)


def test_the_same_days_twice_are_refused(cast: Cast) -> None:
    post = colleague(cast)
    substitute(cast, post)
    with pytest.raises(Refused, match="在这段时间已带"):
        substitute(cast, post, LAST, LAST + DAY)
    assert substitute(cast, post, LAST + DAY, LAST + DAY)


def test_who_leaves_leaves_the_classes_too(cast: Cast) -> None:
    post = colleague(cast)
    substitute(cast, post)
    doing = acting(cast)
    assert accounts.living_posts(post.person, TODAY)
    data = {"unit": post.unit_id, "last_day": str(FIRST), "reason": "调往外校"}
    assert _head(cast).post(f"/staff/{post.person_id}/leave/", data).status_code == 302
    assert ClassPost.objects.get(post=post).ends_on == FIRST
    assert doing.today == TODAY


# --- the pages ------------------------------------------------------------------------------------


def _head(cast: Cast) -> Any:
    return client_of(cast.person("head_teacher"))


def _address(cast: Cast) -> str:
    return f"/staff/classes/{cast.here.school.pk}/"


def test_the_page_names_the_classes_without_a_teacher(cast: Cast, other: SchoolClass) -> None:
    words = page(_head(cast).get(_address(cast)))
    assert "没有班主任的班级 1 个：七年级1班" in words
    assert 'name="since" value="2025-09-12"' in words


def test_the_page_writes_all_selects_at_once(cast: Cast, other: SchoolClass) -> None:
    new, client = colleague(cast), _head(cast)
    data = {
        "since": "2025-09-15",
        "reason": "新学年安排",
        "version": version_of(cast.here.school.pk, SINCE),
        f"class-{cast.here.school_class.pk}": new.person_id,
        f"class-{other.pk}": cast.person("class_teacher").pk,
    }
    answer = client.post(_address(cast), data)
    assert answer["Location"] == f"{_address(cast)}?since=2025-09-15"
    words = page(client.get(answer["Location"]))
    assert "已更换2个班的班主任" in words
    assert "没有班主任的班级" not in words


def test_the_page_asks_for_the_reason_and_keeps_it(cast: Cast, other: SchoolClass) -> None:
    new, client = colleague(cast), _head(cast)
    data = {
        "since": "2025-09-15",
        "reason": "",
        "version": version_of(cast.here.school.pk, SINCE),
        f"class-{other.pk}": new.person_id,
    }
    words = page(client.post(_address(cast), data), 422)
    assert "请填写事由" in words
    assert f'<option value="{new.person_id}" selected>' in words
    assert client.post(_address(cast), data | {"reason": "原班主任产假"}).status_code == 302
    held = ClassPost.objects.get(school_class=other)
    assert held.reason == "原班主任产假"
    assert AuditEvent.objects.get(verb="class_teacher_set").reason == "原班主任产假"


def test_the_page_tells_a_second_editor(cast: Cast, other: SchoolClass) -> None:
    data: dict[str, Any] = {"since": "2025-09-15", "version": "old", "reason": "新学年安排"}
    data[f"class-{other.pk}"] = str(colleague(cast).person_id)
    words = page(_head(cast).post(_address(cast), data), 409)
    assert "有人调整过班主任安排" in words


def test_a_refusal_keeps_what_was_chosen(cast: Cast, other: SchoolClass) -> None:
    new = colleague(cast)
    data = {
        "since": "2030-09-15",
        "reason": "新学年安排",
        "version": version_of(cast.here.school.pk, SINCE),
        f"class-{other.pk}": new.person_id,
        "class-x": "1",
        f"class-{'9' * 30}": "1",
    }
    assert "日期应在本学年开始" in page(_head(cast).post(_address(cast), data), 422)
    assert not ClassPost.objects.filter(school_class=other).exists()


def test_a_substitute_is_set_through_the_page(cast: Cast) -> None:
    client, new = _head(cast), colleague(cast)
    address = f"/staff/classes/substitutes/?school={cast.here.school.pk}"
    data = {
        "school_class": cast.here.school_class.pk,
        "person": new.person_id,
        "starts_on": "2025-09-12",
        "ends_on": "2025-09-13",
        "reason": "原班主任病假",
    }
    assert client.post(address, data).status_code == 302
    words = page(client.get(address))
    assert "原班主任病假" in words
    assert "代课中" in words


@pytest.mark.parametrize("form", ["/staff/classes/{}/", "/staff/classes/substitutes/?school={}"])
def test_another_school_s_classes_are_not_there(cast: Cast, form: str) -> None:
    address = form.format(cast.there.school.pk)
    page(_head(cast).get(address), 404)
    page(_head(cast).post(address, {"since": "2025-09-15"}), 404)
