"""What the case knows for a 限期复学通知书. The clerk corrects it before it is sent."""

from collections.abc import Mapping

from cases.actions.context import Context
from cases.acts.ladder.register import registered_day
from cases.acts.ladder.serve_order import talks
from cases.models import Case
from cases.papers.order_words import (
    ADDRESS,
    CHILD,
    DAYS,
    GUARDIAN,
    ID_NO,
    PHONE,
    REVIEWED_BY,
    SCHOOL,
    SUED_AT,
    TRIED,
    WHO,
    identity,
)
from foundation.days import full_day_words, month_words
from students.roster.models import Child, Guardian
from students.roster.rules.grades import school_year_of

_PARENTS = ("父亲", "母亲", "父", "母", "继父", "继母", "养父", "养母")


def values_of(case: Case, ctx: Context, clerk: str) -> dict[str, str]:
    """What may be typed of the order, by the names of the fields, as the case stands today."""
    known = letter_values(case, ctx, clerk)
    return {**known, ID_NO: "", ADDRESS: case.child.address, **_remedies(case)}


def _remedies(case: Case) -> dict[str, str]:
    """Who reviews what a township or a bureau of the county does, and which court hears it; the
    clerk corrects them where the county has it otherwise."""
    region = case.county.region
    place = region.name if region else ""
    return {REVIEWED_BY: f"{place}人民政府", SUED_AT: f"{place}人民法院"} if place else {}


def letter_values(case: Case, ctx: Context, clerk: str) -> dict[str, str]:
    """What a letter to the guardian says of the child and of who writes it."""
    child = case.child
    guardian = child.legal_guardian
    return {
        GUARDIAN: guardian.name if guardian else "",
        "子女": _called(child, guardian),
        CHILD: child.name,
        "出生年月": month_words(child.born_on) if child.born_on else "",
        SCHOOL: case.school.name if case.school else "",
        "年级班级": class_name(case, ctx),
        "离校日期": full_day_words(registered_day(case) or case.away_from),
        "联系人": clerk,
        PHONE: "",
    }


def _called(child: Child, guardian: Guardian | None) -> str:
    """What the child is to the guardian: 子 or 女 of a parent, 被监护人 of anybody else."""
    if guardian is not None and guardian.relation and guardian.relation not in _PARENTS:
        return "被监护人"
    return "女" if child.sex == "2" else "子"


def class_name(case: Case, ctx: Context) -> str:
    """Grade and class of this school year; "" where the child is in none."""
    klass = case.school_class
    return klass.name_in(school_year_of(ctx.today)) if klass else ""


def complete(values: Mapping[str, str], case: Case, ctx: Context) -> dict[str, str]:
    """What was typed, with the values that are counted or composed and never typed."""
    return {
        **values,
        WHO: identity(values.get(ID_NO, ""), values.get(ADDRESS, "")),
        TRIED: str(talks(case, ctx.today)[0]),
        DAYS: str(ctx.rules.order_days),
    }
