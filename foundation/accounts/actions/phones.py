"""Acts on trusted phones: begin at a sign-in, prolong by use, end (design 4, Phone and ID)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions.managing import check_may_manage
from foundation.accounts.actions.units import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.door.phones import MOST_PHONES, calls_own_roll, digest_of, last_day
from foundation.accounts.door.trusted import Admitted, living_phones, phone_of
from foundation.accounts.models import Person, TrustedPhone

KIND = "trusted_phone"
NO_CLASS = "本机没有设为免登录：免登录只用于班主任给本班点名，您目前没有班主任任职。"
FIRST_PASSWORD = "本机没有设为免登录：请先修改首次登录密码，下次登录时再勾选。"
SWITCHED_OFF = "本机没有设为免登录：本县没有开通手机免登录。"
AGAIN = "本机重新登录"
TOO_MANY = "换用新手机，超过2部"
SIGNED_OUT = "在本机退出登录"
BY_HAND = "本人取消"
CLOSED = "账号停用"


@dataclass(frozen=True, slots=True)
class NewPhone:
    """The phone to trust: its new secret, its name, its former secret, its days."""

    token: str
    label: str
    before: str
    days: int


@transaction.atomic
def trust_phone(doer: Doer, person: Person, new: NewPhone, real: date) -> list[TrustedPhone]:
    """Trust the phone with the roll calls of the person's classes, without a password.

    Returns the phones that were ended for it, since a person has two at most (S58). Raises Refused
    for a person without a class or with a first password, and in a county that trusts no phones.
    """
    # One after the other, so that two sign-ins at once do not trust three phones.
    locked = Person.objects.select_for_update().get(pk=person.pk)
    if locked.must_change_password:
        raise Refused(FIRST_PASSWORD)
    if not any(map(calls_own_roll, doer.viewer.posts)):
        raise Refused(NO_CLASS)
    if new.days <= 0:
        raise Refused(SWITCHED_OFF)
    untrust_phone(new.before, doer.origin, AGAIN)
    ended = list(living_phones(locked, new.days, real)[MOST_PHONES - 1 :])
    _end(ended, doer.origin, TOO_MANY)
    phone = TrustedPhone.objects.create(
        person=locked,
        digest=digest_of(new.token),
        stamp=locked.get_session_auth_hash(),
        label=new.label,
        trusted_at=doer.now,
        last_used_on=real,
        expires_on=last_day(real, new.days),
    )
    audit.record(doer.origin, "phone_trusted", KIND, phone.pk, details={"label": new.label})
    return ended


@transaction.atomic
def use_phone(admitted: Admitted, origin: Origin, real: date, now: datetime) -> bool:
    """Prolong the phone at its first use of a day; False when it was used today already.

    Later requests of the day write nothing: in the morning all teachers call at once.
    """
    unused = TrustedPhone.objects.filter(pk=admitted.phone.pk, last_used_on__lt=real)
    if not unused.update(last_used_on=real, expires_on=last_day(real, admitted.days)):
        return False
    Person.objects.filter(pk=admitted.person.pk).update(phone_used_at=now)
    audit.record(origin, "phone_used", KIND, admitted.phone.pk)
    return True


@transaction.atomic
def untrust_phone(token: str, origin: Origin, reason: str = SIGNED_OUT) -> int:
    """End the phone when its person signs out on it; returns how many were ended, 0 or 1."""
    phone = phone_of(token) if token else None
    return _end([phone] if phone else [], origin, reason)


@transaction.atomic
def end_phones(phones: Iterable[TrustedPhone], origin: Origin) -> int:
    """End some of one's own phones; returns how many were ended."""
    return _end(phones, origin, BY_HAND)


@transaction.atomic
def end_phones_of(doer: Doer, person: Person, reason: str) -> int:
    """End all phones of an account that one manages, for example a lost one; returns how many.

    Raises Refused as close_account does.
    """
    check_may_manage(person, doer.viewer, doer.today)
    count = end_every_phone(person, doer.origin, reason)
    if not count:
        raise Refused("该账号没有设为免登录的手机，无需取消。")
    return count


def end_every_phone(person: Person, origin: Origin, reason: str) -> int:
    """End every phone of the person, lapsed ones too, so that none comes back later."""
    return _end(TrustedPhone.objects.filter(person=person, ended_at__isnull=True), origin, reason)


def _end(phones: Iterable[TrustedPhone], origin: Origin, reason: str) -> int:
    """End each with its own audit row. A phone that was ended meanwhile is skipped."""
    count = 0
    for phone in phones:
        open_still = TrustedPhone.objects.select_for_update().filter(
            pk=phone.pk, ended_at__isnull=True
        )
        if not open_still.exists():
            continue
        event = audit.record(origin, "phone_ended", KIND, phone.pk, reason=reason)
        open_still.update(ended_at=event.at, ended_by_id=origin.person_id, end_reason=reason)
        count += 1
    return count
