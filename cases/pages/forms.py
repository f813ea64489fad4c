"""The form of an act, built from the fields of evidence. It checks input and writes nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from cases.policy import Act, ActRule
from cases.rules.codes import CAUSES, SENSITIVE_CAUSES
from cases.rules.contacts import DAY_AHEAD, PROMISE_PAST
from cases.rules.fields import FIELDS, MAY_BE_EMPTY, EvidenceField
from foundation.days import full_day_words
from foundation.files.forms import EvidenceFileField

_REQUIRED = {"required": "请填写{label}。", "invalid": "{label}格式不对。"}


class ActForm(forms.Form):
    """Asks for the act's evidence. Carries the version of the case that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self,
        rule: ActRule,
        today: date,
        *args: Any,
        sensitive: bool = False,
        township: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name in (*rule.evidence, *rule.optional):
            required = name in rule.evidence and name not in MAY_BE_EMPTY
            self.fields[name] = _input(name, FIELDS[name], required, sensitive)
        if township and "paper_no" in self.fields:
            word = "公复" if rule.act is Act.POLICE_REPLY else "政教限"
            example = f"{township[:1]}{word}〔{today.year}〕3号"
            self.fields["paper_no"].help_text = f"例如：{example}"
        if "occurred_on" in self.fields:
            self.fields["occurred_on"].initial = today

    def narrow(self, narrowed: Mapping[str, tuple[Mapping[str, str], str]]) -> None:
        """Offer only these choices, and say why of the others. What was sent is checked as ever."""
        for name, (choices, why) in narrowed.items():
            field: Any = self.fields[name]
            field.widget.choices = [("", "请选择"), *choices.items()]
            field.help_text = why

    def clean(self) -> dict[str, Any]:
        """Tell of days that cannot be at their fields, together with what else is wrong."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        day, promised = data.get("occurred_on"), data.get("promised_on")
        if day and day > self.today:
            self.add_error("occurred_on", DAY_AHEAD)
        if promised and promised < min(day or self.today, self.today):
            self.add_error("promised_on", PROMISE_PAST)
        return data

    def focus_first(self) -> None:
        """Let the first field that is seen have the focus when the page opens."""
        first = self.visible_fields()[0].field if self.visible_fields() else None
        if first is not None:
            first.widget.attrs["autofocus"] = True

    def bound(self, bounds: Mapping[str, tuple[date, date]]) -> None:
        """Say between which days an answer lies. What was sent is checked by the act as ever."""
        for name, (first, last) in bounds.items():
            field: Any = self.fields[name]
            field.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
            field.help_text = f"{full_day_words(first)}至{full_day_words(last)}之间。"

    @property
    def evidence(self) -> dict[str, Any]:
        """The cleaned evidence, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class OnePaperField(EvidenceFileField):
    """One file of evidence, as a list of one or none."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Refuses several: an act has one paper, of several pages if need be."""
        files = super().clean(data, initial)
        if len(files) > 1:
            raise forms.ValidationError("请只上传一个文件；多页的请合成一个 PDF。")
        return files


def _input(name: str, field: EvidenceField, required: bool, sensitive: bool) -> forms.Field:
    common: dict[str, Any] = {
        "label": field.label,
        "help_text": field.help,
        "required": required,
        "error_messages": {k: v.format(label=field.label) for k, v in _REQUIRED.items()},
    }
    if field.kind == "day":
        return forms.DateField(widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), **common)
    if field.kind == "time":
        return forms.TimeField(widget=forms.TimeInput({"type": "time"}, "%H:%M"), **common)
    if field.kind == "paper":
        return OnePaperField(required=required, label=field.label, help_text=field.help)
    if field.kind == "flag":
        return forms.BooleanField(**{**common, "required": False})
    if field.kind == "choice":
        return _choice(name, field, common, sensitive)
    if field.kind == "chips":
        chips = list(field.choices.items())
        return forms.ChoiceField(choices=chips, widget=forms.RadioSelect, **common)
    widget = forms.Textarea({"rows": 3}) if field.kind == "text" else forms.TextInput()
    return forms.CharField(max_length=field.most, widget=widget, **common)


def _choice(
    name: str, field: EvidenceField, common: Mapping[str, Any], sensitive: bool
) -> forms.ChoiceField:
    choices = dict(field.choices)
    if name == "cause" and not sensitive:
        # Only county and head teacher may choose 信教, 怀孕, 涉案 (design 4, Sensitive causes).
        choices = {code: words for code, words in CAUSES.items() if code not in SENSITIVE_CAUSES}
    return forms.ChoiceField(choices=[("", "请选择"), *choices.items()], **common)
