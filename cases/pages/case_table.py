"""The list of cases as a table: its columns, and what a row tells its reader."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from cases.models import URGENCY, Case, Deadline
from cases.pages.dialling import numbers_to_ring
from cases.rules import codes
from cases.rules.category import Standing
from cases.seeing import lets
from cases.standing import standings
from cases.wording import DueBadge, badge_of
from foundation.accounts.naming import give_units
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.lists.columns import FilledColumn, PartColumn, TextColumn
from foundation.lists.rows import IdsFirst, Order, QuickRows, Rows
from foundation.lists.table import ListTable
from foundation.pages.addresses import address_of
from foundation.prepared import prepared
from students.calendars.loading import calendar_for
from students.roster.rules.grades import school_year_of


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case of the list, as the viewer may read it. ``rings`` is the guardian to ring, or None.

    ``due_on`` is the day of its most urgent duty, ``due`` the words of it; None where none is owed.
    """

    case: Case
    name: str
    class_name: str
    standing: Standing | None
    cause: str
    outcome: str
    sample: str
    rings: int | None
    due_on: date | None
    due: DueBadge | None

    @property
    def pk(self) -> int:
        """The key of the case."""
        return int(self.case.pk)

    @property
    def child_id(self) -> int:
        """The child of the case."""
        return int(self.case.child_id)


def case_url(line: Any, table: Any) -> str:
    """The page of the row's case."""
    return address_of("case", line.case.number)


def class_name(case: Case, today: date) -> str:
    """The everyday name of the case's class, or nothing."""
    return case.school_class.name_in(school_year_of(today)) if case.school_class else ""


def place_of(line: Any, table: Any) -> str:
    """School and class of a row's case; in a list of one school the class alone."""
    school = (line.case.school or "") if table.has_many_schools else ""
    return f"{school} {line.class_name}".strip()


def townships_of(line: Any, table: Any) -> str:
    """Where the child of a row's case lives, and the township of the school where it is another."""
    home, school = line.case.township, line.case.school_township
    if school is None or school.pk == home.pk:
        return str(home)
    return f"{home}（户籍）、{school}（学校）"


def _stage(line: CaseLine, table: Any) -> dict[str, Any]:
    return {"stage": line.case.stage_badge, "tone": line.case.stage_tone}


def _ledger(line: CaseLine, table: Any) -> dict[str, str]:
    told = line.standing
    return {"category": told.ledger_label, "pending": told.pending_label} if told else {}


def _closed(line: CaseLine, table: Any) -> dict[str, Any]:
    told = {"case": line.case, "sample": line.sample, "outcome": line.outcome}
    return told if line.case.closed_on else {}


def call_of(line: Any, table: Any) -> dict[str, Any]:
    """What the button 拨打 needs, where the viewer may ring (design 4)."""
    if not line.rings:
        return {}
    return {"url": address_of("call", line.case.number, line.rings), "name": line.name}


def _due(line: CaseLine, table: Any) -> dict[str, Any]:
    """The days of this list stand in numbers, as those of closings do."""
    return {"due": line.due, "day": _day(line.due_on)} if line.due else {}


def _day(day: date | None) -> str:
    return f"{day:%Y-%m-%d}" if day else ""


class CaseTable(ListTable):
    """个案, the newest first."""

    code = "cases"
    caption = "个案，最近立案的在前"
    rare = frozenset({"township", "cause", "missed", "entered"})
    has_many_schools = True

    name = TextColumn(
        "学生", lambda r, _: r.name, order_by=("child__name_key",), place="cell-name", url=case_url
    )
    number = TextColumn(
        "案号", lambda r, _: r.case.number, order_by=("number",), place="num", url=case_url
    )
    school = TextColumn(
        "学校/班级",
        place_of,
        order_by=("school__name", "child__name_key"),
        place="cell-sub",
    )
    village = TextColumn(
        "村（居）", lambda r, _: str(r.case.village or "户籍待核实"), order_by=("village__name",)
    )
    township = TextColumn(codes.TOWNSHIP, townships_of, order_by=("township__name",))
    stage = PartColumn(
        "处理阶段",
        "parts/_stage.html",
        _stage,
        order_by=("stage", "entered_on"),
        place="cell-mark",
    )
    entered = TextColumn("进入本阶段", lambda r, _: _day(r.case.entered_on), place="num")
    due = PartColumn("到期", "cases/_due_cell.html", _due, order_by=("due_on", "pk"), plain=True)
    category = PartColumn("台账类别", "cases/_ledger_cell.html", _ledger, plain=True)
    missed = TextColumn(
        "缺勤教学日", lambda r, _: str(r.standing.missed) if r.standing else "", place="num"
    )
    cause = TextColumn("原因", lambda r, _: r.cause)
    opened = TextColumn(
        "立案", lambda r, _: _day(r.case.opened_on), order_by=("opened_on", "pk"), place="num"
    )
    call = FilledColumn("拨打", "cases/_call_cell.html", call_of, place="cell-call no-print")
    closed = PartColumn("销号", "cases/_closed_cell.html", _closed, order_by=("closed_on", "pk"))


