"""Forms of papers: a reason, a day, the receipt of a service, the fields of a draft."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from foundation.files.forms import EvidenceFileField
from foundation.pages.reasons import ReasonField
from foundation.pages.substance import SHORT, is_hollow
from foundation.papers.models import Paper, Service
from foundation.papers.rules.merging import DAY, PHONE, RECEIVER, MergeField
from foundation.papers.rules.service import METHODS, ServiceEntry

_SHORT, _LONGEST = 100, 2000
_NAME = r"^[\u4e00-\u9fa5A-Za-z·• ]{2,20}$"
_PHONE = r"^[0-9][0-9 \-－—()（）转]{5,24}$"
_STRANGER = "“%(value)s”不是登记的监护人，请从列出的人里选。"
_DAY = r"^20\d{2}年(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日$"
_NO_DAY = "请照这个样子填写日期：2025年9月25日。"
_NO_PHONE = "请填写电话号码，例如：0883-1234567。"


class PaperReasonForm(forms.Form):
    """Why a paper is sent back, given up, voided, or its performance taken back."""

    reason = ReasonField(label="原因", max_length=200, error_messages={"required": "请填写原因。"})


class ScanForm(forms.Form):
    """The signed sheet of a paper, a page or several; ``asks`` why it replaces what is there."""

    pages = EvidenceFileField(
        label="签字扫描件",
        required=True,
        help_text="签好字的文书，按页拍照或选择 PDF，单个不超过10 MB。",
    )

    def __init__(self, *args: Any, asks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["reason"] = PaperReasonForm.base_fields["reason"]


class PerformanceForm(forms.Form):
    """On which day what the paper demands was done."""

    day = forms.DateField(
        label="履行日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写履行日期。"},
    )


class DraftForm(forms.Form):
    """The fields of a draft that are typed by hand."""

    def __init__(self, *args: Any, paper: Paper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {f"f{n}": one for n, one in enumerate(typed_of(paper))}
        names = list(dict.fromkeys(paper.definition.receivers(paper)))
        for key, one in self.names.items():
            self.fields[key] = field_of(one, paper.values.get(one.name, ""), names)

    @property
    def values(self) -> dict[str, str]:
        """What was typed, by the names of the fields."""
        return {one.name: self.cleaned_data[key].strip() for key, one in self.names.items()}


def field_of(field: MergeField, value: str, names: list[str]) -> forms.Field:
    """The form's field of what is typed by hand; ``names`` are those who may sign for it."""
    words: dict[str, Any] = {"label": field.name, "required": field.required, "initial": value}
    asked = {"required": f"请填写{field.name}。"}
    if field.choices:
        choices = [("", "请选择"), *((one, one) for one in field.choices)]
        return forms.ChoiceField(choices=choices, error_messages=asked, **words)
    if field.holds == RECEIVER and names:
        choices = [("", "请选择"), *((one, one) for one in names)]
        return forms.ChoiceField(
            choices=choices, error_messages=asked | {"invalid_choice": _STRANGER}, **words
        )
    if field.holds == RECEIVER:
        return forms.RegexField(
            _NAME, max_length=20, error_messages=asked | {"invalid": "请填写姓名。"}, **words
        )
    if field.holds == PHONE:
        return forms.RegexField(_PHONE, error_messages=asked | {"invalid": _NO_PHONE}, **words)
    if field.holds == DAY:
        return forms.RegexField(_DAY, error_messages=asked | {"invalid": _NO_DAY}, **words)
    return forms.CharField(
        max_length=_LONGEST if field.long else _SHORT,
        error_messages=asked,
        validators=[_says_something],
        widget=forms.Textarea({"rows": 4}) if field.long else forms.TextInput,
        **words,
    )


def _says_something(words: str) -> None:
    """A court reads it: 无 and 不详 say nothing, an empty line says that nothing is known."""
    if is_hollow(words, SHORT):
        raise forms.ValidationError(f"“{words.strip()[:20]}”没有说明情况，请写明；不知道的不填。")


def typed_of(paper: Paper) -> list[Any]:
    """The fields of the paper's kind that are typed by hand, without those that are a fact."""
    known = paper.definition.knows(paper)
    return [one for one in paper.definition.fields if one.typed and one.name not in known]


OTHER = "other"  # somebody else took it


def _words(label: str, most: int = 100, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **more)


class ServiceForm(forms.Form):
    """The 送达回证 as it was filled in (T04)."""

    method = forms.ChoiceField(
        label="送达方式",
        choices=[(one.value, words) for one, words in METHODS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择送达方式。"},
    )
    day = forms.DateField(
        label="送达日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写送达日期。"},
    )
    time = forms.TimeField(
        label="送达时间",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "请填写送达时间。"},
    )
    place = _words("送达地点", error_messages={"required": "请填写送达地点。"})
    first_server = _words("送达人一", 30, error_messages={"required": "送达人要填两名。"})
    second_server = _words("送达人二", 30, error_messages={"required": "送达人要填两名。"})
    received_by = _words("签收人", 30, required=False, help_text="直接送达、委托送达的必填。")
    other = _words("代收人姓名", 30, required=False, help_text="签收人选“由别人代收”的才填。")
    relation = _words(
        "与受送达人的关系", 30, required=False, help_text="本人签收的不填；别人代收的必填。"
    )
    refusal = _words("拒收情况", required=False, help_text="留置送达的必填。")
    witness = _words("见证人", 60, required=False, help_text="留置送达的必填。")
    remark = _words("备注", 200, required=False)
    proofs = EvidenceFileField(
        label="送达回证的照片或扫描件",
        help_text="签好的送达回证，可拍照或选择 PDF，单个不超过10 MB。",
    )

    def __init__(self, *args: Any, paper: Paper, asks: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper
        self.fields["proofs"].required = not asks
        self._offer(list(dict.fromkeys(paper.definition.receivers(paper))))
        if asks:
            self.fields["reason"] = PaperReasonForm.base_fields["reason"]

    def _offer(self, names: list[str]) -> None:
        """Let the signatory be chosen from those who are known; whoever else took it is typed."""
        if not names:
            del self.fields["other"]
            return
        known = [(name, name) for name in names]
        self.fields["received_by"] = forms.ChoiceField(
            label="签收人",
            choices=[("", "请选择"), *known, (OTHER, "由别人代收")],
            required=False,
            help_text="直接送达、委托送达的必填。",
        )
        earlier = self.initial.get("received_by")
        if earlier and earlier not in names:
            self.initial.update(received_by=OTHER, other=earlier)

    @property
    def entry(self) -> ServiceEntry:
        """The receipt as the act takes it."""
        data = self.cleaned_data
        at = timezone.make_aware(datetime.combine(data["day"], data["time"]))
        servers = (data["first_server"], data["second_server"])
        if data["received_by"] == OTHER:
            data = {**data, "received_by": data["other"]}
        names = ("place", "received_by", "relation", "refusal", "witness", "remark")
        return ServiceEntry(
            method=data["method"], at=at, servers=servers, **{one: data[one] for one in names}
        )


def initial_of(service: Service) -> dict[str, Any]:
    """An entry as the form shows it again."""
    at = timezone.localtime(service.served_at)
    names = "method place first_server second_server received_by relation refusal witness remark"
    told = {name: getattr(service, name) for name in names.split()}
    return {**told, "day": at.date(), "time": at.time()}
