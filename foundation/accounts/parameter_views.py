"""The page of the county's parameters, for everybody who is bound by them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from foundation import clock
from foundation.accounts.parameters import SPECS, Spec
from foundation.accounts.querysets import parameter_rows_on
from foundation.accounts.requests import Request

_WORDS = {
    True: "是",
    False: "否",
    "working_day": "工作日（按国务院节假日安排）",
    "literal_weekday": "不含周六、周日",
    "school_day": "上课日（按校历）",
    "last_working_day": "当月最后一个工作日",
    "hukou": "户籍地",
}


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A parameter as the page shows it; ``since`` is empty where the county has set none."""

    spec: Spec
    value: str
    since: date | None
    source: str


@require_safe
def page(request: Request) -> HttpResponse:
    county_id = request.viewer.county_id
    if county_id is None:
        raise PermissionDenied
    rows = parameter_rows_on(county_id, clock.today())
    lines = [_line(spec, rows) for spec in SPECS if spec.is_read]
    return render(request, "people/parameters.html", {"lines": lines})


def _line(spec: Spec, rows: dict[str, Any]) -> ParameterLine:
    row = rows.get(spec.code)
    value = row.value if row else spec.default
    return ParameterLine(
        spec, _words(value), row.valid_from if row else None, row.source if row else spec.source
    )


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return "，".join(f"{_STAGES.get(key, key)} {number}" for key, number in value.items())
    if isinstance(value, list):
        return "、".join(str(one) for one in value)
    return str(_WORDS.get(value, value)) if isinstance(value, (bool, str)) else str(value)


_STAGES = {"1": "小学", "2": "初中"}
