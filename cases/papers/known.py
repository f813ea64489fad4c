"""What a record of a case says of the child: the first part of T11 and T12 (forms B09, B10)."""

from cases.actions.context import Context
from cases.acts.ladder.register import registered_day
from cases.models import Case
from cases.papers.order_words import CHILD, GUARDIAN
from cases.papers.prefilled import class_name
from foundation.days import month_words
from foundation.papers.rules.merging import PHONE, RECEIVER, MergeField

FIELDS = (
    MergeField(CHILD, "张小某", required=True),
    MergeField("性别", "男"),
    MergeField("身份证号码", "5309××××××××××××××", typed=True),
    MergeField("就读学校及年级", "东镇中学八年级2班"),
    MergeField("辍学年月", "2026年9月"),
    MergeField(GUARDIAN, "张某某", required=True, typed=True, holds=RECEIVER),
    MergeField("电话号码", "138××××××××", typed=True, holds=PHONE),
    MergeField("家庭住址", "东镇东村三组", typed=True),
    MergeField("户籍所在地", "东镇东村", typed=True),
)
NAMES = tuple(one.name for one in FIELDS)


def child_facts(case: Case, ctx: Context) -> dict[str, str]:
    """The values of FIELDS as the case stands today; the phone is typed."""
    child, guardian = case.child, case.child.legal_guardian
    village = case.village.name if case.village else ""
    school = case.school.name if case.school else ""
    return {
        CHILD: child.name,
        "性别": child.sex_label,
        "身份证号码": child.id_no,  # the form has it whole; drafting it is on record as reading it
        "就读学校及年级": f"{school}{class_name(case, ctx)}",
        "辍学年月": month_words(registered_day(case) or case.away_from),
        GUARDIAN: guardian.name if guardian else "",
        "电话号码": "",
        "家庭住址": child.address,
        "户籍所在地": f"{_place(case.township.name)}{_place(village)}",
    }


def _place(unit: str) -> str:
    """The place of which a unit is named: 茂兰镇人民政府 → 茂兰镇, 东村村民委员会 → 东村."""
    for ending in ("人民政府", "村民委员会", "居民委员会"):
        unit = unit.removesuffix(ending)
    return unit
