"""The forms that ask for the purpose of an export."""

from django import forms


class PurposeForm(forms.Form):
    """Asks for the purpose of a workbook without full numbers (S25)."""

    purpose = forms.CharField(
        label="用途",
        min_length=4,
        max_length=200,
        help_text="写明用于什么工作、交给谁。用途会印在表上，并留下记录。",
        error_messages={
            "required": "请写明用途。",
            "min_length": "请把用途写清楚，如：报县教育局学籍核对。",
        },
    )


class ExportForm(PurposeForm):
    """Asks also whether numbers are in full (S25)."""

    with_numbers = forms.BooleanField(
        label="含完整证件号",
        required=False,
        help_text="只在表格确需完整证件号、学籍号时勾选。",
    )
