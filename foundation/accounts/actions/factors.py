"""Acts on second factors: set, take a code, remove; and the day from which one is demanded."""

import uuid
from datetime import date, datetime

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.audit import Origin
from foundation.accounts.factors.rules import is_demanded, last_day_of_grace, step_of
from foundation.accounts.models import Person, SecondFactor
from foundation.accounts.querysets import parameters_on
from foundation.accounts.viewer import Viewer
from foundation.protected import sealed

KIND = "second_factor"
REPLACED = "本人更换"
BY_ONESELF = "本人停用"


def factor_of(person: Person) -> SecondFactor | None:
    """The factor that the person signs in with, if there is one."""
    return SecondFactor.objects.filter(person=person, removed_at__isnull=True).first()


def has_factor(person: Person) -> bool:
    """Whether the sign-in asks the person for a code."""
    return SecondFactor.objects.filter(person=person, removed_at__isnull=True).exists()


@transaction.atomic
def set_factor(
    person: Person, secret: str, code: str, origin: Origin, now: datetime
) -> SecondFactor | None:
    """Sign in with this app from now on, instead of the former; None where its code is wrong."""
    step = step_of(secret, code, now.timestamp(), None)
    if step is None:
        return None
    Person.objects.select_for_update().get(pk=person.pk)  # two pages set it one after the other
    remove_factor(person, origin, REPLACED, now)
    row = SecondFactor(
        person=person,
        uuid=uuid.uuid4(),
        last_step=step,
        set_at=now,
        used_at=now,
        **sealed(secret=secret),
    )
    row.save(force_insert=True)
    audit.record(origin, "factor_set", KIND, row.pk)
    return row


@transaction.atomic
def take_code(person: Person, code: str, now: datetime) -> bool:
    """Whether it is a right code that nobody used before; it is used up by this."""
    rows = SecondFactor.objects.select_for_update().filter(person=person, removed_at__isnull=True)
    row = rows.first()
    if row is None:
        return False
    step = step_of(row.secret, code, now.timestamp(), row.last_step)
    if step is None:
        return False
    row.last_step, row.used_at = step, now
    row.save(update_fields=["last_step", "used_at"])
    return True


@transaction.atomic
def remove_factor(person: Person, origin: Origin, reason: str, now: datetime) -> bool:
    """Sign in with the password alone again; False where there was no factor. Forgets the key."""
    row = factor_of(person)
    if row is None:
        return False
    row.secret_sealed, row.removed_at, row.remove_reason = "", now, reason
    row.removed_by_id = origin.person_id
    row.save(update_fields=["secret_sealed", "removed_at", "remove_reason", "removed_by"])
    audit.record(origin, "factor_removed", KIND, row.pk, reason=reason)
    return True


def removed_since(person: Person, moment: datetime | None) -> SecondFactor | None:
    """The person's factor that somebody else removed after the moment, the newest one."""
    rows = SecondFactor.objects.filter(person=person, removed_at__isnull=False)
    rows = rows.exclude(removed_by=person).select_related("removed_by")
    return (rows.filter(removed_at__gt=moment) if moment else rows).order_by("-removed_at").first()


def is_demanded_of(viewer: Viewer, real: date) -> bool:
    """Whether the county demands a second factor of the person."""
    if viewer.county_id is None:
        return False
    roles = parameters_on(viewer.county_id, real).factor_roles
    return is_demanded((post.role_code for post in viewer.posts), roles)


@transaction.atomic
def demand_factor(person: Person, viewer: Viewer, real: date) -> date | None:
    """The last day without a second factor; None where none is demanded or one is set.

    The days of grace begin with the first sign-in at which it is demanded.
    """
    if not is_demanded_of(viewer, real) or has_factor(person):
        return None
    if person.factor_asked_on is None:
        person.factor_asked_on = real
        person.save(update_fields=["factor_asked_on"])
    return last_day_of_grace(person.factor_asked_on)
