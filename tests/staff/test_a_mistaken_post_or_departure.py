"""A post given by mistake ends at once; a departure entered by mistake is taken back."""

from datetime import date, timedelta

import pytest
from django.test import Client

from foundation.accounts.actions import grant_post
from foundation.accounts.models import AuditEvent, Person, Post
from foundation.accounts.querysets import viewer_on
from foundation.days import full_day_words
from students.roster.models import ClassPost
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.staff.steps import TODAY

DAY = timedelta(days=1)
WHY = {"reason": "登记错了人"}


@pytest.fixture
def head(cast: Cast) -> Client:
    return client_of(cast.person("head_teacher"))


@pytest.fixture
def wrong(cast: Cast) -> Post:
    """A clerk of our school who was meant to be somebody else, since today."""
    person = Person.objects.create_person("wrong01", "王误登")
    return grant_post(person, "registrar", cast.here.school.unit, TODAY, cast.post("head_teacher"))


def end(head: Client, post: Post, **more: str) -> str:
    typed = {"last_day": f"{TODAY}", **WHY, **more}
    return page(head.post(f"/staff/posts/{post.pk}/end/", typed), 302)


def leave(head: Client, post: Post, last: date) -> str:
    typed = {"unit": str(post.unit_id), "last_day": f"{last}", **WHY}
    return head.post(f"/staff/{post.person_id}/leave/", typed)["Location"]


def test_a_post_given_by_mistake_today_ends_at_once(head: Client, wrong: Post) -> None:
    inside = client_of(wrong.person)
    assert inside.get("/roster/").status_code == 200
    end(head, wrong, at_once="on")
    wrong.refresh_from_db()
    assert wrong.never_held
    assert viewer_on(wrong.person, TODAY).posts == ()
    assert inside.get("/roster/").status_code != 200
    assert "已撤销" in page(head.get(f"/staff/{wrong.person_id}/"))
    assert AuditEvent.objects.get(verb="post_ended").details["revoked"]


def test_it_may_be_given_anew_the_same_day(cast: Cast, head: Client, wrong: Post) -> None:
    end(head, wrong, at_once="on")
    wrong.person.refresh_from_db()
    typed = {"role": "学籍管理员", "unit": wrong.unit_id, "starts_on": f"{TODAY}", "reason": ""}
    head.post(f"/staff/{wrong.person_id}/grant/", typed)
    assert Post.objects.filter(person=wrong.person, ends_on=None).count() == 1


def test_a_post_that_begins_later_is_revoked_before_it_began(cast: Cast, head: Client) -> None:
    person = Person.objects.create_person("later01", "王以后")
    granter = cast.post("head_teacher")
    post = grant_post(person, "registrar", cast.here.school.unit, TODAY + 9 * DAY, granter)
    end(head, post, at_once="on")
    for day in (TODAY, TODAY + 10 * DAY):
        assert viewer_on(person, day).posts == ()


def test_without_the_tick_it_ends_with_the_day(head: Client, wrong: Post) -> None:
    end(head, wrong)
    wrong.refresh_from_db()
    assert (wrong.ends_on, wrong.never_held) == (TODAY, False)


def test_a_departure_names_the_class_and_leads_to_its_successor(cast: Cast, head: Client) -> None:
    post, name = cast.post("class_teacher"), cast.here.school_class.name_on(TODAY)
    assert name in page(head.get(f"/staff/{post.person_id}/leave/"))
    there = leave(head, post, TODAY)
    assert there.startswith(f"/staff/classes/{cast.here.school.pk}/?since=")
    words = page(head.get(there))
    assert f"{name}从{full_day_words(TODAY + DAY)}起没有班主任" in words


def test_a_departure_is_taken_back_without_a_gap_and_with_its_class(
    cast: Cast, head: Client
) -> None:
    post = cast.post("class_teacher")
    leave(head, post, TODAY)
    assert "撤回离任" in page(head.get(f"/staff/{post.person_id}/"))
    head.post(f"/staff/posts/{post.pk}/resume/", WHY)
    again = Post.objects.get(person=post.person, ends_on=None)
    assert (again.role, again.starts_on) == ("class_teacher", TODAY + DAY)
    assert ClassPost.objects.get(post=again).school_class == cast.here.school_class
    assert "撤回离任" not in page(head.get(f"/staff/{post.person_id}/"))


def test_a_post_that_goes_on_has_nothing_to_take_back(cast: Cast, head: Client) -> None:
    post = cast.post("class_teacher")
    words = page(head.post(f"/staff/posts/{post.pk}/resume/", WHY), 422)
    assert "没有登记过离任" in words
