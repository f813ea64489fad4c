"""本县标志: set, replaced, removed by the county's desk or the administrator; seen by everybody."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs
from foundation.downloads import public_picture
from foundation.files.decoding import TOO_BIG
from foundation.files.emblems import KEEPERS, remove_emblem, set_emblem
from foundation.files.kinds import MAX_BYTES
from foundation.files.models import Emblem

SHOWN_BEFORE = 10
ONE_YEAR = 365 * 24 * 60 * 60


class EmblemForm(forms.Form):
    """The picture that becomes the emblem."""

    picture = forms.FileField(
        label="标志图片",
        help_text="PNG、JPG、WebP，最好是正方形、白底，不超过10 MB；系统缩小后保存。",
        error_messages={
            "required": "请选择图片。",
            "empty": "文件是空的（0字节）。请检查是否选错了文件。",
        },
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    def clean_picture(self) -> Any:
        """Refuses what is too big before it is read."""
        file = self.cleaned_data["picture"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*KEEPERS)
def page(request: Request) -> HttpResponse:
    """The emblem of today, the form for another, and who set which before."""
    form = EmblemForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_emblem(doer_of(request), form.cleaned_data["picture"].read())
        except Refused as refused:
            form.add_error("picture", str(refused))
        else:
            messages.success(request, "已换上新的标志，登录页、页眉和打印件都用它。")
            return redirect("set_emblem")
    county = request.viewer.posts_with(*KEEPERS)[0].county_id
    rows = Emblem.objects.filter(county_id=county).order_by("-pk").defer("image")
    context = {
        "form": form,
        "rows": rows.select_related("chosen_by__person", "chosen_by__unit")[:SHOWN_BEFORE],
        "crumbs": [
            {"label": "校历与参数", "url": reverse("calendars:school_year")},
            {"label": "本县标志", "url": ""},
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "setup/emblem/page.html", context, status=status)


@require_POST
@needs(*KEEPERS)
def remove(request: Request) -> HttpResponse:
    """Shows no emblem any more; the picture stays on record."""
    try:
        remove_emblem(doer_of(request))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "已移除标志。以前的图片留在记录里。")
    return redirect("set_emblem")


@login_not_required
@cache_control(public=True, immutable=True, max_age=ONE_YEAR)
def picture(request: HttpRequest, token: UUID) -> HttpResponse:
    """The picture: a new one has a new address, so that it may be kept by the browser."""
    return public_picture(bytes(get_object_or_404(Emblem, token=token).image))
