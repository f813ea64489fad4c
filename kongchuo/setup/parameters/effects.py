"""What follows a change of a parameter, in words, and which deadlines run by it."""

from collections.abc import Sequence

from cases.policy import ALL_DUTIES
from cases.recount.deadlines import Redated
from foundation.accounts.parameters import Spec

_DEADLINES = (
    "起算日在生效日期当天或以后的期限，按新的取值计算。",
    "以前起算的期限不改期，仍按当时的取值计算。",
)
_COUNTED = (
    "生效日期当天起，按新的取值判断。",
    "以前已经立案、已经统计的，按当时的取值，不再改动。",
)
_OTHERS = {
    "persuade_start": (
        "报告日在生效日期当天或以后的个案，按新的起算方式计算。",
        "以前报告的个案不变。",
    ),
    "roll_cutoff": ("生效日期当天起，超过新的时刻才提交的点名算未按时提交。",),
    "control_lines": ("生效日期当天起的报表和图表，按新的控制线比较。已生成的报表不变。",),
    "phone_days": ("已设为免登录的手机，超过新的天数后要重新输入密码。",),
    "factor_roles": (
        "生效日期当天起，这些职务登录时先提醒，14天以后必须设好动态码才能办理。",
        "不再列出的职务，已经设好的动态码仍然有效，本人可以停用。",
    ),
    "penalty_module": (
        "开通后，乡镇在会商以后的阶段可以起草行政处罚、催告和申请强制执行文书，内容和依据逐份填写。",
        "系统不会自动处罚，个案的阶段不因此变化。不开通的，这些文书不出现。",
    ),
    "attempts": ("生效日期当天起下达的限期复学通知书，按新的次数检查。",),
    "attempts_in_person": ("生效日期当天起下达的限期复学通知书，按新的次数检查。",),
}
_BY_DAY_TYPE = {duty.day_type_parameter for duty in ALL_DUTIES.values()} - {""}
_BY_DAYS = {duty.parameter for duty in ALL_DUTIES.values()} - {""}
_PAUSES = {"pause_in_vacation"}  # read by every clock that pauses
DATING = frozenset(_BY_DAYS | _BY_DAY_TYPE | _PAUSES)


def dates(spec: Spec) -> bool:
    """Whether deadlines run by the parameter."""
    return spec.field in DATING


def effects_of(spec: Spec) -> tuple[str, ...]:
    """What follows a change of the parameter, one sentence each."""
    return _DEADLINES if dates(spec) else _OTHERS.get(spec.field, _COUNTED)


def concerned(spec: Spec, found: Sequence[Redated]) -> list[Redated]:
    """The deadlines that run by the parameter, and those that move with one of them."""
    if not dates(spec):
        return []
    return [one for one in found if one.moves or _runs_by(spec, one)]


def _runs_by(spec: Spec, one: Redated) -> bool:
    duty = one.deadline.duty
    return spec.field in _PAUSES or spec.field in (duty.parameter, duty.day_type_parameter)
