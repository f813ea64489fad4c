"""The sheets of the opening workbook: their columns, keys, notes and an example of each."""

from collections.abc import Callable
from dataclasses import dataclass

from kongchuo.setup.opening.rules import values
from students.roster.imports.reading import cells

VERSION = 1
TITLE = "开通工作簿"
EXAMPLE = "例"  # a row whose first cell begins so is an example
COUNTY, SUPERVISION = "县教育局", "督导室"
DIRECT = "县直"  # a school that no central school manages


@dataclass(frozen=True, slots=True)
class OpeningColumn:
    """A column: its heading and other names of it, its parser, what may be chosen, a hint.

    ``choices`` are words; ``chosen_from`` is the sheet and field whose cells may be chosen.
    """

    field: str
    heading: str
    parse: Callable[[str], str]
    must: bool = False
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    chosen_from: tuple[str, str] | None = None
    hint: str = ""
    example: str = ""
    width: float = 18


@dataclass(frozen=True, slots=True)
class OpeningSheet:
    """A sheet. ``key`` are the fields that tell two rows apart; ``note`` is its purpose."""

    code: str
    name: str
    note: str
    key: tuple[str, ...]
    columns: tuple[OpeningColumn, ...]

    def column(self, field: str) -> OpeningColumn:
        """The column of a field; raises StopIteration where there is none."""
        return next(column for column in self.columns if column.field == field)


_C = OpeningColumn
_OF_TOWNSHIPS = ("townships", "name")
OFFICES = OpeningSheet(
    "offices", "县与部门", "县教育局和督导室各一行。", ("kind",),
    (
        _C("kind", "类别", values.words(10), True, choices=(COUNTY, SUPERVISION), example=COUNTY),
        _C("name", "单位全称", values.words(80), True, ("单位名称",), example="云县教育体育局",
           width=30),
        _C("short", "简称", values.words(40), example="县教体局"),
        _C("phone", "联系电话", cells.phone, example="08830000000",
           hint="登录页和每页下方显示，供家长和教师咨询。"),
        _C("place", "县（市、区）名", values.words(60), also=("县名",), example="云县",
           hint="显示在每页的标题里。只在县教育局一行填写。", width=14),
        _C("code", "县代码", values.digits(6, "县代码"), also=("区划代码",), example="530922",
           hint="行政区划代码，6位。只在县教育局一行填写。", width=12),
    ),
)  # fmt: skip
TOWNSHIPS = OpeningSheet(
    "townships", "乡镇", "每个乡镇、街道一行。也可以直接上传统计局的区划代码表。", ("code",),
    (
        _C("code", "乡镇代码", values.digits(9, "乡镇代码"), True,
           ("区划代码", "统计用区划代码", "代码"), hint="统计用区划代码前9位。",
           example="530922101"),
        _C("name", "乡镇名称", values.words(60), True, ("名称",), example="爱华镇"),
        _C("government", "政府全称", values.words(80), hint="不填为乡镇名称加“人民政府”。",
           example="爱华镇人民政府", width=26),
        _C("office", "镇教管办", values.words(80),
           hint="没有的不填。和中心校是一个单位的，两栏填同一个名称。",
           example="爱华镇教育管理办公室", width=26),
        _C("central", "中心校", values.words(80),
           hint="管几所学校的中心校、学区。没有的不填。和镇教管办是一个单位的，两栏填同一个名称。",
           example="爱华镇中心校", width=26),
    ),
)  # fmt: skip
VILLAGES = OpeningSheet(
    "villages", "村", "每个村（居）委会一行。也可以直接上传统计局的区划代码表。", ("code",),
    (
        _C("code", "村代码", values.digits(12, "村代码"), True,
           ("区划代码", "统计用区划代码", "代码"), hint="统计用区划代码，12位。",
           example="530922101201"),
        _C("name", "村名", values.words(60), True, ("名称", "村名称", "村（居）委会"),
           example="永胜村民委员会", width=26),
        _C("township", "乡镇", values.words(60), chosen_from=_OF_TOWNSHIPS,
           hint="可以不填：村代码前9位就是乡镇。", example="爱华镇"),
    ),
)  # fmt: skip
SCHOOLS = OpeningSheet(
    "schools", "学校", "每所学校一行，标识码与学籍系统一致。", ("code",),
    (
        _C("code", "学校标识码", cells.school_code, True, ("标识码",), example="2153000001",
           hint="10位数字。"),
        _C("name", "学校全称", values.words(80), True, ("学校名称",), example="爱华镇完全小学",
           width=28),
        _C("short", "简称", values.words(40), example="爱华完小"),
        _C("township", "乡镇", values.words(60), True, ("所属乡镇",), chosen_from=_OF_TOWNSHIPS,
           example="爱华镇"),
        _C("stage", "学段", values.stage, True, choices=tuple(values.STAGES), example="小学"),
        _C("boards", "寄宿", values.yes_or_no, also=("是否寄宿", "寄宿制"),
           choices=(values.YES, values.NO), example="否", width=8),
        _C("half_days", "半天点名", values.yes_or_no, also=("上下午分别点名",),
           choices=(values.YES, values.NO), hint="上午、下午各点一次名的填“是”。", example="否",
           width=10),
        _C("under", "管理单位", values.words(80), chosen_from=("townships", "central"),
           hint=f"中心校名称。不填为本乡镇的中心校；县直管的填“{DIRECT}”。", width=24),
        _C("catchment", "学区村", values.names, also=("服务村", "招生村"), width=40,
           hint="划给本校的村，用顿号分开。以后可由乡镇在“入学”里登记。",
           example="永胜村民委员会、新城社区居民委员会"),
    ),
)  # fmt: skip
TERMS = OpeningSheet(
    "terms", "学年学期", "本学年两个学期各一行，下学年的知道了再补。", ("year", "term"),
    (
        _C("year", "学年", values.school_year, True, example="2026", hint="起始年，如2026。"),
        _C("term", "学期", values.term, True, choices=(values.AUTUMN, values.SPRING),
           example=values.AUTUMN),
        _C("registration", "报到注册日", cells.day, True, ("报到日",), example="2026-08-31"),
        _C("first", "第一个上课日", cells.day, True, ("开学日期", "上课日"), example="2026-09-01"),
        _C("last", "最后一个上课日", cells.day, True, ("放假日期", "结束日期"),
           example="2027-01-15"),
    ),
)  # fmt: skip
PEOPLE = OpeningSheet(
    "people", "人员", "每人每个职务一行。班主任不在这里填，由学校导入名册后登记。",
    ("login", "role", "unit"),
    (
        _C("name", "姓名", cells.name, True, example="张三", width=12),
        _C("login", "手机号", values.login, True, ("账号", "电话", "联系电话", "手机"),
           hint="本人手机号，就是登录的账号。", example="13800000000"),
        _C("role", "职务", values.words(20), True, ("岗位",), hint="从下拉列表中选。",
           example="校长"),
        _C("unit", "单位", values.words(80), True, ("所在单位", "单位名称"),
           hint="单位全称、简称或代码（标识码）。", example="爱华镇完全小学", width=28),
        _C("starts", "任职起", cells.day, also=("任职日期",), example="2026-08-20",
           hint="不填为登记当天。"),
    ),
)  # fmt: skip
SHEETS = (OFFICES, TOWNSHIPS, VILLAGES, SCHOOLS, TERMS, PEOPLE)
BY_CODE = {sheet.code: sheet for sheet in SHEETS}
