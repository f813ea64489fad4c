"""Graduates a school's final classes, and takes that back as a whole."""

from collections.abc import Mapping

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.roles import Right
from foundation.rows import unless_taken
from students.census.actions.posts import post_for
from students.census.models import GraduationBatch, GraduationRow
from students.census.years import graduates_of, untouched
from students.roster.models import School
from students.roster.pupils.acts.enrolments import end_enrolment, reopen_enrolment


@transaction.atomic
def graduate(
    doer: Doer,
    school: School,
    school_year: int,
    left_out: Mapping[int, str],
) -> GraduationBatch:
    """End the enrolments of grade 6 and 9 on the school year's last day, once a school and year.

    ``left_out`` maps a child to why it does not graduate: the caller knows of cases and
    suspensions, this app does not.
    """
    post = post_for(doer.viewer, Right.MANAGE_ENTRANTS, school)
    found = graduates_of(school, school_year, dict(left_out))
    if doer.today < found.day:
        raise Refused(f"本学年最后一个上课日为{found.day:%Y-%m-%d}，到这一天才能办理毕业。")
    if not found.enrolments:
        raise Refused("本校本学年没有可以办理毕业的学生。")
    with unless_taken() as taken:
        batch = GraduationBatch.objects.create(
            school=school,
            school_year=school_year,
            day=found.day,
            done_on=doer.today,
            done_by_id=post.id,
        )
    if taken:
        raise Refused("本校本学年已办理毕业，不能重复办理。")
    for enrolment in found.enrolments:
        end_enrolment(enrolment, found.day)
    GraduationRow.objects.bulk_create(
        GraduationRow(batch=batch, child=enrolment.child, enrolment=enrolment)
        for enrolment in found.enrolments
    )
    children = [enrolment.child_id for enrolment in found.enrolments]
    audit.record(doer.under(post).origin, "graduate", "graduation", batch.pk, children=children)
    return batch


@transaction.atomic
def undo_graduation(doer: Doer, batch_id: int) -> GraduationBatch:
    """Reopen every enrolment, unless something later has changed for one of the children."""
    batch = GraduationBatch.objects.select_for_update(of=("self",), no_key=True).get(pk=batch_id)
    school = School.objects.select_related("unit").get(pk=batch.school_id)
    post = post_for(doer.viewer, Right.MANAGE_ENTRANTS, school)
    if batch.undone_on is not None:
        raise Refused("这一批毕业登记已经撤销。")
    if not untouched(batch):
        raise Refused("毕业之后有学生已在他校入学或又办理了异动，不能整批撤销，请逐人办理异动。")
    rows = batch.rows.select_related("enrolment__school_class")
    for row in rows:
        reopen_enrolment(row.enrolment)
    batch.undone_on, batch.undone_by_id = doer.today, post.id
    batch.save(update_fields=["undone_on", "undone_by"])
    children = [row.child_id for row in rows]
    audit.record(
        doer.under(post).origin, "undo_graduation", "graduation", batch.pk, children=children
    )
    return batch
