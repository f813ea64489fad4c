"""The form that asks for the month of a return."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from reporting.figures.months import ReturnMonth, months_back

OFFERED = 13  # the running month and the twelve before it
LAST_MONTH_UNTIL = 10  # day of the month


class OrderForm(forms.Form):
    """Which month to build."""

    month = forms.ChoiceField(
        label="所属月份", error_messages={"invalid_choice": "请在列出的月份中选择。"}
    )

    def __init__(self, *args: Any, today: date, offered: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)
        # Any recent month may be asked for, and is refused with its reason; only those that can be
        # built are offered.
        field.choices = _choices(months_back(today, OFFERED))
        field.widget.choices = _choices(offered)
        field.initial = _expected(today, offered)

    def clean_month(self) -> date:
        """The first day of the chosen month."""
        return date.fromisoformat(self.cleaned_data["month"])


def _choices(months: Iterable[date]) -> list[tuple[str, str]]:
    return [(first.isoformat(), ReturnMonth(first, first).words) for first in months]


def _expected(today: date, offered: Sequence[date]) -> str:
    """The running month; early in it the month before, whose return is still expected."""
    running, previous = months_back(today, 2)
    wanted = previous if today.day <= LAST_MONTH_UNTIL else running
    return wanted.isoformat() if wanted in offered else ""
