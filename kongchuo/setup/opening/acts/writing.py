"""Writes the rows of a checked opening workbook, in the transaction of the act around it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from foundation.accounts import actions as accounts
from foundation.accounts import audit
from foundation.accounts.doer import Doer
from foundation.accounts.models import Post, Region, Unit, UnitKind
from foundation.accounts.regions import RegionRow
from foundation.accounts.roles import role_of
from kongchuo.setup.opening.acts.founding import REASON
from kongchuo.setup.opening.known import units_by_token
from kongchuo.setup.opening.rules.book import CHANGED, NEW, BookRow, CheckedBook
from kongchuo.setup.opening.rules.definition import COUNTY, DIRECT, SHEETS
from kongchuo.setup.opening.rules.naming import is_both, township_short, village_short
from kongchuo.setup.opening.rules.term_checks import days_of
from kongchuo.setup.opening.rules.values import SPRING, STAGES, YES
from students.calendars.actions import TermEntry, seed_terms
from students.calendars.models import TermName
from students.census.actions.catchments import seed_catchment
from students.roster.models import School
from students.roster.pupils.acts.pupils import add_school

_Values = Mapping[str, str]


class BookWriter:
    """Writes for one county. ``units`` holds its units by token, new ones too."""

    def __init__(self, doer: Doer, county: Unit) -> None:
        self.doer, self.county = doer, county
        self.units = units_by_token(county)
        self.regions: dict[str, Region] = {}
        self.granter = Post.objects.get(pk=doer.post.id)

    def write(self, book: CheckedBook) -> None:
        """Write what is new, then what differs from before, sheet by sheet."""
        self._load_regions(book)
        writers: dict[str, Callable[[BookRow], None]] = {
            "offices": self._office,
            "townships": self._township,
            "villages": self._village,
            "schools": self._school,
            "terms": self._term,
            "people": self._person,
        }
        for sheet in SHEETS:
            for row in book.rows[sheet.code]:
                if row.kind in (NEW, CHANGED):
                    writers[sheet.code](row)

    def _load_regions(self, book: CheckedBook) -> None:
        rows = [
            RegionRow(row.values["code"], row.values["name"], _parent_code(row.values["code"]))
            for code in ("townships", "villages")
            for row in book.rows[code]
            if row.kind == NEW
        ]
        accounts.load_regions(rows, self.doer.today)
        living = Region.objects.filter(
            valid_to__isnull=True, code__startswith=self.county.region.code
        )
        self.regions = {region.code: region for region in living}

    def _unit(
        self, kind: UnitKind, code: str, name: str, parent: Unit, short: str, region: Region
    ) -> Unit:
        """The unit of this kind and code, made or given the name of the sheet."""
        token = f"{kind}:{code}"
        unit = self.units.get(token)
        if unit is None:
            unit = accounts.add_unit(kind, name, region, parent, short_name=short)
            self.units[token] = unit
        elif name and unit.name != name:
            self._rename(unit, name)
        return unit

    def _rename(self, unit: Unit, name: str, **more: str) -> None:
        """Correct a unit as long as the county is not opened; the audit keeps what stood there."""
        before = {"name": unit.name, "short": unit.short_name, "phone": unit.phone}
        unit.name = name
        for field, value in more.items():
            setattr(unit, field, value or getattr(unit, field))
        unit.save(update_fields=["name", "short_name", "phone"])
        audit.record(self.doer.origin, "unit_corrected", "unit", unit.pk, details=before)

    def _office(self, row: BookRow) -> None:
        values = row.values
        more = {"short_name": values["short"], "phone": values["phone"]}
        if values["kind"] == COUNTY:
            self._name_county(values)
            self._rename(self.county, values["name"], **more)
            return
        kind = UnitKind.SUPERVISION
        token = f"{kind}:{self.county.region.code}"
        if unit := self.units.get(token):
            self._rename(unit, values["name"], **more)
            return
        self.units[token] = accounts.add_unit(
            kind, values["name"], self.county.region, self.county, **more
        )

    def _name_county(self, values: _Values) -> None:
        region = self.county.region
        if values["place"] and region.name != values["place"]:
            region.name = values["place"]
            region.save(update_fields=["name"])

    def _township(self, row: BookRow) -> None:
        values, short = row.values, township_short(row.values["name"])
        region = self._region(row)
        code = values["code"]
        township = self._unit(
            UnitKind.TOWNSHIP, code, values["government"], self.county, f"{short}政府", region
        )
        self._offices(values, township, short)

    def _offices(self, values: _Values, township: Unit, short: str) -> None:
        """镇教管办 and 中心校 of a township: two units, or one that is both (R6)."""
        code, region, both = values["code"], township.region, is_both(values)
        if values["office"] and not both:
            kind, name = UnitKind.EDUCATION_OFFICE, values["office"]
            self._unit(kind, code, name, township, f"{short}教管办", region)
        if values["central"]:
            kind, name = UnitKind.CENTRAL_SCHOOL, values["central"]
            central = self._unit(kind, code, name, self.county, f"{short}中心校", region)
            if both and central.office_of_id != township.pk:
                central.office_of = township
                central.save(update_fields=["office_of"])

    def _region(self, row: BookRow) -> Region:
        """The region of a township or village, under the name of the sheet."""
        region = self.regions[row.values["code"]]
        if region.name != row.values["name"]:
            region.name = row.values["name"]
            region.save(update_fields=["name"])
        return region

    def _village(self, row: BookRow) -> None:
        code, name = row.values["code"], row.values["name"]
        parent = self.units[f"township:{code[:9]}"]
        self._unit(UnitKind.VILLAGE, code, name, parent, village_short(name), self._region(row))

    def _school(self, row: BookRow) -> None:
        values = row.values
        unit = self.units.get(f"school:{values['code']}")
        if unit is None:
            unit = self._make_school(values)
        else:
            self._correct_school(unit, values)
        self._catchment(unit.school, values)

    def _make_school(self, values: _Values) -> Unit:
        township = self.units[f"township:{values['town']}"]
        unit = accounts.add_unit(
            UnitKind.SCHOOL,
            values["name"],
            township.region,
            self._above(values),
            short_name=values["short"],
        )
        add_school(
            unit,
            values["code"],
            township,
            is_boarding=values["boards"] == YES,
            marks_half_days=values["half_days"] == YES,
        )
        self.units[f"school:{values['code']}"] = unit
        return unit

    def _above(self, values: _Values) -> Unit:
        """The central school that manages the school, or the county itself."""
        if values["under"] == DIRECT:
            return self.county
        centrals = [u for u in self.units.values() if u.kind == UnitKind.CENTRAL_SCHOOL]
        if values["under"]:
            return next(unit for unit in centrals if unit.name == values["under"])
        own = self.units.get(f"central_school:{values['town']}")
        return own or self.county

    def _correct_school(self, unit: Unit, values: _Values) -> None:
        school: School = unit.school
        before = {"boards": school.is_boarding, "half_days": school.marks_half_days}
        if values["boards"]:
            school.is_boarding = values["boards"] == YES
        if values["half_days"]:
            school.marks_half_days = values["half_days"] == YES
        school.township = self.units[f"township:{values['town']}"]
        school.save(update_fields=["is_boarding", "marks_half_days", "township"])
        if values["under"]:
            unit.parent = self._above(values)
            unit.save(update_fields=["parent"])
        self._rename(unit, values["name"], short_name=values["short"])
        audit.record(self.doer.origin, "school_corrected", "unit", unit.pk, details=before)

    def _catchment(self, school: School, values: _Values) -> None:
        for code in filter(None, values["catchment"].split("、")):
            village = self.units[f"village:{code}"]
            for stage in STAGES[values["stage"]]:
                seed_catchment(self.granter, village, stage, school, self.doer.today)

    def _term(self, row: BookRow) -> None:
        first, last, registration = days_of(row.values)
        name = TermName.SPRING if row.values["term"] == SPRING else TermName.AUTUMN
        entry = TermEntry(int(row.values["year"]), name, first, last, registration)
        seed_terms(self.county, [entry])
        details: dict[str, Any] = {"first": str(first), "last": str(last)}
        audit.record(self.doer.origin, "set_term", "unit", self.county.pk, details=details)

    def _person(self, row: BookRow) -> None:
        values = row.values
        if row.kind != NEW:
            return  # a post's first day stays
        person = accounts.take_on(self.doer, values["login"], values["name"])
        since = date.fromisoformat(values["starts"]) if values["starts"] else self.doer.today
        post = accounts.grant_post(
            person,
            values["role"],
            self.units[values["unit"]],
            since,
            self.granter,
            reason=REASON,
            asleep=role_of(values["role"]).needs_two,
        )
        audit.record(self.doer.origin, "post_granted", "post", post.pk, reason=REASON)


def _parent_code(code: str) -> str:
    """530922 of 530922101, 530922101 of 530922101201."""
    return code[:-3]
