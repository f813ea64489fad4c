"""Step 3, 核对列: which row is the header, and which column is which."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.masking import mask_id, mask_phone, mask_text
from foundation.tablefiles.cell import Cell
from students.roster.imports.acts.answers import MAY_REREAD, choose_columns
from students.roster.imports.acts.layouts import choice_of, owner_of, saved_of
from students.roster.imports.reading import cells
from students.roster.imports.reading.headings import (
    GUESSED,
    OFFERED,
    SURETY,
    SheetHeading,
    doubts,
    header_doubts,
    recognise,
)
from students.roster.imports.views.common import batch_of, crumbs
from students.roster.models import ImportBatch, ImportLayout

SAMPLES = 3  # rows under the header shown beside each heading
FIRST_CELLS = 6  # cells shown of a row that may be the header
_DAY_OR_MONTH = re.compile(r"^(19|20)[0-9]{2}(0[1-9]|1[0-2])([0-3][0-9])?$")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT_ROSTER)
def columns(request: Request, pk: int) -> HttpResponse:
    """核对列: what each heading was taken for and how sure that is. Every heading can be
    changed."""
    found = batch_of(request, pk)
    layout = getattr(found, "layout", None)
    if found.state not in MAY_REREAD or layout is None or not layout.head_sealed:
        messages.error(request, f"这一批名册{found.state_label}，不能再改列对应。")
        return redirect("roster:batch", pk=pk)
    if request.method == "POST":
        return _choose(request, found, layout)
    audit.record(origin_of(request), "read_roster_head", "import_batch", found.pk)
    return _page(request, found, layout, _asked_header(request, layout), None, "")


def _choose(request: Request, found: ImportBatch, layout: ImportLayout) -> HttpResponse:
    header = _number(request.POST.get("header", ""), layout.header + 1) - 1
    choice = {
        int(key[1:]): str(ours)
        for key, ours in request.POST.items()
        if re.fullmatch(r"c[0-9]{1,3}", key) and (ours in OFFERED or ours == "")
    }
    try:
        choose_columns(doer_of(request), found.pk, header, choice)
    except Refused as refusal:
        return _page(request, found, layout, header, choice, str(refusal))
    return redirect("roster:batch", pk=found.pk)


def _page(
    request: Request,
    found: ImportBatch,
    layout: ImportLayout,
    header: int,
    choice: Mapping[int, str] | None,
    problem: str,
) -> HttpResponse:
    head = json.loads(layout.head)
    header = header if 0 <= header < len(head) else layout.header
    headings = recognise(head[header], saved_of(owner_of(found)))
    if choice is None and layout.chosen is not None and header == layout.header:
        choice = choice_of(layout)
    said = [] if choice else doubts(head, header, headings)
    context = {
        "batch": found,
        "header": header + 1,
        "heads": [
            {"number": at + 1, "words": _beginning(row), "chosen": at == header}
            for at, row in enumerate(head)
        ],
        "columns": [_column(heading, head[header + 1 :], choice) for heading in headings],
        "offered": list(OFFERED),
        "doubts": said,
        "asks_header": bool(said) and bool(header_doubts(head, header)),
        "problem": problem or found.problem,
        "crumbs": crumbs("核对列", batch=found),
    }
    status = 422 if problem else 200
    return render(request, "roster/columns.html", context, status=status)


def _column(
    heading: SheetHeading, below: Sequence[Sequence[Cell]], choice: Mapping[int, str] | None
) -> dict[str, Any]:
    ours = heading.column.heading if heading.column else ""
    at = heading.position
    samples = [_masked(row[at]) for row in below[:SAMPLES] if at < len(row)]
    return {
        "name": f"c{at}",
        "letter": heading.letter,
        "text": heading.text,
        "chosen": choice.get(at, "") if choice is not None else ours,
        "surety": SURETY[heading.surety],
        "is_guess": heading.surety == GUESSED,
        "samples": "、".join(sample for sample in samples if sample),
    }


def _asked_header(request: Request, layout: ImportLayout) -> int:
    return _number(request.GET.get("header", ""), layout.header + 1) - 1


def _number(words: str, default: int) -> int:
    return int(words) if re.fullmatch(r"[0-9]{1,2}", words) else default


def _beginning(row: Sequence[Cell]) -> str:
    shown = [words for cell in row if (words := _masked(cell))]
    more = "…" if len(shown) > FIRST_CELLS else ""
    return "、".join(shown[:FIRST_CELLS]) + more or "（空行）"


def _masked(cell: Cell) -> str:
    """Mask a cell whose column is not known yet: it may be a person's number."""
    words = cells.text(cell)
    digits = re.sub(r"[-\s]", "", words)
    if re.search(r"[0-9]{15}", digits):
        return mask_id(digits)
    if _DAY_OR_MONTH.match(digits):
        return words
    if re.search(r"[0-9]{7}", digits):
        return mask_phone(digits)
    return mask_text(words)
