"""Opens a county by a workbook alone, as a command of the technician."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from foundation.accounts.actions import PasswordSlip, Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.querysets import viewer_on
from kongchuo.setup.opening.acts.books import Written, checked, seen_mark, store_book, write_book
from kongchuo.setup.opening.acts.founding import (
    FIRST_ROLE,
    SECOND_ROLES,
    Founding,
    NamedPerson,
    found_county,
    slips_of,
)
from kongchuo.setup.opening.known import known_county
from kongchuo.setup.opening.models import CountyOpening
from kongchuo.setup.opening.rules.book import BookRow, CheckedBook
from kongchuo.setup.opening.rules.checks import check
from kongchuo.setup.opening.rules.definition import COUNTY
from kongchuo.setup.opening.rules.naming import county_code
from kongchuo.setup.opening.rules.taking import TakenSheet

NEEDS_TWO = (
    "“人员”工作表里至少要有两个人在县教育局任职：一位“安全管理员”，另一位“局领导”、“教育局基教股”"
    "或别的管理员。县级任职由后一位登录确认。"
)
NOT_BY_FILE = "这个县不是用开通向导建立的，请在网页上补充单位和人员。"


class WrongRows(Exception):
    """Cells that must be corrected; ``lines`` name each, in Chinese."""

    def __init__(self, lines: Sequence[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was written, the slips of the first two persons, and who has to confirm."""

    written: Written
    warnings: list[str]
    slips: list[PasswordSlip]
    waiting_for: str


@transaction.atomic
def open_by_file(name: str, sheets: Sequence[TakenSheet], today: date, now: datetime) -> Opened:
    """Write the book, with its county where it is new; raises WrongRows and Refused."""
    opening, is_new = _opening(sheets, today, now)
    doer = Doer(viewer_on(opening.first, today), Origin(), today, now)
    book = store_book(doer, opening.county, name, sheets)
    found = checked(book, doer)
    _require_good(found)
    written = write_book(doer, book, seen_mark(found))
    people = (opening.first, opening.second) if is_new else ()
    slips = slips_of(opening, people, Origin(), today, now)
    waiting = "" if opening.confirmed_at else opening.second.name
    return Opened(written, found.warnings, slips, waiting)


def _opening(
    sheets: Sequence[TakenSheet], today: date, now: datetime
) -> tuple[CountyOpening, bool]:
    """The county's opening, and whether it was made just now."""
    found = check(sheets, known_county(None, today), today)
    code = county_code(found)
    counties = Unit.objects.filter(kind=UnitKind.COUNTY)
    county = counties.filter(region__code=code).first() if code else counties.first()
    if county is not None:
        opening = CountyOpening.objects.filter(county=county).first()
        if opening is None:
            raise Refused(NOT_BY_FILE)
        return opening, False
    _require_good(found)
    return found_county(_founding(found), Origin(), today, now), True


def _require_good(found: CheckedBook) -> None:
    if not found.may_be_written:
        lines = [f"{one.where} {one.label}：{one.message}" for one in found.problems]
        raise WrongRows([*found.missing, *lines])


def _founding(found: CheckedBook) -> Founding:
    office = next(row.values for row in found.rows["offices"] if row.values["kind"] == COUNTY)
    first, second = _two(found.rows["people"])
    return Founding(
        place=office["place"],
        code=office["code"],
        bureau=office["name"],
        short=office["short"],
        phone=office["phone"],
        first=NamedPerson(first["name"], first["login"], first["role"]),
        second=NamedPerson(second["name"], second["login"], second["role"]),
    )


def _two(rows: Sequence[BookRow]) -> tuple[dict[str, str], dict[str, str]]:
    """The first who appoints, and the next other person who may confirm; raises Refused."""
    able = [row.values for row in rows if row.values["role"] in SECOND_ROLES]
    first = next((one for one in able if one["role"] == FIRST_ROLE), None)
    others = (one for one in able if first is not None and one["login"] != first["login"])
    second = next(others, None)
    if first is None or second is None:
        raise Refused(NEEDS_TWO)
    return first, second
