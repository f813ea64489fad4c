"""Forms of 发现报告: of a child on no list, of a pupil of one's own, an answer, a taking back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from cases.discoveries.reporting import Told
from cases.rules.discoveries import OWN, PUBLIC, WAYS
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.viewer import HeldPost
from foundation.pages.reasons import ReasonField
from foundation.pages.substance import LEAST
from students.roster.imports.reading.cells import BadCell, id_number, phone
from students.roster.imports.reading.cells import name as read_name
from students.roster.models import Child
from students.roster.rules.ids import birth_of, complaint_about, sex_of

SEXES = (("", "不清楚"), ("1", "男"), ("2", "女"))
_READ: dict[str, Callable[[str], str]] = {
    "name": read_name, "guardian": read_name, "id_no": id_number, "phone": phone,
}  # fmt: skip


def _day(label: str, **more: Any) -> forms.DateField:
    words = {"required": f"请填写{label}。", "invalid": "请填写日期，如2026-08-31。"}
    widget = forms.DateInput({"type": "date"}, "%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=words, **more)


def _line(label: str, limit: int, **more: Any) -> forms.CharField:
    words = {"required": f"请填写{label}。", "max_length": f"{label}不超过{limit}个字。"}
    return forms.CharField(label=label, max_length=limit, error_messages=words, **more)


def _text(label: str, **more: Any) -> ReasonField:
    words = {"required": f"请填写{label}。"}
    widget = forms.Textarea({"rows": 4})
    return ReasonField(
        label=label, least=LEAST, max_length=500, widget=widget, error_messages=words, **more
    )


class PupilReportForm(forms.Form):
    """A pupil of one's own class or school who is gone before the roll says so."""

    missed_since = _day("何时起未到校")
    text = _text("情况", help_text="怎么知道的，学生可能在哪里，已经联系过谁。")

    def told(self, child: Child, day: date) -> Told:
        """The report of this pupil."""
        data = self.cleaned_data
        return Told(
            OWN, day, data["missed_since"], {"name": child.name, "text": data["text"]}, child=child
        )


class ReportForm(forms.Form):
    """A child whom an office found or was told of. What the office does not know stays empty."""

    way = forms.ChoiceField(
        label="来源", choices=list(WAYS.items()), widget=forms.RadioSelect, initial=OWN
    )
    informant = _line(
        "反映人（保密）",
        60,
        required=False,
        help_text="姓名和电话，匿名的不填。只有本单位和县教育局看得到。",
    )
    name = _line("儿童姓名", 60, required=False)
    sex = forms.ChoiceField(label="性别", choices=SEXES, required=False)
    born_on = _day("出生日期", required=False, help_text="不知道具体日期的，填大致的日期。")
    id_no = _line("身份证件号", 30, required=False, help_text="不知道的不填。")
    guardian = _line("监护人", 60, required=False)
    phone = _line("监护人电话", 30, required=False)
    village = forms.ChoiceField(label="居住村（居）", required=False)
    is_hukou = forms.BooleanField(label="户籍也在这个村（居）", required=False)
    place = _line("住址或发现地点", 200, help_text="例如：三组村口小卖部旁、某某砖厂。")
    found_on = _day("发现日期")
    missed_since = _day("大约何时起未上学", required=False)
    text = _text("情况", help_text="在做什么，为什么没有上学，谁看到的。")

    def __init__(self, *args: Any, post: HeldPost, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post, self.today = post, today
        self.fields["found_on"].initial = today
        self.villages = _villages(post)
        field: Any = self.fields["village"]
        field.choices = [("", "不清楚"), *((str(pk), str(unit)) for pk, unit in self.villages)]
        if post.unit_kind == UnitKind.VILLAGE:
            self._narrow_to_a_village()

    def _narrow_to_a_village(self) -> None:
        """A village reports what it finds in the village itself."""
        for name in ("way", "informant", "village"):
            del self.fields[name]
        self.fields["is_hukou"].label = "户籍在本村（居）"
        self.fields["name"].required = True

    def clean(self) -> dict[str, Any]:
        """Read numbers and names; ask for the birth of a child that is named."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, read in _READ.items():
            try:
                data[name] = read(data.get(name, ""))
            except BadCell as error:
                self.add_error(name, f"{error}。")
        self._complete_by_number(data)
        if data.get("name") and not data.get("born_on") and "born_on" not in self.errors:
            self.add_error("born_on", "请填写出生日期，用来核对是哪一名儿童。")
        if data.get("way", OWN) == OWN and not data.get("name") and "name" not in self.errors:
            self.add_error(
                "name", "请填写儿童姓名；群众反映没有说是谁的，来源选「群众反映、举报」。"
            )
        return data

    def _complete_by_number(self, data: dict[str, Any]) -> None:
        number = data.get("id_no", "")
        if not number or "id_no" in self.errors:
            return
        if complaint := complaint_about(number):
            self.add_error("id_no", f"{complaint}。")
            return
        data["sex"] = data.get("sex") or sex_of(number)
        data["born_on"] = data.get("born_on") or birth_of(number)
        if data["born_on"] != birth_of(number):
            self.add_error("born_on", "出生日期与身份证件号不一致，请核对。")

    @property
    def told(self) -> Told:
        """The report of the form."""
        data = self.cleaned_data
        names = ("name", "sex", "id_no", "guardian", "phone", "place", "text")
        said = {name: data[name] for name in names if data.get(name)}
        if data.get("name"):
            said["born_on"] = data["born_on"].isoformat()
        return Told(
            way=data.get("way", OWN),
            found_on=data["found_on"],
            since=data["missed_since"],
            said=said,
            informant=data.get("informant", "") if data.get("way") == PUBLIC else "",
            village=self._village(),
            is_hukou=data["is_hukou"],
        )

    def _village(self) -> Unit | None:
        if self.post.unit_kind == UnitKind.VILLAGE:
            units = Unit.objects.select_related("parent", "region")
            return units.get(pk=self.post.unit_id)
        chosen = self.cleaned_data["village"]
        return dict(self.villages).get(int(chosen)) if chosen else None


def _villages(post: HeldPost) -> list[tuple[int, Unit]]:
    """The villages that may be named: of the own township, or of the county."""
    rows = Unit.objects.filter(
        county_id=post.county_id, kind=UnitKind.VILLAGE, is_open=True
    ).select_related("parent", "region")
    if post.unit_kind == UnitKind.TOWNSHIP:
        rows = rows.filter(parent_id=post.unit_id)
    return [(unit.pk, unit) for unit in rows.order_by("parent__name", "name")]


class TakeReportBackForm(forms.Form):
    """Why a report was a mistake."""

    reason = ReasonField(
        label="撤回理由",
        max_length=200,
        help_text="例如：已与学校核对，该生在校。",
        error_messages={"required": "请写明为什么撤回。"},
    )


class AnswerForm(forms.Form):
    """What was answered to whoever told of it."""

    day = _day("答复日期")
    text = _text("答复内容", help_text="怎样核实、结果怎样、怎样告知反映人。")


class SchoolForm(forms.Form):
    """The school that answers for a child on no roll."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    school: Any = forms.ModelChoiceField(
        queryset=None,
        label="责任学校",
        empty_label="请选择",
        error_messages={"required": "请选择学校。", "invalid_choice": "请在列表中选择学校。"},
    )

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = schools
