"""The forms of an order: its values before it is signed, and its service (T03, T04)."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from cases.models import Case
from cases.papers.order_words import ADDRESS, COMPUTED, FIELDS, ID_NO, PHONE
from cases.rules.signatories import is_stranger, is_unsaid
from cases.rules.substance import is_nameless
from foundation.days import month_words
from foundation.files.forms import EvidenceFileField
from foundation.papers.forms import field_of
from foundation.papers.rules.merging import MergeField
from foundation.papers.rules.service import METHODS, ServiceEntry, ServiceMethod
from students.roster.rules.ids import complaint_about

OTHER, CHILD_OF = "other", "子女"
BIRTH, LEFT = "出生年月", "离校日期"
A_YEAR = timedelta(days=400)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_ASK = {"required": "请填写{label}。", "invalid": "{label}格式不对。"}
_HELP = {
    ID_NO: "不知道的可以不填。",
    ADDRESS: "取自学籍档案，只印在通知书上。",
    PHONE: "乡镇经办人的电话，监护人收到通知书后可以打。",
}


def _day_in(words: str) -> date | None:
    """The day of words such as 2025年9月25日; None where they name none."""
    found = _DAY.fullmatch(words.strip())
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _errors(label: str) -> dict[str, str]:
    return {code: words.format(label=label) for code, words in _ASK.items()}


class OrderValuesForm(forms.Form):
    """The values of an order that the clerk may correct. What is counted is not asked."""

    def __init__(self, case: Case, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.today = case, today
        guardians = list(dict.fromkeys(one.name for one in case.child.guardians.all()))
        for one in FIELDS:
            if one.name not in COMPUTED:
                self.fields[one.name] = self._made(one, guardians)

    def _made(self, field: MergeField, guardians: list[str]) -> forms.Field:
        if field.name == CHILD_OF:
            choices = [(one, one) for one in ("子", "女", "被监护人")]
            wrong = "请选择子、女或者被监护人。"
            errors = {"required": wrong, "invalid_choice": wrong}
            return forms.ChoiceField(label=CHILD_OF, choices=choices, error_messages=errors)
        made = field_of(field, "", guardians)
        made.help_text = _HELP.get(field.name, "")
        return made

    def clean(self) -> dict[str, Any]:
        """The number of the guardian is one, if it is given; birth and leaving are the child's."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_facts(data)
        number = str(data.get(ID_NO, "")).upper()
        if number and (complaint := complaint_about(number)):
            self.add_error(ID_NO, f"{complaint}。")
        return data

    def _check_facts(self, data: Mapping[str, Any]) -> None:
        born_on = self.case.child.born_on
        known = month_words(born_on) if born_on else ""
        if known and data.get(BIRTH) and data[BIRTH].strip() != known:
            words = f"学籍记录是{known}，两者不符。记录错了的，请学校先更正名册。"
            self.add_error(BIRTH, words)
        left = _day_in(data.get(LEFT, ""))
        if left is not None and left > self.today:
            self.add_error(LEFT, "离校日期不能晚于今天，请核对。")
        elif left is not None and left < self.case.away_from - A_YEAR:
            self.add_error(LEFT, "离校日期在缺勤以前一年多，请核对年份。")

    @property
    def values(self) -> Mapping[str, str]:
        """The values by the names of the fields."""
        return {name: str(one).strip() for name, one in self.cleaned_data.items()}


