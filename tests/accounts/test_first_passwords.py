"""A first password opens until an own one is chosen, for 72 hours; a reset ends all (S57)."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client
from django.utils import timezone

from foundation.accounts import actions
from foundation.accounts.actions import PasswordSlip, Refused
from foundation.accounts.audit import Origin
from foundation.accounts.door.passwords import FIRST_PASSWORD_LIVES, one_time_password
from foundation.accounts.door.sessions import SessionStore
from foundation.accounts.models import AuditEvent, OpenSession, Person
from tests.accounts.conftest import sign_in, with_password
from tests.browsing import client_of, page
from tests.cast import PASSWORD, Cast
from tests.doers import doing

NEW, CHANGE = "three-quiet-herons", "/accounts/password/change/"
REASON = "本人当面申请"
TODAY = timezone.localdate


@pytest.fixture
def slip(cast: Cast, teacher: Person) -> PasswordSlip:
    """The teacher's new first password, given by the head of the school."""
    return reset(cast, teacher)


def reset(
    cast: Cast, person: Person, role: str = "head_teacher", there: bool = False
) -> PasswordSlip:
    viewer = cast.viewer(role, TODAY(), there)
    return actions.reset_password(
        doing(viewer, Origin(), today=TODAY(), now=timezone.now()), person, REASON
    )


def is_let_in(client: Client, slip: PasswordSlip) -> bool:
    return sign_in(client, slip.username, slip.password).status_code == 302


def test_it_opens_the_page_where_a_password_is_chosen_and_nothing_else(slip: PasswordSlip) -> None:
    client = Client()
    assert is_let_in(client, slip)
    assert client.get("/inbox/")["Location"] == "/accounts/password/change/"


@pytest.mark.parametrize(("minutes", "opens"), [(-1, True), (1, False)])
def test_it_lives_for_72_hours(slip: PasswordSlip, minutes: int, opens: bool) -> None:
    end = slip.until + timedelta(minutes=minutes)
    assert slip.until - timezone.now() <= FIRST_PASSWORD_LIVES == timedelta(hours=72)
    with time_machine.travel(end, tick=False):
        answer = sign_in(Client(), slip.username, slip.password)
    assert (answer.status_code == 302) is opens
    if not opens:
        assert "首次登录密码已过期" in page(answer)


def test_who_closed_the_browser_before_choosing_signs_in_with_it_again(slip: PasswordSlip) -> None:
    assert is_let_in(Client(), slip)
    later = Client()
    assert is_let_in(later, slip)
    words = page(later.get(CHANGE))
    assert "登录单上的首次密码" in words
    assert "现在的密码" not in words


def test_its_one_use_is_the_choice_of_an_own_password(slip: PasswordSlip, teacher: Person) -> None:
    early, late = Client(), Client()
    assert is_let_in(early, slip)
    assert is_let_in(late, slip)
    data = {"oldpassword": slip.password, "password1": NEW, "password2": NEW}
    assert late.post(CHANGE, data)["Location"] == "/"
    assert not is_let_in(Client(), slip)
    assert early.get(CHANGE)["Location"].startswith("/accounts/login/")
    assert "现在的密码" in page(late.get(CHANGE))
    teacher.refresh_from_db()
    assert teacher.first_password_until is None


def test_who_types_it_wrong_learns_nothing_of_it(slip: PasswordSlip) -> None:
    is_let_in(Client(), slip)
    words = page(sign_in(Client(), slip.username, "not-the-password"))
    assert "首次登录密码" not in words


def test_an_own_password_chosen_with_it_works_for_good(slip: PasswordSlip) -> None:
    client = Client()
    is_let_in(client, slip)
    data = {"oldpassword": slip.password, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", data)["Location"] == "/"
    with time_machine.travel(timezone.now() + timedelta(days=10), tick=False):
        for _ in range(2):
            assert sign_in(Client(), slip.username, NEW).status_code == 302


def test_a_reset_ends_the_old_password_and_every_open_session(cast: Cast, teacher: Person) -> None:
    theirs = client_of(teacher)
    assert theirs.get("/inbox/").status_code == 200
    reset(cast, teacher)
    assert theirs.get("/inbox/")["Location"].startswith("/accounts/login/")
    assert sign_in(Client(), teacher.username, PASSWORD).status_code == 200


def test_a_reset_lifts_the_lock(cast: Cast, teacher: Person) -> None:
    for n in range(10):
        sign_in(Client(), teacher.username, f"wrong-{n}")
    assert is_let_in(Client(), reset(cast, teacher))


def test_a_second_reset_ends_the_first_slip(
    cast: Cast, teacher: Person, slip: PasswordSlip
) -> None:
    second = reset(cast, teacher)
    assert not is_let_in(Client(), slip)
    assert is_let_in(Client(), second)


def test_it_stands_nowhere_in_clear(cast: Cast, teacher: Person, slip: PasswordSlip) -> None:
    is_let_in(Client(), slip)
    kept = [str(event.__dict__) for event in AuditEvent.objects.all()]
    kept += [
        str(SessionStore().decode(session.session_data)) for session in OpenSession.objects.all()
    ]
    kept += [str(person.__dict__) for person in Person.objects.all()]
    kept += [str(attempt.__dict__) for attempt in AccessAttempt.objects.all()]
    assert not [words for words in kept if slip.password in words]
    assert slip.password not in repr(slip)


def test_no_two_are_alike_and_each_is_long_enough() -> None:
    made = {one_time_password() for _ in range(200)}
    assert len(made) == 200
    assert all(len(one.replace("-", "")) >= 12 for one in made)


@pytest.mark.parametrize(
    ("who", "whom", "may"),
    [
        ("registrar", "class_teacher", True),
        ("registrar", "head_teacher", False),
        ("head_teacher", "registrar", True),
        ("head_teacher", "class_teacher", True),
        ("township_officer", "village_cadre", True),
        ("township_officer", "township_leader", False),
        ("township_leader", "township_officer", True),
        ("township_leader", "registrar", False),
        ("security_officer", "head_teacher", True),
        ("class_teacher", "registrar", False),
        ("county_desk", "class_teacher", False),
    ],
)
def test_whose_password_one_may_reset_is_in_the_rights_table(
    cast: Cast, who: str, whom: str, may: bool
) -> None:
    person = with_password(cast.person(whom))
    if may:
        assert reset(cast, person, who).username == person.username
        assert AuditEvent.objects.get(verb="password_reset").reason == REASON
        return
    with pytest.raises(Refused):
        reset(cast, person, who)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_nobody_resets_the_own_password_this_way(cast: Cast) -> None:
    with pytest.raises(Refused, match="不能办理自己的账号"):
        reset(cast, cast.person("head_teacher"))


def test_the_next_school_s_head_resets_nothing_here(cast: Cast, teacher: Person) -> None:
    with pytest.raises(Refused, match="不在您管理的单位"):
        reset(cast, teacher, there=True)


def test_who_also_holds_a_post_elsewhere_is_the_security_officer_s(
    cast: Cast, teacher: Person
) -> None:
    actions.grant_post(teacher, "registrar", cast.there.school.unit, TODAY(), None)
    with pytest.raises(Refused, match="由安全管理员办理"):
        reset(cast, teacher)
    assert reset(cast, teacher, "security_officer")


def test_a_closed_account_gets_no_password(cast: Cast, teacher: Person) -> None:
    Person.objects.filter(pk=teacher.pk).update(is_active=False)
    teacher.refresh_from_db()
    with pytest.raises(Refused, match="已经停用"):
        reset(cast, teacher)
