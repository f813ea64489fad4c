"""Two roster imports of the demo: one is written, one waits in its preview."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from foundation.accounts.models import Unit
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from kongchuo.demo.county.dates import SCHOOL_YEAR
from kongchuo.demo.county.names import child_name
from kongchuo.demo.county.schools import TOUR_CLASS
from kongchuo.demo.roster.desks import REGISTRAR, Desk, class_of, desk_of, phone, tour_school
from students.roster.imports.acts.batches import confirm_import, start_import, write_import
from students.roster.imports.acts.previews import read_import
from students.roster.imports.books.template_book import registry_workbook
from students.roster.models import Child, Enrolment, ImportBatch, School, SchoolClass
from students.roster.rules.codes import SEX
from students.roster.rules.ids import invent

DONE, WAITING = "七年级1班学籍信息.xlsx", "八年级2班花名册.xlsx"
_HEAD = ("序号", "姓名", "性别", "出生日期", "身份证号", "班级", "入学年月")
_MORE = ("家长姓名", "家长电话", "是否留守儿童", "鞋码")
_FLAGS = ("双亲留守儿童", "单亲留守儿童", "非留守儿童")
_BORN = date(2011, 11, 3)
Row = list[str]


def import_roster(county: Unit, day: date) -> None:
    """Import the registry's sheet of a class; groups and a telephone are new, all is written."""
    school = tour_school(county)
    school_class = class_of(school, 7, 1, day)
    rows = [
        _registry_row(school, enrolment, n)
        for n, enrolment in enumerate(_enrolments(school_class, day))
    ]
    by = desk_of(REGISTRAR, day, 15)
    batch = _read(by, school, DONE, registry_workbook(rows))
    batch = confirm_import(by.doer, batch.pk)

    def write(job: Job) -> str:
        write_import(batch.pk, job, _tell, by.now)
        return ""

    _run(batch, write)


def preview_roster(county: Unit, day: date) -> None:
    """Upload a teacher's own list with a new pupil, a move and a wrong number, undecided."""
    school, (grade, number_) = tour_school(county), TOUR_CLASS
    school_class = class_of(school, grade, number_, day)
    lines = [
        _own_line(n, enrolment)
        for n, enrolment in enumerate(_enrolments(school_class, day), start=1)
    ]
    lines[4][_HEAD.index("身份证号")] = lines[4][_HEAD.index("身份证号")][:-1]
    lines[5][_HEAD.index("班级")] = "八年级1班"
    lines[6][len(_HEAD) + 1] = phone("mended", 6)
    _read(desk_of(REGISTRAR, day, 16), school, WAITING, _own_sheet([*lines, _new_line(len(lines))]))


def _read(by: Desk, school: School, name: str, content: bytes) -> ImportBatch:
    batch = start_import(by.doer, school, name, content, by.day)

    def read(job: Job) -> str:
        read_import(batch.pk, job, _tell)
        return ""

    _run(batch, read)
    return batch


def _run(batch: ImportBatch, work: Callable[[Job], str]) -> None:
    """Do the worker's part at once. The queue, told later, finds it done."""
    assert batch.job_id is not None
    jobs.run(batch.job_id, work)


def _tell(done: int, total: int, note: str) -> None:
    """Progress is shown to nobody."""


def _enrolments(school_class: SchoolClass, day: date) -> Sequence[Enrolment]:
    rows = Enrolment.objects.on(day).filter(school_class=school_class).exclude(seat_no="")
    return list(rows.select_related("child").order_by("seat_no"))


def _registry_row(school: School, enrolment: Enrolment, n: int) -> Mapping[str, Any]:
    child = enrolment.child
    return {
        "学校标识码": school.code,
        "姓名": child.name,
        "性别": SEX[child.sex],
        "出生日期": child.born_on,
        "民族": child.ethnicity,
        "身份证件类型": "居民身份证",
        "身份证件号": child.id_no,
        "户口所在地": child.home_region if len(child.home_region) == 12 else "",
        "班级": f"七年级{enrolment.school_class.number}班",
        "入学年月": f"{SCHOOL_YEAR}09",
        "就读方式": "住校" if child.boards else "走读",
        "现住址": child.address,
        "成员1联系电话": phone("new", n) if n == 1 else "",
        "班内学号": enrolment.seat_no,
        "是否留守儿童": _FLAGS[min(n, 2)],
        "是否孤儿": "否",
        "残疾类型": "听力残疾" if n == 6 else "无残疾",
        "随班就读": "非随班就读",
        "是否进城务工人员随迁子女": "否",
    }


def _own_line(n: int, enrolment: Enrolment) -> Row:
    child: Child = enrolment.child
    guardian = child.guardians.order_by("position")[0]
    entered = f"{enrolment.school_class.entry_year}09"
    facts = [child.name, SEX[child.sex], f"{child.born_on}", child.id_no, "八年级2班", entered]
    told = "双亲留守儿童" if n == 3 else ""
    return [str(n), *facts, guardian.name, guardian.phone, told, str(34 + n % 6)]


def _new_line(last: int) -> Row:
    facts = [child_name("2", "01", "newcomer"), "女", f"{_BORN}", invent(_BORN, 470, "2")]
    return [
        str(last + 1),
        *facts,
        "八年级2班",
        f"{SCHOOL_YEAR - 1}09",
        "",
        phone("newcomer"),
        "",
        "36",
    ]


def _own_sheet(lines: Sequence[Row]) -> bytes:
    """A sheet with two title rows over all columns, as such lists are printed."""
    book = Workbook()
    sheet = book.active
    sheet.title = "花名册"
    width = len(_HEAD) + len(_MORE)
    for row, title in enumerate(("八年级2班学生花名册", "班主任填写，报教务处"), start=1):
        sheet.cell(row, 1, title)
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=width)
    sheet.append([*_HEAD, *_MORE])
    for line in lines:
        sheet.append(line)
    target = BytesIO()
    book.save(target)
    return target.getvalue()
