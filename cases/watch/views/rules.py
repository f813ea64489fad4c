"""The rules of early warning: anybody may read them, the county sets them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from cases.watch import actions
from cases.watch.forms import RuleForm
from cases.watch.models import RuleSetting
from cases.watch.rules import BY_CODE, LINE, LINE_LABEL, Rule, Ruleset
from cases.watch.settings import rules_on, settings_on
from cases.watch.views.common import crumbs
from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.requests import Request, doer_of, needs
from foundation.accounts.roles import Right

SHOWN = 50


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as the page shows it. ``row`` is None if the county has set none."""

    rule: Rule
    row: RuleSetting | None

    @property
    def threshold(self) -> str:
        """The threshold from which the rule counts."""
        return f"{self.rule.threshold}{self.rule.unit}" if self.rule.unit else "属于即计分"


@require_safe
@needs(Right.SEE_PUPILS, Right.SET_WARNING_RULES)
def page(request: Request) -> HttpResponse:
    """Shows each rule with threshold, weight and source, and each change with who, when, why."""
    county, today = _county(request), clock.today()
    rules, rows = rules_on(county, today), settings_on(county, today)
    changes = RuleSetting.objects.filter(county_id=county).select_related(
        "recorded_by__person", "recorded_by__unit"
    )
    context = {
        "lines": [RuleLine(rule, rows.get(rule.code)) for rule in rules.rules],
        "rules": rules,
        "changes": [(_label(row), row) for row in changes.order_by("-pk")[:SHOWN]],
        "may_set": request.viewer.has(Right.SET_WARNING_RULES),
        "crumbs": crumbs("预警规则"),
    }
    return render(request, "watch/rules.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SET_WARNING_RULES)
def set_rule(request: Request) -> HttpResponse:
    """Sets a rule from a day on."""
    today = clock.today()
    rules = rules_on(_county(request), today)
    typed = request.POST if request.method == "POST" else None
    form = RuleForm(typed, initial=_initial(rules, request.GET.get("rule", ""), today))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = data["valid_from"], data["reason"]
        try:
            actions.set_rule(doer_of(request), form.setting, *told)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("watch:rules")
    context = {
        "heading": "调整预警规则",
        "facts": [("现行规则", f"第{rules.version}版" if rules.version else "默认规则")],
        "form": form,
        "effects": ["自生效日期起按新规则计算，全县学校随后重新计算一次。", "调整留有记录。"],
        "action_label": "保存",
        "back_url": reverse("watch:rules"),
        "crumbs": crumbs("调整预警规则"),
    }
    return render(request, "roster/record.html", context, status=422 if form.errors else 200)


def _initial(rules: Ruleset, code: str, today: date) -> dict[str, Any]:
    """The rule as it is now."""
    if code == LINE:
        standing: dict[str, Any] = {"is_on": "1", "threshold": rules.line, "weight": 0}
    else:
        rule = next((rule for rule in rules.rules if rule.code == code), rules.rules[0])
        code = rule.code
        standing = {
            "is_on": "1" if rule.is_on else "0",
            "threshold": rule.threshold,
            "weight": rule.weight,
        }
    return {"code": code, "valid_from": today, **standing}


def _label(row: RuleSetting) -> str:
    return LINE_LABEL if row.code == LINE else BY_CODE[row.code].label


def _county(request: Request) -> int:
    county = request.viewer.county_id
    assert county is not None  # a right comes with a post, and a post belongs to a county
    return county
