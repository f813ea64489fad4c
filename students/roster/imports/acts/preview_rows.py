"""Writes the rows of a preview: one for each row of the sheet, one for each pupil who is not in
it."""

from collections.abc import Collection, Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import uuid4

from foundation.bulk import ahead, as_json, check_keys, copy_in
from students.roster.imports.acts.batches import Tell
from students.roster.imports.chunks import Packer, payload_of
from students.roster.imports.matching import Matcher, RowPlan, label_of
from students.roster.imports.reading.pupil_row import PupilRow
from students.roster.imports.snapshot import Known, RosterSnapshot, SnapshotReader, scope_of
from students.roster.models import ImportBatch, ImportChunk, ImportRow

TOLD = 2_000  # rows between two reports of progress
_FIELDS = (
    "uuid",
    "batch_id",
    "row_no",
    "action",
    "name",
    "school_id",
    "class_label",
    "child_id",
    "answer",
    "payload_sealed",
    "seen",
    "left",
    "changes",
    "problems",
    "warnings",
)

Values = Sequence[Any]


class SheetIntake:
    """Packs the rows of a sheet while they are read, and reads the pupils they may mean."""

    def __init__(self, batch: ImportBatch) -> None:
        self.batch, self.scope = batch, scope_of(batch)
        self._packer = Packer(batch, ImportChunk.READ)
        self._reader = SnapshotReader(self.scope)

    def prepare(self) -> None:
        """Read the pupils of a school, or of the county for a large sheet, while the reader starts.

        A small sheet of the county names few schools; their pupils are read once the schools are
        known.
        """
        if self.scope.own or self.batch.parts.count() > 1:
            self._reader.read_schools(self.scope.codes.values())

    def take(self, row: PupilRow) -> None:
        """Pack a row, to be written later."""
        self._packer.add(row.number, payload_of(row))

    def snapshot(self, rows: Collection[PupilRow]) -> RosterSnapshot:
        """Return every child whom the rows may mean."""
        return self._reader.snapshot(rows)

    def keep(self) -> None:
        """Write the packed rows, sealed. A batch that is read again overwrites its earlier
        chunks."""
        ImportChunk.objects.bulk_create(
            self._packer.chunks(),
            batch_size=20,
            update_conflicts=True,
            unique_fields=["batch", "kind", "position"],
            update_fields=["uuid", "last_row", "content_sealed"],
        )


def keep_plans(batch: ImportBatch, matcher: Matcher, plans: Sequence[RowPlan], tell: Tell) -> None:
    """Settle, count and write the plans; some are settled while others are written."""
    batch.counts = dict.fromkeys(ImportRow.LABELS, 0) | {"rows": len(plans)}
    batch.counts |= {"warned": 0, "writes": 0, "absent": 0, "unread_homes": 0}
    check_keys()
    done = 0
    for lines in ahead(_lines(batch, matcher, plans)):
        copy_in(ImportRow, _FIELDS, lines)
        done += len(lines)
        tell(min(done, len(plans)), len(plans), "")


def _lines(
    batch: ImportBatch, matcher: Matcher, plans: Sequence[RowPlan]
) -> Iterator[list[Values]]:
    """Yield the values of the import rows in parts. Absent pupils come last: all rows must be
    settled."""
    settled = matcher.settled(plans)
    while some := list(islice(settled, TOLD)):
        yield [_line(batch, plan, matcher.answer_to(plan.row)) for plan in some]
    absent = matcher.absent(plans)
    batch.counts["absent"] = len(absent)
    if absent:
        yield [_absent_values(batch, known) for known in absent]


def _line(batch: ImportBatch, plan: RowPlan, answer: str) -> Values:
    counts = batch.counts
    counts[plan.action] += 1
    counts["warned"] += bool(plan.row.warnings)
    counts["unread_homes"] += any("unread" in note for note in plan.row.warnings)
    counts["writes"] += plan.writes
    return _values(batch, plan, answer)


def _values(batch: ImportBatch, plan: RowPlan, answer: str) -> Values:
    row = plan.row
    return (
        str(uuid4()),
        batch.pk,
        row.number,
        plan.action,
        row.name,
        row.school_id,
        row.class_label,
        plan.child_id,
        answer,
        "",
        plan.seen,
        "",
        *[as_json(notes) for notes in (plan.difference.changes, row.problems, row.warnings)],
    )


def _absent_values(batch: ImportBatch, known: Known) -> Sequence[Any]:
    at = known.enrolment
    label = label_of(known, batch.as_of)
    school = at.school_id if at else None
    empty = [as_json([])] * 3
    name, action = known.child.name, ImportRow.ABSENT
    return (
        uuid4(), batch.pk, None, action, name, school, label, known.child.pk, "", "", "", "", *empty
    )  # fmt: skip


def add_absent(batch: ImportBatch, known: Known) -> None:
    """Add the row of a pupil whom no row of the sheet means any more."""
    copy_in(ImportRow, _FIELDS, [_absent_values(batch, known)])


def fill(stored: ImportRow, plan: RowPlan) -> None:
    """Put a new plan into an import row."""
    row = plan.row
    stored.action, stored.child_id, stored.seen = plan.action, plan.child_id, plan.seen
    stored.name, stored.class_label, stored.school_id = row.name, row.class_label, row.school_id
    stored.changes, stored.problems = plan.difference.changes, row.problems
    stored.warnings = row.warnings


def count(batch: ImportBatch, stored: ImportRow, by: int) -> None:
    """Add the row to the batch's counts (+1) or take it out (-1)."""
    counts = batch.counts
    counts[stored.action] += by
    counts["warned"] += by * bool(stored.warnings)
    counts["writes"] += by * (stored.action in ImportRow.WRITES and not stored.problems)
