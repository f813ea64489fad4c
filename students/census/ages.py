"""Rules of school age: when a child is due at school, and in which grade."""

from datetime import date

# 义务教育法 第十一条: 凡年满六周岁的儿童，应当入学; six by the eve of the school year (domain 4.1).
ENTRY_AGE = 6
# Nine years of compulsory education follow (义务教育法 第二条): an older child is no entrant.
LAST_AGE = 15

GRADES = {"1": "一年级", "2": "七年级"}


def turns_six_in_time(born_on: date, school_year: int) -> bool:
    """Whether the child is six on 31 August, before the school year begins."""
    return born_on <= date(school_year - ENTRY_AGE, 8, 31)


def complaint_about_age(born_on: date, school_year: int) -> str:
    """Why a child of this birth date is no entrant of the school year; empty when it is one."""
    if not turns_six_in_time(born_on, school_year):
        return f"{school_year}年8月31日前不满{ENTRY_AGE}周岁，不属于{school_year}学年应入学儿童"
    if born_on <= date(school_year - LAST_AGE - 1, 8, 31):
        return f"已超过{LAST_AGE}周岁，请核对出生日期"
    return ""
