"""Handover of the grade-6 roster to the junior high: prepare it, and send it to be signed (T14).

Signature, receipt, return and voiding are moves of its paper (handover_moves.py follows them).
"""

from collections import defaultdict
from datetime import date

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost
from foundation.papers import acts as papers
from foundation.papers.acts.common import locked
from foundation.papers.models import Paper
from foundation.papers.rules.states import PaperState
from students.census.actions.handover_moves import accepted, lock, must_be, refused
from students.census.actions.posts import post_for
from students.census.final_grades import is_final_grade
from students.census.models import Handover, HandoverRow
from students.census.occasions import catchment_school
from students.census.roster_sheet import ABOUT, CODE, values_of
from students.census.years import last_day_of
from students.roster.models import Enrolment, School, SchoolClass
from students.roster.models.querysets import in_force

WAITS = "名册已送校长签发，要改请先在文书里“撤回送签”。"


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
    handover = lock(row.handover_id)
    post = post_for(doer.viewer, Right.SIGN_HANDOVER, handover.from_school)
    must_be(handover, Handover.DRAFT)
    if handover.paper is not None and handover.paper.state == PaperState.WAITING:
        raise Refused(WAITS)
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
def send_handover(doer: Doer, handover_id: int) -> Handover:
    """Write the roster as a paper and send it to the head, who signs it (T14).

    After a return by the head the same paper is written anew. Raises PermissionDenied for who does
    not draft papers of the school, such as the central school, and Refused in Chinese.
    """
    handover = _with_its_paper(handover_id)
    paper, values = handover.paper, values_of(handover)
    if paper is None or paper.state == PaperState.DROPPED:
        about = papers.About(ABOUT, str(handover.pk))
        paper = papers.draft(doer, CODE, handover.from_school.unit, about, values)
        handover.paper = paper
        handover.save(update_fields=["paper"])
    else:
        paper = papers.revise(doer, paper, values)
    papers.send_to_sign(doer, paper)
    return handover


def _with_its_paper(handover_id: int) -> Handover:
    """The roster and its paper, locked in the order in which the paper's own acts lock them."""
    paper = Paper.objects.filter(handover=handover_id).first()
    if paper is not None:
        locked(paper)
    handover = lock(handover_id)
    must_be(handover, Handover.DRAFT)
    return handover


@transaction.atomic
def accept_handover(doer: Doer, handover_id: int) -> Handover:
    """Sign as the junior high for a roster that was signed before rosters were papers.

    Raises Refused for one that is a paper: it is signed for as every letter (收文).
    """
    handover = _before_papers(handover_id)
    post = post_for(doer.viewer, Right.SIGN_HANDOVER, handover.to_school)
    accepted(doer.under(post), handover)
    return handover


@transaction.atomic
def return_handover(doer: Doer, handover_id: int, reasons: str) -> Handover:
    """Return such a roster to its sender with reasons; the sender prepares a new one."""
    handover = _before_papers(handover_id)
    post = post_for(doer.viewer, Right.SIGN_HANDOVER, handover.to_school)
    refused(doer.under(post), handover, reasons)
    return handover


def _before_papers(handover_id: int) -> Handover:
    handover = lock(handover_id)
    if handover.paper_id is not None:
        raise Refused("这份交接单是编文号的文书，请在“收文”里签收或者退回。")
    must_be(handover, Handover.SENT)
    return handover


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
        must_be(handover, Handover.DRAFT)
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
