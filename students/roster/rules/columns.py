"""The roster columns: the registry's 71-column template, what is kept of it, and how it is read.

This is one of the product's four tables. A column without a field is neither read nor stored: data
that the work against dropping out does not need is not collected (forms 2.1, domain 6.4).

A new column is a row here, a field of its model and a migration. Import, preview, pupil's page,
history, template and README read this table.
"""

from collections.abc import Mapping
from typing import Any

from foundation.masking import mask_id, mask_phone, mask_text
from students.roster.rules import codes
from students.roster.rules.roster_column import (
    CellKind,
    CodeList,
    Holder,
    Protection,
    RosterColumn,
    Section,
)

BOARDS = "2"
FAMILY = (1, 2)  # positions of the family members whom the form names
_YES_OR_NO = {"是": "是", "否": "否"}
IS_OR_NOT = {True: "是", False: "否"}
_BOARDING = CodeList(
    codes.BOARDING, (("走读生", "1"), ("住校生", "2"), ("寄宿", "2"), ("寄宿生", "2"))
)
_BOARDING_ASKED = CodeList({BOARDS: "是", "1": "否"})
_SEX = CodeList(codes.SEX, (("男性", "1"), ("女性", "2")))
_ID_TYPE = CodeList(codes.ID_TYPES, (("身份证", "1"), ("居民身份证号", "1"), ("无", "Z")))
_YES_NO = CodeList(codes.YES_NO)
_FLAG = CodeList(_YES_OR_NO, (("1", "是"), ("0", "否"), ("无", "否")))


def _list(names: dict[str, str]) -> tuple[str, ...]:
    return tuple(names.values())


def _other(
    heading: str, star: bool = False, hint: str = "", aliases: tuple[str, ...] = ()
) -> RosterColumn:
    choices = tuple(codes.OTHER_LISTS.get(heading, "").split())
    return RosterColumn(heading, star=star, choices=choices, hint=hint, aliases=aliases)


def _group(heading: str, field: str, aliases: tuple[str, ...]) -> RosterColumn:
    """Return a column that names the kind of a special group; schools' own sheets often say 是."""
    names = tuple(codes.OTHER_LISTS[heading].split())
    listed = CodeList({name: name for name in names} | _YES_OR_NO, (("无", "否"),))
    return RosterColumn(
        heading,
        field,
        CellKind.CODE,
        listed,
        choices=names,
        aliases=aliases,
        holder=Holder.GROUP,
    )


def _flag(heading: str, field: str, aliases: tuple[str, ...]) -> RosterColumn:
    """Return a column that says 是 or 否 of a special group."""
    return RosterColumn(heading, field, CellKind.CODE, _FLAG, aliases=aliases, holder=Holder.GROUP)


_NAME_OF = {
    1: ("监护人姓名", "监护人", "家长姓名", "家长", "父亲姓名"),
    2: ("母亲姓名",),
}
_RELATION_OF = {1: ("与学生关系", "与监护人关系"), 2: ()}
_PHONE_OF = {
    1: ("监护人电话", "监护人联系电话", "家长电话", "家长联系电话", "父亲电话"),
    2: ("母亲电话",),
}


def _kept(n: int, label: str, name: str, kind: CellKind, **more: Any) -> RosterColumn:
    """Return a column of a family member that the guardian's row keeps."""
    more |= {"holder": Holder.GUARDIAN, "position": n, "attribute": name, "label": label}
    return RosterColumn(f"成员{n}{label}", f"guardian{n}_{name}", kind, **more)


def _family(n: int) -> tuple[RosterColumn, ...]:
    """Return the twelve columns of a family member; four are kept."""
    m = f"成员{n}"
    return (
        _kept(n, "姓名", "name", CellKind.NAME, aliases=_NAME_OF[n]),
        _kept(
            n,
            "关系",
            "relation",
            CellKind.RELATION,
            aliases=_RELATION_OF[n],
            choices=_list(codes.RELATIONS),
        ),
        _other(f"{m}关系说明"),
        _other(f"{m}现住址"),
        _other(f"{m}户口所在地"),
        _kept(
            n,
            "联系电话",
            "phone",
            CellKind.PHONE,
            aliases=_PHONE_OF[n],
            protection=Protection.DIGESTED,
            mask=mask_phone,
        ),
        _kept(
            n,
            "是否监护人",
            "is_guardian",
            CellKind.CODE,
            codes=_YES_NO,
            choices=_list(codes.YES_NO),
            true_code="1",
            words=IS_OR_NOT,
        ),
        *map(
            _other, (f"{m}身份证件类型", f"{m}身份证件号", f"{m}民族", f"{m}工作单位", f"{m}职务")
        ),
    )


