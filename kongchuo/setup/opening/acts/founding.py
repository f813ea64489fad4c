"""Makes a county with its first two named persons. Their posts sleep until the second confirms."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from foundation.accounts import actions as accounts
from foundation.accounts import audit
from foundation.accounts.actions import PasswordSlip, Refused
from foundation.accounts.actions.passwords import issue_slip
from foundation.accounts.audit import Origin
from foundation.accounts.models import Person, Post, Region, Unit, UnitKind
from foundation.accounts.regions import RegionRow
from foundation.accounts.roles import role_of
from kongchuo.setup.opening.acts import addresses
from kongchuo.setup.opening.models import CountyOpening
from students.calendars.actions import seed_state_council

FIRST_ROLE = "security_officer"  # who appoints
# Who may be the second: each sees the opening, and none needs to appoint.
SECOND_ROLES = ("bureau_leader", "county_desk", "administrator", "security_officer")
REASON = "开通时任职"
SAME_PERSON = "两个人要是不同的人：姓名和手机号都不能相同。"
EXISTS = "本系统已经有这个县，不能再建一次。"
TAKEN = "手机号{login}已经登记在另一个姓名下，请核对。"
CONFIRMED = (
    "县级任职已经确认，不能再从这里发登录单。请由另一位安全管理员办理；"
    "只有一位的，执行 make manage ARGS=reset_officer。"
)


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A named person with an account and a role at the county's bureau."""

    name: str
    login: str
    role: str = FIRST_ROLE


@dataclass(frozen=True, slots=True)
class Founding:
    """What the technician enters: the county, its bureau, the first person and the second."""

    place: str
    code: str
    bureau: str
    first: NamedPerson
    second: NamedPerson
    short: str = ""
    phone: str = ""


@transaction.atomic
def found_by_address(
    secret: str, given: Founding, origin: Origin, today: date, now: datetime
) -> list[PasswordSlip]:
    """Use the address up and make the county; returns the two slips, to be printed once."""
    addresses.use(secret, now)
    opening = found_county(given, origin, today, now)
    return slips_of(opening, (opening.first, opening.second), origin, today, now)


@transaction.atomic
def found_county(given: Founding, origin: Origin, today: date, now: datetime) -> CountyOpening:
    """Make the county unit, its parameters and calendar, and the two persons; raises Refused."""
    if given.first.login == given.second.login or given.first.name == given.second.name:
        raise Refused(SAME_PERSON)
    county = _make_county(given, today)
    first, post = _appoint(given.first, county, None, origin, today)
    second, _ = _appoint(given.second, county, post, origin, today)
    opening = CountyOpening.objects.create(county=county, first=first, second=second, begun_at=now)
    audit.record(origin, "county_founded", "unit", county.pk, reason=given.bureau)
    return opening


def _make_county(given: Founding, today: date) -> Unit:
    accounts.load_regions([RegionRow(given.code, given.place, "")], today)
    region = Region.objects.get(code=given.code, valid_to__isnull=True)
    if Unit.objects.filter(kind=UnitKind.COUNTY, region=region).exists():
        raise Refused(EXISTS)
    county = accounts.add_unit(
        UnitKind.COUNTY, given.bureau, region, None, short_name=given.short, phone=given.phone
    )
    accounts.seed_parameters(county, today)
    seed_state_council(county, range(today.year - 1, today.year + 2))
    return county


def _appoint(
    named: NamedPerson, county: Unit, granted_by: Post | None, origin: Origin, today: date
) -> tuple[Person, Post]:
    person = Person.objects.filter(username__iexact=named.login).first()
    if person is None:
        person = Person.objects.create_person(named.login, named.name)
        audit.record(origin, "account_made", "person", person.pk)
    elif person.name != named.name:
        raise Refused(TAKEN.format(login=named.login))
    post = accounts.grant_post(
        person, named.role, county, today, granted_by, reason=REASON,
        asleep=role_of(named.role).needs_two,
    )  # fmt: skip
    audit.record(origin, "post_granted", "post", post.pk, reason=REASON)
    return person, post


def opening_under_way() -> CountyOpening | None:
    """The county that no second person has confirmed yet; the technician's address is for it."""
    waiting = CountyOpening.objects.filter(confirmed_at=None)
    return waiting.select_related("county", "first", "second").first()


@transaction.atomic
def slips_by_address(
    secret: str, who: Iterable[str], origin: Origin, today: date, now: datetime
) -> list[PasswordSlip]:
    """New first slips for the first or the second person, whose slip was lost; raises Refused."""
    addresses.use(secret, now)
    opening = opening_under_way()
    if opening is None:
        raise Refused(CONFIRMED)
    people = [getattr(opening, name) for name in who if name in ("first", "second")]
    return slips_of(opening, people, origin, today, now)


def slips_of(
    opening: CountyOpening, people: Iterable[Person], origin: Origin, today: date, now: datetime
) -> list[PasswordSlip]:
    """First passwords of those who open the county."""
    slips = []
    for person in people:
        slips.append(issue_slip(person, today, now))
        audit.record(origin, "first_password_given", "person", person.pk)
    return slips
