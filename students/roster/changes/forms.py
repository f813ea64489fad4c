"""The forms of changes. They are built from the table of kinds (rules/change_kinds.py)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from foundation.pages.reasons import ReasonField
from foundation.pages.substance import LEAST
from students.roster.changes.entries import ChangeEntry, ChangePaper, Seen
from students.roster.models import School, SchoolClass
from students.roster.rules.change_kinds import KINDS, REASONS, STATES, ChangeKind, Effect
from students.roster.rules.ids import complaint_about
from students.roster.rules.report_kinds import LINE_LABELS, MOST_LINES

MAX_BYTES = 10 * 1024 * 1024
Choices = Sequence[tuple[Any, str]]


def _day(label: str, **more: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        error_messages={"required": f"请填写{label}。", "invalid": "请填写日期，如2025-09-01。"},
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        **more,
    )


def _words(label: str, most: int = 60, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        error_messages={
            "required": f"请填写{label}。",
            "max_length": f"{label}不能超过{most}个字。",
        },
        **more,
    )


def _reason(label: str, most: int = 200, **more: Any) -> ReasonField:
    asked = {"required": f"请填写{label}。", "max_length": f"{label}不能超过{most}个字。"}
    return ReasonField(label=label, max_length=most, error_messages=asked, **more)


def _choice(label: str, choices: Iterable[tuple[Any, str]], **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", "请选择"), *choices],
        error_messages={"required": f"请选择{label}。", "invalid_choice": f"请重新选择{label}。"},
        **more,
    )


class PaperField(forms.FileField):
    """A file field for a proof: a photo or a PDF."""

    def __init__(self, title: str) -> None:
        super().__init__(
            label=title,
            help_text="拍照或扫描件，图片或PDF，不超过10 MB。",
            error_messages={
                "required": f"缺少材料：{title}。请上传。",
                "empty": "文件是空的（0字节）。请检查是否选错了文件。",
            },
            widget=forms.FileInput({"accept": "image/*,application/pdf"}),
        )
        self.title = title

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Refuse a file that is larger than the limit."""
        file = super().clean(data, initial)
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError("文件超过10 MB，请压缩或重新拍照后再上传。")
        return file


class _WithPapers(forms.Form):
    """A form with one file field for each paper that is needed."""

    def add_papers(self, titles: Iterable[str]) -> None:
        for number, title in enumerate(titles):
            self.fields[f"paper_{number}"] = PaperField(title)

    @property
    def papers(self) -> tuple[ChangePaper, ...]:
        return tuple(
            ChangePaper(field.title, self.cleaned_data[name].name, self.cleaned_data[name].read())
            for name, field in self.fields.items()
            if isinstance(field, PaperField)
        )