# In the order of the template (forms 2.1).
COLUMNS: tuple[RosterColumn, ...] = (
    RosterColumn("学校标识码", "school_code", CellKind.SCHOOL_CODE, star=True),
    RosterColumn(
        "姓名",
        "name",
        CellKind.NAME,
        star=True,
        needed=True,
        aliases=("学生姓名", "学生"),
        complaint="缺少姓名，请填写",
        holder=Holder.CHILD,
    ),
    RosterColumn(
        "性别",
        "sex",
        CellKind.CODE,
        _SEX,
        star=True,
        needed=True,
        complaint="缺少性别，请填写「男」或「女」",
        choices=_list(codes.SEX),
        holder=Holder.CHILD,
        words=codes.SEX,
    ),
    RosterColumn(
        "出生日期",
        "born_on",
        CellKind.DAY,
        star=True,
        needed=True,
        aliases=("出生年月", "出生年月日", "生日"),
        complaint="缺少出生日期，请填写8位数字，如20110101",
        holder=Holder.CHILD,
    ),
    _other("出生地", star=True, hint="(行政区划)"),
    _other("籍贯"),
    RosterColumn(
        "民族",
        "ethnicity",
        CellKind.ETHNICITY,
        star=True,
        choices=_list(codes.ETHNICITY_NAMES),
        holder=Holder.CHILD,
        words=codes.ETHNICITY_NAMES,
    ),
    _other("国籍/地区", star=True),
    RosterColumn(
        "身份证件类型",
        "id_type",
        CellKind.CODE,
        _ID_TYPE,
        star=True,
        aliases=("证件类型",),
        choices=_list(codes.ID_TYPES),
        holder=Holder.CHILD,
        words=codes.ID_TYPES,
        label="证件类型",
    ),
    _other("港澳台侨外", star=True),
    _other("健康状况", star=True),
    _other("政治面貌"),
    RosterColumn(
        "身份证件号",
        "id_no",
        CellKind.ID_NUMBER,
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
        holder=Holder.CHILD,
        protection=Protection.DIGESTED,
        mask=mask_id,
        label="证件号",
    ),
    _other("户口性质", star=True),
    RosterColumn(
        "户口所在地",
        "home_region",
        CellKind.REGION,
        star=True,
        aliases=("户口所在地行政区划", "户籍所在地", "户籍地址"),
        hint="(行政区划)",
        holder=Holder.CHILD,
        section=Section.HOME,
        label="户籍区划码",
    ),
    RosterColumn(
        "班级",
        "class_name",
        star=True,
        needed=True,
        aliases=("班号", "班级名称", "行政班", "所在班级"),
        complaint="缺少班级，请填写，如「七年级1班」",
    ),
    RosterColumn(
        "入学年月",
        "entered",
        CellKind.MONTH,
        star=True,
        needed=True,
        aliases=("入学时间", "入学日期"),
        complaint="缺少入学年月，请填写6位数字，如202409",
    ),
    _other("入学方式", star=True),
    RosterColumn(
        "就读方式",
        "boarding",
        CellKind.CODE,
        _BOARDING,
        star=True,
        choices=_list(codes.BOARDING),
        holder=Holder.CHILD,
        attribute="boards",
        true_code=BOARDS,
        words={True: "住校", False: "不住校"},
        history_label="住校",
    ),
    RosterColumn(
        "现住址",
        "address",
        CellKind.LONG_TEXT,
        star=True,
        aliases=("现居住地",),
        holder=Holder.CHILD,
        protection=Protection.DIGESTED,
        mask=mask_text,
        section=Section.HOME,
    ),
    _other("通信地址", star=True),
    _other("家庭地址", star=True),
    RosterColumn(
        "联系电话",
        "phone",
        CellKind.PHONE,
        star=True,
        aliases=("手机号", "手机号码", "联系方式", "电话", "电话号码"),
    ),
    _other("邮政编码", star=True),
    _other("是否独生子女", star=True),
    _other("是否受过学前教育", star=True),
    _group("是否留守儿童", "left_behind", ("留守儿童", "是否留守", "留守")),
    _other("是否需要申请资助"),
    _other("是否享受一补"),
    _flag("是否孤儿", "orphan", ("孤儿",)),
    _other("是否烈士或优抚子女"),
    _other("上下学距离", hint="（公里）"),
    _other("上下学交通方式"),
    _other("是否需要乘坐校车"),
    _other("曾用名"),
    _other("身份证件有效期"),
    _other("血型"),
    _other("特长"),
    _other("学籍辅号", aliases=("省学籍辅号", "省学籍号", "学籍副号", "学号")),
    RosterColumn("班内学号", "seat_no", CellKind.SHORT, longest=10, holder=Holder.ENROLMENT),
    _other("学生来源"),
    _other("电子信箱"),
    _other("主页地址"),
    _group("残疾类型", "disability", ("残疾类别", "是否残疾", "残疾")),
    _other("是否由政府购买学位"),
    _group("随班就读", "inclusion", ("是否随班就读",)),
    *(column for position in FAMILY for column in _family(position)),
    _flag(
        "是否进城务工人员随迁子女",
        "migrant",
        ("进城务工人员随迁子女", "是否随迁子女", "随迁子女", "随迁"),
    ),
)

