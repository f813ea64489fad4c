"""The forms for special groups of a child and for parents who are away."""

from typing import Any

from django import forms

from foundation.pages.reasons import ReasonField
from students.roster.models import GuardianAbsence
from students.roster.rules.group_kinds import TICKED
from students.roster.rules.left_behind import PARENTS

_DAY = {"required": "请填写日期。", "invalid": "请填写日期，如2025-09-01。"}


def _day(label: str, *, required: bool = True, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        error_messages=_DAY,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class GroupForm(forms.Form):
    """Enters several groups at once from one day on, with one proof."""

    groups = forms.MultipleChoiceField(
        label="群体类别",
        help_text="可同时选择多项。留守儿童不在此勾选，请登记父母外出情况，由系统按口径判定。",
        choices=[(group.code, group.label) for group in TICKED],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选择一项。"},
    )
    starts_on = _day("起始日期", help_text="依据材料上写明的日期。")
    ends_on = _day("终止日期", required=False, help_text="证件有期限的填写有效期止。")
    basis = forms.CharField(
        label="证件号或文号", required=False, max_length=60, help_text="如残疾人证号、低保证号。"
    )
    note = forms.CharField(label="备注", required=False, max_length=200)
    file = forms.FileField(
        label="佐证材料",
        required=False,
        help_text="证件或证明的照片、PDF。",
        error_messages={"empty": "文件是空的（0字节）。请检查是否选错了文件。"},
        widget=forms.FileInput(attrs={"accept": "image/*,.pdf"}),
    )

    @property
    def upload(self) -> tuple[str, bytes] | None:
        """Return name and bytes of the proof, or None."""
        file: Any = self.cleaned_data["file"]
        return (file.name, file.read()) if file else None


class EndGroupForm(forms.Form):
    """Asks for the last day in a group and the reason."""

    ends_on = _day("终止日期", help_text="属于这一群体的最后一天。")
    reason = ReasonField(
        label="退出原因",
        max_length=200,
        error_messages={"required": "请写明退出原因，如：低保待遇停止。"},
    )


class AbsenceForm(forms.Form):
    """Asks which parent is away, since when and where, and who looks after the child."""

    parent = forms.ChoiceField(label="外出的父母", choices=list(PARENTS.items()))
    starts_on = _day("外出日期")
    place = forms.ChoiceField(label="外出地", choices=list(GuardianAbsence.PLACES.items()))
    carer = forms.ChoiceField(label="实际照料人", choices=list(GuardianAbsence.CARERS.items()))
    other_can_guard = forms.TypedChoiceField(
        label="在家的另一方是否有监护能力",
        help_text="另一方已故、失联、重病重残等无法监护的选「否」。",
        choices=[("1", "是"), ("0", "否")],
        coerce=lambda value: value == "1",
    )


class BackForm(forms.Form):
    """Asks for the day a parent came home."""

    back_on = _day("返家日期")
