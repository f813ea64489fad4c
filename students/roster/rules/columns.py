"""The roster columns: the registry's 71-column template, what we take of it, and how it is read.

One of the product's four tables. A column without a field is neither read nor stored: what the
work against dropping out does not need is not collected (forms 2.1, domain 6.4).
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from students.roster.imports import cells
from students.roster.imports.cells import Parser, one_of
from students.roster.rules import codes

BOARDS = "2"
boarding = one_of(codes.BOARDING, ("走读生", "1"), ("住校生", "2"), ("寄宿", "2"), ("寄宿生", "2"))
boarding_asked = one_of({"2": "是", "1": "否"})
sex = one_of(codes.SEX, ("男性", "1"), ("女性", "2"))
id_type = one_of(codes.ID_TYPES, ("身份证", "1"), ("居民身份证号", "1"), ("无", "Z"))
yes_no = one_of(codes.YES_NO)
_YES_OR_NO = {"是": "是", "否": "否"}
flag = one_of(_YES_OR_NO, ("1", "是"), ("0", "否"), ("无", "否"))


@dataclass(frozen=True, slots=True)
class Column:
    """One heading of a roster.

    ``star``: ★ on the ministry's form. ``needed``: a row without it is refused, with ``complaint``;
    a starred one that is not needed gives a reminder only.
    """

    heading: str
    field: str = ""
    parse: Parser = cells.text
    star: bool = False
    needed: bool = False
    aliases: tuple[str, ...] = ()
    complaint: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""

    @property
    def title(self) -> str:
        """The heading as the template prints it."""
        return f"{self.heading}{self.hint}{'★' if self.star else ''}"


def _list(names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.values())


def _other(
    heading: str, star: bool = False, hint: str = "", aliases: tuple[str, ...] = ()
) -> Column:
    choices = tuple(codes.OTHER_LISTS.get(heading, "").split())
    return Column(heading, star=star, choices=choices, hint=hint, aliases=aliases)


def _kinds(heading: str, field: str, aliases: tuple[str, ...]) -> Column:
    """A column that tells of a special group by its kind; a school's own sheet often says 是."""
    names = tuple(codes.OTHER_LISTS[heading].split())
    parse = one_of({name: name for name in names} | _YES_OR_NO, ("无", "否"))
    return Column(heading, field, parse, choices=names, aliases=aliases)


def _family(n: int) -> tuple[Column, ...]:
    """The twelve columns of a family member; four are kept."""
    g, m = f"guardian{n}_", f"成员{n}"
    first = n == 1
    return (
        Column(
            f"{m}姓名",
            g + "name",
            cells.name,
            aliases=("监护人姓名", "监护人", "家长姓名", "家长", "父亲姓名")
            if first
            else ("母亲姓名",),
        ),
        Column(
            f"{m}关系",
            g + "relation",
            cells.relation,
            aliases=("与学生关系", "与监护人关系") if first else (),
            choices=_list(codes.RELATIONS),
        ),
        _other(f"{m}关系说明"),
        _other(f"{m}现住址"),
        _other(f"{m}户口所在地"),
        Column(
            f"{m}联系电话",
            g + "phone",
            cells.phone,
            aliases=("监护人电话", "监护人联系电话", "家长电话", "家长联系电话", "父亲电话")
            if first
            else ("母亲电话",),
        ),
        Column(f"{m}是否监护人", g + "is_guardian", yes_no, choices=_list(codes.YES_NO)),
        _other(f"{m}身份证件类型"),
        _other(f"{m}身份证件号"),
        _other(f"{m}民族"),
        _other(f"{m}工作单位"),
        _other(f"{m}职务"),
    )