# Columns of exported lists and schools' own sheets that the template lacks (forms 2.1, 2.2).
EXTRA: tuple[RosterColumn, ...] = (
    RosterColumn(
        "学籍号",
        "registry_no",
        CellKind.REGISTRY_NUMBER,
        aliases=("全国学籍号", "全国学籍编号", "个人标识码", "学籍主号", "学生学籍号"),
        holder=Holder.CHILD,
        protection=Protection.DIGESTED,
        mask=mask_id,
    ),
    RosterColumn("年级", "grade", aliases=("年级名称", "所在年级")),
    RosterColumn(
        "是否住校", "boarding", CellKind.CODE, _BOARDING_ASKED, aliases=("是否寄宿生", "是否寄宿")
    ),
    RosterColumn("家庭地址", "address", CellKind.LONG_TEXT, aliases=("家庭住址",)),
    # What 户口所在地 says where it names no village that is known; read from its cell.
    RosterColumn(
        "户籍地址原文",
        "home_words",
        CellKind.LONG_TEXT,
        holder=Holder.CHILD,
        protection=Protection.DIGESTED,
        mask=mask_text,
        section=Section.HOME,
        label="户籍地址",
    ),
    RosterColumn("学生状态", "status", aliases=("学籍状态", "就读状态", "异动状态")),
)

# Further headings of such sheets that nobody needs. They are known, so no question is asked.
UNWANTED = frozenset({"序号", "备注", "照片", "姓名拼音", "学校", "学校名称", "班主任", "签名"})

# A sheet without these is not a roster. Each entry needs one of its fields.
ESSENTIAL: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("姓名", ("name",)),
    ("性别", ("sex",)),
    ("出生日期", ("born_on",)),
    ("身份证件号", ("id_no", "registry_no")),
    ("班级", ("class_name",)),
    ("入学年月", ("entered", "grade")),
)

_IN_TEMPLATE = frozenset(column.field for column in COLUMNS if column.field)
# Field → the column that says how it is kept; the template's column where there is one.
BY_FIELD: Mapping[str, RosterColumn] = {
    column.field: column
    for column in (*(one for one in EXTRA if one.field not in _IN_TEMPLATE), *COLUMNS)
    if column.field
}


def kept_in(holder: Holder, position: int = 0) -> tuple[RosterColumn, ...]:
    """Return the columns that this row of the database keeps; columns derived from another cell
    come last."""
    found = [c for c in BY_FIELD.values() if (c.holder, c.position) == (holder, position)]
    return tuple(sorted(found, key=lambda column: column.attribute != column.field))


def led_by(columns: tuple[RosterColumn, ...], *first: str) -> tuple[RosterColumn, ...]:
    """Return the columns with these attributes first, then the others in their order."""
    return tuple(sorted(columns, key=lambda c: (*first, c.attribute).index(c.attribute)))
