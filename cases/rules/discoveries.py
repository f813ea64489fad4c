"""Rules of reports by hand: whom they may be about, which rung they open, how they stand."""

from datetime import date

from cases.rules.shapes import Stage

OWN, PUBLIC = "own", "public"
WAYS = {OWN: "本单位发现", PUBLIC: "群众反映、举报"}  # R23: any person may report

# 义务教育法 第二条、第十一条: nine years from six on; an older child who has not finished is 超龄
# only by the county's decision (domain 3.6, C13).
YOUNGEST, OLDEST = 6, 17
JUNIOR_FROM = 12  # the age by 31 August at which a child belongs to junior high

OLDEST_FINDING = 365  # days: what was found earlier is a slip of the year

PROGRESS = {"back": "已返校，观察中", "closed": "已办结", "open": "正在办理"}


def age_in_school_year(born_on: date, school_year: int) -> int:
    """Years of age on 31 August before the school year."""
    birthday = (born_on.month, born_on.day) <= (8, 31)
    return school_year - born_on.year - (0 if birthday else 1)


def complaint_about_birth(born_on: date, school_year: int) -> str:
    """Why a child born that day cannot be reported as out of school; empty when it can."""
    age = age_in_school_year(born_on, school_year)
    if age < YOUNGEST:
        return f"{school_year}年8月31日前不满{YOUNGEST}周岁，还不到入学年龄，请核对出生日期。"
    if age > OLDEST:
        return f"已超过{OLDEST}周岁，不属于义务教育阶段，请核对出生日期。"
    return ""


def teaching_stage(born_on: date, school_year: int) -> str:
    """The 学段 that a child of this age belongs to: 1 primary, 2 junior high."""
    return "1" if age_in_school_year(born_on, school_year) < JUNIOR_FROM else "2"


def first_rung(*, by_school: bool, has_school: bool) -> Stage:
    """The rung on which a report opens a case (domain 3.2, D1; design 4, A child on no roll).

    The school's own report is the report that D1 waits for. Without any school the township acts.
    """
    if not has_school:
        return Stage.D4
    return Stage.D2 if by_school else Stage.D1


def progress_of(stage: str) -> str:
    """How the case stands, in the words for whoever reported the child."""
    if stage == Stage.DX:
        return PROGRESS["closed"]
    return PROGRESS["back"] if stage == Stage.D9 else PROGRESS["open"]