# In the order of the template (forms 2.1).
COLUMNS: tuple[Column, ...] = (
    Column("学校标识码", "school_code", cells.school_code, star=True),
    Column(
        "姓名",
        "name",
        cells.name,
        star=True,
        needed=True,
        aliases=("学生姓名", "学生"),
        complaint="缺少姓名，请填写",
    ),
    Column(
        "性别",
        "sex",
        sex,
        star=True,
        needed=True,
        complaint="缺少性别，请填写「男」或「女」",
        choices=_list(codes.SEX),
    ),
    Column(
        "出生日期",
        "born_on",
        cells.day,
        star=True,
        needed=True,
        aliases=("出生年月", "出生年月日", "生日"),
        complaint="缺少出生日期，请填写8位数字，如20110101",
    ),
    _other("出生地", star=True, hint="(行政区划)"),
    _other("籍贯"),
    Column(
        "民族",
        "ethnicity",
        cells.ethnicity,
        star=True,
        choices=_list(codes.ETHNICITY_NAMES),
    ),
    _other("国籍/地区", star=True),
    Column(
        "身份证件类型",
        "id_type",
        id_type,
        star=True,
        aliases=("证件类型",),
        choices=_list(codes.ID_TYPES),
    ),
    _other("港澳台侨外", star=True),
    _other("健康状况", star=True),
    _other("政治面貌"),
    Column(
        "身份证件号",
        "id_no",
        cells.id_number,
        star=True,
        needed=True,
        aliases=(
            "身份证件号码",
            "身份证号",
            "身份证号码",
            "公民身份号码",
            "证件号码",
            "证件号",
        ),
        complaint="缺少身份证件号，请填写；确无证件的，请将身份证件类型改为「其他」",
    ),
    _other("户口性质", star=True),
    Column(
        "户口所在地",
        "home_region",
        cells.region,
        star=True,
        aliases=("户口所在地行政区划", "户籍所在地", "户籍地址"),
        hint="(行政区划)",
    ),
    Column(
        "班级",
        "class_name",
        cells.text,
        star=True,
        needed=True,
        aliases=("班号", "班级名称", "行政班", "所在班级"),
        complaint="缺少班级，请填写，如「七年级1班」",
    ),
    Column(
        "入学年月",
        "entered",
        cells.month,
        star=True,
        needed=True,
        complaint="缺少入学年月，请填写6位数字，如202409",
    ),
    _other("入学方式", star=True),
    Column(
        "就读方式",
        "boarding",
        boarding,
        star=True,
        choices=_list(codes.BOARDING),
    ),
    Column("现住址", "address", cells.long_text, star=True, aliases=("现居住地",)),
    _other("通信地址", star=True),
    _other("家庭地址", star=True),
    Column("联系电话", "phone", cells.phone, star=True, aliases=("手机号", "联系方式")),
    _other("邮政编码", star=True),
    _other("是否独生子女", star=True),
    _other("是否受过学前教育", star=True),
    _kinds("是否留守儿童", "left_behind", ("留守儿童", "是否留守", "留守")),
    _other("是否需要申请资助"),
    _other("是否享受一补"),
    Column("是否孤儿", "orphan", flag, aliases=("孤儿",)),
    _other("是否烈士或优抚子女"),
    _other("上下学距离", hint="（公里）"),
    _other("上下学交通方式"),
    _other("是否需要乘坐校车"),
    _other("曾用名"),
    _other("身份证件有效期"),
    _other("血型"),
    _other("特长"),
    _other("学籍辅号", aliases=("省学籍辅号", "省学籍号", "学籍副号", "学号")),
    Column("班内学号", "seat_no", cells.short(10)),
    _other("学生来源"),
    _other("电子信箱"),
    _other("主页地址"),
    _kinds("残疾类型", "disability", ("残疾类别", "是否残疾", "残疾")),
    _other("是否由政府购买学位"),
    _kinds("随班就读", "inclusion", ("是否随班就读",)),
    *_family(1),
    *_family(2),
    Column(
        "是否进城务工人员随迁子女",
        "migrant",
        flag,
        aliases=("进城务工人员随迁子女", "是否随迁子女", "随迁子女", "随迁"),
    ),
)