def case_table(
    rows: Rows,
    viewer: Viewer,
    today: date,
    *,
    on_paper: bool = False,
    known: QuickRows | None = None,
) -> CaseTable:
    """The table of the cases that ``rows`` selects among those the viewer may see.

    ``on_paper``: it is printed whole, and says of causes what a paper may say.
    """
    tell = partial(_lines, viewer=viewer, today=today, on_paper=on_paper)
    absent = () if viewer.has(Right.DIAL) else {"call"}
    return CaseTable(CaseRows(rows, _read, tell, known), order_by="-opened", absent=absent)


class CaseRows(IdsFirst):
    """The cases. Only a list that is sorted by what is due asks it of all its rows."""

    @staticmethod
    def sort(rows: QuerySet[Any], order: Order) -> QuerySet[Any]:
        if any(field.lstrip("-") == "due_on" for field in order):
            due = _owed().filter(case=OuterRef("pk")).values("due_on")
            rows = rows.annotate(due_on=Subquery(due[:1]))
        return rows.order_by(*order)


def _owed() -> QuerySet[Deadline]:
    """The duties still owed, the most urgent first."""
    found: QuerySet[Deadline] = Deadline.objects.owed().order_by(*URGENCY)
    return found


def _read(keys: list[int]) -> list[Case]:
    """The cases with child and class. Units are read once each: many rows name the same ones."""
    rows = _whole(keys=keys)
    give_units(rows)
    return rows


@prepared
def _whole(*, keys: Any) -> QuerySet[Case]:
    return Case.objects.filter(pk__among=keys).order_by().select_related("child", "school_class")


def _lines(
    cases: Sequence[Case], *, viewer: Viewer, today: date, on_paper: bool
) -> Iterator[CaseLine]:
    drawn, standing = _drawn(cases), standings(cases, today)
    rings, due = numbers_to_ring(cases, viewer), _due_days(cases)
    calendar = calendar_for(viewer.county_id or 0)
    for case in cases:
        due_on = due.get(case.pk)
        yield CaseLine(
            case,
            viewer.name_of(case.child.name, case.child_id),
            class_name(case, today),
            standing.get(case.pk),
            _cause(case, viewer, on_paper),
            _outcome(case, viewer, on_paper),
            drawn.get(case.pk, ""),
            rings.get(case.pk),
            due_on,
            badge_of(due_on, today, calendar) if due_on else None,
        )


def _due_days(cases: Iterable[Case]) -> dict[int, date]:
    """The day of the most urgent duty of each case that owes one."""
    owed = _owed_of(cases=[case.pk for case in cases])
    return dict(reversed(owed))  # of a case's days the first stays


@prepared
def _owed_of(*, cases: Any) -> QuerySet[Deadline, Any]:
    return _owed().filter(case__among=cases).values_list("case_id", "due_on")


def _cause(case: Case, viewer: Viewer, on_paper: bool) -> str:
    is_secret = case.cause in codes.SENSITIVE_CAUSES
    sees = not is_secret or lets(viewer, Right.SEE_SENSITIVE_CAUSE, case.pk)
    is_county = not on_paper or viewer.has(Right.BUILD_RETURNS)
    return codes.cause_on_paper(case.cause, sensitive=sees, county=sees and is_county)


def _outcome(case: Case, viewer: Viewer, on_paper: bool) -> str:
    """In words; on paper what tells of an offence stands in the county's own file alone."""
    is_secret = case.outcome in codes.SENSITIVE_OUTCOMES
    may = not on_paper or viewer.has(Right.BUILD_RETURNS)
    sees = is_secret and may and lets(viewer, Right.SEE_SENSITIVE_CAUSE, case.pk)
    return codes.outcome_label(case.outcome, sees)


def _drawn(cases: Iterable[Case]) -> dict[int, str]:
    """待抽查 or the county's result, for those of the cases that were drawn. At most one query."""
    drawn = [case.pk for case in cases if case.sampled]
    if not drawn:
        return {}
    rows = Case.objects.drawn().filter(pk__in=drawn).values_list("pk", "sample_result")
    return {pk: codes.SAMPLE_RESULTS.get(result or "", "待抽查") for pk, result in rows}
