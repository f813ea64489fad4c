"""First passwords: made once, printed once, stored only as a hash (S57)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from axes.models import AccessAttempt
from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions.managing import check_may_manage, living_posts
from foundation.accounts.actions.units import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.door.passwords import FIRST_PASSWORD_LIVES, one_time_password
from foundation.accounts.models import Person
from foundation.accounts.seconding.rules import PASSWORD_NEEDS_TWO, needs_two

KIND = "person"


@dataclass(frozen=True, slots=True)
class PasswordSlip:
    """The data of a printed slip. Only here does a first password stand in clear."""

    name: str
    username: str
    posts: str
    password: str
    until: datetime

    def __repr__(self) -> str:
        return f"Slip({self.username})"  # no password in a log


@transaction.atomic
def reset_password(doer: Doer, person: Person, reason: str) -> PasswordSlip:
    """Set a new first password; the old password and every open session become invalid.

    Sessions carry a digest of the password, so they end with their next request. Raises Refused for
    one's own account, a closed account, an account whose posts the viewer may not grant, and the
    holder of a post that needs a second person (seconding.py).
    """
    check_may_manage(person, doer.viewer, doer.today)
    if not person.is_active:
        raise Refused("该账号已经停用，不能重置密码。")
    _check_alone(person, doer.today)
    slip = issue_slip(person, doer.today, doer.now)
    audit.record(doer.origin, "password_reset", KIND, person.pk, reason=reason)
    return slip


@transaction.atomic
def give_first_passwords(doer: Doer, people: Iterable[Person]) -> list[PasswordSlip]:
    """Make first slips for accounts without an own password: all of them or none.

    A slip that is out already ends by it, as for one that was lost before it was used.
    """
    slips = []
    for person in people:
        check_may_manage(person, doer.viewer, doer.today)
        if not person.is_active or not person.has_no_own_password:
            raise Refused(f"{person.name}的账号已经开通。忘记密码的，请在个人页面重置。")
        _check_alone(person, doer.today)
        slips.append(issue_slip(person, doer.today, doer.now))
        audit.record(doer.origin, "first_password_given", KIND, person.pk)
    return slips


def _check_alone(person: Person, today: date) -> None:
    if needs_two(post.role for post in living_posts(person, today)):
        raise Refused(PASSWORD_NEEDS_TWO.format(name=person.name))


def issue_slip(person: Person, today: date, now: datetime) -> PasswordSlip:
    """Set a new first password. The acts around it check who may."""
    secret = one_time_password()
    person.set_password(secret)
    person.must_change_password = True
    person.first_password_until = now + FIRST_PASSWORD_LIVES
    person.first_password_used_at = None
    fields = ["password", "must_change_password", "first_password_until", "first_password_used_at"]
    person.save(update_fields=fields)
    AccessAttempt.objects.filter(username=person.username).delete()
    posts = dict.fromkeys(
        f"{post.unit.name} {post.role_label}" for post in living_posts(person, today)
    )
    until = person.first_password_until
    return PasswordSlip(person.name, person.username, "、".join(posts), secret, until)
