"""查看: one full number of one child, for a typed reason and with a fresh password (S18)."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from foundation.accounts import audit
from foundation.accounts.door.fresh import ask_again
from foundation.accounts.requests import Request, needs, origin_of
from foundation.accounts.roles import Right
from foundation.pages.reasons import ReasonField
from students.roster.models import Child

# What may be looked at: its name in the address, its label, how it is read.
FIELDS: dict[str, tuple[str, Callable[[Child], str]]] = {
    "id": ("证件号", lambda child: str(child.id_no)),
    "registry": ("学籍号", lambda child: str(child.registry_no or "")),
    "address": ("家庭住址", lambda child: str(child.address)),
    "home": ("户籍地址", lambda child: str(child.home_words)),
}


class RevealForm(forms.Form):
    """Asks why the number is needed."""

    reason = ReasonField(
        label="查看理由",
        min_length=4,
        max_length=200,
        help_text="写明用于什么工作，例如：核对转学学生的证件号。理由和查看的人会留下记录。",
        error_messages={
            "required": "请写明查看理由。",
            "min_length": "请把理由写清楚，例如：核对转学学生的证件号。",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_NAMES)
def reveal(request: Request, pk: int, what: str) -> HttpResponse:
    """Show one number after its reason; the audit row names child, number and reason."""
    child = get_object_or_404(Child, pk=pk)
    if what not in FIELDS or not request.viewer.by(Right.SEE_NAMES).finds(pk):
        raise Http404
    ask_again(request)
    label, read = FIELDS[what]
    form = RevealForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {
        "child": child,
        "label": label,
        "form": form,
        "back_url": _back(request),
    }
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        origin, details = origin_of(request), {"field": what}
        audit.record(
            origin, "reveal_number", "child", pk, children=[pk], reason=reason, details=details
        )
        context["value"] = read(child) or "未登记"
    elif request.method != "POST":
        audit.record(origin_of(request), "open_form", "child", pk, children=[pk])
    status = 422 if form.errors else 200
    return render(request, "roster/reveal.html", context, status=status)


def _back(request: Request) -> str:
    """The page from which the viewer came, which names itself in the address."""
    asked = str(request.GET.get("back", ""))
    return asked if url_has_allowed_host_and_scheme(asked, None) else "/"
