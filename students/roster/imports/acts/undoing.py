"""Takes a whole import back while no later work depends on it (ux 5.5, S49)."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.viewer import Viewer
from foundation.bulk import Model, update_rows
from students.roster.classes.actions import take_back_unused
from students.roster.imports.acts.batches import post_for
from students.roster.imports.acts.groups import touched_rows, undo_groups
from students.roster.imports.acts.turns import end_turns, schools_of, take_turns
from students.roster.imports.chunks import unpacked
from students.roster.imports.differences import fingerprint
from students.roster.imports.later_work import children_with_later
from students.roster.imports.snapshot import read_children
from students.roster.models import Child, Enrolment, Guardian, ImportBatch, ImportChunk

SHOWN = 10  # rows named in a refusal
TOO_LATE = "只能在写入后24小时内撤销；如需更正，请上传改好的名册或办理异动。"
FORGOTTEN = "写入前的内容已不再保存，不能撤销。"
_PLAIN = "registry_no"  # a column until the numbers were sealed; a batch of that day has its values


@transaction.atomic
def undo_import(
    doer: Doer,
    batch_id: int,
    touched: Collection[int] = frozenset(),
) -> ImportBatch:
    """Restore what the batch changed and void what it made; raises Refused with a Chinese reason.

    ``touched`` are children with later work outside the roster (roll calls, cases); the caller
    looks them up. Nothing is deleted: enrolments and guardians that the batch made are voided.
    Children that it made stay without enrolment and are found again by their numbers. Classes that
    it opened are taken back unless somebody uses them.
    """
    batch = ImportBatch.objects.select_for_update().get(pk=batch_id)
    post_for(doer.viewer, batch.school_id)
    if batch.state != ImportBatch.DONE:
        raise Refused(f"这一批名册{batch.state_label}，不能撤销。")
    if not batch.may_be_undone_at(doer.now):
        raise Refused(TOO_LATE)
    take_turns(batch, schools_of(batch))
    _refuse_touched(batch, frozenset(touched))
    kept = [payload for _, payload in unpacked(batch.chunks.filter(kind=ImportChunk.BEFORE))]
    if len(kept) != len(_written(batch)) or any(_PLAIN in one["facts"] for one in kept):
        raise Refused(FORGOTTEN)
    _void(kept, doer.now.date())
    _put_back(kept)
    grouped = undo_groups(batch, doer.now.date())
    closed = take_back_unused(list(batch.classes.filter(closed_on__isnull=True)))
    batch.state, batch.undone_at = ImportBatch.UNDONE, doer.now
    batch.save(update_fields=["state", "undone_at"])
    end_turns(batch)
    children = {payload["child"] for payload in kept} | grouped
    audit.record(
        doer.origin,
        "undo_roster",
        "import_batch",
        batch.pk,
        children=children,
        details={"classes": closed},
    )
    return batch


def children_of_undo(viewer: Viewer, batch_id: int) -> tuple[set[int], datetime | None]:
    """Return the children a batch has written, and when, so that the caller can find later work on
    them."""
    batch = ImportBatch.objects.get(pk=batch_id)
    post_for(viewer, batch.school_id)
    return set(_written(batch)), batch.done_at


def _written(batch: ImportBatch) -> dict[int, tuple[int, str]]:
    """Return child → row number and the fingerprint of the child after the batch wrote it."""
    rows = batch.rows.exclude(left="").order_by("row_no")
    found = rows.values_list("child_id", "row_no", "left")
    return {pk: (no or 0, left) for pk, no, left in found if pk}


def _refuse_touched(batch: ImportBatch, touched: frozenset[int]) -> None:
    written = _written(batch)
    known = read_children(written, batch.as_of, lock=True)
    changed = {pk for pk, (_, left) in written.items() if fingerprint(known[pk]) != left}
    changed |= children_with_later(written, batch.marks) | (touched & written.keys())
    rows = sorted({written[pk][0] for pk in changed} | touched_rows(batch))
    if rows:
        listed = "、".join(map(str, rows[:SHOWN])) + ("等" if len(rows) > SHOWN else "")
        raise Refused(
            f"第{listed}行（共{len(rows)}行）的学生在写入后已有新的点名、个案或信息变动，"
            "本批不能撤销；如需更正，请上传改好的名册或办理异动。"
        )


def _void(kept: list[dict[str, Any]], day: date) -> None:
    for model, key in ((Enrolment, "new_spells"), (Guardian, "new_relatives")):
        update_rows(model, ("voided_on",), [(pk, day) for one in kept for pk in one[key]])


def _put_back(kept: list[dict[str, Any]]) -> None:
    _restore(Child, ((one["child"], one["facts"]) for one in kept))
    for model, key in ((Guardian, "relatives"), (Enrolment, "spells")):
        _restore(model, ((int(pk), old) for one in kept for pk, old in one[key].items()))


def _restore(model: Model, rows: Iterator[tuple[int, dict[str, Any]]]) -> None:
    """Restore the rows; those of which the same columns changed take one statement."""
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for pk, old in rows:
        if old:
            groups.setdefault(tuple(old), []).append((pk, *old.values()))
    for names, values in groups.items():
        update_rows(model, names, values)
