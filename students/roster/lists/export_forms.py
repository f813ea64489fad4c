"""The forms that ask for the purpose of an export."""

from typing import Any

from django import forms

from foundation.pages.reasons import ReasonField

_ASKED = "写明用于什么工作、交给谁。"


class PurposeForm(forms.Form):
    """Asks for the purpose of a workbook without full numbers (S25).

    ``prints`` is False for a file whose bytes are frozen: its purpose is kept, not printed.
    """

    purpose = ReasonField(
        label="用途",
        min_length=4,
        max_length=200,
        help_text=f"{_ASKED}用途会印在表上，并留下记录。",
        error_messages={
            "required": "请写明用途。",
            "min_length": "请把用途写清楚，如：报县教育局学籍核对。",
        },
    )

    def __init__(self, *args: Any, prints: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not prints:
            self.fields[
                "purpose"
            ].help_text = f"{_ASKED}用途会登记，长期保存；本表原样下载，不加印。"


class ExportForm(PurposeForm):
    """Asks also whether numbers are in full (S25)."""

    with_numbers = forms.BooleanField(
        label="含完整证件号",
        required=False,
        help_text="只在表格确需完整证件号、学籍号时勾选。",
    )
