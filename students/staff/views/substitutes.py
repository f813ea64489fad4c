"""The page on which a substitute who was entered by mistake is taken back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, needs
from students.roster.models import ClassPost
from students.staff.acts.class_teachers import take_back_substitute
from students.staff.forms import SubstituteBackForm
from students.staff.views.common import (
    RIGHTS,
    crumbs,
    doer_with,
    schools_of,
    substitutes_url,
)

_EFFECTS = (
    "还没有开始的，当作没有登记过；正在代课的，从今天起不再看到这个班。",
    "已经代过的日子不变，点名照旧保留；撤回的人、时间和理由留在代课记录里。",
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
def take_back(request: Request, pk: int) -> HttpResponse:
    """Asks for the reason, then ends the substitute."""
    row: ClassPost = get_object_or_404(
        ClassPost.objects.select_related("post__person", "school_class__school"),
        pk=pk,
        is_substitute=True,
        school_class__school__in=schools_of(request),
    )
    form = SubstituteBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            take_back_substitute(doer_with(request, form.cleaned_data["reason"]), row)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{row.post.person.name}的代课已撤回。")
            return redirect(_back(row))
    return _page(request, row, form)


def _page(request: Request, row: ClassPost, form: SubstituteBackForm) -> HttpResponse:
    context = {
        "heading": "撤回代课",
        "facts": [
            ("代课人", row.post.person.name),
            ("班级", row.school_class.name_on(clock.today())),
            ("起止", f"{row.starts_on:%Y-%m-%d} 至 {row.ends_on:%Y-%m-%d}"),
        ],
        "effects": _EFFECTS,
        "form": form,
        "action_label": "撤回",
        "back_url": _back(row),
        "crumbs": crumbs(("代课", _back(row)), ("撤回代课", "")),
    }
    return render(request, "parts/confirm.html", context, status=422 if form.is_bound else 200)


def _back(row: ClassPost) -> str:
    return substitutes_url(row.school_class.school_id)
