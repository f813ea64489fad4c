"""Forms to enter a leave slip and to revoke one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from foundation.files.forms import EvidenceFileField
from foundation.pages.reasons import ReasonField
from students.attendance.rolls.entries import LONGEST_SLIP_REASON, SlipEntry
from students.attendance.rolls.sheet import RollPupil
from students.attendance.rules.kinds import BY_CODE, SLIP_KINDS


class SlipForm(forms.Form):
    """A guardian's slip: child, kind of leave, days, reason, and a photo of it."""

    child = forms.TypedChoiceField(
        label="学生", coerce=int, error_messages={"required": "请选择学生。"}
    )
    kind = forms.ChoiceField(
        label="请假类型",
        choices=[(code, BY_CODE[code].label) for code in SLIP_KINDS],
        error_messages={"required": "请选择请假类型。"},
    )
    first_day = forms.DateField(
        label="请假开始",
        error_messages={"required": "请填写开始日期。", "invalid": "请填写日期，如2025-09-12。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last_day = forms.DateField(
        label="请假截止",
        help_text="含当天。到期第二天仍不到校又没有续假的，按无故未到计。",
        error_messages={"required": "请填写截止日期。", "invalid": "请填写日期，如2025-09-12。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = ReasonField(
        label="事由",
        help_text="照假条写明即可，病情不必细写。",
        max_length=LONGEST_SLIP_REASON,
        error_messages={"required": "请填写请假事由。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    photo = EvidenceFileField(label="假条照片")

    def __init__(self, *args: Any, pupils: Iterable[RollPupil], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["child"]
        field.choices = [("", "请选择")] + [
            (pupil.id, f"{pupil.seat_no} {pupil.name}".strip()) for pupil in pupils
        ]

    def clean_photo(self) -> tuple[str, bytes] | None:
        """One photo at most: a slip is one sheet of paper."""
        files = self.cleaned_data["photo"]
        if len(files) > 1:
            raise forms.ValidationError("一张假条只能上传一张照片。")
        return (files[0].name or "", files[0].read()) if files else None

    @property
    def entry(self) -> SlipEntry:
        data = self.cleaned_data
        return SlipEntry(
            data["child"],
            data["kind"],
            data["first_day"],
            data["last_day"],
            data["reason"],
            data["photo"],
        )


def blank_slip(pupils: Iterable[RollPupil], today: date, child: str) -> SlipForm:
    """The empty form: from today, for the child whose row was clicked."""
    return SlipForm(pupils=pupils, initial={"first_day": today, "child": child})


class TakeBackForm(forms.Form):
    """The reason for revoking a slip."""

    reason = ReasonField(
        label="撤销理由",
        help_text="例如：日期登记错误，已重新登记。撤销后相应的日子按没有假条重新计算。",
        max_length=LONGEST_SLIP_REASON,
        error_messages={"required": "请填写撤销理由。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