class OrderServiceForm(forms.Form):
    """What the 送达回证 says. The signatory is chosen from the child's guardians."""

    method = forms.ChoiceField(
        label="送达方式",
        choices=list(METHODS.items()),
        help_text="公告送达的，公告期满才算送达，日期填期满的那一天。",
    )
    day = forms.DateField(
        label="送达日期",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        error_messages=_errors("送达日期"),
        help_text="限期从这一天起算：邮寄的填签收的日期。",
    )
    time = forms.TimeField(
        label="送达时间",
        widget=forms.TimeInput({"type": "time"}, "%H:%M"),
        error_messages=_errors("送达时间"),
    )
    place = forms.CharField(label="送达地点", max_length=100, error_messages=_errors("送达地点"))
    first_server = forms.CharField(label="送达人", max_length=30, error_messages=_errors("送达人"))
    second_server = forms.CharField(
        label="另一名送达人", max_length=30, error_messages=_errors("另一名送达人")
    )
    signatory = forms.ChoiceField(
        label="签收人", required=False, help_text="直接、邮寄、委托送达的必填。"
    )
    name = forms.CharField(
        label="代收人姓名",
        max_length=30,
        required=False,
        help_text="签收人选「由别人代收」的才填。",
    )
    relation = forms.CharField(
        label="代收人与受送达人的关系",
        max_length=20,
        required=False,
        help_text="例如：同住的祖母、所在村民小组组长。",
    )
    refusal = forms.CharField(
        label="拒收情况",
        max_length=200,
        required=False,
        help_text="留置送达的必填：谁拒收、怎么说的、文书留在哪里。",
    )
    witness = forms.CharField(
        label="见证人",
        max_length=50,
        required=False,
        help_text="留置送达的必填：姓名和身份，例如：李某某，村委会委员。",
    )
    remark = forms.CharField(label="备注", max_length=200, required=False)
    proofs = EvidenceFileField(
        label="送达回证的照片或扫描件",
        required=True,
        help_text="签好的送达回证，可拍照或选择 PDF，单个不超过10 MB。",
    )

    def __init__(self, case: Case, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guardians = {str(one.pk): one for one in case.child.guardians.all()}
        signatory: Any = self.fields["signatory"]
        known = [(pk, _called(one.name, one.relation)) for pk, one in self.guardians.items()]
        signatory.choices = [("", "请选择"), *known, (OTHER, "由别人代收")]
        self.fields["day"].widget.attrs["max"] = today.isoformat()

    def clean(self) -> dict[str, Any]:
        """What belongs to the method is asked at its field."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        method, signatory = data.get("method"), data.get("signatory")
        if method not in (ServiceMethod.LEFT, ServiceMethod.NOTICE):
            self._check_signatory(signatory, data)
        for name in ("refusal", "witness"):
            if method == ServiceMethod.LEFT and is_nameless(data.get(name, "")):
                self.add_error(name, f"留置送达的请写明{self.fields[name].label}。")
        return data

    def _check_signatory(self, signatory: str | None, data: Mapping[str, Any]) -> None:
        if not signatory:
            self.add_error("signatory", "请选择签收人；拒收的，送达方式请选留置送达。")
        if signatory != OTHER:
            return
        if is_stranger(data.get("name", "")):
            self.add_error("name", "由别人代收的请写明代收人姓名，不写称呼。")
        if is_unsaid(data.get("relation", "")):
            self.add_error("relation", "由别人代收的请写明代收人与受送达人的关系。")

    @property
    def entry(self) -> ServiceEntry:
        """The service as the engine takes it."""
        data = self.cleaned_data
        name, relation = self._received_by()
        is_left = data["method"] == ServiceMethod.LEFT
        return ServiceEntry(
            method=data["method"],
            at=timezone.make_aware(datetime.combine(data["day"], data["time"])),
            place=data["place"],
            servers=(data["first_server"], data["second_server"]),
            received_by=name,
            relation=relation,
            refusal=data["refusal"] if is_left else "",
            witness=data["witness"] if is_left else "",
            remark=data["remark"],
        )

    def _received_by(self) -> tuple[str, str]:
        data = self.cleaned_data
        if data["method"] in (ServiceMethod.LEFT, ServiceMethod.NOTICE):
            return "", ""
        guardian = self.guardians.get(data["signatory"])
        if guardian is not None:
            return guardian.name, guardian.relation
        return data["name"], data["relation"]


class OrderServiceCorrectionForm(OrderServiceForm):
    """The service entered anew, with the reason; photos of before stay where none is added."""

    reason = forms.CharField(
        label="更正的原因",
        max_length=200,
        error_messages=_errors("更正的原因"),
        help_text="例如：送达日期录错，以送达回证为准。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proofs"].required = False


def _called(name: str, relation: str) -> str:
    return f"{name}（{relation}）" if relation else name
