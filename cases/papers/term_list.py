"""Who of a township was a dropout in a term, who of them came back, and who did not (B28)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from cases.acts.ladder.register import registered_day
from cases.models import Case
from cases.rules.category import Category, Standing
from cases.rules.codes import WITHDRAWN, outcome_label
from cases.standing import standings_on
from foundation.accounts.models import Unit
from foundation.days import days_between, full_day_words
from students.calendars.terms import Term
from students.roster.rules.grades import school_year_of

BACK, AWAY = "已返校", "未返校"


@dataclass(frozen=True, slots=True)
class Dropout:
    """A child of the list. ``result`` is BACK, AWAY, or the outcome with which its case closed."""

    case: Case
    result: str
    back_on: date | None = None

    def row(self, number: int, today: date) -> list[str]:
        """The line of a name list."""
        case = self.case
        klass = case.school_class.name_in(school_year_of(today)) if case.school_class else ""
        left = registered_day(case) or case.away_from
        back = full_day_words(self.back_on) if self.back_on else self.result
        return [
            str(number),
            case.child.name,
            case.child.sex_label,
            str(case.school or ""),
            klass,
            str(case.village or ""),
            full_day_words(left),
            back,
        ]


@dataclass(frozen=True)
class TermList:
    """The dropouts of a township in a term, as they stand on ``until``."""

    township: Unit
    term: Term
    until: date
    dropouts: tuple[Dropout, ...]

    @cached_property
    def back(self) -> list[Dropout]:
        """Those that came back."""
        return [one for one in self.dropouts if one.result == BACK]

    @cached_property
    def away(self) -> list[Dropout]:
        """Those that did not."""
        return [one for one in self.dropouts if one.result == AWAY]

    @property
    def others(self) -> int:
        """How many cases closed in another way, such as a transfer."""
        return len(self.dropouts) - len(self.back) - len(self.away)

    def rows(self, of: Iterable[Dropout]) -> list[list[str]]:
        """A name list."""
        return [one.row(number, self.until) for number, one in enumerate(of, 1)]


def named(term: Term) -> str:
    """The term with its school year: 2025—2026学年秋季学期."""
    year = school_year_of(term.first_day)
    return f"{year}—{year + 1}学年{term.name}"


def term_list(township: Unit, term: Term, today: date) -> TermList:
    """The list as it is today, or at the end of a term that is over.

    A child is on it that stood as 辍学 on a day of the term; whether it is back is counted as
    everywhere else (cases/standing.py). The number of queries does not grow with the children.
    """
    until = min(today, term.last_day)
    cases = _cases(township, term, until)
    days = days_between(term.first_day, until)
    found = standings_on(cases, days) if cases and days else {}
    dropouts = [
        _dropout(case, found[until].get(case.pk))
        for case in cases
        if any(_is_dropout(found[day].get(case.pk)) for day in days)
    ]
    return TermList(township, term, until, tuple(dropouts))


def _is_dropout(standing: Standing | None) -> bool:
    return standing is not None and standing.category is Category.DROPOUT


def _cases(township: Unit, term: Term, until: date) -> list[Case]:
    open_then = Q(closed_on__isnull=True) | Q(closed_on__gt=term.first_day)
    rows = Case.objects.filter(open_then, township=township, opened_on__lte=until)
    places = rows.exclude(outcome=WITHDRAWN).select_related(
        "child", "school", "school_class", "village"
    )
    return list(places.order_by("school__name", "child__name_key", "pk"))


def _dropout(case: Case, standing: Standing | None) -> Dropout:
    if standing is not None:
        away = standing.is_away
        return Dropout(case, AWAY if away else BACK, None if away else standing.returned_on)
    if case.returned_on is not None:
        return Dropout(case, BACK, case.returned_on)
    return Dropout(case, outcome_label(case.outcome, sensitive=False))
