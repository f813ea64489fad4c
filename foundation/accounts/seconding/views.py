"""The page of requests that wait for a second person, and the buttons that decide them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.db.models import Case, Q, When
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from foundation import clock
from foundation.accounts import actions
from foundation.accounts.door.fresh import fresh_to_post
from foundation.accounts.models import PeopleRequest, Person
from foundation.accounts.people.forms import ReasonForm
from foundation.accounts.requests import Request, account_doer_of, address_on_slips, needs
from foundation.accounts.roles import Right
from foundation.accounts.seconding import rules
from foundation.pages.paging import page_of

# Who manages the people of a unit sees there what he has asked himself, and takes it back.
RIGHTS = (Right.CONFIRM_PEOPLE, Right.MANAGE_PEOPLE, Right.MANAGE_STAFF)
LIST = "people_requests"
_NEW_SLIP = (PeopleRequest.POST, PeopleRequest.PASSWORD)
NEW_SLIP = "登录单只在下一页显示一次，请当面交给本人。"
OLD_SLIP = "{name}手里的登录单还没有用，确认后作废，请收回；换成下一页的新登录单。"


@dataclass(frozen=True, slots=True)
class DecisionOffer:
    """One way to decide: its button, its consequence, its function, what is told afterwards."""

    label: str
    effect: str
    done: str
    act: Callable[..., Any]
    hint: str
    danger: bool = False


OFFERS = {
    "confirm": DecisionOffer(
        "确认",
        "请先向申请人和本人核实。确认后马上生效。",
        "已确认。",
        actions.confirm_request,
        "已向申请人和本人核实",
    ),
    "refuse": DecisionOffer(
        "不同意",
        "这项申请不再办理，申请人能看到理由。",
        "已退回申请。",
        actions.refuse_request,
        "本人未到岗；没有任职文件",
        True,
    ),
    "withdraw": DecisionOffer(
        "撤回",
        "这项申请不再办理。",
        "已撤回申请。",
        actions.withdraw_request,
        "填错了职务；本人已不任职",
        danger=True,
    ),
}


def _seen(request: Request) -> Any:
    rows = PeopleRequest.objects.visible_to(request.viewer)
    return rows.select_related(
        "unit", "requested_by__person", "decision__decided_by__person", "decision__post"
    )


@require_safe
@needs(*RIGHTS)
def requests(request: Request) -> HttpResponse:
    """What still can be decided first, then all the rest; in both the newest first."""
    alive = Q(decision__isnull=True, requested_at__gte=rules.oldest_alive(timezone.now()))
    latest = Coalesce("decision__decided_at", "requested_at")
    rows = _seen(request).order_by(Case(When(alive, then=0), default=1), latest.desc(), "-pk")
    page = page_of(request, rows)
    context = {
        "page_obj": page,
        "rows": [_row(request, asked) for asked in page],
        "sees_limits": request.viewer.has(Right.CONFIRM_PEOPLE),
        "crumbs": [{"label": "人员复核", "url": ""}],
    }
    return render(request, "seconding/list.html", context)


def _row(request: Request, asked: PeopleRequest) -> dict[str, Any]:
    decision = getattr(asked, "decision", None)
    return {
        "asked": asked,
        "held": held_words(asked),
        "decision": decision,
        "is_lapsed": decision is None and rules.is_lapsed(asked.requested_at, timezone.now()),
        "offers": [] if decision else [_offer(asked, name) for name in _open(request, asked)],
    }


def _offer(asked: PeopleRequest, name: str) -> dict[str, Any]:
    address = reverse(f"{name}_request", args=[asked.pk])
    return {"url": address, "label": OFFERS[name].label, "first": name == "confirm"}


def _open(request: Request, asked: PeopleRequest) -> list[str]:
    """What the viewer may do with a request that waits."""
    requester = asked.requested_by.person_id
    if requester == request.viewer.person_id:
        return ["withdraw"]
    words = rules.refusal(
        request.viewer, asked.county_id, requester=requester, concerned=asked.person_id
    )
    return (
        []
        if words or rules.is_lapsed(asked.requested_at, timezone.now())
        else [
            "confirm",
            "refuse",
        ]
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*RIGHTS)
@fresh_to_post
def decide(request: Request, pk: int, name: str) -> HttpResponse:
    """Ask for the reason, then decide; a first password is shown once."""
    asked, offer = get_object_or_404(_seen(request), pk=pk), OFFERS[name]
    form = ReasonForm(request.POST if request.method == "POST" else None, hint=offer.hint)
    if form.is_valid():
        doer = replace(account_doer_of(request), reason=form.cleaned_data["reason"])
        try:
            slip = offer.act(doer, asked)
        except actions.Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, offer.done)
            return _slip(request, slip) if slip else redirect(LIST)
    return _show(request, asked, offer, form)


def _show(
    request: Request, asked: PeopleRequest, offer: DecisionOffer, form: ReasonForm
) -> HttpResponse:
    context = {
        "form": form,
        "heading": f"{offer.label}：{asked.get_kind_display()}申请",
        "facts": facts_of(asked),
        "effects": [offer.effect, *_told_before(asked, offer)],
        "action_label": offer.label,
        "danger": offer.danger,
        "back_url": reverse(LIST),
        "crumbs": [
            {"label": "人员复核", "url": reverse(LIST)},
            {"label": offer.label, "url": ""},
        ],
    }
    return render(request, "parts/confirm.html", context, status=422 if form.is_bound else 200)


def _told_before(asked: PeopleRequest, offer: DecisionOffer) -> list[str]:
    """What the one who confirms has to know of slips: a new one follows, one that is out ends."""
    if offer.act is not actions.confirm_request:
        return []
    knows = asked.person is not None and not asked.person.has_no_own_password
    is_given = asked.kind == PeopleRequest.PASSWORD or not knows
    told = [NEW_SLIP] if is_given and asked.kind in _NEW_SLIP else []
    if asked.kind in _NEW_SLIP and _has_slip(asked.person):
        told.append(OLD_SLIP.format(name=asked.name))
    return told


def _has_slip(person: Person | None) -> bool:
    """Whether a slip is out: whoever printed it alone would hold the county's post."""
    return person is not None and person.has_usable_password() and person.has_no_own_password


def held_words(asked: PeopleRequest) -> str:
    """What the person concerned is already, in words."""
    held = actions.posts_concerned(asked, clock.today())
    told = dict.fromkeys(f"{post.unit.name} · {post.role_label}" for post in held)
    return "；".join(told) or "没有"


def facts_of(asked: PeopleRequest) -> list[tuple[str, Any]]:
    """Who, what, since when, why, and who asked."""
    told = [("姓名", asked.name), ("账号", asked.username), ("现在的任职", held_words(asked))]
    if asked.unit is not None:
        told += [("单位和职务", f"{asked.unit.name} · {asked.role_label}")]
        told += [("任职起", asked.begins)]
    if asked.kind == PeopleRequest.CORRECT and asked.person is not None:
        told = [("更正前", f"{asked.person.name}，{asked.person.username}"), *told]
    by = f"{asked.requested_by.person.name}，{clock.shown(asked.requested_at):%Y-%m-%d %H:%M}"
    return [*told, ("理由", asked.reason), ("申请人", by)]


def _slip(request: Request, slip: actions.PasswordSlip) -> HttpResponse:
    context = {
        "slips": [slip],
        **address_on_slips(request),
        "back_url": reverse(LIST),
        "crumbs": [{"label": "人员复核", "url": reverse(LIST)}, {"label": "登录单", "url": ""}],
    }
    return render(request, "staff/slips.html", context)
