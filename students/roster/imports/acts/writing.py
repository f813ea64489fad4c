"""Writes a confirmed import in bulk, the whole batch or nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from foundation.bulk import ahead, check_keys, copy_in, take_ids, update_rows
from students.roster.imports.acts.layouts import kept_columns
from students.roster.imports.building import Ids, RowBuilder, RowsToWrite
from students.roster.imports.chunks import Packer, rows_of
from students.roster.imports.matching import Answer, Matcher, RowPlan, writes_still
from students.roster.imports.reading.pupil_row import ClassKey, PupilRow
from students.roster.imports.reading.table_rows import (
    CHILD_FIELDS,
    ENROLMENT_FIELDS,
    GUARDIAN_FIELDS,
    values_of_child,
    values_of_enrolment,
    values_of_guardian,
)
from students.roster.imports.snapshot import read_snapshot, scope_of
from students.roster.models import (
    Child,
    Enrolment,
    FormerNumber,
    Guardian,
    ImportBatch,
    ImportChunk,
    ImportRow,
)
from students.roster.pupils.acts.pupils import open_classes

SMALLEST_CHUNK = 100
CHUNKS = 50  # parts of a batch; progress is reported after each


class ImportOvertaken(Exception):
    """The roster has changed since the preview; the Chinese message names the rows."""


@dataclass(slots=True)
class Stored:
    """What the preview said of a row."""

    pk: int
    row_no: int
    action: str
    child_id: int | None
    seen: str
    answer: str
    problems: list[dict[str, str]]

    def differs_from(self, plan: RowPlan) -> bool:
        """Whether the new plan would do something else."""
        return (self.action, self.child_id, self.seen) != (plan.action, plan.child_id, plan.seen)

    @property
    def is_due(self) -> bool:
        """Whether the row has to be written."""
        return self.action in ImportRow.WRITES and not self.problems

    @property
    def claims(self) -> bool:
        """Whether the row means a child without writing to it."""
        return bool(self.child_id) and not self.is_due and self.action != ImportRow.ASKED


Due = tuple[Stored, RowPlan]


def _former(child_id: int, number: str) -> FormerNumber:
    row = FormerNumber(child_id=child_id)
    row.registry_no = number
    return row


class Writer:
    """Writes one batch inside the caller's transaction."""

    def __init__(
        self, batch: ImportBatch, tell: Callable[[int, int, str], None], now: datetime
    ) -> None:
        self.batch, self.tell, self.now = batch, tell, now
        self.scope = scope_of(batch)

    def write(self) -> list[int]:
        """Write every row that changes something; returns the children written.

        Raises ImportOvertaken when a child was changed since the preview.
        """
        due = self._plan_again() if self.batch.writes else []
        before, written = Packer(self.batch, ImportChunk.BEFORE), []
        for hand in ahead(self._parts(due)):
            self._keep(hand)
            for number, payload in hand.before:
                before.add(number, payload)
            written += [child for _, child, _ in hand.links]
            self.tell(len(written), len(due), "")
        ImportChunk.objects.bulk_create(before.chunks(), batch_size=20)
        return written

    def _plan_again(self) -> list[Due]:
        """Compare the rows to be written again, now under lock: the preview must still hold.

        Children whom the other rows mean are excluded.
        """
        stored = self._stored()
        rows = [row for row in rows_of(self.batch) if stored[row.number].is_due]
        others = {said.child_id or 0 for said in stored.values() if said.claims}
        answers: dict[int, Answer] = {
            row.number: (said.answer, said.child_id)
            for row in rows
            if (said := stored[row.number]).answer
        }
        self.snapshot = read_snapshot(self.scope, rows, lock=True)
        plans = Matcher(self.snapshot, {}, answers).plan(rows, frozenset(others))
        pairs = [(stored[plan.row.number], plan) for plan in plans]
        changed = [str(said.row_no) for said, plan in pairs if said.differs_from(plan)]
        if changed:
            listed = "、".join(changed[:10]) + ("等" if len(changed) > 10 else "")
            raise ImportOvertaken(
                f"预览之后，第{listed}行（共{len(changed)}行）的学生信息又有变动，本批没有写入。"
                "请取消本批，重新上传同一文件，核对后再确认。"
            )
        columns = kept_columns(self.batch)
        return [(said, plan) for said, plan in pairs if writes_still(plan, columns)]

    def _stored(self) -> dict[int, Stored]:
        rows = self.batch.rows.filter(row_no__isnull=False).order_by()
        problems = dict(rows.exclude(problems=[]).values_list("row_no", "problems"))
        values = rows.values_list("pk", "row_no", "action", "child_id", "seen", "answer")
        return {
            no: Stored(pk, no, action, child, seen, answer, problems.get(no, []))
            for pk, no, action, child, seen, answer in values.iterator()
            if no is not None
        }

    def _open_classes(self, rows: list[PupilRow]) -> dict[tuple[int, ClassKey], int]:
        wanted = {
            (row.school_id, row.school_class)
            for row in rows
            if row.school_id is not None and row.school_class is not None
        }
        return open_classes(wanted, self.batch)

    def _parts(self, due: list[Due]) -> Iterator[RowsToWrite]:
        """Ask every table for what the parts need, since parts are built in a thread."""
        if not due:
            return iter(())
        made = sum(plan.known is None for _, plan in due)
        ids = Ids(
            iter(take_ids(Child, made)),
            iter(take_ids(Guardian, 2 * len(due))),  # a sheet names two at most
            iter(take_ids(Enrolment, len(due))),
        )
        classes = self._open_classes([plan.row for _, plan in due])
        builder = RowBuilder(self.snapshot, classes, ids)
        size = max(SMALLEST_CHUNK, len(due) // CHUNKS)
        starts = range(0, len(due), size)
        return (builder.build([(s.pk, p) for s, p in due[n : n + size]]) for n in starts)

    def _keep(self, hand: RowsToWrite) -> None:
        """Write ended enrolments before new ones, and a child before its own rows.

        Checks the foreign keys here and not at the commit, when nothing could be done in parallel.
        """
        check_keys()
        update_rows(Child, CHILD_FIELDS[1:], list(map(values_of_child, hand.people)))
        update_rows(Guardian, GUARDIAN_FIELDS[1:], list(map(values_of_guardian, hand.relatives)))
        update_rows(
            Enrolment, ENROLMENT_FIELDS[1:], list(map(values_of_enrolment, hand.enrolments))
        )
        numbers = [_former(pk, number) for pk, number in hand.former]
        FormerNumber.objects.bulk_create(numbers, ignore_conflicts=True)
        self._add(hand)
        update_rows(ImportRow, ("child_id", "left"), hand.links)

    def _add(self, hand: RowsToWrite) -> None:
        county, now = self.scope.county_id, self.now
        copy_in(
            Child,
            (*CHILD_FIELDS, "county_id", "created_at"),
            ((*values_of_child(one), county, now) for one in hand.new_people),
        )
        copy_in(Guardian, GUARDIAN_FIELDS, map(values_of_guardian, hand.new_relatives))
        copy_in(
            Enrolment,
            (*ENROLMENT_FIELDS, "recorded_at"),
            ((*values_of_enrolment(one), now) for one in hand.new_enrolments),
        )
