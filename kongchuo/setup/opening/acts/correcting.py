"""Corrects what the technician entered, until the second person has confirmed it."""

from datetime import date, datetime

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import PasswordSlip, Refused
from foundation.accounts.actions.identity import correct_identity
from foundation.accounts.audit import Origin
from foundation.accounts.models import Region, Unit
from kongchuo.setup.opening.acts import addresses
from kongchuo.setup.opening.acts.founding import (
    CONFIRMED,
    SAME_PERSON,
    Founding,
    NamedPerson,
    opening_under_way,
    slips_of,
)
from kongchuo.setup.opening.models import CountyOpening

REASON = "建立县时填错，技术人员更正"
HAS_UNITS = "本县已经写入乡镇、学校等单位，县代码不能再改。县名、教育局和两个人仍可更正。"
CODE_TAKEN = "代码{code}已经登记为{name}，请核对。"


def as_entered(opening: CountyOpening) -> Founding:
    """What stands now, as the technician would have entered it."""
    county = opening.county
    return Founding(
        place=county.region.name,
        code=county.region.code,
        bureau=county.name,
        phone=county.phone,
        first=NamedPerson(opening.first.name, opening.first.username),
        second=NamedPerson(opening.second.name, opening.second.username),
    )


@transaction.atomic
def correct_by_address(
    secret: str, given: Founding, origin: Origin, today: date, now: datetime
) -> list[PasswordSlip]:
    """Use the address up and put right the county and its first two persons.

    Returns new slips of those who have no password of their own yet: the papers bear the former
    name or account. Raises Refused once the posts are confirmed.
    """
    addresses.use(secret, now)
    opening = opening_under_way()
    if opening is None:
        raise Refused(CONFIRMED)
    if given.first.login == given.second.login or given.first.name == given.second.name:
        raise Refused(SAME_PERSON)
    _correct_county(opening.county, given, origin)
    people = ((opening.first, given.first), (opening.second, given.second))
    for person, named in people:
        correct_identity(person, named.name, named.login, origin, REASON)
    waiting = [person for person, _ in people if person.has_no_own_password]
    return slips_of(opening, waiting, origin, today, now)


def _correct_county(county: Unit, given: Founding, origin: Origin) -> None:
    region = county.region
    before = {"code": region.code, "place": region.name, "name": county.name, "phone": county.phone}
    told = {"code": given.code, "place": given.place, "name": given.bureau, "phone": given.phone}
    if told == before:
        return
    if given.code != region.code:
        _check_code(county, given.code)
    region.code, region.name = given.code, given.place
    region.save(update_fields=["code", "name"])
    county.name, county.phone = given.bureau, given.phone
    county.save(update_fields=["name", "phone"])
    audit.record(origin, "unit_corrected", "unit", county.pk, reason=REASON, details=before)


def _check_code(county: Unit, code: str) -> None:
    """Raises Refused where units hang on the former code, or the new one is another place's."""
    if Unit.objects.filter(county=county).exclude(pk=county.pk).exists():
        raise Refused(HAS_UNITS)
    other = Region.objects.filter(code=code).first()
    if other is not None:
        raise Refused(CODE_TAKEN.format(code=code, name=other.name))
