"""The page of an act. It shows the form, performs the act, and loses nothing that was typed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from cases.actions.context import Contexts, SomebodyWasFirst
from cases.acts.ladder.register import registered_day
from cases.acts.performing import AlreadyTold, Deed, acting_post
from cases.acts.registry import CASE_ACTS
from cases.models import Case, CaseEvent
from cases.pages import timeline
from cases.pages.forms import ActForm
from cases.pages.offered import done_event
from cases.pages.views.common import case_or_404, sees_sensitive, what_follows
from cases.papers.writing import WRITTEN, perform_and_write
from cases.policy import ALL_DUTIES, RULES, Act, ActRule, NotAllowed, Stage, acts_of
from cases.rules.codes import METHODS
from foundation import clock
from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.requests import doer_of, needs, origin_of
from foundation.accounts.roles import Right
from foundation.accounts.viewer import HeldPost


@needs(Right.SEE_CASES)
def act_page(request: Any, number: str, act: str) -> HttpResponse:
    """Shows the form of an act, and performs it.

    Answers 422 if something is missing or the rung does not allow the act. Answers 409 if somebody
    else changed the case meanwhile: the page shows the newest events and keeps what was typed.
    """
    rule, case = _rule(act), case_or_404(request, number)
    if acting_post(request.viewer, rule, case, clock.today()) is None:
        raise PermissionDenied
    if request.method != "POST":
        if done := done_event(doer_of(request), case, rule.act):
            return _render_done(request, case, rule, done)
        left_on = registered_day(case) or case.first_missed_on
        initial = {"version": case.version, "left_on": left_on}
        initial.update(last_seen_on=case.last_present_on, cause=case.cause)
        if rule.act is Act.CONTACT:
            initial.update(_talker(request))
        form = _form(request, case, rule, initial=initial)
        form.focus_first()
        return _render(request, case, rule, form, 200 if _allows(case, rule) else 422)
    form = _form(request, case, rule, data=request.POST, files=request.FILES)
    if not form.is_valid():
        return _render(request, case, rule, form, 422)
    return _do(request, case, rule, form)


def _talker(request: Any) -> dict[str, str]:
    """Who records a talk, filled in; after a call its way, too."""
    viewer, method = request.viewer, request.GET.get("method", "")
    role = viewer.posts[0].role.label
    return {
        "participants": f"{viewer.name}（{role}）",
        "method": method if method in METHODS else "",
    }


def _form(request: Any, case: Case, rule: ActRule, **sent: Any) -> ActForm:
    """The form of the act for the viewer, with what the case rules out left out of it."""
    sensitive, township = sees_sensitive(request.viewer, case), case.township.name
    form = ActForm(rule, clock.today(), sensitive=sensitive, township=township, **sent)
    doer = doer_of(request)
    ctx = Contexts(doer.today, doer.now, doer.origin).of(case)
    form.narrow(CASE_ACTS[rule.act].narrows(case, ctx))
    form.bound(CASE_ACTS[rule.act].bounds(case, ctx))
    return form


def _rule(act: str) -> ActRule:
    try:
        rule = RULES[Act(act)]
    except (ValueError, KeyError) as error:
        raise Http404 from error
    if rule.act is Act.CALL:
        raise Http404
    return rule


def _allows(case: Case, rule: ActRule) -> bool:
    return rule.act in acts_of(Stage(case.stage))


def _do(request: Any, case: Case, rule: ActRule, form: ActForm) -> HttpResponse:
    deed = Deed(case.pk, rule.act, form.cleaned_data["version"], form.evidence)
    try:
        perform_and_write(doer_of(request), deed)
    except AlreadyTold as error:
        messages.info(request, str(error))
        return _done(case)
    except (NotAllowed, Refused) as error:
        for name in getattr(error, "fields", ()) or (None,):
            form.add_error(name, str(error))
        return _render(request, case, rule, form, 422)
    except SomebodyWasFirst:
        return _first_come(request, case, rule)
    messages.success(request, f"已{rule.label}。{WRITTEN.get(rule.act, '')}")
    return _done(case)


def _done(case: Case) -> HttpResponse:
    """To the case and the next duty, also when the same is sent again."""
    return redirect(f"{reverse('case', args=[case.number])}?done=1")


def _first_come(request: Any, case: Case, rule: ActRule) -> HttpResponse:
    """Answer 409: show what somebody else did first, keep what was typed, let the person decide."""
    case.refresh_from_db()
    data = request.POST.copy()
    data["version"] = str(case.version)
    form = _form(request, case, rule, data=data)
    form.add_error(None, "在您填写期间，该个案有了新的进展（见下）。请看过后再次提交或返回。")
    return _render(request, case, rule, form, 409)


def _render(request: Any, case: Case, rule: ActRule, form: ActForm, status: int) -> HttpResponse:
    doer = doer_of(request)
    ctx = Contexts(doer.today, doer.now, doer.origin).of(case)
    more = {"form": form, "allowed": _allows(case, rule), "instead": _instead(doer, case, rule)}
    more["told"] = CASE_ACTS[rule.act].tells(case, ctx)
    if not more["allowed"]:
        more |= what_follows(request.viewer, case, doer.today)
    return _page(request, case, rule, more, status)


def _instead(doer: Doer, case: Case, rule: ActRule) -> list[ActRule]:
    """The other acts that end the same duty, as 退回 beside 核准, if the doer may do them."""
    ends = (duty.met_by for duty in ALL_DUTIES.values() if rule.act in duty.met_by)
    others = {act for acts in ends for act in acts if act is not rule.act}
    allowed = [RULES[act] for act in acts_of(Stage(case.stage)) if act in others]
    return [one for one in allowed if acting_post(doer.viewer, one, case, doer.today)]


def _render_done(request: Any, case: Case, rule: ActRule, done: CaseEvent) -> HttpResponse:
    """The page of an act that is done and not to be done again: when, and the way back."""
    more = {"done_on": done.occurred_on, **what_follows(request.viewer, case, clock.today())}
    return _page(request, case, rule, more, 200)


def _page(
    request: Any, case: Case, rule: ActRule, more: dict[str, Any], status: int
) -> HttpResponse:
    events = case.events.select_related("person", "unit").order_by("-pk")[:5]
    context = {
        "case": case,
        "rule": rule,
        "name": request.viewer.name_of(case.child.name, case.child_id),
        "events": timeline.entries(events, sees_sensitive(request.viewer, case)),
        **more,
    }
    audit.record(origin_of(request), "open_form", "case", case.pk, children=[case.child_id])
    return render(request, "cases/act.html", context, status=status)


@require_POST
@needs(Right.DIAL)
def call(request: Any, number: str, pk: int) -> HttpResponse:
    """Shows one guardian's number to the holder of the duty. Writes an audit row (design 4)."""
    case = case_or_404(request, number)
    held = _on_duty(request, case)
    guardian = get_object_or_404(case.child.guardians, pk=pk)
    audit.record(
        origin_of(request, held),
        "reveal_phone",
        "guardian",
        guardian.pk,
        children=[case.child_id],
        reason="劝返联系监护人",
    )
    context = {"case": case, "guardian": guardian, "phone": guardian.phone}
    return render(request, "cases/call.html", context)


@require_POST
@needs(Right.DIAL)
def address(request: Any, number: str) -> HttpResponse:
    """Shows the child's address to the holder of the duty. Writes an audit row (design 4)."""
    case = case_or_404(request, number)
    audit.record(
        origin_of(request, _on_duty(request, case)),
        "reveal_address",
        "child",
        case.child_id,
        children=[case.child_id],
        reason="入户劝返查看住址",
    )
    name = request.viewer.name_of(case.child.name, case.child_id)
    return render(request, "cases/address.html", {"case": case, "name": name})


def _on_duty(request: Any, case: Case) -> HeldPost:
    """The post under which the viewer holds the duty; raises PermissionDenied without one."""
    held = acting_post(request.viewer, RULES[Act.CALL], case, clock.today())
    if held is None:
        raise PermissionDenied
    return held[0]
