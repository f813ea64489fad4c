"""A mistyped name or account is put right by who may appoint the person; of the county by two."""

import pytest
from django.test import Client

from foundation.accounts.models import AuditEvent, PeopleRequest, Person
from tests.accounts.conftest import with_password
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.opening.steps import slips_in

pytestmark = pytest.mark.django_db
REASON = {"reason": "登记时写错，本人出示身份证"}


@pytest.fixture
def head(cast: Cast) -> Client:
    return client_of(cast.person("head_teacher"))


def test_the_head_corrects_a_teacher_s_name_and_the_row_says_why(cast: Cast, head: Client) -> None:
    teacher = with_password(cast.person("class_teacher"))
    at = f"/staff/{teacher.pk}/correct/"
    assert at in page(head.get(f"/staff/{teacher.pk}/"))
    right = {"name": "新名字", "login": teacher.username, **REASON}
    assert "已更正" in page(head.post(at, right, follow=True))
    former = teacher.username
    mistyped = teacher.name
    teacher.refresh_from_db()
    assert (teacher.name, teacher.username) == ("新名字", former)
    event = AuditEvent.objects.get(verb="person_corrected")
    assert event.reason == REASON["reason"]
    assert event.details["name"] == mistyped
    assert "没有变化" in page(head.post(at, right), 422)


def test_an_account_signed_in_with_stays(cast: Cast, head: Client) -> None:
    teacher = with_password(cast.person("class_teacher"))
    right = {"name": teacher.name, "login": "13900007777", **REASON}
    assert "账号不再更改" in page(head.post(f"/staff/{teacher.pk}/correct/", right), 422)


def test_a_printed_slip_is_printed_anew_with_the_right_account(cast: Cast, head: Client) -> None:
    teacher = cast.person("class_teacher")
    at = f"/staff/{teacher.pk}/correct/"
    first = page(head.post(f"/staff/{teacher.pk}/reset/", REASON))
    assert set(slips_in(first)) == {teacher.username}
    taken = {"name": teacher.name, "login": cast.person("registrar").username, **REASON}
    assert "另一个人名下" in page(head.post(at, taken), 422)
    right = {"name": teacher.name, "login": "13900007777", **REASON}
    slips = slips_in(page(head.post(at, right)))
    assert set(slips) == {"13900007777"}
    teacher.refresh_from_db()
    assert teacher.check_password(slips["13900007777"])


def test_of_a_post_of_the_county_one_asks_and_another_confirms(cast: Cast) -> None:
    desk = with_password(cast.person("county_desk"))
    security = client_of(cast.person("security_officer"))
    at = f"/staff/{desk.pk}/correct/"
    right = {"name": "新名字", "login": desk.username, **REASON}
    assert "由另一人确认后生效" in page(security.post(at, right, follow=True))
    asked = PeopleRequest.objects.get()
    confirm = f"/people/requests/{asked.pk}/confirm/"
    assert security.post(confirm, REASON).status_code == 422
    leader = client_of(cast.person("bureau_leader"))
    assert f"更正前</dt><dd>{desk.name}" in page(leader.get("/people/requests/"))
    assert Person.objects.get(pk=desk.pk).name == desk.name
    assert leader.post(confirm, REASON).status_code == 302
    assert Person.objects.get(pk=desk.pk).name == "新名字"


def test_who_may_not_appoint_somebody_corrects_nothing(cast: Cast) -> None:
    head = with_password(cast.person("head_teacher"))
    registrar = client_of(cast.person("registrar"))
    right = {"name": "新名字", "login": head.username, **REASON}
    assert registrar.post(f"/staff/{head.pk}/correct/", right).status_code == 422
    assert Person.objects.get(pk=head.pk).name == head.name
