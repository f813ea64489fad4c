"""The rights table: what each role may see, do and grant."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Right(StrEnum):
    """One thing a person may do; every view and act asks for exactly one."""

    SEE_PUPILS = "see_pupils"
    IMPORT_ROSTER = "import_roster"
    EXPORT_ROSTER = "export_roster"  # 全量导出，须写明用途
    CONFIRM_EXPORTS = "confirm_exports"  # 导出复核的第二人
    SEE_GROUPS = "see_groups"  # 特殊群体
    MANAGE_GROUPS = "manage_groups"
    REPORT_CHANGE = "report_change"  # 变动情况日报
    RECORD_CHANGE = "record_change"  # 学籍异动
    APPROVE_SUSPENSION = "approve_suspension"  # 延缓入学、休学：乡镇批准
    FILE_SUSPENSION = "file_suspension"  # 县级备案
    MANAGE_ENTRANTS = "manage_entrants"  # 新生名单、报到登记
    ISSUE_NOTICES = "issue_notices"  # 入学通知书
    SIGN_HANDOVER = "sign_handover"  # 六年级名册交接
    CALL_ROLL = "call_roll"
    CORRECT_ROLL = "correct_roll"
    SEE_MORNINGS = "see_mornings"  # 今日到校、点名提交率：只有人数
    SEE_CASES = "see_cases"
    REPORT_CASE = "report_case"  # 班主任报告
    REPORT_CHILD = "report_child"  # 发现报告：报告失学辍学儿童、登记群众反映
    REGISTER_CASE = "register_case"  # 学校登记
    RECORD_CONTACT = "record_contact"  # 劝返记录
    ASK_VILLAGE = "ask_village"  # 协助劝返请求
    ANSWER_REQUEST = "answer_request"  # 村（居）委会协助结果
    REPORT_TOWNSHIP = "report_township"  # 上报乡镇
    RECEIVE_REPORT = "receive_report"  # 签收送给本单位的函件、报告
    SERVE_ORDER = "serve_order"  # 限期复学通知书
    REVIEW_CASE = "review_case"  # 会商
    RECORD_RETURN = "record_return"  # 复学登记
    REQUEST_CLOSURE = "request_closure"  # 申请销号
    CONFIRM_CLOSURE = "confirm_closure"  # 乡镇确认
    APPROVE_CLOSURE = "approve_closure"  # 县级核准
    CONFIRM_DROPOUT = "confirm_dropout"  # 校长认定辍学
    RECORD_POLICE_REPLY = "record_police_reply"  # 公安查找失联的回复
    REVIEW_DROPOUT = "review_dropout"  # 县级核阅、撤销辍学认定
    SEE_NAMES = "see_names"  # children in full; without it 张**
    SEE_SENSITIVE_CAUSE = "see_sensitive_cause"
    DIAL = "dial"  # 拨打监护人电话
    BUILD_RETURNS = "build_returns"
    SEE_FIGURES = "see_figures"
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_UNITS = "manage_units"  # 单位：增加、更名、合并、撤并
    SEE_STATUS = "see_status"  # 系统状态
    SEE_AUDIT = "see_audit"  # 全县的操作记录，使用超限、单位变动的记录
    SEE_UNIT_AUDIT = "see_unit_audit"  # 本单位的操作记录
    MANAGE_PEOPLE = "manage_people"
    CONFIRM_PEOPLE = "confirm_people"  # 人员复核：县级任职和密码重置的第二人
    OPEN_COUNTY = "open_county"  # 开通向导：上传工作簿
    DECLARE_OPENED = "declare_opened"  # 宣布已开通，撤回宣布
    SEE_OPENING = "see_opening"  # 开通向导和开通进度；第二人由此确认
    MANAGE_STAFF = "manage_staff"  # 本单位人员
    READ_UNIT_MAIL = "read_unit_mail"  # 单位收件
    MANAGE_WATCH = "manage_watch"  # 重点关注台账：列入、移出
    RECORD_SUPPORT = "record_support"  # 帮扶记录
    SET_WARNING_RULES = "set_warning_rules"  # 早期预警规则
    SEE_PAPERS = "see_papers"  # 文书台账
    DRAFT_PAPERS = "draft_papers"  # 拟稿、送签、打印、登记送达
    SIGN_PAPERS = "sign_papers"  # 签发、退回、作废
    SET_PAPER_TEXTS = "set_paper_texts"  # 文书文本和文号代字


class Reach(StrEnum):
    """How far a role sees from the unit where it is held."""

    NONE = "none"
    CLASSES = "classes"  # the classes the post is held for
    UNIT = "unit"  # rows that name this unit
    BELOW = "below"  # rows of the units whose parent this is
    COUNTY = "county"


class Level(StrEnum):
    """The level that owes a duty of a case. The unit is the case's own unit of that level."""

    TEACHER = "teacher"
    SCHOOL = "school"
    VILLAGE = "village"
    TOWNSHIP = "township"
    OFFICE = "office"  # 镇教管办, second addressee of the township report (R6)
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Role:
    """A row of the rights table.

    ``level`` is where the role acts in a case of its unit. ``queue`` names the levels whose duties
    stand in its 工作台. ``watches`` says that it answers for an area besides its own work;
    ``presses`` names the levels below it whose overdue duties it presses for (催办). ``also``
    are other names of the role in staff sheets. ``idle_minutes`` end its sessions (S58).
    ``needs_two`` says that one person asks for the post and another confirms it (design 4).
    """

    code: str
    label: str
    unit_kind: str
    pupils: Reach
    cases: Reach
    rights: frozenset[Right]
    may_grant: frozenset[str] = field(default_factory=frozenset)
    level: Level | None = None
    queue: tuple[Level, ...] = ()
    watches: bool = False
    presses: tuple[Level, ...] = ()
    also: tuple[str, ...] = ()
    idle_minutes: int = 30
    needs_two: bool = False


