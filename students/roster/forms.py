"""What a person types to upload a roster or to look up a number."""

from typing import Any

from django import forms

from students.roster.models import School
from students.roster.reading import MAX_BYTES, TOO_BIG

ACCEPTED = ".xlsx,.xls,.et,.ods,.csv,.html,.htm"


class UploadForm(forms.Form):
    """A roster file, whose it is, and of which day."""

    school = forms.ModelChoiceField(label="学校", queryset=School.objects.none(), empty_label=None)
    file = forms.FileField(
        label="名册文件",
        help_text="国网（学籍系统）导出的表、导入模板或本校自己的名册都可以，不需要改动国网导出的表。"
        "可用 .xlsx、.xls、.et、.ods、.csv、.html；不超过10 MB、20000行、200列。",
        error_messages={
            "required": "请选择要上传的名册文件。",
            "empty": "文件是空的（0字节）。请检查是否选错了文件。",
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    as_of = forms.DateField(
        label="数据日期",
        help_text="名册反映哪一天的情况；新生在籍和调班从这一天算起。",
        error_messages={"required": "请填写数据日期。", "invalid": "请填写日期，如2025-09-01。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = schools
        if len(schools) == 1:
            field.widget, field.required, field.initial = forms.HiddenInput(), False, schools[0]

    def clean_school(self) -> School:
        """The school chosen, or the only one there is."""
        field: Any = self.fields["school"]
        chosen: School = self.cleaned_data["school"] or field.queryset[0]
        return chosen

    def clean_file(self) -> Any:
        """A file of a size that may be read at all."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file


class BookForm(forms.Form):
    """The corrected error workbook."""

    file = forms.FileField(
        label="改正后的错误表",
        error_messages={
            "required": "请选择改正后的错误表。",
            "empty": "文件是空的（0字节）。请检查是否选错了文件。",
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_file(self) -> Any:
        """A file of a size that may be read at all."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file


class NumberForm(forms.Form):
    """A number to look up; sent by POST, so that it stays out of addresses and logs."""

    number = forms.CharField(
        label="身份证件号、学籍号或监护人电话",
        help_text="须填完整号码。只在您可以查看的学生中查找，查找会留下记录。",
        min_length=6,
        max_length=30,
        error_messages={"required": "请填写号码。", "min_length": "请填写完整号码。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
