"""The form by which the village of a child's hukou is settled."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import QuerySet

from foundation.accounts.models import Unit

# What shows where a hukou is, as the audit row names it.
BASES = ("户口簿", "公安机关回复", "村（居）委会证明", "乡镇核对的名单")


class HomeForm(forms.Form):
    """Asks for the village of the hukou and for the paper that shows it."""

    village = forms.ModelChoiceField(
        Unit.objects.none(),
        label="户籍村（居）",
        empty_label="请选择",
        error_messages={"required": "请选择户籍所在的村（居）。"},
    )
    basis = forms.ChoiceField(
        label="依据",
        choices=[("", "请选择"), *((one, one) for one in BASES)],
        help_text="核对的是哪一种材料。",
        error_messages={"required": "请选择依据的材料。"},
    )

    def __init__(self, *args: Any, villages: QuerySet[Unit], **more: Any) -> None:
        super().__init__(*args, **more)
        field: Any = self.fields["village"]
        field.queryset = villages.select_related("parent").order_by("parent__name", "name")
        groups = groupby(field.queryset, key=lambda village: str(village.parent))
        field.choices = [
            ("", "请选择"),
            *((town, [(one.pk, str(one)) for one in some]) for town, some in groups),
        ]
