"""What is to be done today apart from the duties of cases: 点名, 变动日报, 签收, 抽查, 月报."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cases.pages import queue
from foundation import clock
from foundation.accounts.asking import prepared_for
from foundation.accounts.models import PeopleRequest, Unit
from foundation.accounts.roles import Right
from foundation.accounts.seconding.rules import oldest_alive
from foundation.accounts.viewer import Viewer
from foundation.days import month_words
from foundation.prepared import number_of, prepared
from reporting.desk.papers import has_received_all, papers_owed
from reporting.figures.base import hollow_because
from reporting.figures.months import month_until, months_back
from reporting.returns.models import BuiltReturn
from reporting.returns.querysets import reading_posts
from students.attendance.mornings.school import expected_on
from students.attendance.rolls.states import state_of
from students.calendars.coverage import years_asked
from students.calendars.workdays import Calendar
from students.roster.changes.daily import ClassReport, class_reports, reports_of
from students.roster.models import RosterExport, SchoolClass
from students.roster.rules.grades import school_year_of

_TEACHER = "class_teacher"
_OF_DESK = {Right.REPORT_CHANGE, Right.RECORD_CHANGE}


@dataclass(frozen=True, slots=True)
class Errand:
    """A line of the day's work: what it is, where it is done, and how it stands."""

    label: str
    url: str
    words: str  # of its badge
    state: str  # today, overdue or done
    act: str  # words of the button
    is_main: bool = False

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do; it is only shown to be looked at again."""
        return self.state == "done"


def errands_of(viewer: Viewer, today: date, calendar: Calendar) -> list[Errand]:
    """The day's work in the order in which it is done."""
    is_school_day = calendar.is_school_day(today)
    return [
        *_rolls(viewer, today, is_school_day),
        *_reports(viewer, today, is_school_day),
        *_missing_reports(viewer, today, is_school_day),
        *_sample(viewer, today),
        *_papers(viewer),
        *_month(viewer, today),
        *_calendar(viewer, today, calendar),
        *_seconds(viewer),
        *_exports(viewer),
    ]


def _rolls(viewer: Viewer, today: date, is_school_day: bool) -> Iterator[Errand]:
    """Today's roll call of the classes that the viewer may call."""
    if not viewer.has(Right.CALL_ROLL) or not is_school_day:
        return
    seen = SchoolClass.objects.visible_to(viewer, today, Right.CALL_ROLL).taught_on(today)
    classes = list(seen.select_related("school"))
    states = state_of(classes, today)
    missing = [one for one in classes if not states[one.pk].is_called]
    expected = expected_on(missing, today)
    open_ones = [one for one in missing if expected.get(one.pk)]
    url = reverse("mornings:mine" if viewer.has(Right.SEE_MORNINGS) else "roll")
    if not classes:
        return
    if not open_ones:
        if not any(states[one.pk].is_called for one in classes):
            return  # no class has anybody to call today
        yield Errand("今日点名", url, "已全部提交", "done", "查看今日点名")
        return
    only = open_ones[0].name_in(school_year_of(today)) if len(open_ones) == 1 else ""
    words = f"{len(open_ones)} 个班未点名"
    yield Errand("今日点名", url, words, "today", f"{only} 点名" if only else "去点名", True)


def _reports(viewer: Viewer, today: date, is_school_day: bool) -> Iterator[Errand]:
    """The teacher's 变动日报 of each own class, until it is sent; 无变动 is sent, too."""
    teachers = tuple(post for post in viewer.posts if post.role_code == _TEACHER)
    if not teachers or not is_school_day:
        return
    for row in class_reports(viewer, today, today):
        if _is_taught(row, viewer):
            url = reverse("changes:report", args=[row.school_class.pk, today])
            done = row.report is not None
            yield Errand(
                f"变动日报 {row.name}",
                url if done else reverse("changes:reports"),
                "已报告" if done else "今日未报",
                "done" if done else "today",
                "查看、补充" if done else "去报告",
            )


def _missing_reports(viewer: Viewer, today: date, is_school_day: bool) -> Iterator[Errand]:
    """For the school's desk the 变动日报 of its classes that have not come, to be pressed for."""
    desk = any(post.role.rights >= _OF_DESK for post in viewer.posts)
    missing = reports_of(viewer, today, today).missing if desk and is_school_day else 0
    if missing:
        words = f"{missing} 个班未报"
        yield Errand("变动日报", reverse("changes:reports"), words, "today", "查看、催办")


