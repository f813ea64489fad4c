"""Forms of the technician's page and of an uploaded opening workbook."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from foundation.accounts.roles import role_of
from foundation.tablefiles.reading import MAX_BYTES, TOO_BIG
from kongchuo.setup.opening.acts.founding import (
    FIRST_ROLE,
    SAME_PERSON,
    SECOND_ROLES,
    Founding,
    NamedPerson,
)
from kongchuo.setup.opening.rules.provinces import province_of

PROVINCE, ROLE_LABEL = "省份（按县代码）", "第二人的职务"
NO_PROVINCE = "前两位不是任何省份的代码，请对照统计用区划代码核对。"
_PHONE = RegexValidator(r"^[0-9]{11}$", "手机号应为11位数字，请核对。")
_COUNTY = RegexValidator(r"^[0-9]{6}$", "县代码应为6位数字，如530922，请核对。")


def _words(label: str, limit: int = 40, help_text: str = "", **more: Any) -> forms.CharField:
    errors = {"required": f"请填写{label}。", "max_length": f"{label}不超过{limit}个字。"}
    return forms.CharField(
        label=label, max_length=limit, help_text=help_text, error_messages=errors, **more
    )


class FoundingForm(forms.Form):
    """The county, its bureau, and two named persons."""

    place = _words("县（市、区）名", 60, "显示在每页的标题里，如：云县。")
    code = _words("县代码", 6, "行政区划代码，6位数字。", validators=[_COUNTY])
    bureau = _words("教育局全称", 80, "如：云县教育体育局。")
    phone = _words("教育局电话", 30, "显示在登录页，供教师和家长咨询，可以不填。", required=False)
    first_name = _words("安全管理员：姓名", help_text="由他（她）填开通工作簿，登记人员和任职。")
    first_login = _words("安全管理员：手机号", 11, "就是登录的账号。", validators=[_PHONE])
    second_name = _words("第二人：姓名", help_text="由他（她）登录后确认县级任职，要是另一个人。")
    second_login = _words("第二人：手机号", 11, "就是登录的账号。", validators=[_PHONE])
    second_role = forms.ChoiceField(
        label=ROLE_LABEL, choices=[(code, role_of(code).label) for code in SECOND_ROLES]
    )

    def clean(self) -> dict[str, Any]:
        """Two persons are two names and two numbers."""
        found = super().clean() or {}
        for one in ("name", "login"):
            if found.get(f"first_{one}") and found[f"first_{one}"] == found.get(f"second_{one}"):
                self.add_error(f"second_{one}", SAME_PERSON)
        return found

    def clean_code(self) -> str:
        """A code whose first two digits are a province's."""
        code: str = self.cleaned_data["code"]
        if not province_of(code):
            raise forms.ValidationError(NO_PROVINCE)
        return code

    def told(self) -> list[tuple[str, str]]:
        """What was entered, to be read once more before it is written."""
        found = self.cleaned_data
        told = [(str(field.label), str(found[name])) for name, field in self.fields.items()]
        label = role_of(found["second_role"]).label if "second_role" in found else ""
        told = [(name, label if name == ROLE_LABEL else words) for name, words in told]
        return [
            (PROVINCE, province_of(found["code"])),
            *((name, words or "没有填") for name, words in told),
        ]

    def founding(self) -> Founding:
        """What was entered."""
        found = self.cleaned_data
        return Founding(
            place=found["place"],
            code=found["code"],
            bureau=found["bureau"],
            phone=found["phone"],
            first=NamedPerson(found["first_name"], found["first_login"], FIRST_ROLE),
            second=NamedPerson(
                found["second_name"], found["second_login"], found.get("second_role", "")
            ),
        )


def entered_in(given: Founding) -> dict[str, str]:
    """The values of the form for what was entered before."""
    return {
        "place": given.place,
        "code": given.code,
        "bureau": given.bureau,
        "phone": given.phone,
        "first_name": given.first.name,
        "first_login": given.first.login,
        "second_name": given.second.name,
        "second_login": given.second.login,
    }


class CorrectionForm(FoundingForm):
    """The county and its first two persons once more, as they stand, to be put right."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["second_role"]


class SlipsForm(forms.Form):
    """Whose first slip is made anew."""

    who = forms.MultipleChoiceField(
        label="重新发登录单给",
        choices=[("first", "安全管理员"), ("second", "第二人")],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一人。"},
    )


class BookForm(forms.Form):
    """An opening workbook, or one of its sheets, or a list of the statistics bureau."""

    file = forms.FileField(
        label="开通工作簿",
        help_text="Excel、WPS 表格或 CSV。也可以只传其中一张表，或统计局的区划代码表。",
        error_messages={"required": "请选择文件。", "empty": "文件是空的，请重新选择。"},
    )

    def clean_file(self) -> Any:
        """A file within the limit of a school's sheet."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file


def _reason(label: str, help_text: str, required: bool = True) -> forms.CharField:
    errors = {"required": f"请填写{label}。", "min_length": "请写清楚一些。"}
    return forms.CharField(
        label=label,
        min_length=2,
        max_length=200,
        required=required,
        help_text=help_text,
        error_messages=errors,
    )


class DeclareForm(forms.Form):
    """Why the county is declared opened; ``must`` where something is lacking."""

    def __init__(self, *args: Any, must: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label = "还有缺的，为什么现在宣布" if must else "说明"
        told = "例如：点名已能用，两个村的专干下周到任。" if must else "可以不填。"
        self.fields["reason"] = _reason(label, told, must)


class UndeclareForm(forms.Form):
    """Why a declaration is taken back."""

    reason = _reason("理由", "例如：宣布早了，还有学校没有导入名册。")
