"""Special groups that a sheet names: planned for the preview, written, taken back."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from foundation.bulk import copy_in, each, update_rows
from foundation.days import ONE_DAY
from students.roster.imports.acts.writing import ImportOvertaken
from students.roster.imports.matching import RowPlan
from students.roster.models import GroupSpell, ImportBatch, ImportGroup, ImportRow
from students.roster.rules.group_cells import (
    BEGINS,
    ENDS,
    WRITES,
    GroupMove,
    Held,
    field_of,
    moves_of,
    words_of,
)
from students.roster.rules.group_kinds import FLAGS

COUNTS = "groups"  # key in the batch's counts; present when the sheet has a column on groups
DENIED_BY_ROSTER = "名册已改为否"
_LINE = ("batch_id", "row_id", "group", "move", "kind", "former", "spell_id")
_TAKEN = (ImportRow.NEW, ImportRow.CHANGED, ImportRow.MOVED, ImportRow.ARRIVING)
_TOLD = (*_TAKEN, ImportRow.UNCHANGED)
_CHANGING = ("kind", "ends_on", "end_reason", "voided_on")
Flags = Mapping[str, str]
Moves = list[tuple[int, GroupMove]]


def plan_groups(batch: ImportBatch, columns: Collection[str], plans: Sequence[RowPlan]) -> None:
    """Keep what the rows of a new preview would change in groups.

    Does nothing when the sheet has no column that names a group.
    """
    if FLAGS.keys().isdisjoint(columns):
        return
    told = [plan for plan in plans if _is_told(plan)]
    held = _held_by({pk for plan in told if (pk := plan.child_id)}, batch.as_of)
    moves = [
        (plan.row.number, move)
        for plan in told
        for move in moves_of(words_of(plan.row.values), held.get(plan.child_id, {}), batch.as_of)
    ]
    batch.counts[COUNTS] = {}
    _keep(batch, moves)


def replan_groups(batch: ImportBatch, stored: ImportRow, plan: RowPlan) -> None:
    """Plan the group lines of one row again, after an answer or a correction."""
    if COUNTS not in batch.counts:
        return
    former = ImportGroup.objects.filter(row=stored)
    _count(batch, former.values_list("move", flat=True), -1)
    former.update(move=ImportGroup.REPLACED)
    if _is_told(plan):
        held = _held_by({pk for pk in (plan.child_id,) if pk}, batch.as_of)
        words = words_of(plan.row.values)
        moves = moves_of(words, held.get(plan.child_id, {}), batch.as_of)
        _keep(batch, [(plan.row.number, move) for move in moves])


def write_groups(batch: ImportBatch, post_id: int) -> set[int]:
    """Write the groups as the preview showed them, after the rows; returns the children.

    Raises ImportOvertaken when a group was entered or ended since the preview.
    """
    lines = list(lines_of(batch).filter(move__in=WRITES))
    told: dict[int, dict[str, str]] = defaultdict(dict)
    for line in lines:
        told[line.row.child_id or 0][field_of(line.group)] = _move_of(line).words
    done = {(pk, move.group): move for pk, move in from_roster(post_id, told, batch.as_of)}
    for line in lines:
        move = done.get((line.row.child_id or 0, line.group))
        if move is None or (move.move, move.kind, move.former) != _said(line):
            raise ImportOvertaken(
                f"预览之后，第{line.row.row_no}行学生的特殊群体又有变动，本批没有写入。"
                "请取消本批，重新上传同一文件，核对后再确认。"
            )
        line.spell_id = move.membership
    update_rows(ImportGroup, ("spell_id",), [(line.pk, line.spell_id) for line in lines])
    return set(told)


def touched_rows(batch: ImportBatch) -> set[int]:
    """Return the rows whose groups were changed after the batch wrote them."""
    lines = list(lines_of(batch).filter(move__in=WRITES).select_related("spell"))
    later = GroupSpell.objects.filter(
        pk__gt=batch.marks.get(GroupSpell._meta.label, 0),
        child__in=[line.row.child_id for line in lines],
    )
    newer = set(later.values_list("child_id", "group"))
    return {
        line.row.row_no or 0
        for line in lines
        if (line.row.child_id, line.group) in newer or not _is_as_written(line, batch.as_of)
    }


def undo_groups(batch: ImportBatch, day: date) -> set[int]:
    """Void the memberships that the batch began and restore those it ended or corrected.

    Returns the children. Nothing is deleted.
    """
    lines = list(lines_of(batch).filter(move__in=WRITES).select_related("spell"))
    rows = [
        (line.spell_id, line.kind, None, "", day)
        if line.move == BEGINS
        else (line.spell_id, line.former, None, "", None)
        for line in lines
    ]
    update_rows(GroupSpell, _CHANGING, rows)
    return {line.row.child_id for line in lines if line.row.child_id}


def forget_groups(batch: ImportBatch) -> None:
    """Empty what a dropped batch said of groups."""
    lines_of(batch).update(move=ImportGroup.REPLACED, group="", kind="", former="")


def lines_of(batch: ImportBatch) -> QuerySet[ImportGroup]:
    """Return the batch's current group lines with their rows, in the order of the sheet."""
    return ImportGroup.objects.filter(batch=batch).select_related("row")


