"""Our own words for what a form finds wrong, whoever wrote the form.

Django's own are written for programmers (选择一个有效的选项。 ZZ 不在可用的选项中。). They stand in
one place of each class of fields and validators, where every form finds them: ours, those of the
filters, and those of a library. A form with better words of its own keeps them.
"""

from collections.abc import Mapping

from django import forms
from django.core import validators

CHOOSE = "请在列出的选项中选择。"
FIELDS: Mapping[type[forms.Field], Mapping[str, str]] = {
    forms.Field: {"required": "请填写这一项。"},
    forms.IntegerField: {"invalid": "请填写整数。"},
    forms.FloatField: {"invalid": "请填写数字。"},
    forms.DecimalField: {"invalid": "请填写数字。"},
    forms.DateField: {"invalid": "请填写日期，如2026-09-01。"},
    forms.TimeField: {"invalid": "请填写时间，如08:30。"},
    forms.DateTimeField: {"invalid": "请填写日期和时间，如2026-09-01 08:30。"},
    forms.FileField: {
        "invalid": "没有收到文件，请重新选择。",
        "missing": "没有收到文件，请重新选择。",
        "empty": "文件是空的（0字节）。请检查是否选错了文件。",
        "max_length": "文件名太长（%(length)d个字，最多%(max)d个），请改短后再选。",
    },
    forms.ChoiceField: {"invalid_choice": CHOOSE},
    forms.TypedChoiceField: {"invalid_choice": CHOOSE},
    forms.MultipleChoiceField: {"invalid_choice": CHOOSE, "invalid_list": CHOOSE},
    forms.ModelChoiceField: {"invalid_choice": CHOOSE},
    forms.ModelMultipleChoiceField: {
        "invalid_list": CHOOSE,
        "invalid_choice": CHOOSE,
        "invalid_pk_value": CHOOSE,
    },
    forms.NullBooleanField: {"required": CHOOSE},
    forms.BooleanField: {"required": "请勾选这一项。"},
}
VALIDATORS: Mapping[type[validators.BaseValidator], str] = {
    validators.MaxLengthValidator: "最多%(limit_value)d个字，现在有%(show_value)d个，请删短。",
    validators.MinLengthValidator: "至少%(limit_value)d个字，现在只有%(show_value)d个。",
    validators.MaxValueValidator: "不能大于%(limit_value)s。",
    validators.MinValueValidator: "不能小于%(limit_value)s。",
}


def speak_plainly() -> None:
    """Put the words in place, before any form is made."""
    for field, words in FIELDS.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **words}
    for validator, one in VALIDATORS.items():
        validator.message = one
    validators.ProhibitNullCharactersValidator.message = "含有不能保存的字，请删去后重填。"
