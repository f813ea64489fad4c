"""是否同一人: a row beside the pupil of the same name and birth date, both masked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.masking import mask_id, mask_text
from students.roster.imports.acts.previews import answer_row
from students.roster.imports.chunks import row_of
from students.roster.imports.views.common import batch_of, crumbs
from students.roster.models import Child, ImportBatch, ImportRow
from students.roster.rules import codes

Side = tuple[str, str, str]  # label, value in the file, value in the roster


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.IMPORT_ROSTER)
def question(request: Request, pk: int, row_no: int) -> HttpResponse:
    """Show the question for one row, or take the answer."""
    found = batch_of(request, pk)
    if request.method == "POST":
        return _answer(request, found, row_no)
    row = found.rows.select_related("child").filter(row_no=row_no).first()
    asks = row is not None and (row.action == ImportRow.ASKED or row.answer)
    if row is None or row.child is None or not asks or found.state != ImportBatch.PREVIEW:
        messages.error(request, "这一行没有需要确认的问题。")
        return redirect("roster:batch", pk=pk)
    child = row.child
    audit.record(origin_of(request), "compare_pupil", "import_batch", found.pk, children=[child.pk])
    context = {
        "batch": found,
        "row": row,
        "sides": _sides(request.viewer, found, row, child),
        "answers": ImportRow.ANSWERS.items(),
        "crumbs": crumbs(f"第{row_no}行", batch=found),
    }
    return render(request, "roster/question.html", context)


def _answer(request: Request, found: ImportBatch, row_no: int) -> HttpResponse:
    answer = request.POST.get("answer", "")
    try:
        answer_row(doer_of(request), found.pk, row_no, answer)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("roster:batch", pk=found.pk)
    messages.success(request, f"第{row_no}行已按「{ImportRow.ANSWERS[answer]}」处理。")
    return redirect(f"{reverse('roster:batch', args=[found.pk])}?show={ImportRow.ASKED}")


def _sides(viewer: Viewer, found: ImportBatch, row: ImportRow, child: Child) -> list[Side]:
    values = row_of(row).values
    enrolment = child.enrolments.on(found.as_of).select_related("school_class").first()
    born_on = child.born_on.isoformat() if child.born_on else ""
    return [
        (
            "姓名",
            viewer.name_by(Right.IMPORT_ROSTER, row.name),
            viewer.name_of(child.name, child.pk),
        ),
        ("性别", codes.SEX.get(values.get("sex", ""), ""), child.sex_label),
        ("出生日期", values.get("born_on", ""), born_on),
        ("学籍号", mask_id(values.get("registry_no", "")), mask_id(child.registry_no)),
        ("证件号", mask_id(values.get("id_no", "")), child.masked_id),
        ("班级", row.class_label, enrolment.school_class.name_on(found.as_of) if enrolment else ""),
        ("现住址", mask_text(values.get("address", "")), child.masked_address),
    ]
