"""Children who did not register: of grade 1, or from grade 6 at the junior high (R24, R29)."""

from collections.abc import Iterator
from datetime import date

from cases.findings import Finding
from foundation.days import ONE_DAY, full_day_words
from students.census.arriving import MissingEntrant, missing_on

_WORDS = {
    "entrant": "新生报到日结束仍未报到",
    "handover": "六年级毕业生未到初中报到，由原小学动员",
}


def arrivals(today: date) -> Iterator[Finding]:
    """From the day after the registration day, everybody who neither came nor is excused."""
    for row in missing_on(today):
        yield _finding(row)


def _finding(row: MissingEntrant) -> Finding:
    entrant = row.entrant
    return Finding(
        key=row.key,
        source=entrant.source,
        child=entrant.child,
        school=row.school,
        first_missed_on=row.since,
        found_on=row.since + ONE_DAY,
        words=f"{_WORDS[entrant.source]}（应到{entrant.school.unit}{entrant.grade_label}，"
        f"报到日{full_day_words(row.since)}）",
    )