R = Right
_SCHOOLS = (Level.TEACHER, Level.SCHOOL)
_BELOW_TOWNSHIP = (*_SCHOOLS, Level.VILLAGE)
_CASE = {R.SEE_NAMES, R.SEE_CASES, R.REPORT_CHILD}
_SCHOOL_CASE = _CASE | {R.RECORD_CONTACT, R.RECORD_RETURN, R.DIAL}
_SCHOOL_DESK = _SCHOOL_CASE | {
    R.SEE_PUPILS,
    R.IMPORT_ROSTER,
    R.EXPORT_ROSTER,
    R.SEE_GROUPS,
    R.MANAGE_GROUPS,
    R.REPORT_CHANGE,
    R.RECORD_CHANGE,
    R.MANAGE_ENTRANTS,
    R.ISSUE_NOTICES,
    R.SIGN_HANDOVER,
    R.RECEIVE_REPORT,
    R.MANAGE_STAFF,
    R.CALL_ROLL,
    R.CORRECT_ROLL,
    R.SEE_MORNINGS,
    R.REPORT_CASE,
    R.REGISTER_CASE,
    R.ASK_VILLAGE,
    R.REPORT_TOWNSHIP,
    R.REQUEST_CLOSURE,
    R.READ_UNIT_MAIL,
    R.MANAGE_WATCH,
    R.RECORD_SUPPORT,
    R.SEE_PAPERS,
    R.DRAFT_PAPERS,
}
_TOWNSHIP_DESK = _CASE | {
    R.RECORD_CONTACT,
    R.RECEIVE_REPORT,
    R.SERVE_ORDER,
    R.REVIEW_CASE,
    R.RECORD_RETURN,
    R.CONFIRM_CLOSURE,
    R.RECORD_POLICE_REPLY,
    R.DIAL,
    R.READ_UNIT_MAIL,
    R.APPROVE_SUSPENSION,
    R.ISSUE_NOTICES,
    R.MANAGE_STAFF,
    R.ANSWER_REQUEST,  # where a child has no village here, the township answers
    R.SEE_MORNINGS,
    R.SEE_PAPERS,
    R.DRAFT_PAPERS,
}