def from_roster(post_id: int, told: Mapping[int, Flags], as_of: date) -> Moves:
    """Write the groups that a roster names: child id → field of group_kinds.FLAGS → text of the
    cell.

    Takes a fixed number of statements. Returns the written moves with their child ids.
    """
    held = _held_by(set(told), as_of, lock=True)
    moves = [
        (pk, move)
        for pk, flags in told.items()
        for move in moves_of(words_of(flags), held.get(pk, {}), as_of)
        if move.move in WRITES
    ]
    changed = [(pk, move) for pk, move in moves if move.move != BEGINS]
    starts = {one.pk: one.starts_on for groups in held.values() for one in groups.values()}
    rows = [_as_written(move, starts[move.membership or 0], as_of) for _, move in changed]
    update_rows(GroupSpell, _CHANGING, rows)
    begun = [(pk, move) for pk, move in moves if move.move == BEGINS]
    made = GroupSpell.objects.bulk_create(
        [_told(post_id, pk, move, as_of) for pk, move in begun], batch_size=2_000
    )
    fresh = [
        (pk, GroupMove(move.group, BEGINS, move.kind, membership=membership.pk))
        for (pk, move), membership in zip(begun, made, strict=True)
    ]
    return changed + fresh


def _is_told(plan: RowPlan) -> bool:
    return plan.action in _TOLD and not plan.row.problems


def _held_by(
    ids: Collection[int], day: date, *, lock: bool = False
) -> dict[int | None, dict[str, Held]]:
    """Return the children's memberships, on the day or later, in groups that a sheet can name."""
    memberships = GroupSpell.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=day), group__in=list(FLAGS.values())
    )
    memberships = memberships.filter(child__in=each(ids, "bigint")).order_by(
        "-ends_on"
    )  # without an end: first
    if lock:
        memberships = memberships.select_for_update()
    found: dict[int | None, dict[str, Held]] = defaultdict(dict)
    for pk, child, group, kind, starts_on, ends_on, source in memberships.values_list(
        "pk", "child_id", "group", "kind", "starts_on", "ends_on", "source"
    ):
        held = Held(pk, kind, starts_on, ends_on, source == GroupSpell.ROSTER)
        found[child].setdefault(group, held)
    return found


def _keep(batch: ImportBatch, moves: Moves) -> None:
    numbers = sorted({number for number, _ in moves})
    ids = dict(batch.rows.filter(row_no__in=numbers).values_list("row_no", "pk"))
    copy_in(
        ImportGroup,
        _LINE,
        (
            (batch.pk, ids[number], one.group, one.move, one.kind, one.former, one.membership)
            for number, one in moves
        ),
    )
    _count(batch, (move.move for _, move in moves), +1)


def _count(batch: ImportBatch, moves: Iterable[str], by: int) -> None:
    counts = batch.counts[COUNTS]
    for move, number in Counter(moves).items():
        counts[move] = counts.get(move, 0) + by * number


def _move_of(line: ImportGroup) -> GroupMove:
    return GroupMove(line.group, line.move, line.kind, line.former, line.spell_id)


def _said(line: ImportGroup) -> tuple[str, str, str]:
    return line.move, line.kind, line.former


def _told(post_id: int, child_id: int, move: GroupMove, as_of: date) -> GroupSpell:
    return GroupSpell(
        child_id=child_id,
        group=move.group,
        kind=move.kind,
        starts_on=as_of,
        source=GroupSpell.ROSTER,
        recorded_by_id=post_id,
    )


def _as_written(move: GroupMove, starts_on: date, as_of: date) -> tuple[object, ...]:
    """Return the membership's columns as the batch writes them.

    A membership ends the day before the sheet's day; one that began on that day is voided. A kind
    is corrected in place, and the history of the row keeps the former kind.
    """
    if move.move != ENDS:
        return move.membership, move.kind, None, "", None
    if starts_on == as_of:
        return move.membership, move.former, as_of, DENIED_BY_ROSTER, as_of
    return move.membership, move.former, as_of - ONE_DAY, DENIED_BY_ROSTER, None


def _is_as_written(line: ImportGroup, as_of: date) -> bool:
    """Whether the membership is still as the batch wrote it."""
    membership = line.spell
    assert membership is not None  # every written line has one
    stands = (
        membership.pk,
        membership.kind,
        membership.ends_on,
        membership.end_reason,
        membership.voided_on,
    )
    return _as_written(_move_of(line), membership.starts_on, as_of) == stands
