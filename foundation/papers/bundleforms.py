"""The form of one PDF of several papers."""

from django import forms

from foundation.pages.reasons import ReasonField


class BundleForm(forms.Form):
    """For what they are printed, and in which order."""

    AS_LISTED, BY_NUMBER = "listed", "number"

    order = forms.ChoiceField(
        label="排列顺序",
        choices=[(AS_LISTED, "按列表中的顺序"), (BY_NUMBER, "按发文机关和文号")],
        widget=forms.RadioSelect,
        initial=AS_LISTED,
        error_messages={"required": "请选择排列顺序。"},
    )
    purpose = ReasonField(
        label="用途",
        max_length=200,
        initial="打印送达",
        error_messages={"required": "请写明用途。"},
    )
