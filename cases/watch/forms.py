"""Forms of the ledger and of the rules."""

from datetime import date
from typing import Any

from django import forms

from cases.watch.actions.ledger import SupportPlan, helpers_at
from cases.watch.codes import ENDINGS, RISKS
from cases.watch.rules import LINE, LINE_LABEL, RULES, Setting
from foundation.pages.reasons import ReasonField

_DAY = {"required": "请填写日期。", "invalid": "请填写日期，如2025-09-01。"}


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        error_messages=_DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _text(label: str, missing: str, help_text: str = "", most: int = 300) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        help_text=help_text,
        error_messages={"required": missing},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PlanForm(forms.Form):
    """The fields of L2 that a person fills in."""

    risks = forms.MultipleChoiceField(
        label="风险类型",
        help_text="可同时选择多项。",
        choices=[(risk.code, risk.label) for risk in RISKS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一项。"},
    )
    signs = _text("风险表现", "请写明看到的情况。", "写看到的事实，如：每周一缺勤，说想去打工。")
    helper = forms.ChoiceField(
        label="帮扶责任人",
        help_text="本校在任人员，须明确到人。",
        error_messages={"required": "请选择帮扶责任人。"},
    )
    measures = _text(
        "帮扶措施", "请写明帮扶措施。", "如：每周谈心一次，每月家访一次，落实困难补助。"
    )

    def __init__(self, *args: Any, school_id: int | None, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["helper"]
        field.choices = [
            ("", "请选择"),
            *(
                (str(p.pk), f"{p.person.name}（{p.role_label}）")
                for p in helpers_at(school_id, day)
            ),
        ]

    @property
    def plan(self) -> SupportPlan:
        """The plan that was entered."""
        data = self.cleaned_data
        return SupportPlan(
            tuple(data["risks"]), data["signs"], int(data["helper"]), data["measures"]
        )


class PutOnForm(PlanForm):
    """The plan, and the day from which the child stands on the ledger."""

    starts_on = _day("列入日期")


class ReviseForm(PlanForm):
    """The changed plan, and the reason for the change."""

    reason = ReasonField(
        label="调整理由", max_length=200, error_messages={"required": "请写明为什么调整。"}
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SupportForm(forms.Form):
    """What was done for the child on a day."""

    day = _day("帮扶日期")
    text = _text(
        "帮扶内容", "请写明做了什么、见了谁、结果如何。", "如：家访，见到祖母，约定周五返校。", 500
    )


class TakeOffForm(forms.Form):
    """The day from which the child is off the ledger, and the reason."""

    day = _day("移出日期")
    ending = forms.ChoiceField(label="移出原因", choices=list(ENDINGS.items()))
    text = _text("说明", "请写明依据，如：连续一个月全勤。")
    version = forms.IntegerField(widget=forms.HiddenInput)


class RuleForm(forms.Form):
    """A rule as it shall be from a day on."""

    code = forms.ChoiceField(
        label="规则",
        choices=[(LINE, LINE_LABEL), *((rule.code, rule.label) for rule in RULES)],
    )
    is_on = forms.TypedChoiceField(
        label="是否启用",
        choices=[("1", "启用"), ("0", "停用")],
        coerce=lambda value: value == "1",
    )
    threshold = forms.IntegerField(
        label="起点",
        help_text="达到这个数就计分；「列入预警的分数」在这里填写；没有起点的规则填1。",
        error_messages={"required": "请填写起点。", "invalid": "请填写整数。"},
    )
    weight = forms.IntegerField(
        label="分值",
        help_text="0至100；「列入预警的分数」这一项填0。",
        error_messages={"required": "请填写分值。", "invalid": "请填写整数。"},
    )
    valid_from = _day("生效日期", "不早于今天。以前的预警按当时的规则计算，不再改动。")
    reason = ReasonField(
        label="调整理由", max_length=200, error_messages={"required": "请写明调整理由或依据文件。"}
    )

    @property
    def setting(self) -> Setting:
        """The rule's row as it was entered."""
        data = self.cleaned_data
        return Setting(data["code"], data["is_on"], data["threshold"], data["weight"])
