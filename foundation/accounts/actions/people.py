"""Acts on an account: signing in and out, changing the password, closing, reopening, unlocking."""

from datetime import date, datetime

from axes.models import AccessAttempt
from django.db import transaction
from django.utils import timezone

from foundation.accounts import audit
from foundation.accounts.actions.managing import check_may_manage, living_posts
from foundation.accounts.actions.phones import CLOSED, end_every_phone
from foundation.accounts.actions.units import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.door.passwords import SEALED, first_password_refusal
from foundation.accounts.models import Person
from foundation.accounts.seconding.rules import REOPENING_NEEDS_TWO, needs_two

KIND = "person"


def refuse_entry(person: Person, origin: Origin, today: date, now: datetime) -> str:
    """Why the account may not sign in although the password is right; empty when it may (S57).

    Locks the account's row until the request ends, so that a sign-in with a first password and the
    choosing of the own one come one after the other.
    """
    locked = Person.objects.select_for_update().get(pk=person.pk)
    words = SEALED if locked.is_sealed_on(today) else ""
    if not words and locked.must_change_password:
        words = first_password_refusal(locked.first_password_until, now)
    if words:
        audit.record(origin, "signed_in", KIND, person.pk, outcome="refused", reason=words)
    return words


@transaction.atomic
def note_sign_in(person: Person, origin: Origin, now: datetime) -> None:
    """Record the sign-in in the audit, and of a first password when it was last typed."""
    first = Person.objects.filter(pk=person.pk, first_password_until__isnull=False)
    first.update(first_password_used_at=now)
    audit.record(origin, "signed_in", KIND, person.pk)


def note_sign_out(person: Person, origin: Origin) -> None:
    """Record the sign-out in the audit."""
    audit.record(origin, "signed_out", KIND, person.pk)


def note_failed_sign_in(username: str, origin: Origin, *, outcome: str) -> None:
    """Record a failed sign-in in the audit: failed, locked or delayed.

    Stores nothing that was typed, since people type passwords into the wrong field. Names the
    account by id, and only if it exists.
    """
    person_id = Person.objects.filter(username=username).values_list("pk", flat=True).first()
    audit.record(origin, "signed_in", KIND, person_id, outcome=outcome)


@transaction.atomic
def change_password(person: Person, password: str, origin: Origin) -> None:
    """Set the password that the person chose. A first password is no longer valid."""
    person.set_password(password)
    person.must_change_password = False
    person.first_password_until = person.first_password_used_at = None
    person.save(
        update_fields=[
            "password",
            "must_change_password",
            "first_password_until",
            "first_password_used_at",
        ]
    )
    audit.record(origin, "password_changed", KIND, person.pk)


@transaction.atomic
def close_account(doer: Doer, person: Person, reason: str) -> None:
    """Close the account: nobody can sign in, and open sessions end with their next request.

    Raises Refused for one's own account, one closed already, and one whose posts the viewer's role
    may not grant.
    """
    check_may_manage(person, doer.viewer, doer.today)
    changed = Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False)
    if not changed:
        raise Refused("该账号已经停用，无需再次停用。")
    end_every_phone(person, doer.origin, CLOSED)
    audit.record(doer.origin, "account_closed", KIND, person.pk, reason=reason)


@transaction.atomic
def reopen_account(doer: Doer, person: Person, reason: str) -> None:
    """Reopen the account with its old password. Raises Refused as close_account does.

    Raises Refused for an account of the county, too: it needs a second person (seconding.py).
    """
    check_may_manage(person, doer.viewer, doer.today)
    if needs_two(post.role for post in living_posts(person, doer.today)):
        raise Refused(REOPENING_NEEDS_TWO.format(name=person.name))
    open_again(doer.origin, person, reason)


def open_again(origin: Origin, person: Person, reason: str) -> None:
    """Open the closed account, after all checks. Raises Refused where it is open."""
    changed = Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True)
    if not changed:
        raise Refused("该账号正在使用，无需恢复。")
    audit.record(origin, "account_reopened", KIND, person.pk, reason=reason)


@transaction.atomic
def unlock_account(doer: Doer, person: Person, reason: str) -> int:
    """Delete the account's failed sign-ins; returns how many addresses they came from (S55)."""
    check_may_manage(person, doer.viewer, doer.today)
    attempts = AccessAttempt.objects.filter(username=person.username)
    count = attempts.count()
    if not count:
        raise Refused("该账号没有登录失败记录，无需解锁。")
    attempts.delete()
    audit.record(doer.origin, "account_unlocked", KIND, person.pk, reason=reason)
    return count


@transaction.atomic
def unseal_account(doer: Doer, person: Person, reason: str) -> None:
    """Unseal an account that was sealed after long disuse; its password stays (S57)."""
    check_may_manage(person, doer.viewer, doer.today)
    if not unseal(doer, person, reason):
        raise Refused("该账号没有封存，无需恢复。")


def unseal(doer: Doer, person: Person, reason: str) -> bool:
    """Unseal the account, after all checks, where disuse has sealed it; returns whether it had."""
    if not person.is_sealed_on(timezone.localdate(doer.now)):
        return False
    person.unsealed_at = doer.now
    person.save(update_fields=["unsealed_at"])
    audit.record(doer.origin, "account_unsealed", KIND, person.pk, reason=reason)
    return True
