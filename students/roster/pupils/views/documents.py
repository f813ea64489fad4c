"""The papers of a child: downloading or showing one, and adding new ones."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words
from foundation.downloads import evidence
from foundation.files.actions import FileLost, content_of, same_as
from students.roster.imports.forms import DocumentForm
from students.roster.models import Child, Document
from students.roster.pupils.acts.documents import MAY_ADD, add_documents


@require_safe
@needs(Right.SEE_PUPILS)
@needs(Right.SEE_NAMES)
def document(request: Request, pk: int) -> HttpResponse:
    """Send one paper. A scan shows names, so it needs the right to read names."""
    today = clock.today()
    readable = Document.objects.visible_to(request.viewer.by(Right.SEE_NAMES), today)
    found = get_object_or_404(readable.select_related("file"), pk=pk)
    return answer_with(request, found)


def answer_with(request: Request, found: Document) -> HttpResponse:
    """Send the file of a paper that the viewer may read, and write the audit row."""
    try:
        content = content_of(found.file)
    except FileLost:
        _note_read(request, found, "failed")
        return _lost(request, found)
    _note_read(request, found, "done")
    title, shown = f"{found.title}-{found.pk}", request.GET.get("view") == "1"
    return evidence(content, found.file.content_type, title, shown=shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_PUPILS)
def add_document(request: Request, pk: int) -> HttpResponse:
    today = clock.today()
    child = get_object_or_404(Child.objects.visible_to(request.viewer, today), pk=pk)
    if not may_add(request.viewer):
        raise PermissionDenied
    form = DocumentForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        title, files = form.cleaned_data["title"], form.cleaned_data["evidence"]
        try:
            added = add_documents(doer_of(request), child, title, files)
        except Refused as refusal:
            form.add_error("evidence", str(refusal))
        else:
            _tell(request, added)
            return redirect("pupil", pk=child.pk)
    audit.record(origin_of(request), "open_document_form", "child", pk, children=[pk])
    name = request.viewer.name_of(child.name, child.pk)
    crumbs = [
        {"label": "学生名册", "url": reverse("roster:pupils")},
        {"label": name, "url": reverse("pupil", args=[pk])},
        {"label": "添加材料", "url": ""},
    ]
    context = {"form": form, "child": child, "name": name, "crumbs": crumbs}
    return render(request, "roster/add_document.html", context)


def papers_of(request: Request, child: Child) -> dict[str, Any]:
    """Return the context of roster/_documents.html for a pupil the viewer may see."""
    may_open = request.viewer.may(Right.SEE_NAMES, child.pk)
    papers = Document.objects.visible_to(request.viewer, clock.today()).filter(child=child)
    return {
        "documents": papers.select_related("file") if may_open else [],
        "may_open_documents": may_open,
        "may_add_documents": may_add(request.viewer),
    }


def may_add(viewer: Viewer) -> bool:
    return any(viewer.has(right) for right in MAY_ADD)


def _lost(request: Request, found: Document) -> HttpResponse:
    context = {"document": found, "child_id": found.child_id}
    return render(request, "roster/document_lost.html", context, status=410)


def _note_read(request: Request, found: Document, outcome: str) -> None:
    origin = origin_of(request)
    children = [found.child_id]
    audit.record(origin, "read_document", "document", found.pk, children=children, outcome=outcome)


def _tell(request: Request, added: list[Document]) -> None:
    """Say what was kept. Name a file that is kept already: a photo may be used twice (S53)."""
    messages.success(request, f"已添加材料「{added[0].title}」{len(added)}份。")
    for document in added:
        earlier = same_as(document.file).last()
        if earlier is not None:
            day = clock.shown(earlier.kept_at)
            messages.warning(
                request,
                f"《{document.file.file_name}》与{full_day_words(day)}上传过的文件完全相同，"
                "请核对是否选错。",
            )
