"""Reads trusted phones: which ones open today, and for whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.crypto import constant_time_compare

from foundation.accounts.door.phones import digest_of, on_phone, opens
from foundation.accounts.models import Parameter, Person, TrustedPhone, Unit, UnitKind
from foundation.accounts.parameters import BY_FIELD
from foundation.accounts.querysets import parameters_on, viewer_on
from foundation.accounts.viewer import Viewer

_DAYS = BY_FIELD["phone_days"]


@dataclass(frozen=True, slots=True)
class Admitted:
    """A phone that opens the roll call today, its person, and the days its county allows."""

    phone: TrustedPhone
    viewer: Viewer
    days: int

    @property
    def person(self) -> Person:
        return self.phone.person


def living_phones(person: Person, days: int, real: date) -> QuerySet[TrustedPhone]:
    """The phones that open today, newest first. The SQL twin of phones.opens, with the stamp."""
    if days <= 0:
        return TrustedPhone.objects.none()
    return TrustedPhone.objects.filter(
        person=person,
        ended_at__isnull=True,
        stamp=person.get_session_auth_hash(),
        expires_on__gte=real,
        last_used_on__gte=real - timedelta(days=days),
    )


def phone_of(token: str) -> TrustedPhone | None:
    """The phone with this token, unless it was ended, with its person: one query."""
    found = TrustedPhone.objects.filter(digest=digest_of(token), ended_at__isnull=True)
    return found.select_related("person").first()


def admitted_by(token: str, today: date, real: date) -> Admitted | None:
    """The person whom the phone admits; checked again at each request (S57).

    Posts are those of ``today``. The phone's own end goes by the real day, as signing in does.
    """
    phone = phone_of(token)
    if phone is None or not _may_enter(phone.person, phone.stamp, real):
        return None
    viewer = on_phone(viewer_on(phone.person, today), phone.pk)
    if viewer.county_id is None:
        return None
    days = parameters_on(viewer.county_id, real).phone_days
    is_open = opens(phone.expires_on, phone.last_used_on, days, real)
    return Admitted(phone, viewer, days) if is_open else None


def _may_enter(person: Person, stamp: str, real: date) -> bool:
    is_shut = not person.is_active or person.must_change_password or person.is_sealed_on(real)
    return not is_shut and constant_time_compare(stamp, person.get_session_auth_hash())


def days_offered(real: date) -> int:
    """The most days that any county here offers, asked before the person is known. One query."""
    rows = (
        Parameter.objects.standing()
        .filter(county=OuterRef("pk"), code=_DAYS.code, valid_from__lte=real)
        .order_by("-valid_from", "-id")
    )
    counties = Unit.objects.filter(kind=UnitKind.COUNTY)
    values = counties.annotate(days=Subquery(rows.values("value")[:1])).values_list(
        "days", flat=True
    )
    return max((_DAYS.default if days is None else days for days in values), default=0)
