"""Puts a mistyped name or account of a person right. The audit keeps what stood there."""

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions.managing import check_may_manage, living_posts
from foundation.accounts.actions.passwords import PasswordSlip, issue_slip
from foundation.accounts.actions.units import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import Person
from foundation.accounts.seconding.rules import CORRECTION_NEEDS_TWO, needs_two

KIND = "person"
ACCOUNT_TAKEN = "账号{login}已经登记在另一个人名下，请核对手机号。"
SAME = "姓名和账号都没有变化，无需更正。"
IN_USE = "{name}已经用账号{login}登录并改好密码，账号不再更改；姓名可以更正。"
CLOSED = "该账号已经停用，不能更正。"


@transaction.atomic
def correct_person(doer: Doer, person: Person, name: str, username: str) -> PasswordSlip | None:
    """Correct name and account; the doer's reason is kept with it.

    Returns a new slip where one was out that bears the former account. Raises Refused as a reset of
    the password does, and for the account of somebody who has an own password: he signs in with it.
    """
    check_may_manage(person, doer.viewer, doer.today)
    if needs_two(post.role for post in living_posts(person, doer.today)):
        raise Refused(CORRECTION_NEEDS_TWO.format(name=person.name))
    check_correction(person, name, username)
    return correct(doer, person, name, username)


def check_correction(person: Person, name: str, username: str) -> None:
    """Raises Refused where nothing would change, or the account is in use or another's."""
    if not person.is_active:
        raise Refused(CLOSED)
    if (name, username) == (person.name, person.username):
        raise Refused(SAME)
    if username != person.username and not person.has_no_own_password:
        raise Refused(IN_USE.format(name=person.name, login=person.username))
    _check_free(person, username)


def correct(doer: Doer, person: Person, name: str, username: str) -> PasswordSlip | None:
    """Write it after all checks; a slip that is out is printed anew with the right account."""
    is_out = person.has_usable_password() and username != person.username
    correct_identity(person, name, username, doer.origin, doer.reason)
    if not is_out:
        return None
    audit.record(doer.origin, "first_password_given", KIND, person.pk, reason=doer.reason)
    return issue_slip(person, doer.today, doer.now)


def _check_free(person: Person, username: str) -> None:
    others = Person.objects.exclude(pk=person.pk)
    if others.filter(username__iexact=username).exists():
        raise Refused(ACCOUNT_TAKEN.format(login=username))


def correct_identity(person: Person, name: str, username: str, origin: Origin, reason: str) -> bool:
    """Put a mistyped name or account right; returns whether anything changed.

    The audit keeps the former ones. The acts around it check who may. Raises Refused for the
    account of another person.
    """
    if (name, username) == (person.name, person.username):
        return False
    _check_free(person, username)
    before = {"name": person.name, "login": person.username}
    person.name, person.username = name, username
    person.save(update_fields=["name", "username"])
    audit.record(origin, "person_corrected", KIND, person.pk, reason=reason, details=before)
    return True
