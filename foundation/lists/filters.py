"""What filters of lists share: fields that are drawn fast, and a month."""

from copy import copy
from functools import lru_cache
from html import escape
from typing import Any

import django_filters
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from foundation import clock

MOST_DRAWN = 128  # drop-downs that are kept written: the filters of a county's busiest lists


def selected(found: Any) -> Any:
    """The rows that a set of filters selects; none where the address cannot be read."""
    return found.qs if found.is_valid() or not found.is_bound else found.queryset.none()


def asked_of(found: Any) -> dict[str, str]:
    """What the address asks of a set of filters: their names and values, without empty ones."""
    return {name: value for name in found.filters if (value := found.data.get(name))}


class QuickSelect(forms.Select):
    """The drop-down of a QuickChoiceField, written at once.

    Django draws each option by a template, which takes a quarter of a page's time where there are
    two hundred schools to choose from.
    """

    choices: Any = ()

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element with its options."""
        built = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = frozenset(str(one) for one in self.format_value(value))
        return format_html("<select{}>{}</select>", flatatt(built), _options(self.choices, chosen))


class QuickChoiceField(forms.ChoiceField):
    """A choice among pairs of a key and its words, which are written down once.

    Django asks and copies them anew for the field, its widget and each form. Groups of options are
    not known to it.
    """

    widget = QuickSelect
    choices: Any = ()

    def __init__(self, *, choices: Any = (), empty_label: str = "", **more: Any) -> None:
        offered = tuple((str(key), str(label)) for key, label in choices)
        super().__init__(choices=(("", empty_label), *offered), **more)
        self.widget.choices = self.choices

    def __deepcopy__(self, memo: dict[int, Any]) -> "QuickChoiceField":
        """A copy for one form, with the same choices."""
        found: QuickChoiceField = super(forms.ChoiceField, self).__deepcopy__(memo)
        return found

    def valid_value(self, value: Any) -> bool:
        """Whether the key is among the choices."""
        return any(key == value for key, _ in self.choices)


@lru_cache(maxsize=MOST_DRAWN)
def _options(offered: tuple[tuple[str, str], ...], chosen: frozenset[str]) -> SafeString:
    """The options of a drop-down. The same schools are offered on page after page."""
    return mark_safe(
        "".join(
            f'<option value="{escape(key)}"{" selected" if key in chosen else ""}>'
            f"{escape(label)}</option>"
            for key, label in offered
        )
    )


class QuickText(forms.TextInput):
    """A field of text written at once, without the templates of an input and its attributes."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The element with its value."""
        told = {"type": self.input_type, "name": name}
        if (words := self.format_value(value)) is not None:
            told["value"] = words
        return format_html(
            "<input{}>", flatatt(self.build_attrs(told, {**self.attrs, **(attrs or {})}))
        )


class QuickHidden(QuickText):
    """A field that the address holds and nobody sees."""

    input_type = "hidden"


class SelectFilter(django_filters.ChoiceFilter):
    """A choice, asked for and drawn by a QuickChoiceField."""

    field_class = QuickChoiceField

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **{"empty_label": "全部", **more})

    def __deepcopy__(self, memo: dict[int, Any]) -> "SelectFilter":
        """A copy for one request: its own settings, not a copy of every option."""
        found = copy(self)
        found.extra = dict(self.extra)
        if self.method is not None:
            found.method = self.method  # bound to the filter that it is set on
        return found


class MonthFilter(django_filters.CharFilter):
    """A month, written as 2026-11."""

    field_class = forms.RegexField

    def __init__(self, **more: Any) -> None:
        super().__init__(
            regex=r"^20\d\d-(0[1-9]|1[0-2])$",
            error_messages={"invalid": "请填写月份，如2026-11。"},
            widget=QuickText({"type": "month", "placeholder": "2026-11"}),
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
