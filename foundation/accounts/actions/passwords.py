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

KIND = "person"


@dataclass(frozen=True, slots=True)
class PasswordSlip:
    """The data of a printed slip. Only here does a first password stand in clear."""

    name: str
    username: str
    unit: str
    password: str
    until: datetime

    def __repr__(self) -> str:
        return f"Slip({self.username})"  # no password in a log


@transaction.atomic
def reset_password(doer: Doer, person: Person, reason: str) -> PasswordSlip:
    """Set a new first password; the old password and every open session become invalid.

    Sessions carry a digest of the password, so they end with their next request. Raises Refused for
    one's own account, a closed account, and an account whose posts the viewer may not grant.
    """
    check_may_manage(person, doer.viewer, doer.today)
    if not person.is_active:
        raise Refused("该账号已经停用，不能重置密码。")
    slip = _issue(person, doer.today, doer.now)
    AccessAttempt.objects.filter(username=person.username).delete()
    audit.record(doer.origin, "password_reset", KIND, person.pk, reason=reason)
    return slip


@transaction.atomic
def give_first_passwords(doer: Doer, people: Iterable[Person]) -> list[PasswordSlip]:
    """Make first slips for accounts without a password: all of them or none."""
    slips = []
    for person in people:
        check_may_manage(person, doer.viewer, doer.today)
        if not person.is_active or person.has_usable_password():
            raise Refused(f"{person.name}的账号已经开通。忘记密码的，请在个人页面重置。")
        slips.append(_issue(person, doer.today, doer.now))
        audit.record(doer.origin, "first_password_given", KIND, person.pk)
    return slips


def _issue(person: Person, today: date, now: datetime) -> PasswordSlip:
    secret = one_time_password()
    person.set_password(secret)
    person.must_change_password = True
    person.first_password_until = now + FIRST_PASSWORD_LIVES
    person.first_password_used_at = None
    fields = ["password", "must_change_password", "first_password_until", "first_password_used_at"]
    person.save(update_fields=fields)
    units = dict.fromkeys(post.unit.name for post in living_posts(person, today))
    until = person.first_password_until
    return PasswordSlip(person.name, person.username, "、".join(units), secret, until)
