"""Rules of classes around 1 September: their names, and which are in a final grade (domain 6.2)."""

from datetime import date

from students.roster.rules.grades import grade_name, grade_of, is_at_school

LAST_GRADES = (6, 9)


def is_final_grade(stage: str, entry_year: int, school_year: int) -> bool:
    """Whether a class of that entry year is in its last grade, 6 or 9, in the school year."""
    return (
        is_at_school(stage, entry_year, school_year)
        and grade_of(stage, entry_year, school_year) in LAST_GRADES
    )


def names_around(stage: str, entry_year: int, number: int, school_year: int) -> tuple[str, str]:
    """The name of the class in the school year, and after 1 September of the next."""
    now = grade_name(stage, entry_year, school_year)
    later = grade_name(stage, entry_year, school_year + 1)
    return f"{now}{number}班", later if later == "已毕业" else f"{later}{number}班"


def assumed_last_day(school_year: int) -> date:
    """The last day of a school year whose spring term is not entered."""
    return date(school_year + 1, 7, 15)
