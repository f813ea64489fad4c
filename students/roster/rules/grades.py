"""Derives grades from stage, entry year and school year, so no row changes with the year (domain
6.2)."""

from students.calendars.terms import school_year_of as school_year_of

NAMES = ("一", "二", "三", "四", "五", "六", "七", "八", "九")
_FIRST = {"1": 1, "2": 7}
_LENGTH = {"1": 6, "2": 3}


def grade_of(stage: str, entry_year: int, school_year: int) -> int:
    """Return 1 to 9 under six plus three years; less before the class begins, more after it has
    finished."""
    return _FIRST[stage] + school_year - entry_year


def grade_name(stage: str, entry_year: int, school_year: int) -> str:
    """Return 一年级 … 九年级; 未入学 before, 已毕业 after."""
    years_in = school_year - entry_year
    if years_in < 0:
        return "未入学"
    if years_in >= _LENGTH[stage]:
        return "已毕业"
    return f"{NAMES[grade_of(stage, entry_year, school_year) - 1]}年级"


def entry_year_of(stage: str, grade: int, school_year: int) -> int:
    """Return the year in which those now in ``grade`` entered the stage."""
    return school_year - (grade - _FIRST[stage])


def is_at_school(stage: str, entry_year: int, school_year: int) -> bool:
    """Whether a class of that entry year is taught in the school year."""
    return 0 <= school_year - entry_year < _LENGTH[stage]


def final_year(stage: str, entry_year: int) -> int:
    """Return the school year in which a class of that entry year is taught for the last time."""
    return entry_year + _LENGTH[stage] - 1