def _is_taught(row: ClassReport, viewer: Viewer) -> bool:
    return any(post.unit_id == row.school_class.school_id for post in viewer.posts)


def _sample(viewer: Viewer, today: date) -> Iterator[Errand]:
    waiting = queue.to_inspect(viewer, today)
    if waiting:
        url = f"{reverse('cases')}?sample=waiting"
        yield Errand("待抽查的自动销号", url, f"{waiting} 件", "today", "查看抽查名单")


def _papers(viewer: Viewer) -> Iterator[Errand]:
    for label, url, words, act in papers_owed(viewer):
        yield Errand(label, url, words, "today", act)
    if has_received_all(viewer):
        yield Errand("收文", reverse("papers:received"), "已全部签收", "done", "查看收文")


def _calendar(viewer: Viewer, today: date, calendar: Calendar) -> Iterator[Errand]:
    """The holidays and terms that the county should have entered by now."""
    if not viewer.has(Right.MANAGE_CALENDAR):
        return
    for year in years_asked(today, calendar.covered_years):
        url = reverse("calendar_setup:arrangement", args=[year])
        state = "overdue" if year == today.year else "today"
        yield Errand(f"{year}年放假调休安排", url, "尚未登记", state, "去登记")
    if all(term.last_day < today for term in calendar.terms):
        url = reverse("calendar_setup:index")
        yield Errand("下一学期的起止日期", url, "尚未登记", "today", "去登记学期")


def _seconds(viewer: Viewer) -> Iterator[Errand]:
    """The requests of others that take a second person, and wait for this one."""
    if not viewer.has(Right.CONFIRM_PEOPLE):
        return
    waiting = sum(_people_to_decide(viewer, since=oldest_alive(timezone.now())))
    if waiting:
        yield Errand(
            "人员复核", reverse("people_requests"), f"{waiting} 项待确认", "today", "去复核"
        )


@prepared_for
def _people_to_decide(viewer: Viewer, *, since: Any) -> QuerySet[PeopleRequest, Any]:
    return number_of(PeopleRequest.objects.to_decide(viewer, since))


def _exports(viewer: Viewer) -> Iterator[Errand]:
    """The lists of many full numbers that another ordered, and that wait for this person (S25)."""
    if not viewer.posts_with(Right.EXPORT_ROSTER, Right.CONFIRM_EXPORTS):
        return
    waiting = sum(_exports_to_decide(viewer, now=clock.now()))
    if waiting:
        yield Errand(
            "导出复核", reverse("roster:exports"), f"{waiting} 项待确认", "today", "去复核"
        )


@prepared_for
def _exports_to_decide(viewer: Viewer, *, now: Any) -> QuerySet[RosterExport, Any]:
    return number_of(RosterExport.objects.to_decide(viewer, now))


def _month(viewer: Viewer, today: date) -> Iterator[Errand]:
    """The return of the month that ended: to build for the desk, to read once it is built.

    A month that has nothing to count, such as those before the county began, asks for nothing.
    """
    if not reading_posts(viewer):
        return
    ended = months_back(today, 2)[1]
    built = next(iter(_newest_built(viewer, month=ended)), None)
    label, url = f"{month_words(ended)}月报", reverse("returns:index")
    if built is None:
        if _may_build(viewer, ended, today):
            yield Errand(label, url, "尚未生成", "today", "去生成")
        return
    words = f"第{built.version}版{built.state_label}"
    state = "done" if built.is_built else "today"
    yield Errand(label, reverse("returns:detail", args=[built.pk]), words, state, "查看")


@prepared_for
def _newest_built(viewer: Viewer, *, month: Any) -> QuerySet[BuiltReturn]:
    seen = BuiltReturn.objects.visible_to(viewer).without_bulk().filter(period=month)
    return seen.select_related("job")[:1]


def _may_build(viewer: Viewer, month: date, today: date) -> bool:
    """Whether the viewer builds the county's return, and the month can be counted."""
    posts = viewer.posts_with(Right.BUILD_RETURNS)
    if not posts:
        return False
    (county,) = _county(county=posts[0].county_id)
    if county.region.valid_from > month_until(month, today).as_of:
        return False  # the county was founded later
    return not hollow_because(county, month_until(month, today))


@prepared
def _county(*, county: Any) -> QuerySet[Unit]:
    return Unit.objects.filter(pk=county).select_related("region")
