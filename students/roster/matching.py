"""Whom each row of a sheet means, and so what would happen to it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from students.roster.checking import Note, Row
from students.roster.comparing import Difference, compare, fingerprint
from students.roster.grades import grade_name, school_year_of
from students.roster.importing import Roster
from students.roster.keeping import is_empty, keep_back
from students.roster.models import ImportRow
from students.roster.register import Known, Register, id_digest

ELSEWHERE = "该证件号已在本县其他学校登记，请走转学手续"
SUSPECTED = "疑似同一学生，请补全身份证件号后再导入"
SAME_NAME = (
    "本校已有同名、同出生日期而证件号不同的学生，疑似同一学生。请核对证件号；"
    "如确为两名学生，请把两人放在同一份表中上传"
)
BY_NAME = "按姓名和出生日期对应到本校尚无证件号的学生，请核对是否同一人"
TWO_CHILDREN = "学籍号与身份证件号分别属于两名学生，请核对"


@dataclass(slots=True)
class Plan:
    """A row, whom it means, and what would be written."""

    row: Row
    known: Known | None = None
    action: str = ImportRow.REFUSED
    difference: Difference = field(default_factory=Difference)

    @property
    def seen(self) -> str:
        """The fingerprint of what it was compared with."""
        return fingerprint(self.known) if self.known else ""


class Matcher:
    """Matches the rows of one sheet: registry number, ID number, then name with birth date."""

    def __init__(self, register: Register, columns: dict[str, tuple[str, str]]) -> None:
        self.register, self.columns = register, columns
        self.by_birth: dict[tuple[str, str], list[Known]] = defaultdict(list)
        for known in register.here():
            born = known.child.born_on
            self.by_birth[known.child.name, born.isoformat() if born else ""].append(known)

    def plan(self, rows: Sequence[Row]) -> list[Plan]:
        """One plan a row, in order."""
        plans = [Plan(row, self._by_number(row)) for row in rows]
        self._refuse_shared(plans)
        claimed = {plan.known.child.pk for plan in plans if plan.known}
        for plan in plans:
            if plan.known is None:
                self._by_name(plan, claimed)
        for plan in plans:
            self._settle(plan)
        return plans

    def absent(self, plans: Sequence[Plan]) -> list[Known]:
        """The children of the school whom no row means."""
        meant = {plan.known.child.pk for plan in plans if plan.known}
        return [known for known in self.register.here() if known.child.pk not in meant]

    def _by_number(self, row: Row) -> Known | None:
        by_registry = self.register.by_registry.get(row.values.get("registry_no", ""))
        by_id = self.register.by_id.get(id_digest(row))
        if by_registry and by_id and by_registry is not by_id:
            self._refuse(row, "id_no", TWO_CHILDREN)
            return None
        return by_registry or by_id

    def _refuse_shared(self, plans: Sequence[Plan]) -> None:
        """Two rows that mean the same child by different numbers are both refused."""
        groups: dict[int, list[Row]] = defaultdict(list)
        for plan in plans:
            if plan.known:
                groups[plan.known.child.pk].append(plan.row)
        for rows in groups.values():
            if len(rows) < 2 or any(row.problems for row in rows):
                continue
            for row in rows:
                others = "、".join(str(other.number) for other in rows if other is not row)
                self._refuse(row, "id_no", f"与第{others}行对应同一名学生，请只保留一行")

    def _by_name(self, plan: Plan, claimed: set[int]) -> None:
        row = plan.row
        candidates = self.by_birth.get((row.name, row.values.get("born_on", "")), [])
        candidates = [known for known in candidates if known.child.pk not in claimed]
        if not candidates:
            return
        plan.known = candidates[0]
        if row.problems:
            return  # refused already; only kept from being listed as absent
        nameless = [known for known in candidates if not known.child.id_no_digest]
        has_number = bool(row.values.get("id_no"))
        if (
            len(candidates) == 1
            and nameless
            and (has_number or not candidates[0].child.registry_no)
        ):
            row.warnings.append(self._note("name", BY_NAME))
        else:
            self._refuse(row, "id_no", SAME_NAME if has_number else SUSPECTED)

    def _settle(self, plan: Plan) -> None:
        if plan.known:
            self._check_spells(plan, plan.known)
        if plan.row.problems:
            return
        if plan.known is None:
            plan.action = ImportRow.NEW
            return
        home = self.register.home_of(plan.row.values.get("home_region", ""))
        plan.difference = compare(plan.row, plan.known, home)
        self._choose(plan, plan.known)

    def _check_spells(self, plan: Plan, known: Known) -> None:
        """Who sits in another school stays unnamed: the row does not even point to the child."""
        if known.enrolment and known.enrolment.school_id != self.register.school.pk:
            at = "id_no" if plan.row.values.get("id_no") else "registry_no"
            self._refuse(plan.row, at, ELSEWHERE)
            plan.known = None
        elif known.later_from and known.enrolment is None:
            words = (
                f"该生自{known.later_from:%Y年%-m月%-d日}起已有学籍记录，请把数据日期改到该日之后"
            )
            self._refuse(plan.row, "name", words)

    def _choose(self, plan: Plan, known: Known) -> None:
        row = plan.row
        if known.enrolment is None:
            plan.action = ImportRow.NEW
        elif known.class_key != row.school_class:
            plan.action = ImportRow.MOVED
            plan.difference.changes.insert(
                0, {"label": "班级", "old": self.class_label(known), "new": row.class_label}
            )
        elif plan.difference.changes:
            plan.action = ImportRow.CHANGED
        else:
            plan.action = ImportRow.UNCHANGED

    def class_label(self, known: Known) -> str:
        """The everyday name of the class a child sits in."""
        if known.class_key is None:
            return ""
        stage, year, number = known.class_key
        return f"{grade_name(stage, year, school_year_of(self.register.day))}{number}班"

    def _note(self, field_name: str, message: str) -> Note:
        letter, heading = self.columns.get(field_name, ("", ""))
        return {"column": letter, "label": heading, "message": message}

    def _refuse(self, row: Row, field_name: str, message: str) -> None:
        row.problems.append(self._note(field_name, message))


def writes_still(plan: Plan, kept: Collection[str]) -> bool:
    """Whether a plan writes anything once the columns that keep the register's value are out."""
    if plan.known:
        keep_back(plan.difference, kept)
    return plan.action != ImportRow.CHANGED or not is_empty(plan.difference)


def plan_roster(register: Register, roster: Roster) -> tuple[list[Plan], list[Known]]:
    """The plan of every row, and the children of the school who are not in the sheet."""
    matcher = Matcher(register, roster.columns)
    plans = matcher.plan(roster.rows)
    return plans, matcher.absent(plans)
