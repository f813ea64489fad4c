"""The county's forms: a text from a day on, and a 代字 from a day on."""

from datetime import date
from typing import Any

from django import forms

from foundation.accounts.models import Unit, UnitKind
from foundation.papers.acts.texts import Ground
from foundation.papers.kinds import kinds_on
from foundation.papers.rules.merging import PaperWords

_PARTS = ("title", "addressee", "body", "note")


class GroundForm(forms.Form):
    """From which day, by which document, and why."""

    valid_from = forms.DateField(
        label="生效日期",
        help_text="今天或以后的一天。以前签发的文书不变。",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写生效日期。"},
    )
    source = forms.CharField(
        label="来源文件和文号",
        max_length=200,
        help_text="例如：县教体发〔2026〕15号。没有文件的，写会议名称和日期。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写来源文件和文号。"},
    )
    reason = forms.CharField(
        label="变更原因",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写变更的原因。"},
    )

    @property
    def ground(self) -> Ground:
        """As the act takes it."""
        data = self.cleaned_data
        return Ground(data["valid_from"], data["source"], data["reason"])


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "data-takes-field": ""})


class TextForm(GroundForm):
    """The text of a kind; each line is a paragraph."""

    title = forms.CharField(
        label="标题",
        max_length=200,
        widget=_area(2),
        help_text="长的可以分两行。",
        error_messages={"required": "请填写标题。"},
    )
    addressee = forms.CharField(
        label="主送", max_length=200, required=False, widget=_area(1), help_text="冒号不用写。"
    )
    body = forms.CharField(
        label="正文",
        max_length=6000,
        widget=_area(14),
        help_text="一行一段，段首不用空格；以“一、”开头的一行是小标题。",
        error_messages={"required": "请填写正文。"},
    )
    note = forms.CharField(
        label="附注", max_length=1000, required=False, widget=_area(3), help_text="印在日期下面。"
    )
    field_order = ("title", "addressee", "body", "note", "valid_from", "source", "reason")

    @property
    def words(self) -> PaperWords:
        """The text; lines end as the county's rows keep them."""
        data = self.cleaned_data
        return _words_of({name: data[name] for name in _PARTS})

    @property
    def typed_words(self) -> PaperWords:
        """The text as it was typed, right or wrong, for the preview."""
        return _words_of({name: str(self.data.get(name, ""))[:6000] for name in _PARTS})


def _words_of(told: dict[str, str]) -> PaperWords:
    lines = {name: text.replace("\r\n", "\n").strip() for name, text in told.items()}
    return PaperWords(lines["title"], lines["body"], lines["addressee"], lines["note"])


class WordForm(GroundForm):
    """The 代字 of a unit or of a kind."""

    of = forms.ChoiceField(label="单位或文书", error_messages={"required": "请选择单位或文书。"})
    word = forms.CharField(
        label="代字",
        max_length=8,
        help_text="1至8个汉字或字母。机关代字如“茂政”，文种代字如“限”。",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "请填写代字。"},
    )
    field_order = ("of", "word", "valid_from", "source", "reason")

    def __init__(self, *args: Any, county: Unit, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = (UnitKind.TOWNSHIP, UnitKind.SCHOOL, UnitKind.CENTRAL_SCHOOL)
        units = Unit.objects.filter(county=county, kind__in=kinds, is_open=True)
        field: Any = self.fields["of"]
        field.choices = [
            ("", "请选择"),
            *((f"kind:{one.code}", f"文书：{one.title}") for one in kinds_on(county.pk, today)),
            (f"unit:{county.pk}", str(county)),
            *((f"unit:{unit.pk}", str(unit)) for unit in units.order_by("kind", "name")),
        ]