# What exported lists and schools' own sheets have besides the template (forms 2.1, 2.2).
EXTRA: tuple[Column, ...] = (
    Column(
        "学籍号",
        "registry_no",
        cells.registry_number,
        aliases=("全国学籍号", "全国学籍编号", "个人标识码", "学籍主号", "学生学籍号"),
    ),
    Column("年级", "grade", cells.text, aliases=("年级名称", "所在年级")),
    Column("是否住校", "boarding", boarding_asked, aliases=("是否寄宿生", "是否寄宿")),
    Column("家庭地址", "address", cells.long_text, aliases=("家庭住址",)),
    Column("学生状态", "status", cells.text, aliases=("学籍状态", "就读状态", "异动状态")),
)

# What else stands in such sheets and is wanted by nobody: known, so that it is not asked about.
UNWANTED = frozenset({"序号", "备注", "照片", "姓名拼音", "学校", "学校名称", "班主任", "签名"})

# Without these a sheet is another sheet; each group needs one of its fields.
ESSENTIAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("姓名", ("name",)),
    ("性别", ("sex",)),
    ("出生日期", ("born_on",)),
    ("身份证件号", ("id_no", "registry_no")),
    ("班级", ("class_name",)),
    ("入学年月", ("entered", "grade")),
)


def plain_heading(heading: object) -> str:
    """A heading without spaces, ★, *, bracketed hints and width (forms 2.2)."""
    value = unicodedata.normalize("NFKC", str(heading or ""))
    return re.sub(r"[\s★☆*]|\([^)]*\)|【[^】]*】|[:：]$", "", value)


_KNOWN = frozenset(
    name for column in (*COLUMNS, *EXTRA) for name in (column.heading, *column.aliases)
)


def hits(headings: Sequence[object]) -> int:
    """How many of a row's cells are headings we know; the header row has the most."""
    return len({plain_heading(heading) for heading in headings} & _KNOWN)


def is_known(plain: str) -> bool:
    """Whether a normalised heading is one of ours, wanted or not."""
    return plain in _KNOWN or plain in UNWANTED


def map_columns(headings: Sequence[object]) -> dict[int, Column]:
    """Position in the sheet → column, for the columns that have a field.

    A field is taken from the template's own heading first, then from the first alias; a second
    column for the same field is left alone.
    """
    plain = [plain_heading(heading) for heading in headings]
    found: dict[str, tuple[int, Column]] = {}
    for column, names in _in_order():
        for position, heading in enumerate(plain):
            if heading in names and column.field not in found:
                found[column.field] = (position, column)
    return dict(sorted(found.values(), key=lambda pair: pair[0]))


def _in_order() -> list[tuple[Column, tuple[str, ...]]]:
    kept = [column for column in (*COLUMNS, *EXTRA) if column.field]
    return [(c, (c.heading,)) for c in kept] + [(c, c.aliases) for c in kept if c.aliases]


def repeated(headings: Sequence[object]) -> dict[str, list[int]]:
    """Headings of kept columns that stand there twice, with their positions."""
    places: dict[str, list[int]] = {}
    for position, heading in enumerate(headings):
        places.setdefault(plain_heading(heading), []).append(position)
    kept = {column.heading for column in (*COLUMNS, *EXTRA) if column.field}
    return {name: at for name, at in places.items() if len(at) > 1 and name in kept}


def missing(mapping: dict[int, Column]) -> list[str]:
    """The essential headings that a sheet does not have."""
    fields = {column.field for column in mapping.values()}
    return [title for title, group in ESSENTIAL if not fields.intersection(group)]


def letter_of(position: int) -> str:
    """The letters of a column as Excel shows them: 0 → A, 26 → AA."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def position_of(letters: str) -> int:
    """The position of a column by its letters: A → 0, AA → 26; raises ValueError for others."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    return number - 1
