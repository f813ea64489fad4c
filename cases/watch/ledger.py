"""有辍学倾向（重点关注）学生台账 (L2) as a table of columns, for page, paper and workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from django.db.models import Count, QuerySet

from cases.models import Case
from cases.watch.codes import risks_told
from cases.watch.models import Entry
from cases.watch.places import places_of
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from foundation.masking import mask_id
from foundation.workbooks.definition import columns
from foundation.workbooks.listing import ListSheet, write_list
from students.attendance.models import Absence, AbsenceSpell
from students.roster.models import Enrolment
from students.roster.rules.codes import ETHNICITY_NAMES
from students.roster.rules.grades import grade_name, school_year_of

TITLE = "有辍学倾向（重点关注）学生台账"
LOOK_BACK = timedelta(days=29)  # 近30日, with today
HIDDEN = "不显示"
SIGNED = ("填表人：", "审核人：", "校长（签字）：", "填表日期：", "（公章）")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An entry with everything L2 shows of its child, as the viewer may read it."""

    entry: Any
    name: str
    guardians: str
    place: Enrolment | None
    school_year: int
    absences: int
    status: str
    helper: str

    @property
    def child_id(self) -> int:
        """The child of the entry."""
        return int(self.entry.child_id)

    @property
    def of_groups(self) -> bool:
        """Whether the viewer may read why the child stands here."""
        return bool(self.entry.sees_groups)

    def told(self, words: str) -> str:
        """The text if the viewer may see groups, since free text may name one (S18)."""
        return words if self.of_groups else HIDDEN


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of L2."""

    code: str
    heading: str
    read: Callable[[LedgerLine], str]
    width: float = 10
    left: bool = False
    place: str = ""


def _class_of(line: LedgerLine) -> Any:
    return line.place.school_class if line.place else line.entry.school_class


def _grade(line: LedgerLine) -> str:
    own = _class_of(line)
    return grade_name(own.stage, own.entry_year, line.school_year)


def _school(line: LedgerLine) -> str:
    return str(line.place.school if line.place else line.entry.school)


def _risks(line: LedgerLine) -> str:
    words = risks_told(line.entry.risks, with_sensitive=line.of_groups)
    return words or ("" if line.of_groups else HIDDEN)


def _ended(line: LedgerLine) -> str:
    entry = line.entry
    return "" if entry.is_open else f"{entry.ends_on:%Y-%m-%d} {entry.ending_label}"


COLUMNS: tuple[LedgerColumn, ...] = (
    LedgerColumn("school", "学校", _school, 18, left=True),
    LedgerColumn("grade", "年级", _grade, 8),
    LedgerColumn("number", "班级", lambda line: f"{_class_of(line).number}班", 7, place="cell-sub"),
    LedgerColumn("name", "姓名", lambda line: line.name, 10, place="cell-name"),
    LedgerColumn("sex", "性别", lambda line: line.entry.child.sex_label, 6),
    LedgerColumn(
        "ethnicity", "民族", lambda line: ETHNICITY_NAMES.get(line.entry.child.ethnicity, ""), 8
    ),
    LedgerColumn("id_no", "身份证号", lambda line: line.entry.child.masked_id, 20),
    LedgerColumn("registry_no", "学籍号", lambda line: mask_id(line.entry.child.registry_no), 20),
    LedgerColumn(
        "village",
        "户籍村",
        lambda line: str(line.entry.child.home_village or "待核实"),
        16,
        left=True,
    ),
    LedgerColumn("guardians", "监护人/电话", lambda line: line.guardians, 18, left=True),
    LedgerColumn("risks", "风险类型", _risks, 14, left=True),
    LedgerColumn("signs", "风险表现", lambda line: line.told(line.entry.signs), 24, left=True),
    LedgerColumn("absences", "近30日缺勤次数", lambda line: str(line.absences), 8),
    LedgerColumn("helper", "帮扶责任人", lambda line: line.helper, 12),
    LedgerColumn(
        "measures", "帮扶措施", lambda line: line.told(line.entry.measures), 24, left=True
    ),
    LedgerColumn("supports", "帮扶记录次数", lambda line: str(line.entry.supports), 8),
    LedgerColumn("status", "现状", lambda line: line.status, 16, left=True, place="cell-mark"),
    LedgerColumn("since", "列入日期", lambda line: f"{line.entry.starts_on:%Y-%m-%d}", 12),
    LedgerColumn("ended", "移出日期/原因", _ended, 16, left=True),
)


def entries_for(viewer: Viewer, day: date) -> QuerySet[Entry]:
    """The entries that a viewer may read, school by school, the latest first."""
    rows: Any = Entry.objects.visible_to(viewer, day).as_read_by(viewer, day)
    found: QuerySet[Entry] = rows.order_by("school__unit__name", "-starts_on", "-pk")
    return found


def whole(rows: Any, viewer: Viewer, day: date) -> QuerySet[Entry]:
    """The entries with the rows that the columns need."""
    found: QuerySet[Entry] = (
        rows.as_read_by(viewer, day)
        .with_support()
        .select_related("child", "school__unit", "school_class", "helper__person")
        .prefetch_related("child__home_village", "child__guardians")
    )
    return found


def lines_of(entries: Sequence[Entry], viewer: Viewer, day: date) -> list[LedgerLine]:
    """The rows of L2 for the entries. Four queries, whatever their number."""
    ids = [entry.child_id for entry in entries]
    places = places_of(ids, day)
    absences = _absences(ids, day)
    away = _away(ids)
    cases = {
        case.child_id: case
        for case in Case.objects.visible_to(viewer, day).open().filter(child_id__in=ids)
    }
    return [
        LedgerLine(
            entry=entry,
            name=viewer.name_of(entry.child.name, entry.child_id),
            guardians=_guardians(entry, viewer),
            place=places.get(entry.child_id),
            school_year=school_year_of(day),
            absences=absences.get(entry.child_id, 0),
            status=_status(entry, places, cases, away),
            helper=entry.helper_on(day),
        )
        for entry in entries
    ]


def _absences(child_ids: list[int], day: date) -> dict[int, int]:
    """On how many of the last 30 days each child was absent, for whatever reason."""
    rows = Absence.objects.standing().filter(
        child_id__in=child_ids, day__range=(day - LOOK_BACK, day)
    )
    return dict(rows.order_by().values_list("child_id").annotate(days=Count("day", distinct=True)))


def _away(child_ids: list[int]) -> dict[int, int]:
    rows = AbsenceSpell.objects.ongoing().filter(child_id__in=child_ids)
    return dict(rows.values_list("child_id", "halves"))


def _guardians(entry: Entry, viewer: Viewer) -> str:
    return "、".join(
        f"{viewer.name_of(g.name, entry.child_id)} {g.masked_phone}".strip()
        for g in entry.child.guardians.all()
    )


def _status(
    entry: Entry, places: dict[int, Enrolment], cases: dict[int, Case], away: dict[int, int]
) -> str:
    """现状: the child's state today."""
    child = entry.child_id
    if child not in places:
        return "已离校"
    if child in cases:
        return f"已立案（{cases[child].stage_label}）"
    if child in away:
        return f"连续无故缺勤{away[child] / 2:g}天"
    return "在校"


def ledger_book(lines: Sequence[LedgerLine], unit: str, day: date, mark: str) -> bytes:
    """L2 as a workbook: every cell text, numbers masked, room for signatures (domain 5.1)."""
    sheet = ListSheet(
        name="重点关注台账",
        title=TITLE,
        info=f"单位：{unit}　　日期：{full_day_words(day)}　　单位：人",
        mark=mark,
        columns=columns(*((c.heading, c.width, c.left) for c in COLUMNS)),
        signatures=SIGNED,
    )
    target = BytesIO()
    write_list(target, sheet, ([column.read(line) for column in COLUMNS] for line in lines))
    return target.getvalue()
