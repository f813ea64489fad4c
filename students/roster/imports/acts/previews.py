"""Builds the preview of an import: reads the file, compares it with the roster, asks, plans
again."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.jobs.models import Job
from foundation.tablefiles.reading import COUNTY, SCHOOL, Unreadable, Workbook, open_workbook
from students.roster.imports.acts.batches import Tell, pieces_of, post_for
from students.roster.imports.acts.for_another import NAMES_SCHOOL
from students.roster.imports.acts.groups import plan_groups, replan_groups
from students.roster.imports.acts.layouts import (
    corrected,
    keep_cells,
    rows_to_keep,
    settle_layout,
    waits_in,
)
from students.roster.imports.acts.preview_rows import (
    SheetIntake,
    add_absent,
    count,
    fill,
    keep_plans,
)
from students.roster.imports.chunks import row_of
from students.roster.imports.matching import BY_NAME, Answer, Matcher
from students.roster.imports.reading.cells import text
from students.roster.imports.reading.headings import SCAN_ROWS, WrongSheet
from students.roster.imports.reading.pupil_row import PupilRow
from students.roster.imports.reading.two_heads import with_one_head
from students.roster.imports.sheet_checks import CheckedSheet, OtherSchoolsSheet, check_sheet
from students.roster.imports.snapshot import RosterSnapshot, read_snapshot, scope_of
from students.roster.models import ImportBatch, ImportRow


def read_import(
    batch_id: int, job: Job, tell: Tell, answers: Mapping[int, Answer] | None = None
) -> None:
    """Read and compare the file. The batch becomes a preview, or is refused with a Chinese reason.

    When the columns cannot be told from the sheet, the batch waits for a person. ``answers`` are
    what a person said of rows before the batch was read again.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    if batch.state != ImportBatch.READING:
        return
    intake = SheetIntake(batch)
    try:
        with _opened(batch, intake.prepare) as book:
            roster = _checked(batch, book, intake, tell)
    except (Unreadable, WrongSheet) as error:
        batch.state, batch.problem = waits_in(batch), str(error)[:400]
        if isinstance(error, OtherSchoolsSheet):
            batch.counts |= {NAMES_SCHOOL: error.code}
        batch.save(update_fields=["state", "problem", "counts"])
        return
    if roster is None:
        batch.state, batch.sheet_name = ImportBatch.MAPPING, text(book.name)[:60]
        batch.save(update_fields=["state", "sheet_name"])
        return
    tell(0, len(roster.rows), "正在与名册比对")
    matcher = Matcher(intake.snapshot(roster.rows), roster.columns, answers)
    plans = matcher.meet(roster.rows)
    intake.keep()
    keep_plans(batch, matcher, plans, tell)
    plan_groups(batch, roster.columns, plans)
    _keep_refused(batch)
    _open_preview(batch, book, roster)
    children = {plan.child_id for plan in plans if plan.child_id}
    origin = Origin(job.person_id, job.post_id)
    audit.record(origin, "compare_roster", "import_batch", batch.pk, children=children)


def _checked(
    batch: ImportBatch, book: Workbook, intake: SheetIntake, tell: Tell
) -> CheckedSheet | None:
    """Return the checked rows, or None when a person has to settle the columns first."""
    lines = corrected(batch, book.rows)
    top = with_one_head(list(islice(lines, SCAN_ROWS)))
    layout = settle_layout(batch, top)
    if layout is None:
        return None
    place = intake.scope.place
    return check_sheet(
        chain(top, lines), place, layout, lambda row: tell(0, 0, f"已读取{row}行"), intake.take
    )


def _keep_refused(batch: ImportBatch) -> None:
    """Keep the cells of refused rows, sealed.

    Reads the file a second time: a county's sheet is never whole in memory, and most sheets have no
    refused row.
    """
    wanted = rows_to_keep(batch)
    if wanted:
        with _opened(batch) as book:
            lines = enumerate(book.rows, start=1)
            keep_cells(batch, {number: line for number, line in lines if number in wanted})


