"""What happens to an account: signing in and out, its password, closing, opening, unlocking."""

from datetime import date

from axes.models import AccessAttempt
from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions.units import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import Person
from foundation.accounts.querysets import posts_held_by
from foundation.accounts.roles import Right, may_grant, role_of
from foundation.accounts.viewer import Viewer

KIND = "person"


def note_sign_in(person: Person, origin: Origin) -> None:
    """The person signed in."""
    audit.record(origin, "signed_in", KIND, person.pk)


def note_sign_out(person: Person, origin: Origin) -> None:
    """The person signed out."""
    audit.record(origin, "signed_out", KIND, person.pk)


def note_failed_sign_in(username: str, origin: Origin, *, locked: bool) -> None:
    """Somebody did not get in.

    Nothing of what was typed is kept, since people type a password into the wrong field; only an
    account that exists is named, by its id.
    """
    person_id = Person.objects.filter(username=username).values_list("pk", flat=True).first()
    audit.record(origin, "signed_in", KIND, person_id, outcome="locked" if locked else "failed")


@transaction.atomic
def change_password(person: Person, password: str, origin: Origin) -> None:
    """The person chose a new password, so a first one given by others counts no more."""
    person.set_password(password)
    person.must_change_password = False
    person.save(update_fields=["password", "must_change_password"])
    audit.record(origin, "password_changed", KIND, person.pk)


@transaction.atomic
def close_account(person: Person, viewer: Viewer, origin: Origin, today: date, reason: str) -> None:
    """Nobody signs in with it any more, and its open sessions end with their next request.

    Raises Refused for one's own account, one closed already, and one whose posts the viewer's
    role may not grant.
    """
    _check_may_manage(person, viewer, today)
    changed = Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False)
    if not changed:
        raise Refused("该账号已经停用，无需再次停用。")
    audit.record(origin, "account_closed", KIND, person.pk, reason=reason)


@transaction.atomic
def reopen_account(
    person: Person, viewer: Viewer, origin: Origin, today: date, reason: str
) -> None:
    """The account works again with the password it had. Raises Refused as close_account does."""
    _check_may_manage(person, viewer, today)
    changed = Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True)
    if not changed:
        raise Refused("该账号正在使用，无需恢复。")
    audit.record(origin, "account_reopened", KIND, person.pk, reason=reason)


@transaction.atomic
def unlock_account(person: Person, viewer: Viewer, origin: Origin, today: date, reason: str) -> int:
    """Forget the failed sign-ins of an account at every address; returns at how many (S55)."""
    _check_may_manage(person, viewer, today)
    attempts = AccessAttempt.objects.filter(username=person.username)
    count = attempts.count()
    if not count:
        raise Refused("该账号没有登录失败记录，无需解锁。")
    attempts.delete()
    audit.record(origin, "account_unlocked", KIND, person.pk, reason=reason)
    return count


def _check_may_manage(person: Person, viewer: Viewer, today: date) -> None:
    if person.pk == viewer.person_id:
        raise Refused("不能办理自己的账号，请由另一位系统管理员办理。")
    granters = [post.role_code for post in viewer.posts_with(Right.MANAGE_PEOPLE)]
    for post in posts_held_by(person.pk, today):
        if not any(may_grant(granter, post.role) for granter in granters):
            raise Refused(f"「{role_of(post.role).label}」的账号不由您管理。")
