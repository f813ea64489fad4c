"""Forms of a school year and of the holidays of a year."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from foundation.days import days_between
from students.calendars.actions import Grounds, TermEntry
from students.calendars.models import TermName

FIRST_REASON = "首次登记"
_TERMS = {"autumn": TermName.AUTUMN, "spring": TermName.SPRING}
_DAYS = {
    "registration": "报到注册日",
    "first": "第一个上课日",
    "last": "最后一个上课日",
}


def _day(label: str, required: bool) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        error_messages={"required": "请填写日期。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class GroundsForm(forms.Form):
    """The paper a change comes from, and the reason; a first entry needs no reason."""

    source_document = forms.CharField(
        label="来源文件和文号",
        max_length=200,
        error_messages={"required": "请填写来源文件和文号。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="更正原因",
        max_length=200,
        error_messages={"required": "请填写更正的原因。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, is_first: bool, paper_hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source_document"].help_text = paper_hint
        if is_first:
            del self.fields["reason"]

    @property
    def grounds(self) -> Grounds:
        """The paper and the reason as they were entered."""
        data = self.cleaned_data
        return Grounds(data["source_document"], data.get("reason") or FIRST_REASON)


class TermsForm(GroundsForm):
    """The terms of a school year: the autumn term, and the spring term once its days are known."""

    school_year = forms.TypedChoiceField(
        label="学年",
        coerce=int,
        error_messages={
            "required": "请选择学年。",
            "invalid_choice": "该学年已经登记，要改日期的，请在列表里按“更正”。",
        },
    )
    autumn_registration = _day("秋季学期报到注册日", required=True)
    autumn_first = _day("秋季学期第一个上课日", required=True)
    autumn_last = _day("秋季学期最后一个上课日", required=True)
    spring_registration = _day("春季学期报到注册日", required=False)
    spring_first = _day("春季学期第一个上课日", required=False)
    spring_last = _day("春季学期最后一个上课日", required=False)

    field_order = ("school_year", *(f"{term}_{day}" for term in _TERMS for day in _DAYS))

    def __init__(self, *args: Any, years: Iterable[int], keeps_spring: bool, **kwargs: Any) -> None:
        hint = "例如：县教体发〔2026〕12号 关于学年校历的通知。"
        super().__init__(*args, paper_hint=hint, **kwargs)
        for name in ("spring_registration", "spring_first", "spring_last"):
            self.fields[name].required = keeps_spring  # what is on record is not emptied
        field: Any = self.fields["school_year"]
        field.choices = [(year, f"{year}—{year + 1}学年") for year in years]
        self.fields["spring_registration"].help_text = "春季学期还没有定的，三个日期都先不填。"

    def clean(self) -> dict[str, Any]:
        """Ask for all three days of the spring term, or for none."""
        data: dict[str, Any] = super().clean() or {}
        names = [f"spring_{day}" for day in _DAYS]
        given = [name for name in names if data.get(name)]
        for name in names:
            if given and name not in given and name not in self.errors:
                self.add_error(name, "请填写日期；春季学期的三个日期要填就都填。")
        return data

    @property
    def entries(self) -> list[TermEntry]:
        """The terms as they were entered."""
        data = self.cleaned_data
        return [
            TermEntry(
                data["school_year"],
                name,
                data[f"{word}_first"],
                data[f"{word}_last"],
                data[f"{word}_registration"],
            )
            for word, name in _TERMS.items()
            if data[f"{word}_first"]
        ]


def initial_of(entries: Iterable[TermEntry]) -> dict[str, Any]:
    """The form's values of terms on record."""
    words = {name: word for word, name in _TERMS.items()}
    found: dict[str, Any] = {}
    for entry in entries:
        word = words[entry.name]
        found |= {
            "school_year": entry.school_year,
            f"{word}_registration": entry.registration_day,
            f"{word}_first": entry.first_day,
            f"{word}_last": entry.last_day,
        }
    return found


class ArrangementForm(GroundsForm):
    """The holidays of a year: the text of the notice, and the days ticked in the calendar.

    A ticked Monday to Friday is off, a ticked Saturday or Sunday is worked.
    """

    text = forms.CharField(
        label="通知的文字",
        required=False,
        max_length=5000,
        help_text="从“一、元旦：”到“七、国庆节：……上班。”整段复制过来，按“读取通知”。",
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    days = forms.TypedMultipleChoiceField(
        label="放假和调休上班的日子", required=False, coerce=date.fromisoformat
    )

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        hint = f"例如：国办发明电〔{year - 1}〕×号 国务院办公厅关于{year}年部分节假日安排的通知。"
        super().__init__(*args, paper_hint=hint, **kwargs)
        field: Any = self.fields["days"]
        span = days_between(date(year - 1, 12, 1), date(year, 12, 31))
        field.choices = [(day.isoformat(), day.isoformat()) for day in span]
