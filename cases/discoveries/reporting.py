"""Acts of 发现报告: report a child, take the report back, answer who told of it (R13, R23)."""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from cases.actions.closing import withdraw
from cases.actions.context import Contexts, lock
from cases.actions.moves import write_event
from cases.actions.reported import Reported, take_up_report
from cases.discoveries.seats import Answerable, child_meant, seat_of
from cases.models import Case, CaseEvent, DiscoveryAnswer, DiscoveryReport
from cases.policy import Act, Stage, is_before_village
from cases.rules.discoveries import (
    OLDEST_FINDING,
    PUBLIC,
    complaint_about_birth,
    first_rung,
)
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer, post_with
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost
from foundation.days import ONE_DAY, full_day_words
from foundation.protected import sealed
from students.attendance.rolls.facts import facts_of
from students.roster.models import Child, School
from students.roster.pupils.acts.pupils import add_child
from students.roster.rules.grades import school_year_of

_LOOKED_BACK = timedelta(days=30)  # the roll is asked that far for the child's last presence
_SOURCE_OF = {
    UnitKind.VILLAGE: "village",
    UnitKind.TOWNSHIP: "township",
    UnitKind.SCHOOL: "school",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What a person reported. ``child`` is known where the page of a pupil was the beginning.

    ``village`` is where the child lives; ``is_hukou`` says that its hukou is there, too. ``said``
    are the words of the form, kept sealed as they are.
    """

    way: str
    found_on: date
    since: date | None
    said: dict[str, Any]
    informant: str = ""
    child: Child | None = None
    village: Unit | None = None
    is_hukou: bool = False

    @property
    def names_a_child(self) -> bool:
        """Whether it is of a certain child; a report of the public may be of an act alone."""
        return self.child is not None or bool(self.said.get("name"))


@transaction.atomic
def report_child(doer: Doer, told: Told) -> DiscoveryReport:
    """Keep the report, and open a case for the child or add it to the open one.

    Raises Refused in Chinese where the child is not of school age, or where the school's own roll
    has found the child there. Raises PermissionDenied without the right.
    """
    doer = doer.under(post_with(doer.viewer, Right.REPORT_CHILD))
    _check_days(told, doer.today)
    report = _keep(doer, told)
    if told.names_a_child:
        _take_up(doer, told, report)
    children = [report.child_id] if report.child_id else []
    audit.record(doer.origin, "report_child", "discoveryreport", report.pk, children=children)
    return report


def _check_days(told: Told, today: date) -> None:
    if told.found_on > today:
        raise Refused("发现日期不能晚于今天，请核对。")
    if (today - told.found_on).days > OLDEST_FINDING:
        raise Refused("发现日期在一年以前，请核对年份。")
    if told.since and told.since > today:
        raise Refused("开始未上学的日期不能晚于今天，请核对。")
    if told.since and told.since > told.found_on:
        raise Refused("开始未上学的日期不能晚于发现日期，请核对。")
    if told.said.get("born_on"):
        born_on = date.fromisoformat(told.said["born_on"])
        if words := complaint_about_birth(born_on, school_year_of(today)):
            raise Refused(words)


def _keep(doer: Doer, told: Told) -> DiscoveryReport:
    post = doer.post
    return DiscoveryReport.objects.create(
        county_id=post.county_id,
        unit_id=post.unit_id,
        post_id=post.id,
        way=told.way,
        found_on=told.found_on,
        missed_since=told.since,
        recorded_on=doer.today,
        recorded_at=doer.now,
        **sealed(told=json.dumps(told.said, ensure_ascii=False), informant=told.informant),
    )


def _take_up(doer: Doer, told: Told, report: DiscoveryReport) -> None:
    child = told.child or _child_of(doer.post, told)
    _check_unsent(child, report)
    seat = seat_of(child, told.village.pk if told.village else None, doer.today)
    since, seen = _away_since(doer, told, child, seat)
    contexts = Contexts(doer.today, doer.now, doer.origin)
    ctx = contexts.at(child.county_id, seat.school.pk if seat.school else None)
    whole = replace(_reported(doer.post, told, report, child, seat, since), seen=seen)
    case = take_up_report(whole, ctx)
    report.child, report.case = child, case
    report.save(update_fields=["child", "case"])


def _check_unsent(child: Child, report: DiscoveryReport) -> None:
    """Raise Refused where the unit has reported the child, and the case is still open.

    What somebody else tells of the same child is a report of its own: it is answered (R23).
    """
    if report.is_public:
        return
    before = DiscoveryReport.objects.filter(child=child, unit_id=report.unit_id, taken_back_on=None)
    known = before.exclude(case__stage=Stage.DX).order_by("pk").first()
    if known is not None and not known.is_public:
        raise Refused(
            f"本单位{full_day_words(known.recorded_on)}已经报告过这名儿童，正在办理，不用再报。"
            "有新的情况，请在「发现报告」里打开那一份，或者告诉经办的学校、乡镇。"
        )


def _child_of(post: HeldPost, told: Told) -> Child:
    """The child on record, or a new one. The answer is the same to whoever reported (R13)."""
    said = told.said
    born_on = date.fromisoformat(said["born_on"]) if said.get("born_on") else None
    known = child_meant(post.county_id, said["name"], born_on, said.get("id_no", ""))
    return known or _new_child(post, told, born_on)


def _new_child(post: HeldPost, told: Told, born_on: date | None) -> Child:
    said, village = told.said, told.village if told.is_hukou else None
    id_no = said.get("id_no", "")
    return add_child(
        Unit.objects.select_related("region").get(pk=post.county_id),
        said["name"],
        id_no=id_no,
        id_type="1" if id_no else "Z",
        address=said.get("place", ""),
        guardians=_guardians(said),
        sex=said.get("sex", ""),
        born_on=born_on,
        home_village=village,
        home_township=village.parent if village else None,
        home_region=village.region.code if village else "",
    )


def _guardians(said: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    name = said.get("guardian", "")
    return ({"name": name, "phone": said.get("phone", "")},) if name else ()


def _away_since(doer: Doer, told: Told, child: Child, seat: Answerable) -> tuple[date, date | None]:
    """The first day away, and the last day on which the roll found the child, if any.

    What the roll knows better counts, and is told to the school alone.

    Raises Refused where the school itself reports a child that its roll has found there since.
    """
    since = told.since or told.found_on
    facts = facts_of([child.pk], min(since, doer.today - _LOOKED_BACK), doer.today)[child.pk]
    seen = max((fact.day for fact in facts if fact.present), default=None)
    if seen is None or seen < since:
        return since, seen
    if seat.school and doer.post.unit_id == seat.school.unit_id:
        raise Refused(
            f"点名记着该生{full_day_words(seen)}还在校，开始未上学的日期应在这一天以后。"
            "点名有误的，请先更正点名。"
        )
    return min(seen + ONE_DAY, doer.today), seen


def _reported(
    post: HeldPost, told: Told, report: DiscoveryReport, child: Child, seat: Answerable, since: date
) -> Reported:
    by_school = seat.school is not None and post.unit_id == seat.school.unit_id
    is_public = told.way == PUBLIC
    return Reported(
        key=f"report:{report.pk}",
        source="public" if is_public else _SOURCE_OF.get(UnitKind(post.unit_kind), "county"),
        child=child,
        since=since,
        rung=first_rung(by_school=by_school and not is_public, has_school=seat.school is not None),
        unit_id=post.unit_id,
        village=told.village,
        township=_township(post, told, seat),
        school=seat.school,
        school_class=seat.school_class,
        words=told.said.get("text", ""),
    )


def _township(post: HeldPost, told: Told, seat: Answerable) -> Unit:
    """The township of the home, of the school, or of whoever reported.

    Raises Refused where none of them lies in a township.
    """
    if told.village is not None and told.village.parent is not None:
        return told.village.parent
    if seat.school is not None:
        return seat.school.township
    found = _township_of(post)
    if found is None:
        raise Refused("请选择儿童居住的村（居），以便确定由哪个乡镇办理。")
    return found


def _township_of(post: HeldPost) -> Unit | None:
    """The township in which the unit of the post lies; a county, or its 中心校, lies in none."""
    school = School.objects.select_related("township").filter(unit_id=post.unit_id).first()
    if school is not None:
        return school.township
    unit = Unit.objects.select_related("parent").get(pk=post.unit_id)
    return next((one for one in (unit, unit.parent) if one and one.kind == UnitKind.TOWNSHIP), None)


@transaction.atomic
def take_back(doer: Doer, report: DiscoveryReport, reason: str) -> None:
    """Take a mistaken report back, and the case that it opened, while nobody has acted on it.

    Raises Refused in Chinese afterwards: then the case ends by an outcome (误报, C15).
    """
    row = DiscoveryReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if row.taken_back_on is not None:
        raise Refused("这份报告已经撤回。")
    doer = doer.under(_owner(doer, row))
    case = lock(row.case_id) if row.case_id else None
    if case is not None and case.finding == f"report:{row.pk}" and case.is_open:
        _check_untouched(case)
        withdraw(case, Contexts(doer.today, doer.now, doer.origin).of(case))
    elif case is not None:
        _tell_taken_back(case, row, doer)
    row.taken_back_on, row.taken_back = doer.today, reason
    row.save(update_fields=["taken_back_on", "taken_back_sealed"])
    children = [row.child_id] if row.child_id else []
    audit.record(doer.origin, "take_report_back", "discoveryreport", row.pk, children=children)


def _tell_taken_back(case: Case, row: DiscoveryReport, doer: Doer) -> None:
    """The case that it joined says so; the report that opened it goes on."""
    source = "public" if row.is_public else _SOURCE_OF.get(UnitKind(doer.post.unit_kind), "county")
    write_event(
        case,
        Act.SEEN_AGAIN,
        Contexts(doer.today, doer.now, doer.origin).of(case),
        occurred_on=doer.today,
        unit_id=row.unit_id,
        data={"source": source, "taken_back": row.recorded_on.isoformat()},
    )


def _owner(doer: Doer, row: DiscoveryReport) -> HeldPost:
    return post_with(doer.viewer, Right.REPORT_CHILD, fits=lambda post: post.unit_id == row.unit_id)


def _check_untouched(case: Case) -> None:
    others = CaseEvent.objects.filter(case=case).exclude(act=Act.OPEN)
    is_early = case.stage == Stage.D4 or is_before_village(Stage(case.stage))
    if others.exists() or not is_early:
        raise Refused(
            "有关单位已经开始办理，不能撤回。报错的，请告知学校按「非辍学·误报」申请销号。"
        )


@transaction.atomic
def answer(doer: Doer, report: DiscoveryReport, day: date, text: str) -> DiscoveryAnswer:
    """Record what was answered to whoever told of it (R23). A later answer corrects the one before.

    Raises Refused where nobody outside told of it, or where the day cannot be.
    """
    if not report.is_public:
        raise Refused("本单位自己发现的，不需要答复。")
    if not report.found_on <= day <= doer.today:
        raise Refused("答复日期应在登记的反映日期以后，且不晚于今天。")
    held = post_with(
        doer.viewer,
        Right.REPORT_CHILD,
        fits=lambda post: post.unit_id in (report.unit_id, report.county_id),
    )
    doer = doer.under(held)
    row = DiscoveryAnswer.objects.create(
        report=report, day=day, post_id=held.id, recorded_at=doer.now, **sealed(text=text)
    )
    audit.record(doer.origin, "answer_report", "discoveryreport", report.pk)
    return row
