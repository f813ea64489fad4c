"""The table of the county's parameters, and the frozen values that rules take.

P0–P20 come from domain 3.3. A parameter from elsewhere has the number of its own rule.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from foundation.accounts.roles import ROLES

ML = "茂政发〔2023〕6号 五(三)2"
JH = "全县控辍保学会议讲话"
PROPOSED = "县级默认（无上级文件规定）"


@dataclass(frozen=True, slots=True)
class Spec:
    """One parameter: its code, its field, its meaning and its source.

    The page omits parameters that no rule reads yet. A number lies from ``least`` to ``most``;
    ``choices`` are the values and their words, where there are few.
    """

    code: str
    field: str
    label: str
    default: Any
    unit: str
    source: str
    is_read: bool = True
    least: int = 0
    most: int = 0
    choices: tuple[tuple[Any, str], ...] = ()


YES_NO = ((True, "是"), (False, "否"))
# R5 says 3日内（不含双休日） and nothing of holidays. Which days it means is the county's choice.
DAY_TYPES = (
    ("literal_weekday", "周一至周五（按文件字面“不含双休日”，节假日也计入）"),
    ("working_day", "工作日（按国务院节假日安排，调休上班日计入）"),
    ("school_day", "上课日（按校历）"),
)
# The seeds count the three days 劝返后, and do not say from which day where the school is late.
STARTS = (
    ("report", "报告之日（学校晚劝返的，时间不因此变长）"),
    ("contact", "首次劝返之日（按文件字面“劝返后”；没有劝返的，仍自报告之日）"),
)
SPECS: tuple[Spec, ...] = (
    Spec("P0", "roll_cutoff", "每日点名截止时刻", "10:00", "时刻", PROPOSED),
    Spec("P1", "open_after_days", "连续无故缺勤超过几天即立案", 1, "教学日", ML, least=1, most=5),
    Spec("P2", "report_days", "班主任报告期限（当天为0）", 0, "工作日", ML, least=0, most=3),
    Spec(
        "P3", "register_days", "学校登记与首次联系期限（当天为0）", 0, "工作日", ML, least=0, most=3
    ),
    Spec(
        "P4", "persuade_days", "学校劝返期限", 3, "天（哪些天计入见下一行）", ML, least=1, most=10
    ),
    Spec(
        "P4D",
        "persuade_day_type",
        "学校劝返期限计入哪些天",
        "working_day",
        "计日方式",
        PROPOSED,
        choices=DAY_TYPES,
    ),
    Spec(
        "P4S",
        "persuade_start",
        "学校劝返期限从哪一天起算",
        "report",
        "起算方式",
        PROPOSED,
        choices=STARTS,
    ),
    Spec("P5", "village_days", "村（居）委会协助期限", 3, "工作日", PROPOSED, least=1, most=15),
    Spec("P6", "township_days", "乡镇劝返期限", 5, "工作日", PROPOSED, least=1, most=20),
    Spec(
        "P7",
        "attempts",
        "下达限期复学通知书前至少劝返次数",
        3,
        "次",
        f"{JH} 二(一) 多次动员；三访一报告",
        least=1,
        most=10,
    ),
    Spec(
        "P7V",
        "attempts_in_person",
        "其中入户等当面劝返次数",
        2,
        "次",
        "根政办发〔2018〕40号 三访一报告",
        least=0,
        most=10,
    ),
    Spec(
        "P8",
        "order_days",
        "限期复学通知书期限（自送达起）",
        7,
        "日历日",
        f"{JH} 二(一) 一周内",
        least=1,
        most=30,
    ),
    Spec("P9", "observe_days", "返校观察期（连续在校）", 10, "教学日", PROPOSED, least=1, most=30),
    Spec("P10", "approve_days", "县级核准期限", 10, "工作日", PROPOSED, least=1, most=30),
    Spec(
        "P11",
        "suspected_days",
        "疑似辍学：距最后到校超过几天",
        7,
        "日历日",
        "仙游县教育局 2019",
        least=1,
        most=30,
    ),
    Spec(
        "P11S",
        "suspected_missed",
        "疑似辍学：且无故缺勤满几天",
        5,
        "教学日",
        "粤教基〔2009〕3号",
        least=1,
        most=20,
    ),
    Spec(
        "P12",
        "dropout_missed",
        "辍学：无故缺勤满几天",
        20,
        "教学日",
        "辽宁省学籍规定 连续4周",
        least=5,
        most=60,
    ),
    Spec(
        "P13",
        "joint_report",
        "双报告时点",
        "D1",
        "阶段",
        "沈阳市控辍保学通知 3；相山区 2023 二3",
        is_read=False,
    ),
    Spec("P14", "pause_in_vacation", "学校期限假期暂停", True, "是否", PROPOSED, choices=YES_NO),
    Spec(
        "P15",
        "monthly_due",
        "月报截止",
        "last_working_day",
        "规则",
        f"{JH} 二(二) 每月底",
        is_read=False,
    ),
    Spec(
        "P16",
        "term_clocks",
        "学期报告期限",
        [10, 15, 30],
        "工作日/日历日",
        f"沈阳市控辍保学通知 4；{JH} 二(二)",
        is_read=False,
    ),
    Spec(
        "P17",
        "government_line",
        "属地责任",
        "hukou",
        "规则",
        "茂政发〔2023〕6号 五(三)1",
        is_read=False,
    ),
    Spec(
        "P18",
        "control_lines",
        "辍学率控制线",
        {"1": 60, "2": 180},
        "百分比",
        "茂政发〔2023〕6号 三",
        least=0,
        most=1000,
    ),
    Spec(
        "P19",
        "penalty_module",
        "行政处罚、催告和申请强制执行文书",
        False,
        "法律依据",
        f"{PROPOSED}，默认不开通；义务教育法第五十八条的批评教育、责令限期改正不是行政处罚",
    ),
    Spec(
        "P20",
        "short_return_days",
        "未到村级前返校后连续在校几天自动销号",
        3,
        "教学日",
        PROPOSED,
        least=1,
        most=10,
    ),
    # ux 5.2: a parameter, because the assessors of the system (等级保护测评) may ask for less.
    Spec(
        "S58",
        "phone_days",
        "本人手机点名免登录天数（0为不开通）",
        30,
        "日历日",
        PROPOSED,
        least=0,
        most=30,
    ),
    # Security S56; who is named must set an authenticator app within 14 days.
    Spec(
        "S56",
        "factor_roles",
        "登录须输入动态码的职务",
        [
            "registrar",
            "township_officer",
            "township_leader",
            "county_desk",
            "supervisor",
            "bureau_leader",
            "administrator",
            "security_officer",
            "auditor",
        ],
        "职务",
        PROPOSED,
        choices=tuple((role.code, role.label) for role in ROLES),
    ),
)
BY_FIELD = {spec.field: spec for spec in SPECS}
BY_CODE = {spec.code: spec for spec in SPECS}


@dataclass(frozen=True, slots=True)
class Parameters:
    """The values in force in one county on one day; every rule takes them as an argument."""

    roll_cutoff: str
    open_after_days: int
    report_days: int
    register_days: int
    persuade_days: int
    persuade_day_type: str
    persuade_start: str
    village_days: int
    township_days: int
    attempts: int
    attempts_in_person: int
    order_days: int
    observe_days: int
    approve_days: int
    suspected_days: int
    suspected_missed: int
    dropout_missed: int
    joint_report: str
    pause_in_vacation: bool
    monthly_due: str
    term_clocks: list[int]
    government_line: str
    control_lines: Mapping[str, int]
    penalty_module: bool | str  # the county's legal basis in words where it is on (N10)
    short_return_days: int
    phone_days: int
    factor_roles: list[str]

    @property
    def cutoff(self) -> time:
        """P0 as a time of day, Asia/Shanghai."""
        return time.fromisoformat(self.roll_cutoff)


def defaults() -> Parameters:
    """The values of domain 3.3, before a county sets its own."""
    return Parameters(**{spec.field: spec.default for spec in SPECS})


def merged(rows: Iterable[tuple[str, Any]]) -> Parameters:
    """Defaults overlaid by ``(code, value)`` rows. A later row wins over an earlier one."""
    values = {spec.field: spec.default for spec in SPECS}
    values.update({BY_CODE[code].field: value for code, value in rows if code in BY_CODE})
    return Parameters(**values)


@dataclass(frozen=True, slots=True)
class ParameterHistory:
    """Every value that a county has set, as (day from which it is in force, code, value).

    The rows are in the order in which they win: by day, and on one day the later entry.
    """

    rows: tuple[tuple[date, str, Any], ...] = ()

    def on(self, day: date) -> Parameters:
        """The values in force on ``day``."""
        return merged((code, value) for since, code, value in self.rows if since <= day)

    def supposing(self, code: str, value: Any, since: date) -> "ParameterHistory":
        """The history as if this value had been set from that day on."""
        rows = [row for row in self.rows if row[:2] != (since, code)]
        return ParameterHistory(
            tuple(sorted([*rows, (since, code, value)], key=lambda row: row[0]))
        )
