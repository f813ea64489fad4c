"""A password given by others is changed before anything else, and a weak one is refused."""

import pytest
from django.test import Client

from foundation.accounts.models import AuditEvent, Person
from tests.accounts.conftest import is_signed_in, sign_in
from tests.browsing import client_of, page
from tests.cast import PASSWORD

CHANGE = "/accounts/password/change/"
NEW = "three-quiet-herons"


@pytest.fixture
def newcomer(teacher: Person) -> Person:
    """A teacher whose password was set by somebody else."""
    teacher.must_change_password = True
    teacher.save()
    return teacher


def change(client: Client, new: str = NEW, old: str = PASSWORD, again: str = ""):
    """Fill in the form and send it."""
    data = {"oldpassword": old, "password1": new, "password2": again or new}
    return client.post(CHANGE, data)


@pytest.mark.parametrize("address", ["/", "/inbox/", "/people/", "/calendars/"])
def test_a_newcomer_is_led_to_the_password_first(newcomer: Person, address: str) -> None:
    assert client_of(newcomer).get(address)["Location"] == CHANGE


def test_a_newcomer_changes_nothing_by_post_either(newcomer: Person) -> None:
    assert client_of(newcomer).post("/inbox/read/", {"newest": "9"})["Location"] == CHANGE


def test_a_fragment_leads_the_whole_page_there(newcomer: Person) -> None:
    answer = client_of(newcomer).get("/inbox/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == CHANGE


def test_a_newcomer_may_sign_out(newcomer: Person) -> None:
    client = client_of(newcomer)
    client.post("/accounts/logout/")
    assert client.get("/inbox/")["Location"].startswith("/accounts/login/")


def test_after_the_change_everything_is_open(newcomer: Person, client: Client) -> None:
    sign_in(client, newcomer.username)
    assert not is_signed_in(client)
    assert change(client)["Location"] == "/"
    assert is_signed_in(client)
    newcomer.refresh_from_db()
    assert newcomer.check_password(NEW)
    assert AuditEvent.objects.filter(verb="password_changed", person=newcomer).count() == 1


def test_the_change_ends_the_sessions_elsewhere(teacher: Person) -> None:
    here, elsewhere = client_of(teacher), client_of(teacher)
    change(here)
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("short-one11", "12"),
        ("1qaz2wsx3edc", "常见"),
        ("123456789012", "数字"),
        ("class_teacher", "相似"),
        ("dongzhen-quiet-herons", "名称"),
        ("three-herons-2026", "年份"),
        ("three-herons-850612", "连续数字"),
        ("quietherons" * 12, "最多128位"),
        ("aaaaaaaaaaaaaaaa", "容易被猜到"),
        (PASSWORD, "新密码不能与现在的密码相同"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(teacher: Person, new: str, words: str) -> None:
    assert words in page(change(client_of(teacher), new))
    teacher.refresh_from_db()
    assert teacher.check_password(PASSWORD)
    assert not AuditEvent.objects.filter(verb="password_changed").exists()


def test_twelve_letters_are_enough(teacher: Person) -> None:
    assert change(client_of(teacher), "quietherons1").status_code == 302


def test_a_hundred_and_twenty_eight_are_taken(teacher: Person) -> None:
    assert change(client_of(teacher), ("three-quiet-herons." * 8)[:128]).status_code == 302


def test_every_word_of_the_page_is_chinese(teacher: Person) -> None:
    client = client_of(teacher)
    words = page(client.get(CHANGE)) + page(client.post(CHANGE, {}))
    for english in (">Password", "password.", "required.", "Current"):
        assert english not in words
    assert "现在的密码不正确" in page(change(client, old="not-the-old-one"))


def test_two_that_differ_and_a_wrong_old_one_are_refused(teacher: Person) -> None:
    client = client_of(teacher)
    assert change(client, again="another-one-else").status_code == 200
    assert change(client, old="not-the-old-one").status_code == 200
    teacher.refresh_from_db()
    assert teacher.check_password(PASSWORD)
