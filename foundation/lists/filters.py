"""What filters of lists share: a drop-down that is drawn fast, and a month."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from foundation import clock


class QuickSelect(forms.Select):
    """A drop-down written at once.

    Django draws each option by a template, which takes a quarter of a page's time where there are
    two hundred schools to choose from.
    """

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element with its options."""
        built = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = {str(one) for one in self.format_value(value)}
        options = format_html_join(
            "", '<option value="{}"{}>{}</option>', _options(self.choices, chosen)
        )
        return format_html("<select{}>{}</select>", flatatt(built), options)


def _options(choices: Iterable[Any], chosen: set[str]) -> Iterable[tuple[str, str, Any]]:
    for value, label in choices:
        key = "" if value is None else str(value)
        yield key, mark_safe(" selected") if key in chosen else "", label


class SelectFilter(django_filters.ChoiceFilter):
    """A choice, drawn by QuickSelect. Groups of options are not known to it."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"widget": QuickSelect, "empty_label": "全部", **more})


class MonthFilter(django_filters.CharFilter):
    """A month, written as 2026-11."""

    field_class = forms.RegexField

    def __init__(self, **more: Any) -> None:
        super().__init__(
            regex=r"^20\d\d-(0[1-9]|1[0-2])$",
            error_messages={"invalid": "请填写月份，如2026-11。"},
            widget=forms.TextInput({"type": "month", "placeholder": "2026-11"}),
            **more,
        )

    @property
    def field(self) -> forms.Field:
        """The field; its example is the month of today."""
        found: forms.Field = super().field
        month = f"{clock.today():%Y-%m}"
        found.error_messages["invalid"] = f"请填写月份，如{month}。"
        found.widget.attrs["placeholder"] = month
        return found