@transaction.atomic
def answer_row(doer: Doer, batch_id: int, row_no: int, answer: str) -> ImportRow:
    """Record whether a row means the pupil of the same name and birth date, and plan the row again.

    The answer may be changed until the batch is confirmed. Raises Refused with a Chinese reason.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    post_for(doer.viewer, batch.school_id)
    if batch.state != ImportBatch.PREVIEW:
        raise Refused(f"这一批名册{batch.state_label}，不能再确认是否同一人。")
    stored = batch.rows.filter(row_no=row_no).first()
    asked = stored is not None and (stored.action == ImportRow.ASKED or stored.answer)
    if stored is None or not asked or answer not in ImportRow.ANSWERS:
        raise Refused("这一行没有需要确认的问题，请刷新页面后再看。")
    candidate = stored.child_id
    stored.answer, row = answer, row_of(stored)
    row.problems = []  # of an earlier answer
    row.warnings = [note for note in stored.warnings if note["message"] != BY_NAME]
    replan_row(batch, stored, row)
    details = {"row": row_no, "answer": answer}
    children = [pk for pk in {candidate, stored.child_id} if pk]
    audit.record(
        doer.origin,
        "answer_roster_row",
        "import_batch",
        batch.pk,
        children=children,
        details=details,
    )
    return stored


def replan_row(batch: ImportBatch, stored: ImportRow, row: PupilRow) -> None:
    """Plan one row of a preview again, after an answer or a correction, and correct the counts.

    Raises Refused when another row means the same child.
    """
    snapshot = read_snapshot(scope_of(batch), [row])
    others = batch.rows.filter(child_id__in=list(snapshot.known), row_no__isnull=False)
    others = others.exclude(pk=stored.pk).exclude(action=ImportRow.ASKED)
    taken = {pk: no for pk, no in others.values_list("child_id", "row_no") if pk}
    answers: dict[int, Answer] = {}
    if stored.answer:
        answers[row.number] = stored.answer, stored.child_id
    if stored.answer == ImportRow.SAME and stored.child_id in taken:
        raise Refused(f"第{taken[stored.child_id]}行已对应这名学生，请核对两行的证件号。")
    plan = Matcher(snapshot, {}, answers).plan([row], frozenset(taken))[0]
    if plan.child_id in taken:
        raise Refused(f"第{taken[plan.child_id]}行已对应这名学生，请核对两行的证件号。")
    before = stored.child_id
    count(batch, stored, -1)
    fill(stored, plan)
    stored.save()
    count(batch, stored, +1)
    replan_groups(batch, stored, plan)
    _tell_of_absence(batch, before, stored.child_id, snapshot)
    batch.save(update_fields=["counts"])


@contextmanager
def _opened(batch: ImportBatch, *meanwhile: Callable[[], None]) -> Iterator[Workbook]:
    with tempfile.TemporaryDirectory(prefix="roster-") as folder:
        path = Path(folder) / "upload.xlsx"
        with path.open("wb") as file:
            for piece in pieces_of(batch):
                file.write(piece)
        with open_workbook(path, SCHOOL if batch.school_id else COUNTY, *meanwhile) as book:
            yield book


def _tell_of_absence(
    batch: ImportBatch, before: int | None, after: int | None, snapshot: RosterSnapshot
) -> None:
    """List the pupil whom the row no longer means as absent, and no longer the one it means now."""
    if before == after:
        return
    absent = batch.rows.filter(row_no__isnull=True)
    for known in snapshot.here():
        pk = known.child.pk
        if pk == before and not batch.rows.filter(child_id=pk, row_no__isnull=False).exists():
            if not absent.filter(child_id=pk).update(action=ImportRow.ABSENT):
                add_absent(batch, known)
            batch.counts[ImportRow.ABSENT] += 1
        elif pk == after:
            found = absent.filter(child_id=pk, action=ImportRow.ABSENT)
            batch.counts[ImportRow.ABSENT] -= found.update(action=ImportRow.FOUND)


def _open_preview(batch: ImportBatch, book: Workbook, roster: CheckedSheet) -> None:
    batch.sheet_name = text(book.name)[:60]
    batch.notes = [*roster.notes, *(text(note) for note in book.notes)]
    batch.state = ImportBatch.PREVIEW
    batch.save(update_fields=["sheet_name", "notes", "counts", "state"])
