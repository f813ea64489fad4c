"""The form that asks for a child's number."""

from django import forms


class ChildForm(forms.Form):
    """Asks for a whole number. It is sent by POST: a number must not be in an address or a log."""

    number = forms.CharField(
        label="学生的身份证件号或学籍号",
        help_text="须填完整号码。查询会留下记录。",
        min_length=6,
        max_length=30,
        error_messages={"required": "请填写号码。", "min_length": "请填写完整号码。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
