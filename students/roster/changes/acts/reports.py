"""变动情况日报: the class teacher reports, the school's desk verifies (五(三)3, R35)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.protected import sealed
from students.calendars.loading import calendar_for
from students.roster.changes.acts.common import check_reason
from students.roster.changes.entries import Seen
from students.roster.models import Change, ChangeReport, Enrolment, ReportLine, SchoolClass
from students.roster.rules.change_kinds import ChangeRefused
from students.roster.rules.report_kinds import LINE_KINDS


@transaction.atomic
def report_day(
    doer: Doer,
    class_id: int,
    day: date,
    seen: Sequence[Seen],
) -> ChangeReport:
    """Write the report of a class for a day; later reports of the same day add lines to it.

    A report without lines says 今日无变动.
    """
    classes = SchoolClass.objects.visible_to(doer.viewer, doer.today, Right.REPORT_CHANGE)
    school_class = classes.select_related("school__unit").get(pk=class_id)
    by = doer.at(Right.REPORT_CHANGE, school_class.school_id)
    _check_day(school_class, day, by)
    report, is_new = ChangeReport.objects.get_or_create(
        school_class=school_class,
        day=day,
        defaults={"reported_on": doer.today, "reported_at": doer.now, "reported_by_id": by.post.id},
    )
    if not is_new and not seen:
        raise ChangeRefused("这个班这一天已经报告过了。有新的变动请填写后补充。")
    names = _names(school_class, day)
    rows = [_line(report, one, names, doer.now) for one in seen]
    ReportLine.objects.bulk_create(rows)
    audit.record(
        by.origin,
        "report_changes",
        "change_report",
        report.pk,
        children=[row.child_id for row in rows if row.child_id],
        details={"class": school_class.pk, "day": day.isoformat(), "lines": len(rows)},
    )
    return report


def _check_day(school_class: SchoolClass, day: date, by: Doer) -> None:
    if day > by.today:
        raise ChangeRefused("这一天还没有到，请报告今天或以前的变动。")
    if not calendar_for(by.post.county_id, school_class.school_id).is_school_day(day):
        raise ChangeRefused("这一天不是上课日，不需要报告。")


def _names(school_class: SchoolClass, day: date) -> dict[int, str]:
    rows = Enrolment.objects.on(day).filter(school_class=school_class)
    return dict(rows.values_list("child_id", "child__name"))


def _line(report: ChangeReport, one: Seen, names: dict[int, str], now: datetime) -> ReportLine:
    if one.kind not in LINE_KINDS:
        raise ChangeRefused("请选择变动类别。")
    name = names.get(one.child_id, "") if one.child_id else one.name.strip()
    if not name:
        raise ChangeRefused("请选择本班学生；转入的新生请填写姓名。")
    return ReportLine(
        report=report,
        child_id=one.child_id,
        name=name,
        kind=one.kind,
        recorded_at=now,
        **sealed(remark=one.remark.strip()),
    )


@transaction.atomic
def verify_line(
    doer: Doer,
    line_id: int,
    change: Change | None,
    words: str,
) -> ReportLine:
    """Close a line: with the change that the desk recorded, or with why it is no change.

    A line is verified once.
    """
    rows = ReportLine.objects.select_for_update(of=("self",))
    line: ReportLine = rows.select_related("report__school_class").get(pk=line_id)
    school_id = line.report.school_class.school_id
    by = doer.at(Right.RECORD_CHANGE, school_id)
    if not line.is_waiting:
        raise ChangeRefused("这一条已经核实过了，请刷新页面。")
    if change is None:
        check_reason(words, "核实结果")
    if change is not None and school_id not in (change.from_school_id, change.to_school_id):
        raise PermissionDenied
    line.change, line.dismissed = change, "" if change else words.strip()
    line.verified_by_id, line.verified_at = by.post.id, doer.now
    line.save()
    children = [line.child_id] if line.child_id else []
    audit.record(by.origin, "verify_report_line", "report_line", line.pk, children=children)
    return line
