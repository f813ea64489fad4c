"""The form that asks for the month of a return."""

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

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = months_back(today, OFFERED)
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(first.isoformat(), ReturnMonth(first, first).words) for first in months]
        # Until this day of the month the return of the previous month is still expected.
        field.initial = months[1 if today.day <= LAST_MONTH_UNTIL else 0].isoformat()

    def clean_month(self) -> date:
        """The first day of the chosen month."""
        return date.fromisoformat(self.cleaned_data["month"])
