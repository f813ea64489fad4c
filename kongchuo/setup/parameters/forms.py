"""The form of a new value: its field depends on the parameter."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms

from foundation.accounts.actions import NewValue
from foundation.accounts.parameters import Spec
from foundation.accounts.values import EARLIEST, LATEST, PER_CENT, STAGES, unit_of

PENALTIES = "penalty_module"


class WithdrawalForm(forms.Form):
    """Why a value is withdrawn."""

    reason = forms.CharField(
        label="撤回原因",
        max_length=200,
        error_messages={"required": "请填写撤回的原因。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ParameterForm(forms.Form):
    """A value from a day on, with the paper it comes from and the reason."""

    valid_from = forms.DateField(
        label="生效日期",
        help_text="今天或以后的一天。",
        error_messages={"required": "请填写生效日期。"},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(
        label="来源文件和文号",
        max_length=200,
        help_text="例如：县教体发〔2026〕15号。没有文件的，写会议名称和日期。",
        error_messages={"required": "请填写来源文件和文号。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="变更原因",
        max_length=200,
        error_messages={"required": "请填写变更的原因。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, spec: Spec, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.spec = spec
        self._names = list(_fields_of(spec))
        self.fields |= _fields_of(spec)
        self.order_fields([*self._names])

    @property
    def new_value(self) -> NewValue:
        """The value as it was entered, as the table keeps it."""
        data = self.cleaned_data
        return NewValue(
            self.spec, self._value(), data["valid_from"], data["source"], data["reason"]
        )

    def _value(self) -> Any:
        data = self.cleaned_data
        if self.spec.field == PENALTIES:
            return data["basis"].strip() if data["is_on"] else False
        if isinstance(self.spec.default, dict):
            return {key: int(data[f"line_{key}"] * PER_CENT) for key in self.spec.default}
        value = data["value"]
        return value.strftime("%H:%M") if self.spec.field == "roll_cutoff" else value


def initial_of(spec: Spec, value: Any) -> dict[str, Any]:
    """The form's values of the value in force."""
    if isinstance(value, dict):
        return {f"line_{key}": Decimal(number) / PER_CENT for key, number in value.items()}
    if spec.field == PENALTIES:
        return {"is_on": str(bool(value)), "basis": value or ""}
    if isinstance(value, list):
        return {"value": value}
    return {"value": str(value) if spec.choices else value}


def _fields_of(spec: Spec) -> dict[str, forms.Field]:
    if spec.field == PENALTIES:
        return _of_penalties()
    if isinstance(spec.default, dict):
        return {f"line_{key}": _per_cent(spec, f"{STAGES[key]}（%）") for key in spec.default}
    if isinstance(spec.default, list):
        return {"value": _several(spec)}
    if spec.choices:
        return {"value": _choice(spec)}
    if spec.field == "roll_cutoff":
        return {"value": _hour()}
    unit = unit_of(spec)
    return {
        "value": forms.IntegerField(
            label=f"新的取值（{unit}）" if unit else "新的取值",
            min_value=spec.least,
            max_value=spec.most,
            help_text=f"{spec.least}至{spec.most}。",
            error_messages=_range(spec.least, spec.most),
        )
    }


def _of_penalties() -> dict[str, forms.Field]:
    """On or off; on only with the county's legal basis, of which nothing is filled in (N10, Q9)."""
    return {
        "is_on": forms.TypedChoiceField(
            label="是否开通",
            choices=[("False", "不开通"), ("True", "开通")],
            coerce=lambda value: value == "True",
            widget=forms.RadioSelect,
            error_messages={"required": "请选择是否开通。"},
        ),
        "basis": forms.CharField(
            label="法律依据",
            required=False,
            max_length=500,
            widget=forms.Textarea({"rows": 3}),
            help_text="开通的必填：法律、法规或者规章的名称和条款，由县里核实仍然有效后填写。",
        ),
    }


def _choice(spec: Spec) -> forms.Field:
    values = {str(value): value for value, _ in spec.choices}
    coerce: Callable[[Any], Any] = values.__getitem__
    return forms.TypedChoiceField(
        label="新的取值",
        choices=[(str(value), words) for value, words in spec.choices],
        coerce=coerce,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择新的取值。"},
    )


def _several(spec: Spec) -> forms.Field:
    return forms.MultipleChoiceField(
        label="新的取值",
        required=False,
        choices=spec.choices,
        help_text="可以选几项；一项也不选，就是没有。",
        widget=forms.CheckboxSelectMultiple,
    )


def _hour() -> forms.Field:
    return forms.TimeField(
        label="新的时刻",
        help_text=f"{EARLIEST:%H:%M}至{LATEST:%H:%M}。",
        error_messages={"required": "请填写时刻。"},
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def _per_cent(spec: Spec, label: str) -> forms.Field:
    most = Decimal(spec.most) / PER_CENT
    return forms.DecimalField(
        label=label,
        min_value=Decimal(spec.least) / PER_CENT,
        max_value=most,
        decimal_places=2,
        error_messages=_range(0, most),
    )


def _range(least: Any, most: Any) -> dict[str, str]:
    words = f"请填写{least}至{most}之间的数。"
    return {"required": words, "invalid": words, "min_value": words, "max_value": words}
