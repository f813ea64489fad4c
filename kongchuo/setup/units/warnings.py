"""What is unusual about a merge, told before it is confirmed: it may be meant, or a slip."""

from collections.abc import Collection
from datetime import date

from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.values import STAGES
from kongchuo.setup.opening.rules.values import STAGES as WORDS
from kongchuo.setup.opening.rules.values import stage_word
from students.census.models import Catchment
from students.roster.classes.moving import classes_from, renamed_by_moving
from students.roster.models import School, SchoolClass
from students.roster.models.querysets import in_force
from students.roster.rules.grades import grade_name, is_at_school, school_year_of

STAGE_UNFIT = "学段不合：「{into}」办{has}，转去的{classes}是{stage}。请核对是不是选错了接收学校。"
RENAMED = "「{into}」已有同样班号的班，转去以后：{told}。"
NO_CLASS = "「{into}」现在没有{grades}的班：转去以后，这些班单独成班。"
OTHER_TOWNSHIP = "「{name}」属{before}，「{into}」属{after}：不在一个乡镇，责任乡镇随之改变。"


def warnings_of(unit: Unit, into: Unit | None, day: date) -> list[str]:
    """What the person who confirms should know, in Chinese; a merge that fits has none."""
    if into is None:
        return []
    found = _other_township(unit, into)
    if unit.kind == UnitKind.SCHOOL:
        found = [*_classes(unit, into, day), *_renamed(unit, into, day), *found]
    return found


def _renamed(unit: Unit, into: Unit, day: date) -> list[str]:
    old, new = (School.objects.get(pk=one.pk) for one in (unit, into))
    pairs = renamed_by_moving(old, new, day)
    told = "、".join(f"{before}改称{after}" for before, after in pairs)
    return [RENAMED.format(into=into.name, told=told)] if told else []


def _other_township(unit: Unit, into: Unit) -> list[str]:
    before, after = _township(unit), _township(into)
    if before is None or after is None or before == after:
        return []
    words = OTHER_TOWNSHIP.format(name=unit.name, into=into.name, before=before, after=after)
    return [words]


def _township(unit: Unit) -> Unit | None:
    if unit.kind == UnitKind.VILLAGE:
        return unit.parent
    if unit.kind == UnitKind.SCHOOL:
        return School.objects.select_related("township").get(pk=unit.pk).township
    return None


def _classes(unit: Unit, into: Unit, day: date) -> list[str]:
    """Classes of a stage that the school does not teach, and grades of which it has no class."""
    moving, there = _taught(unit, day), _taught(into, day)
    stages, year = _stages(into, there, day), school_year_of(day)
    found = []
    for stage in sorted({one.stage for one in moving} - stages):
        names = "、".join(one.name_on(day) for one in moving if one.stage == stage)
        has = "、".join(STAGES[one] for one in sorted(stages))
        words = STAGE_UNFIT.format(into=into.name, has=has, classes=names, stage=STAGES[stage])
        found.append(words)
    known = {(one.stage, one.entry_year) for one in there}
    new = {(one.stage, one.entry_year) for one in moving if one.stage in stages} - known
    if new:
        ordered = sorted(new, key=lambda one: (one[0], -one[1]))
        grades = "、".join(grade_name(stage, entry, year) for stage, entry in ordered)
        found.append(NO_CLASS.format(into=into.name, grades=grades))
    return found


def _taught(school: Unit, day: date) -> list[SchoolClass]:
    year = school_year_of(day)
    classes = classes_from(school.pk, day)
    return [one for one in classes if is_at_school(one.stage, one.entry_year, year)]


def _stages(school: Unit, classes: Collection[SchoolClass], day: date) -> set[str]:
    """The stages a school teaches: by its classes, else by its code and its villages."""
    if classes:
        return {one.stage for one in classes}
    drawn = Catchment.objects.filter(in_force(day), school_id=school.pk)
    code = School.objects.get(pk=school.pk).code
    return set(WORDS[stage_word(code, set(drawn.values_list("stage", flat=True)))])
