"""Forms of the census: entering children, registration, exemptions, notices, handovers."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from foundation.accounts.models import Unit
from foundation.pages.reasons import ReasonField
from students.census.ages import GRADES
from students.census.models import Exemption
from students.census.sheet import HEADINGS, MOST_LINES, EntrantRow, check_row
from students.roster.imports.reading.cells import BadCell, id_number, phone
from students.roster.imports.reading.cells import name as read_name
from students.roster.models import School

MOST_BYTES = 10 * 1024 * 1024


def _day(label: str, **more: Any) -> forms.DateField:
    more.setdefault("error_messages", {})
    more["error_messages"] = {
        "required": f"请填写{label}。",
        "invalid": "请填写日期，如2026-08-31。",
        **more["error_messages"],
    }
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **more
    )


def _words(label: str, limit: int, **more: Any) -> forms.CharField:
    messages = {"required": f"请填写{label}。", "max_length": f"{label}不超过{limit}个字。"}
    return forms.CharField(label=label, max_length=limit, error_messages=messages, **more)


class SchoolField(forms.ModelChoiceField):
    """The school a person acts for; hidden where there is only one."""

    def __init__(self, label: str = "学校", **more: Any) -> None:
        more.setdefault("empty_label", None)
        super().__init__(
            School.objects.none(),
            label=label,
            error_messages={"required": "请选择学校。", "invalid_choice": "请在列表中选择学校。"},
            **more,
        )


class ForSchoolForm(forms.Form):
    """A form for one of several schools."""

    school = SchoolField()

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = schools
        if len(schools) == 1:
            field.widget, field.required = forms.HiddenInput(), False

    def clean_school(self) -> School:
        """The school chosen, or the only one there is."""
        field: Any = self.fields["school"]
        chosen: School = self.cleaned_data["school"] or field.queryset[0]
        return chosen


# Each field by itself: one that cannot be read leaves the others as they were typed.
_READ: dict[str, Callable[[str], str]] = {
    "name": read_name, "guardian": read_name, "id_no": id_number, "phone": phone,
}  # fmt: skip


class EntrantForm(ForSchoolForm):
    """One child on no roll."""

    name = _words("姓名", 60)
    id_no = _words(
        "身份证件号",
        30,
        required=False,
        help_text="没有身份证件号的可不填，填写出生日期，并请联系派出所办理落户。",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    sex = forms.ChoiceField(
        label="性别", choices=[("", "按证件号"), ("1", "男"), ("2", "女")], required=False
    )
    born_on = _day("出生日期", required=False, help_text="填了证件号的可不填。")
    guardian = _words("监护人", 60)
    phone = _words("监护人电话", 30, required=False)
    village = _words(
        "户籍村（居）", 60, required=False, help_text="本县村（居）委会名称；外县户籍留空。"
    )

    def row(self, school_year: int) -> EntrantRow:
        """The child as a row of the list, with its faults."""
        data, row = self.cleaned_data, EntrantRow()
        row.sex, row.born_on, row.village = data["sex"], data["born_on"], data["village"].strip()
        for name, read in _READ.items():
            try:
                setattr(row, name, read(data[name]))
            except BadCell as error:
                row.problems.append(str(error))
        return check_row(row, school_year)


class PasteForm(ForSchoolForm):
    """Many children, copied out of a sheet."""

    rows = forms.CharField(
        label="名单",
        strip=False,
        max_length=200_000,
        help_text=f"在表格中按「{'、'.join(HEADINGS)}」的顺序排好，复制后粘贴到这里，每人一行，"
        f"一次不超过{MOST_LINES}人。",
        error_messages={"required": "请粘贴名单。"},
        widget=forms.Textarea({"rows": 12}),
    )

    def clean_rows(self) -> str:
        """Refuses more lines than a page can show."""
        rows: str = self.cleaned_data["rows"]
        if len(rows.strip().splitlines()) > MOST_LINES + 1:
            raise forms.ValidationError(f"一次不超过{MOST_LINES}人，请分批粘贴。")
        return rows


class RegistrationForm(ForSchoolForm):
    """Day, place and hours of registration, and the number of new classes."""

    day = _day("报到日期")
    place = _words("报到地点", 100, help_text="印在入学通知书上。")
    hours = _words("报到时间", 40, required=False, help_text="如：上午8:00至11:30。")
    classes_1 = forms.IntegerField(
        label="一年级新生班数", min_value=0, max_value=30, required=False
    )
    classes_2 = forms.IntegerField(
        label="七年级新生班数", min_value=0, max_value=30, required=False
    )

    @property
    def classes(self) -> dict[str, int]:
        """Stage → the number of classes it opens."""
        return {stage: self.cleaned_data.get(f"classes_{stage}") or 0 for stage in GRADES}


class ExemptForm(forms.Form):
    """Why a child need not come, with its proof."""

    kind = forms.ChoiceField(label="情形", choices=[("", "请选择"), *Exemption.KINDS.items()])
    proof = _words(
        "佐证材料", 200, help_text="写明材料名称和文号，如：某校2026年9月1日出具的就读证明。"
    )
    until = _day(
        "截止日期", required=False, help_text="延缓入学必填，不超过一年；期满后自动恢复为应报到。"
    )
    file = forms.FileField(label="材料照片或扫描件", required=False)

    def clean_file(self) -> tuple[str, bytes] | None:
        """Name and content of the file, if its kind may be stored."""
        file = self.cleaned_data["file"]
        if not file:
            return None
        if file.size > MOST_BYTES:
            raise forms.ValidationError("文件超过10 MB，请压缩后再上传。")
        return file.name, file.read()


class WhyForm(forms.Form):
    """A reason, stored with the act."""

    reason = ReasonField(label="原因", max_length=200, error_messages={"required": "请填写原因。"})


class ServeForm(forms.Form):
    """When notices were handed over, and to whom."""

    day = _day("发放日期")
    received_by = _words("领取人", 60, required=False, help_text="由各自的监护人领取的不用填写。")


class HandedForm(ServeForm):
    """The same of one notice; what is on record already is corrected with the reason."""

    def __init__(self, *args: Any, asks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["reason"] = WhyForm.base_fields["reason"]


class PrepareForm(ForSchoolForm):
    """Whose grade 6 is handed over, and the school for children without a catchment."""

    otherwise = SchoolField("没有登记学区的学生交给", required=False, empty_label="没有这种情况")

    def __init__(self, *args: Any, juniors: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["otherwise"]
        field.queryset = juniors


class CatchmentForm(forms.Form):
    """Which school the village's children go to from a day on."""

    village = forms.ModelChoiceField(Unit.objects.none(), label="村（居）")
    stage = forms.ChoiceField(label="学段", choices=[("1", "小学"), ("2", "初中")])
    school = SchoolField(empty_label="请选择")
    starts_on = _day("起始日期")
    document = _words(
        "来源文件和文号",
        200,
        help_text="划分学区的文件，如：云教发〔2026〕12号。没有文号的，写文件名称和日期。",
    )
    reason = ReasonField(
        label="理由",
        max_length=200,
        help_text="例如：按本年度招生方案划定；学校布局调整。",
        error_messages={"required": "请填写理由，将记入学区登记。"},
    )

    def __init__(self, *args: Any, villages: Any, schools: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        fields["village"].queryset, fields["school"].queryset = villages, schools
        fields["village"].error_messages["required"] = "请选择村（居）。"
        fields["starts_on"].initial = today


def number_in(word: str) -> list[int]:
    """The id that a button or a drop-down sent, as a list of one; empty where it is none."""
    return [int(word)] if word.isdecimal() and len(word) < 16 else []
