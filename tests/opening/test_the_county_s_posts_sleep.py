"""Posts of the county sleep until a second named person has signed in and confirmed them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, ProgrammingError, transaction
from django.test import Client

from foundation.accounts.models import AuditEvent, Person, Post
from foundation.accounts.querysets import viewer_on
from kongchuo.setup.opening.models import CountyOpening
from tests.browsing import page
from tests.opening.steps import (
    POSTS,
    confirmed,
    found_county,
    mark_of,
    signed_in,
    workbook,
    written,
)

pytestmark = pytest.mark.django_db
WHY = {"reason": "先开通，名册随后补"}


@pytest.fixture
def two() -> tuple[Client, Client]:
    """The security officer and the second person, of a county with its book written."""
    slips = found_county()
    first, second = (signed_in(login, slips[login]) for login in sorted(slips))
    written(first, workbook(people=[("赵督导", "13900000003", "督导室", "督导室")], terms=[]))
    return first, second


def test_asleep_it_opens_the_wizard_and_nothing_else(two: tuple[Client, Client]) -> None:
    first, second = two
    for client in two:
        begins = client.get("/", follow=True)
        assert begins.redirect_chain == [("/opening/", 302)]
        assert "待第二人确认" in page(begins)
        assert ("确认之前只能办县的开通" in page(begins)) is (client is first)
        assert client.get("/opening/").status_code == 200
        for at in ("/people/", "/people/requests/", "/staff/", "/returns/", "/roster/"):
            assert client.get(at).status_code in (403, 404), at
    assert second.get("/opening/upload/").status_code == 403
    assert first.post("/staff/slips/").status_code == 403


def test_only_the_second_person_wakes_them(two: tuple[Client, Client]) -> None:
    first, second = two
    assert "由第二人李二登录后确认，您不能代办" in page(first.post("/opening/posts/", follow=True))
    assert Post.objects.filter(asleep=True).count() == 3
    slips = confirmed(second)
    assert set(slips) == {"13900000003"}
    assert not Post.objects.filter(asleep=True).exists()
    assert AuditEvent.objects.filter(verb="post_confirmed").count() == 3
    assert first.get("/people/").status_code == 200
    assert second.get("/people/requests/").status_code == 200
    assert "没有等待确认的任职" in page(second.post("/opening/posts/", follow=True))


def test_only_the_rows_that_were_shown_are_confirmed(two: tuple[Client, Client]) -> None:
    first, second = two
    mark = mark_of(second)
    more = [("冯督导", "13900000013", "督导室", "督导室")]
    written(first, workbook({"people": more}))
    words = page(second.post(POSTS, {"mark": mark}, follow=True))
    assert "名单已变，没有确认" in words
    assert "冯督导" in words
    assert Post.objects.filter(asleep=True).count() == 4
    assert not Person.objects.get(username="13900000013").has_usable_password()
    assert set(confirmed(second)) == {"13900000003", "13900000013"}


def test_who_has_confirmed_reads_no_banner_that_says_the_post_waits(
    two: tuple[Client, Client],
) -> None:
    second = two[1]
    words = page(second.post(POSTS, {"mark": mark_of(second)}))
    assert "县级任职已确认" in words
    assert "待第二人确认" not in words


def test_a_post_entered_by_mistake_is_called_off(two: tuple[Client, Client]) -> None:
    first, second = two
    wrong = Post.objects.get(role="supervisor")
    own = Post.objects.get(role="security_officer")
    first.post(f"/opening/posts/{own.pk}/call-off/")
    assert second.post(f"/opening/posts/{wrong.pk}/call-off/").status_code == 403
    assert "已撤下赵督导" in page(first.post(f"/opening/posts/{wrong.pk}/call-off/", follow=True))
    assert confirmed(second) == {}
    wrong.refresh_from_db()
    assert wrong.asleep
    assert wrong.ended_at is not None
    own.refresh_from_db()
    assert (own.asleep, own.ended_at) == (False, None)


def test_the_county_is_declared_open_only_after_the_confirmation(
    two: tuple[Client, Client],
) -> None:
    first, second = two
    assert first.post("/opening/declare/", WHY).status_code == 403
    confirmed(second)
    assert "已宣布开通" in page(first.post("/opening/declare/", WHY, follow=True))
    assert CountyOpening.objects.get().opened_on is not None
    assert "无需再次办理" in page(first.post("/opening/declare/", WHY), 422)


def test_a_post_that_sleeps_still_forbids_the_declaration(two: tuple[Client, Client]) -> None:
    first, second = two
    confirmed(second)
    late = ("冯新", "13900000009", "教育局基教股", "县教体局")
    written(first, workbook({"people": [late]}))
    assert "不能宣布开通" in page(first.post("/opening/declare/", WHY), 422)
    assert CountyOpening.objects.get().opened_on is None


def test_after_that_a_post_of_the_county_takes_two_as_ever(two: tuple[Client, Client]) -> None:
    first, second = two
    confirmed(second)
    first.post("/opening/declare/", WHY)
    at = first.post(
        "/opening/upload/",
        {"file": _file(workbook({"people": [("冯新", "13900000009", "基教股", "县教体局")]}))},
    )["Location"]
    assert "没有「基教股」这个职务" in page(first.get(at))
    first.post(f"{at}correct/", {"people-5-role": "教育局基教股"})
    assert "须两人办理，请在“人员”里申请" in page(first.get(at))
    assert not Person.objects.filter(username="13900000009").exists()


def _file(content: bytes) -> object:
    return SimpleUploadedFile("book.xlsx", content)


def test_a_post_that_is_awake_never_sleeps_again(two: tuple[Client, Client]) -> None:
    confirmed(two[1])
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Post.objects.update(asleep=True)


def test_the_viewer_of_a_sleeping_post_may_grant_nothing(two: tuple[Client, Client]) -> None:
    person = Person.objects.get(username="13900000001")
    viewer = viewer_on(person, Post.objects.get(person=person).starts_on)
    assert all(not post.role.may_grant for post in viewer.posts)
    assert {str(right) for post in viewer.posts for right in post.role.rights} == {
        "open_county",
        "see_opening",
    }
