"""Handover of the grade-6 roster to the junior high: prepare, sign, then accept or return."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost, Viewer
from foundation.protected import sealed
from students.census.actions.posts import post_for
from students.census.final_grades import is_final_grade
from students.census.models import Entrant, Handover, HandoverRow, HandoverStep
from students.census.occasions import catchment_school
from students.census.years import last_day_of
from students.roster.models import Enrolment, School, SchoolClass
from students.roster.models.querysets import in_force


@transaction.atomic
def prepare_handovers(
    doer: Doer,
    school: School,
    school_year: int,
    otherwise: School | None,
) -> list[Handover]:
    """Make one roster a junior high, with every grade-6 pupil who is on none yet (R27).

    A child goes to the junior high of its village's catchment, and without one to ``otherwise``.
    The roster must be complete, so the act is refused where neither is known.
    """
    post = post_for(doer.viewer, Right.SIGN_HANDOVER, school)
    by_school: dict[int, list[Enrolment]] = defaultdict(list)
    schools: dict[int, School] = {}
    for enrolment in _graduates(school, school_year, doer.today):
        to = (
            catchment_school(enrolment.child.home_village_id, SchoolClass.JUNIOR, doer.today)
            or otherwise
        )
        if to is None:
            raise Refused(
                f"{enrolment.child.name}等学生的户籍村没有登记初中学区，请选择没有学区的学生交给哪所初中。"
            )
        schools[to.pk] = to
        by_school[to.pk].append(enrolment)
    if not by_school:
        raise Refused("没有需要移交的六年级学生：已全部列入交接单，或本校没有六年级学生。")
    made = [
        _draft(school, schools[pk], school_year, enrolments, post, doer.today)
        for pk, enrolments in by_school.items()
    ]
    children = [enrolment.child_id for enrolments in by_school.values() for enrolment in enrolments]
    audit.record(
        doer.under(post).origin, "prepare_handover", "school", school.pk, children=children
    )
    return made


@transaction.atomic
def describe_row(doer: Doer, row_id: int, exception: str, remark: str) -> HandoverRow:
    """Note what the junior high should know of a graduate, while the roster is a draft."""
    row = HandoverRow.objects.select_related("handover__from_school__unit").get(pk=row_id)
    handover, post = _lock(doer.viewer, row.handover_id, sends=True)
    _must_be(handover, Handover.DRAFT)
    row.exception, row.remark = exception, remark
    row.save(update_fields=["exception", "remark_sealed"])
    audit.record(
        doer.under(post).origin,
        "describe_leaver",
        "handover",
        handover.pk,
        children=[row.child_id],
    )
    return row


@transaction.atomic
def sign_handover(doer: Doer, handover_id: int) -> Handover:
    """Sign as the sender. Now the junior high sees the roster and no row changes any more."""
    handover, post = _lock(doer.viewer, handover_id, sends=True)
    _must_be(handover, Handover.DRAFT)
    return _step(handover, post, doer.origin, HandoverStep.SIGN, Handover.SENT, doer.today)


@transaction.atomic
def accept_handover(doer: Doer, handover_id: int) -> Handover:
    """Sign as the junior high. The children are due there in grade 7."""
    handover, post = _lock(doer.viewer, handover_id, sends=False)
    _must_be(handover, Handover.SENT)
    _step(handover, post, doer.origin, HandoverStep.ACCEPT, Handover.ACCEPTED, doer.today)
    for row in handover.rows.select_related("child__home_township"):
        _expect(row, handover, post)
    return handover


@transaction.atomic
def return_handover(doer: Doer, handover_id: int, reasons: str) -> Handover:
    """Return the roster to its sender with reasons; the sender prepares a new one."""
    handover, post = _lock(doer.viewer, handover_id, sends=False)
    _must_be(handover, Handover.SENT)
    return _step(
        handover, post, doer.origin, HandoverStep.RETURN, Handover.RETURNED, doer.today, reasons
    )


def _graduates(school: School, school_year: int, today: date) -> list[Enrolment]:
    """Grade 6 of today, or of the last day once the school year is over."""
    day = min(today, last_day_of(school.unit.county_id, school_year - 1))
    standing = Handover.objects.exclude(state=Handover.RETURNED).filter(school_year=school_year)
    handed = HandoverRow.objects.filter(handover__in=standing).values("child_id")
    rows = Enrolment.objects.filter(
        in_force(day), school=school, school_class__stage=SchoolClass.PRIMARY
    ).exclude(child__in=handed)
    rows = rows.select_related("child", "school_class")
    return [
        enrolment
        for enrolment in rows.order_by("school_class__number", "child__name_key", "pk")
        if is_final_grade(
            enrolment.school_class.stage, enrolment.school_class.entry_year, school_year - 1
        )
    ]


def _draft(
    school: School,
    to: School,
    school_year: int,
    enrolments: list[Enrolment],
    post: HeldPost,
    today: date,
) -> Handover:
    standing = Handover.objects.exclude(state=Handover.RETURNED).filter(
        from_school=school, to_school=to, school_year=school_year
    )
    handover = standing.select_for_update().first()
    if handover is not None:
        _must_be(handover, Handover.DRAFT)
    else:
        handover = Handover.objects.create(
            from_school=school,
            to_school=to,
            school_year=school_year,
            prepared_by_id=post.id,
            prepared_on=today,
        )
    HandoverRow.objects.bulk_create(
        HandoverRow(handover=handover, child=enrolment.child, school_class=enrolment.school_class)
        for enrolment in enrolments
    )
    return handover


def _lock(viewer: Viewer, handover_id: int, *, sends: bool) -> tuple[Handover, HeldPost]:
    locked = Handover.objects.select_for_update(of=("self",), no_key=True)
    handover: Handover = locked.select_related("from_school__unit", "to_school__unit").get(
        pk=handover_id
    )
    school = handover.from_school if sends else handover.to_school
    return handover, post_for(viewer, Right.SIGN_HANDOVER, school)


def _must_be(handover: Handover, state: str) -> None:
    if handover.state != state:
        raise Refused(f"这份交接单{handover.state_label}，不能再办理此事项。")


def _step(
    handover: Handover,
    post: HeldPost,
    origin: Origin,
    act: str,
    state: str,
    today: date,
    words: str = "",
) -> Handover:
    HandoverStep.objects.create(
        handover=handover, act=act, day=today, post_id=post.id, **sealed(words=words)
    )
    handover.state = state
    handover.save(update_fields=["state"])
    children = list(handover.rows.values_list("child_id", flat=True))
    audit.record(
        replace(origin, post_id=post.id),
        f"{act}_handover",
        "handover",
        handover.pk,
        children=children,
    )
    return handover


def _expect(row: HandoverRow, handover: Handover, post: HeldPost) -> None:
    """Put the child on the junior high's list, unless it is there already."""
    child = row.child
    if Entrant.objects.standing().filter(child=child, school_year=handover.school_year).exists():
        return
    Entrant.objects.create(
        child=child,
        school=handover.to_school,
        from_school=handover.from_school,
        handover_row=row,
        school_year=handover.school_year,
        stage=SchoolClass.JUNIOR,
        village_id=child.home_village_id,
        township_id=child.home_township_id or handover.to_school.township_id,
        recorded_by_id=post.id,
    )
