"""F01 学生缺勤（辍学）情况报告单, filled in from roll, report, contacts and registration (R2, R3).

Nothing is typed twice: the roll tells when the child was found missing, the teacher's report and
the contacts tell the rest. What nobody has entered yet stays blank for the pen.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from cases.models import Case, CaseEvent, Contact
from cases.policy import Act
from cases.rules.codes import CONTACT_RESULTS, METHODS, WHEREABOUTS, WITHDRAWN, cause_on_paper
from cases.seeing import lets
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words, moment_words
from foundation.workbooks.table import form_page
from foundation.workbooks.writing import write_book
from students.attendance.models import Absence, AbsenceSpell, Submission
from students.attendance.rules.kinds import BY_CODE

TITLE = "学生缺勤（辍学）情况报告单"
FOOTER = ("班主任（签名）：", "学校接收人（签名）：", "接收时间：")


@dataclass(frozen=True, slots=True)
class AbsenceReport:
    """The form, every value in words. An empty value is a blank on paper."""

    child_id: int
    school: str
    day: date  # when the absence was found
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class _Facts:
    spell: AbsenceSpell
    absences: tuple[Absence, ...]
    found: Submission | None
    case: Case | None
    events: dict[str, CaseEvent]
    contacts: tuple[Contact, ...]


def absence_report(spell: AbsenceSpell, viewer: Viewer, today: date) -> AbsenceReport:
    """The report of one child's absence as the viewer may read it. Six queries."""
    facts = _facts(spell, viewer, today)
    child, school_class = spell.child, spell.school_class
    day = spell.started_on
    found_at = facts.found.recorded_at if facts.found else None
    reported, registered = (facts.events.get(act) for act in (Act.REPORT, Act.REGISTER))
    rows = (
        (("学校", school_class.school.unit.name), ("班级", school_class.name_on(day))),
        (("学生姓名", viewer.name_of(child.name, child.pk)), ("性别", child.sex_label)),
        (
            ("身份证件号", child.masked_id or "无"),
            ("出生日期", viewer.birth_of(child.born_on, child.pk)),
        ),
        (("最后到校", _last_seen(facts, reported)), ("首次缺勤", _day(day))),
        (
            ("发现时间", _moment(found_at)),
            ("发现人", facts.found.person.name if facts.found else ""),
        ),
        (("缺勤情况", _how_long(spell)),),
        (("已联系情况", _contacted(facts, viewer)),),
        (("初步原因", _cause(facts, reported, viewer)), ("目前去向", _whereabouts(reported))),
        (("班主任报告", _signed(reported)), ("学校接收", _signed(registered))),
        (("案号", facts.case.number if facts.case else "未立案"),),
    )
    return AbsenceReport(child.pk, school_class.school.unit.name, day, rows)


def report_book(report: AbsenceReport, now: datetime) -> bytes:
    """The form as a workbook."""
    info = (f"填报单位：{report.school}（盖章）", "", f"填报时间：{full_day_words(now)}")
    page = form_page("报告单", (TITLE, _day(report.day), info), report.rows, FOOTER)
    return write_book([page], f"{now:%Y-%m-%d}")


def _facts(spell: AbsenceSpell, viewer: Viewer, today: date) -> _Facts:
    last = spell.ended_on or date.max
    rows = Absence.objects.standing().filter(
        child=spell.child_id, day__range=(spell.started_on, spell.last_missed_on)
    )
    absences = tuple(rows.select_related("roll_call").order_by("day", "roll_call__session"))
    cases = Case.objects.visible_to(viewer, today).exclude(outcome=WITHDRAWN)
    span = (spell.started_on, last)
    of_it = Q(opened_on__range=span) | Q(reopened_on__range=span)
    case = cases.filter(of_it, child=spell.child_id).first()
    contacts = case.contacts.order_by("seq") if case else Contact.objects.none()
    return _Facts(spell, absences, _found(absences), case, _events(case), tuple(contacts))


def _found(absences: tuple[Absence, ...]) -> Submission | None:
    """The submission that told of the absence first."""
    if not absences:
        return None
    first = absences[0]
    told = Submission.objects.filter(roll_call=first.roll_call_id, version=first.since_version)
    return told.select_related("person").first()


def _events(case: Case | None) -> dict[str, CaseEvent]:
    """The case's first report and first registration by the school, by act."""
    if case is None:
        return {}
    rows = case.events.filter(act__in=(Act.REPORT, Act.REGISTER)).select_related("person")
    return {event.act: event for event in rows.order_by("-pk")}


def _last_seen(facts: _Facts, reported: CaseEvent | None) -> str:
    told = str(reported.data.get("last_seen_on", "")) if reported else ""
    day = facts.spell.last_present_on or (date.fromisoformat(told) if told else None)
    return _day(day)


def _how_long(spell: AbsenceSpell) -> str:
    days = f"无故缺勤累计{spell.halves / 2:g}个上课日"
    if spell.ended_on:
        return f"{days}，{_day(spell.ended_on)}起已到校或已请假"
    return f"{days}，最近一次{_day(spell.last_missed_on)}，至今未到校"


def _contacted(facts: _Facts, viewer: Viewer) -> str:
    """Contacts with the family: those of the roll call, of the report, and 劝返."""
    told = [f"{_day(row.day)} 点名时已联系家长" for row in facts.absences if row.guardian_told]
    reported = facts.events.get(Act.REPORT)
    words = str(reported.said.get("contact_tried", "")) if reported else ""
    # Free words may name people: readers of masked names (张**) do not get them (design 4).
    if words and viewer.may(Right.SEE_NAMES, facts.spell.child_id):
        told.append(words)
    return "\n".join([*dict.fromkeys(told), *(_contact(one) for one in facts.contacts)])


def _contact(one: Contact) -> str:
    when = f"{_day(one.day)} {one.time:%H:%M}" if one.time else _day(one.day)
    return f"{when} {METHODS.get(one.method, '')}：{CONTACT_RESULTS.get(one.result, '')}"


def _cause(facts: _Facts, reported: CaseEvent | None, viewer: Viewer) -> str:
    """The reason first known: that of the report, otherwise that of the roll."""
    if reported and (code := str(reported.data.get("cause", ""))):
        return cause_on_paper(
            code,
            sensitive=lets(viewer, Right.SEE_SENSITIVE_CAUSE, reported.case_id),
            county=viewer.has(Right.BUILD_RETURNS),
        )
    if not facts.absences:
        return ""
    first = facts.absences[0]
    reads = viewer.may(Right.SEE_NAMES, facts.spell.child_id)
    note = f"（{first.note}）" if first.note and reads else ""
    return f"{BY_CODE[first.kind].label}{note}"


def _whereabouts(reported: CaseEvent | None) -> str:
    return WHEREABOUTS.get(str(reported.data.get("whereabouts", "")), "") if reported else ""


def _signed(event: CaseEvent | None) -> str:
    """Who did it and when. Blank for the pen while nobody has."""
    if event is None:
        return ""
    return f"{event.person.name if event.person else ''} {_moment(event.recorded_at)}".strip()


def _day(day: date | None) -> str:
    return full_day_words(day) if day else ""


def _moment(moment: datetime | None) -> str:
    return moment_words(timezone.localtime(moment)) if moment else ""