def _role(
    code: str,
    label: str,
    unit_kind: str,
    reach: tuple[Reach, Reach],
    rights: set[Right],
    may_grant: tuple[str, ...] = (),
    **more: Any,
) -> Role:
    return Role(code, label, unit_kind, *reach, frozenset(rights), frozenset(may_grant), **more)


def _office(code: str, label: str, rights: set[Right], may_grant: tuple[str, ...] = ()) -> Role:
    """One of the three offices of a county: it reaches no child (security S10)."""
    nobody = (Reach.NONE, Reach.NONE)
    return _role(code, label, "county", nobody, rights, may_grant, idle_minutes=15, needs_two=True)


# (pupils seen, cases seen): domain 1.2, 1.3; design 4.1.
ROLES: tuple[Role, ...] = (
    _role(
        "class_teacher",
        "班主任",
        "school",
        (Reach.CLASSES, Reach.CLASSES),
        _SCHOOL_CASE
        | {R.SEE_PUPILS, R.SEE_GROUPS, R.CALL_ROLL, R.REPORT_CASE, R.REPORT_CHANGE}
        | {R.RECORD_SUPPORT},
        level=Level.TEACHER,
        queue=(Level.TEACHER,),
        also=("班主任老师",),
    ),
    _role(
        "registrar",
        "学籍管理员",
        "school",
        (Reach.UNIT, Reach.UNIT),
        _SCHOOL_DESK,
        ("class_teacher",),
        level=Level.SCHOOL,
        queue=(Level.SCHOOL,),
        also=("学籍员",),
    ),
    _role(
        "head_teacher",
        "校长",
        "school",
        (Reach.UNIT, Reach.UNIT),
        _SCHOOL_DESK | {R.SEE_SENSITIVE_CAUSE, R.CONFIRM_DROPOUT, R.SEE_UNIT_AUDIT, R.SIGN_PAPERS},
        ("class_teacher", "registrar"),
        level=Level.SCHOOL,
        queue=(Level.SCHOOL,),
        watches=True,
        presses=(Level.TEACHER,),
    ),
    _role(
        "central_school",
        "中心校负责人",
        "central_school",
        (Reach.BELOW, Reach.BELOW),
        {
            R.SEE_NAMES,
            R.SEE_PUPILS,
            R.SEE_CASES,
            R.SEE_FIGURES,
            R.SEE_MORNINGS,
            R.SIGN_HANDOVER,
            R.READ_UNIT_MAIL,
        },
        watches=True,
        presses=_SCHOOLS,
    ),
    _role(
        "village_cadre",
        "村（居）委会专干",
        "village",
        (Reach.NONE, Reach.UNIT),
        _CASE
        | {
            R.RECORD_CONTACT,
            R.ANSWER_REQUEST,
            R.RECEIVE_REPORT,
            R.DIAL,
            R.READ_UNIT_MAIL,
        },
        level=Level.VILLAGE,
        queue=(Level.VILLAGE,),
        also=("村专干", "村委会专干", "居委会专干", "村（居）专干"),
    ),
    _role(
        "township_officer",
        "乡镇经办人",
        "township",
        (Reach.NONE, Reach.UNIT),
        _TOWNSHIP_DESK,
        ("village_cadre",),
        level=Level.TOWNSHIP,
        queue=(Level.TOWNSHIP, Level.VILLAGE),
        watches=True,
        presses=_BELOW_TOWNSHIP,
    ),
    _role(
        "township_leader",
        "乡镇领导",
        "township",
        (Reach.NONE, Reach.UNIT),
        _TOWNSHIP_DESK | {R.SIGN_PAPERS},
        ("township_officer", "village_cadre"),
        level=Level.TOWNSHIP,
        queue=(Level.TOWNSHIP, Level.VILLAGE),
        watches=True,
        presses=_BELOW_TOWNSHIP,
    ),
    _role(
        "education_office",
        "镇教管办",
        "education_office",
        (Reach.NONE, Reach.BELOW),
        _CASE | {R.RECEIVE_REPORT, R.READ_UNIT_MAIL, R.SEE_MORNINGS},
        level=Level.OFFICE,
        watches=True,
        presses=_SCHOOLS,
    ),
    _role(
        "county_desk",
        "教育局基教股",
        "county",
        (Reach.COUNTY, Reach.COUNTY),
        {
            R.SEE_NAMES,
            R.SEE_PUPILS,
            R.IMPORT_ROSTER,
            R.EXPORT_ROSTER,
            R.SEE_GROUPS,
            R.FILE_SUSPENSION,
            R.SEE_CASES,
            R.REPORT_CHILD,
            R.APPROVE_CLOSURE,
            R.RECORD_POLICE_REPLY,
            R.REVIEW_DROPOUT,
            R.SEE_SENSITIVE_CAUSE,
            R.BUILD_RETURNS,
            R.SEE_FIGURES,
            R.SEE_MORNINGS,
            R.MANAGE_CALENDAR,
            R.READ_UNIT_MAIL,
            R.RECEIVE_REPORT,
            R.SET_WARNING_RULES,
            R.CONFIRM_PEOPLE,
            R.SEE_OPENING,
            R.SEE_STATUS,
            R.DECLARE_OPENED,
        }
        | {R.SEE_PAPERS, R.DRAFT_PAPERS, R.SERVE_ORDER, R.SET_PAPER_TEXTS},
        level=Level.COUNTY,
        queue=(Level.COUNTY,),
        watches=True,
        presses=(*_BELOW_TOWNSHIP, Level.TOWNSHIP, Level.OFFICE),
        idle_minutes=15,
        needs_two=True,
    ),
    _role(
        "supervisor",
        "督导室（只读）",
        "supervision",
        (Reach.COUNTY, Reach.COUNTY),
        {R.SEE_PUPILS, R.SEE_CASES, R.SEE_FIGURES, R.SEE_MORNINGS, R.SEE_PAPERS},
        watches=True,
        idle_minutes=15,
        needs_two=True,
    ),
    # 局领导: the county's figures, names as 张**, but for the papers that he signs.
    _role(
        "bureau_leader",
        "局领导",
        "county",
        (Reach.COUNTY, Reach.COUNTY),
        {R.SEE_PUPILS, R.SEE_CASES, R.SEE_FIGURES, R.SEE_MORNINGS, R.SEE_PAPERS, R.SIGN_PAPERS}
        | {R.CONFIRM_PEOPLE, R.CONFIRM_EXPORTS, R.SEE_OPENING, R.DECLARE_OPENED},
        watches=True,
        also=("县教育局领导", "分管领导"),
        idle_minutes=15,
        needs_two=True,
    ),
    # The three offices (S10): none sees a child, so nobody holds one beside any other role.
    _office("administrator", "系统管理员", {R.MANAGE_UNITS, R.SEE_STATUS, R.SEE_OPENING}),
    _office(
        "security_officer",
        "安全管理员",
        {R.MANAGE_PEOPLE, R.CONFIRM_PEOPLE, R.OPEN_COUNTY, R.SEE_OPENING, R.DECLARE_OPENED},
        (
            "class_teacher",
            "registrar",
            "head_teacher",
            "central_school",
            "village_cadre",
            "township_officer",
            "township_leader",
            "education_office",
            "county_desk",
            "supervisor",
            "bureau_leader",
            "administrator",
            "security_officer",
            "auditor",
        ),
    ),
    _office("auditor", "审计员", {R.SEE_AUDIT}),
)
OFFICES = ("administrator", "security_officer", "auditor")

BY_CODE = {role.code: role for role in ROLES}


def role_of(code: str) -> Role:
    """The row of the table; raises KeyError for a role that does not exist."""
    return BY_CODE[code]


def keep_apart(one: str, other: str) -> bool:
    """Whether nobody may hold both: an office, which sees no child, and any other role (S10)."""
    return one != other and not {one, other}.isdisjoint(OFFICES)


def may_grant(granter: str, granted: str) -> bool:
    """Whether a holder of ``granter`` may give ``granted``.

    Nobody gives his own role alone: a security officer asks for another, and a second confirms.
    """
    return granted in BY_CODE[granter].may_grant