class ChangeForm(_WithPapers):
    """The form of one change: the fields that its kind needs, and its papers."""

    def __init__(
        self,
        kind: ChangeKind,
        today: date,
        *args: Any,
        classes: Choices,
        schools: Choices,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.kind = kind
        self.fields["occurred_on"] = _day(kind.day_label, initial=today)
        self._add_places(classes, schools)
        if kind.effect is Effect.PAUSE:
            self.fields["until"] = _day("期限至", help_text="每次不超过一年；期满可再申请。")
        if kind.effect is not Effect.SEAT:
            needs_reason = kind.effect is Effect.PAUSE
            self.fields["reason"] = _choice("原因", REASONS.items(), required=needs_reason)
        self.fields["note"] = _words("说明", 200, required=False)
        self.add_papers(kind.proofs)

    def _add_places(self, classes: Choices, schools: Choices) -> None:
        effect = self.kind.effect
        if effect is Effect.HAND_OVER:
            self.fields["to_school_id"] = _choice("接收学校", schools)
        if effect in (Effect.LET_GO, Effect.TAKE_IN):
            what = "转入学校" if effect is Effect.LET_GO else "原就读学校"
            self.fields["outside_school"] = _words(what)
            self.fields["outside_place"] = _words("学校所在地", help_text="省、市、县（区）。")
        if self.kind.code == "abroad":
            self.fields["outside_place"] = _words("前往国家（地区）")
        if effect in (Effect.MOVE, Effect.SEAT, Effect.TAKE_IN):
            self.fields["to_class_id"] = _choice("编入班级", classes)

    def entry(self, child_id: int | None = None, **more: Any) -> ChangeEntry:
        data = self.cleaned_data
        numbers = ("to_school_id", "to_class_id")
        texts = ("reason", "note", "outside_school", "outside_place")
        given: dict[str, Any] = {name: int(data[name]) for name in numbers if data.get(name)}
        given |= {name: data[name] for name in texts if data.get(name)}
        return ChangeEntry(
            kind=self.kind.code,
            occurred_on=data["occurred_on"],
            child_id=child_id,
            until=data.get("until"),
            papers=self.papers,
            more=more,
            **given,
        )


class _WithNumber(forms.Form):
    """A form that names a child by ID number. It is sent by POST: a number must not be in an
    address or a log."""

    id_no = forms.CharField(
        label="身份证件号",
        max_length=18,
        help_text="须填完整号码，查找会留下记录。",
        error_messages={"required": "请填写身份证件号。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_id_no(self) -> str:
        number: str = self.cleaned_data["id_no"].strip().upper()
        if complaint := complaint_about(number):
            raise forms.ValidationError(complaint)
        return number


class AskForm(_WithNumber):
    """Asks another school of the county for a pupil."""

    note = _words("说明", 200, required=False)


class DeferralForm(ChangeForm, _WithNumber):
    """延缓入学 of a child who is not enrolled."""

    field_order = ("id_no",)


class TakeInForm(ChangeForm, _WithNumber):
    """Enrols a pupil from outside the county."""

    name = _words("姓名")
    sex = _choice("性别", (("1", "男"), ("2", "女")))
    born_on = _day("出生日期")
    field_order = ("name", "id_no", "sex", "born_on")

    @property
    def person(self) -> dict[str, Any]:
        """Return the facts of a child who is new to the county."""
        names = ("name", "id_no", "sex", "born_on")
        return {name: self.cleaned_data[name] for name in names}


class MoveForm(_WithPapers):
    """The form of one step of a change: a day, a class, papers or a reason."""

    def __init__(
        self, asks: Iterable[str], titles: Iterable[str], *args: Any, classes: Choices, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        made: dict[str, Callable[[], forms.Field]] = {
            "left_on": lambda: _day("离校日期"),
            "arrived_on": lambda: _day("到校日期"),
            "class_id": lambda: _choice("编入班级", classes),
            "words": lambda: _reason("原因"),
            "opinion": lambda: _reason(
                "意见", least=LEAST, help_text="写明理由，例如：诊断证明和申请齐全，同意休学。"
            ),
            "number": lambda: _reason("备案文号或说明", required=False),
        }
        for name in asks:
            self.fields[name] = made[name]()
        self.add_papers(titles)


class ListForm(forms.Form):
    kind = _choice("类别", [(k.code, k.label) for k in KINDS], required=False)
    state = _choice(
        "办理状态",
        [*STATES.items(), ("pending", "全部待办"), ("late", "逾期未办结")],
        required=False,
    )
    month = forms.RegexField(
        label="月份",
        regex=r"^20\d\d-(0[1-9]|1[0-2])$",
        required=False,
        error_messages={"invalid": "请填写月份，如2025-09。"},
        widget=forms.TextInput({"type": "month", "placeholder": "2025-09"}),
    )


class LinesForm(forms.Form):
    """What changed in a class: some rows of pupil, kind of change and remark."""

    def __init__(self, *args: Any, pupils: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(MOST_LINES):
            self.fields[f"kind_{n}"] = _choice("变动", LINE_LABELS.items(), required=False)
            self.fields[f"child_{n}"] = _choice("学生", pupils, required=False)
            self.fields[f"name_{n}"] = _words("姓名（不在名册上的）", required=False)
            self.fields[f"remark_{n}"] = _words("说明", 100, required=False)

    @property
    def rows(self) -> list[list[Any]]:
        """Return the bound fields row by row, for the page."""
        names = ("kind", "child", "name", "remark")
        return [[self[f"{name}_{n}"] for name in names] for n in range(MOST_LINES)]

    @property
    def seen(self) -> list[Seen]:
        """Return the rows that were filled in."""
        data = self.cleaned_data
        return [
            Seen(
                kind=data[f"kind_{n}"],
                child_id=int(data[f"child_{n}"]) if data[f"child_{n}"] else None,
                name=data[f"name_{n}"],
                remark=data[f"remark_{n}"],
            )
            for n in range(MOST_LINES)
            if any(data[f"{name}_{n}"] for name in ("kind", "child", "name", "remark"))
        ]


class VerifyForm(forms.Form):
    """Asks why a line of a report is no change."""

    words = _reason("核实结果", 100)


def class_choices(classes: Iterable[SchoolClass], school_year: int) -> list[tuple[Any, str]]:
    return [(row.pk, row.name_in(school_year)) for row in classes]


def school_choices(schools: Iterable[School]) -> list[tuple[Any, str]]:
    return [(school.pk, str(school)) for school in schools]
