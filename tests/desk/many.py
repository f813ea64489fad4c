"""A county with as many open cases as a test asks for, each with duties, counted and late."""

from datetime import date, timedelta

from django.utils import timezone

from cases.models import Case, CountedStanding, Deadline
from students.roster.models import Child
from tests.cast import Cast

STAGES = ("D1", "D2", "D3", "D4", "D5", "D6")
KINDS = ("below", "suspected", "dropout")


def open_cases(cast: Cast, number: int, day: date, prefix: str = "M") -> None:
    """Open so many cases, half of them of the next township, one duty in three overdue."""
    sides = (cast.here, cast.there)
    children = Child.objects.bulk_create(
        [Child(county=cast.county, name=f"王{n}") for n in range(number)], batch_size=5_000
    )
    cases = Case.objects.bulk_create(
        [_case(cast, sides[n % 2], child, n, day, prefix) for n, child in enumerate(children)],
        batch_size=5_000,
    )
    Deadline.objects.bulk_create(
        [_deadline(case, n, day) for n, case in enumerate(cases)], batch_size=5_000
    )
    CountedStanding.objects.bulk_create(
        [
            CountedStanding(
                case=case, day=day, category=KINDS[n % 3], version=1, read_at=timezone.now()
            )
            for n, case in enumerate(cases)
        ],
        batch_size=5_000,
    )


def _case(cast: Cast, side, child: Child, n: int, day: date, prefix: str) -> Case:
    return Case(
        number=f"{prefix}-{n:06}",
        child=child,
        school_class=side.school_class,
        school=side.school.unit,
        village=side.village,
        township=side.township,
        school_township=side.township,
        county=cast.county,
        stage=STAGES[n % len(STAGES)],
        entered_on=day - timedelta(days=n % 40),
        opened_on=day - timedelta(days=40),
        first_missed_on=day - timedelta(days=41),
    )


def _deadline(case: Case, n: int, day: date) -> Deadline:
    due_on = day + timedelta(days=n % 3 - 1)
    is_county = n % 10 == 0
    return Deadline(
        case=case,
        code="approve_closure" if is_county else "visit",
        level="county" if is_county else "school",
        unit=case.county if is_county else case.school,
        day0=due_on - timedelta(days=3),
        window_end=due_on,
        due_on=due_on,
        remind_on=due_on,
        missed_on=due_on,
        days=3,
        day_type="working_day",
    )
