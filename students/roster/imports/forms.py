"""The forms for uploading a roster, sending the error workbook back, and finding a pupil by
number."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from foundation.files.forms import EvidenceFileField
from foundation.tablefiles.reading import COUNTY, SCHOOL
from foundation.tablefiles.words import too_big
from students.roster.models import School

ACCEPTED = ".xlsx,.xls,.et,.ods,.csv,.txt,.html,.htm"


class UploadForm(forms.Form):
    """A roster file, its school, and the day on which it is true."""

    school = forms.ModelChoiceField(label="学校", queryset=School.objects.none(), empty_label=None)
    file = forms.FileField(
        label="名册文件",
        help_text="国网（学籍系统）导出的表、导入模板或本校自己的名册都可以，不需要改动国网导出的表。"
        "可用 .xlsx、.xls、.et、.ods、.csv、.txt、.html；不超过10 MB、20000行、200列。",
        error_messages={
            "required": "请选择要上传的名册文件。",
            "empty": "文件是空的（0字节）。请检查是否选错了文件。",
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    as_of = forms.DateField(
        label="数据日期",
        help_text="名册反映哪一天的情况；新生在籍和转班从这一天算起。",
        error_messages={"required": "请填写数据日期。", "invalid": "请填写日期，如2025-09-01。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, schools: Any, for_county: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_county = for_county
        field: Any = self.fields["school"]
        field.queryset = schools
        if for_county:
            field.required, field.empty_label = False, "全县各校"
            self.fields[
                "file"
            ].help_text = "全县或多所学校的学生信息，每行须有学校标识码；不超过64 MB、150000行。"
        if len(schools) + for_county == 1:
            field.widget, field.required = forms.HiddenInput(), False
            field.initial = None if for_county else schools[0]

    def clean_school(self) -> School | None:
        """Return the chosen school, or the only one; None for the whole county."""
        field: Any = self.fields["school"]
        chosen: School | None = self.cleaned_data["school"]
        if chosen is None and not self.for_county:
            chosen = field.queryset[0]
        return chosen

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        limits = COUNTY if self.for_county else SCHOOL
        if file.size > limits.bytes:
            raise forms.ValidationError(too_big(limits))
        return file


class ErrorBookForm(forms.Form):
    file = forms.FileField(
        label="改正后的错误表",
        error_messages={
            "required": "请选择改正后的错误表。",
            "empty": "文件是空的（0字节）。请检查是否选错了文件。",
        },
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > SCHOOL.bytes:
            raise forms.ValidationError(too_big(SCHOOL))
        return file


class NumberForm(forms.Form):
    """Asks for a number. It is sent by POST: a number must not be in an address or a log."""

    number = forms.CharField(
        label="身份证件号、学籍号或监护人电话",
        help_text="须填完整号码。只在您可以查看的学生中查找，查找会留下记录。",
        min_length=6,
        max_length=30,
        error_messages={"required": "请填写号码。", "min_length": "请填写完整号码。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DocumentForm(forms.Form):
    """Uploads papers of a pupil under one title."""

    title = forms.CharField(
        label="材料名称",
        help_text="写明是什么，如“休学申请书”“诊断证明”“家访照片”；"
        "不要写姓名、证件号和电话，材料名称会显示在文件名里。",
        max_length=60,
        validators=[
            RegexValidator(
                r"[0-9０-９]{7,}",
                "材料名称里有长串数字。证件号、电话请不要写在这里。",
                inverse_match=True,
            )
        ],
        error_messages={"required": "请填写材料名称。", "max_length": "材料名称不超过60字。"},
    )
    evidence = EvidenceFileField(label="照片或 PDF", required=True)
