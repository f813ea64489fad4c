"""What the pages of cases share: the case of a viewer, names as the viewer may see them."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from cases.models import Case
from foundation import clock
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer

PAGE_SIZES = (20, 50, 100)


def case_or_404(request: Any, number: str) -> Case:
    """The case, if the viewer's line reaches it; otherwise it does not exist."""
    rows = Case.objects.visible_to(request.viewer, clock.today()).select_related(
        "child",
        "school",
        "village",
        "township",
        "school_township",
        "county",
        "school_class",
    )
    case: Case = get_object_or_404(rows, number=number)
    return case


def page_of(request: HttpRequest, rows: QuerySet[Any]) -> Page[Any]:
    """20, 50 or 100 rows with the total; a page that is not there is the nearest one."""
    asked = request.GET.get("per_page", "")
    size = int(asked) if asked.isdigit() and int(asked) in PAGE_SIZES else PAGE_SIZES[0]
    return Paginator(rows, size).get_page(request.GET.get("page"))


def shown_name(name: str, viewer: Viewer) -> str:
    """In full for the responsible chain, 张* for who only supervises (security 4.3, L2)."""
    if any(post.role_code != "supervisor" for post in viewer.posts_with(Right.SEE_CASES)):
        return name
    return f"{name[:1]}{'*' * max(len(name) - 1, 1)}"


def sees_sensitive(viewer: Viewer) -> bool:
    """Whether 信教, 怀孕, 涉案 may be read (design 4, Sensitive causes)."""
    return viewer.has(Right.SEE_SENSITIVE_CAUSE)
