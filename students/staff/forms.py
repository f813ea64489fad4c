"""The forms for taking on people, arranging their classes and ending their posts."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from foundation.accounts.models import Post, Unit
from foundation.accounts.models.people import managed_units
from foundation.accounts.people.forms import PeopleFilter, ReasonForm
from foundation.accounts.roles import Role
from foundation.accounts.viewer import Viewer
from foundation.pages.reasons import ReasonField
from foundation.tablefiles.reading import MAX_BYTES, TOO_BIG
from students.staff.class_teachers import Teacher
from students.staff.sheet import BAD_LOGIN, LOGIN

REASON = "事由"


def _day(label: str, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        error_messages={"required": f"请填写{label}。", "invalid": "请填写日期，如2026-09-01。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class StaffFilter(PeopleFilter):
    """Filters the people page by posts that the viewer manages."""

    def __init__(self, *args: Any, viewer: Viewer, units: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posts = self.posts.filter(managed_units(viewer, "unit__"))
        if units <= 1:
            del self.filters["unit"], self.filters["kind"]


class SlipsFilter(forms.Form):
    """Whose slips: of which unit, and for the first time or anew."""

    unit = forms.CharField(label="单位", required=False, max_length=40)
    state = forms.ChoiceField(
        label="登录单",
        required=False,
        choices=[("", "还没有登录单"), ("anew", "发过登录单，本人还没有改好密码")],
    )

    @property
    def prints_anew(self) -> bool:
        """Whether slips that are out shall be printed once more."""
        return self.is_valid() and self.cleaned_data["state"] == "anew"

    def at_unit(self, posts: QuerySet[Post]) -> QuerySet[Post]:
        """The posts at units of such a name."""
        typed = self.cleaned_data["unit"].strip() if self.is_valid() else ""
        return posts.filter(unit__name__icontains=typed) if typed else posts


class StaffForm(forms.Form):
    name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "请填写姓名。"})
    login = forms.RegexField(
        LOGIN,
        label="账号",
        help_text="工号或本人手机号，一人一号，登录时使用。",
        error_messages={"required": "请填写账号。", "invalid": f"{BAD_LOGIN}。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label="职务", error_messages={"required": "请选择职务。"})
    unit = forms.ModelChoiceField(
        label="单位",
        queryset=Unit.objects.none(),
        empty_label="请选择",
        error_messages={"required": "请选择单位。"},
    )
    class_name = forms.CharField(
        label="班级", required=False, max_length=40, help_text="任班主任的必填，如：七年级2班。"
    )
    starts_on = _day("任职起", "从这一天起可以办理该职务的工作。")
    reason = forms.CharField(
        label="任职依据", required=False, max_length=200, help_text="文号或说明；县级职务必填。"
    )

    def __init__(
        self,
        *args: Any,
        roles: list[Role],
        units: QuerySet[Unit],
        classes: list[str],
        known: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        found: Any = self.fields
        found["role"].choices = [(role.label, role.label) for role in roles]
        found["unit"].queryset = units
        if len(units) == 1:
            found["unit"].initial, found["unit"].empty_label = units[0], None
        if classes:
            found["class_name"].widget = forms.Select(
                choices=[("", "不任班主任"), *((name, name) for name in classes)]
            )
        if known:
            del found["name"], found["login"]
        if "are_others" in self.data:
            self._ask_again()

    def ask_about(self, account: str) -> None:
        """Ask 同一人？ because somebody has this name already; going on needs a tick (S57)."""
        self._ask_again()
        self.add_error(
            None,
            f"本单位已有同名人员（账号 {account}），是否同一人？是同一人的，请改填原账号；"
            "不是同一人的，请勾选「不是同一人」后再提交。",
        )

    def _ask_again(self) -> None:
        self.fields["are_others"] = forms.BooleanField(
            label="已核对，与本单位同名人员不是同一人", required=False
        )


class IdentityForm(ReasonForm):
    """Name and account of a person as they should have been entered."""

    name = forms.CharField(label="姓名", max_length=40, error_messages={"required": "请填写姓名。"})
    login = forms.RegexField(
        LOGIN,
        label="账号（手机号）",
        help_text="本人还没有改好自己的密码时才可以更正，此后账号不变。",
        error_messages={"required": "请填写账号。", "invalid": f"{BAD_LOGIN}。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("name", "login", "reason")


class SheetForm(forms.Form):
    file = forms.FileField(
        label="人员表",
        help_text="用本页下载的模板填写（.xlsx），不超过3000人。",
        error_messages={
            "required": "请选择要上传的人员表。",
            "empty": "文件是空的（0字节）。请检查是否选错了文件。",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(TOO_BIG)
        return file


class LastDayForm(forms.Form):
    """Asks for the last day of a post and the reason."""

    last_day = _day("最后一日", "这一天仍可办理，从第二天起不能再登录或查看。")
    reason = ReasonField(
        label="理由",
        max_length=200,
        help_text="写明依据，例如：调往外校；退休；产假。",
        error_messages={"required": "请填写理由，将记入任职记录。"},
    )


class EndForm(LastDayForm):
    """Ends a post on a day, or at once where it was given by mistake."""

    at_once = forms.BooleanField(
        label="登记错了，马上撤销",
        required=False,
        help_text="勾选后从现在起就不能再用这项任职，不看上面的日期。",
    )
    field_order = ("last_day", "at_once", "reason")


class DepartureForm(LastDayForm):
    """Asks from which unit a person departs, when and why."""

    unit = forms.ModelChoiceField(label="单位", queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset = units
        self.order_fields(["unit", "last_day", "reason"])


class SinceForm(forms.Form):
    """Asks from which day class teachers are arranged."""

    since = _day("从哪一天起")


class TeachersReasonForm(forms.Form):
    """Asks why class teachers change."""

    reason = ReasonField(
        label=REASON,
        max_length=200,
        help_text="例如：原班主任产假；新学年安排。",
        error_messages={"required": "请填写事由。"},
    )


class SubstituteForm(forms.Form):
    """Asks who takes a class for some days."""

    school_class = forms.TypedChoiceField(label="班级", coerce=int)
    person = forms.TypedChoiceField(label="代课人", coerce=int)
    starts_on = _day("第一日")
    ends_on = _day("最后一日", "过了这一天，代课人不再看到这个班。")
    reason = ReasonField(
        label=REASON,
        max_length=200,
        help_text="例如：原班主任病假。",
        error_messages={"required": "请填写事由。"},
    )

    def __init__(
        self, *args: Any, classes: list[tuple[int, str]], people: list[Teacher], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        found: Any = self.fields
        found["school_class"].choices = classes
        found["person"].choices = [(one.person_id, one.words) for one in people]


class SubstituteBackForm(forms.Form):
    """Asks why a substitute is taken back."""

    reason = ReasonField(
        label="理由",
        max_length=200,
        help_text="例如：选错了人；登记错了日期；原班主任已提前返岗。",
        error_messages={"required": "请填写理由，将记入代课记录。"},
    )


class MergeForm(forms.Form):
    """Asks into which class the pupils of a class go, and why."""

    into = forms.TypedChoiceField(label="学生并入", coerce=int, required=False, empty_value=None)
    reason = ReasonField(
        label=REASON,
        max_length=200,
        help_text="例如：导入时把2班写成了21班。",
        error_messages={"required": "请填写事由。"},
    )

    def __init__(self, *args: Any, classes: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found: Any = self.fields
        found["into"].choices = [("", "（没有学生，直接撤销）"), *classes]


class GrantFilter(forms.Form):
    """Filters the history of granted posts; the address holds the filters."""

    q = forms.CharField(label="姓名", required=False, max_length=40)
    state = forms.ChoiceField(
        label="任职情况",
        required=False,
        choices=[("", "全部"), ("now", "现任"), ("past", "已卸任"), ("ahead", "未到任")],
    )

    def chosen(self, posts: QuerySet[Post], conditions: dict[str, Any]) -> QuerySet[Post]:
        """Return the posts that fit: all without a filter, none for one that is not offered."""
        if not self.is_bound:
            return posts
        if not self.is_valid():
            return posts.none()
        if words := self.cleaned_data["q"]:
            posts = posts.filter(person__name__icontains=words)
        if state := self.cleaned_data["state"]:
            posts = posts.filter(conditions[state])
        return posts
