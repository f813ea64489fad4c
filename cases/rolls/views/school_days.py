"""停课、补课: the county enters suspended and made-up days. Past rolls are counted again."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cases.actions.context import Contexts
from cases.recount.deadlines import redate_school
from cases.recount.school_days import follow_school
from foundation.accounts.actions import Refused
from foundation.accounts.models import Unit, UnitKind
from foundation.accounts.requests import doer_of, needs
from foundation.accounts.roles import Right
from foundation.pages.reasons import ReasonField
from students.attendance.actions import mark_followed
from students.calendars.actions import set_override
from students.calendars.terms import school_year_of

COUNTY = "county"
_DATE = {"invalid": "请填写日期，如2025-09-12。"}


class SchoolDaysForm(forms.Form):
    """Which days of which school are suspended or taught, and why."""

    where = forms.ChoiceField(label="范围", error_messages={"required": "请选择学校或全县。"})
    held = forms.ChoiceField(
        label="安排",
        choices=[("no", "停课"), ("yes", "补课（上课）")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择停课或补课。"},
    )
    first = forms.DateField(
        label="开始日期",
        error_messages={"required": "请填写开始日期。", **_DATE},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    last = forms.DateField(
        label="结束日期",
        help_text="只有一天的，与开始日期相同。",
        error_messages={"required": "请填写结束日期。", **_DATE},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = ReasonField(
        label="原因",
        help_text="例如：暴雨停课（县应急指挥部通知）。",
        max_length=200,
        error_messages={"required": "请填写停课或补课的原因。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, county_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["where"]
        schools = Unit.objects.filter(county_id=county_id, kind=UnitKind.SCHOOL).order_by("name")
        # The whole county must be chosen. It is never preset.
        field.choices = [("", "请选择"), (COUNTY, "全县各校")]
        field.choices += list(schools.values_list("pk", "name"))

    def clean_where(self) -> Unit | None:
        """The school, or None for the whole county."""
        where = self.cleaned_data["where"]
        return None if where == COUNTY else Unit.objects.get(pk=where)


@needs(Right.MANAGE_CALENDAR)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Any) -> HttpResponse:
    """Enters suspended or taught days, past ones too; 422 keeps everything entered."""
    county_id = request.viewer.posts_with(Right.MANAGE_CALENDAR)[0].county_id
    form = SchoolDaysForm(request.POST or None, county_id=county_id)
    if request.method == "POST" and form.is_valid() and _enter(request, form, county_id):
        year = school_year_of(form.cleaned_data["first"])
        return redirect(f"{reverse('calendars:school_year')}?year={year}")
    status = 422 if request.method == "POST" else 200
    return render(request, "calendars/school_days.html", {"form": form}, status=status)


def _enter(request: Any, form: SchoolDaysForm, county_id: int) -> bool:
    """Write the days. One school is counted again at once, a county by the sweep within minutes."""
    data, doer = form.cleaned_data, doer_of(request)
    school, days = data["where"], (data["first"], data["last"])
    county = Unit.objects.get(pk=county_id)
    try:
        rows = set_override(
            doer,
            county,
            days,
            data["held"] == "yes",
            data["reason"],
            school,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    words = "已登记。以前日期的缺勤和个案，几分钟内按新的校历重新计算。"
    if school is not None:
        contexts = Contexts(doer.today, doer.now, doer.origin)
        touched = follow_school(school.pk, [row.day for row in rows], contexts)
        mark_followed([row.pk for row in rows], contexts.now)
        redate_school(school.pk, contexts)
        words = f"已登记，并按新的校历重新核算了{touched}名学生的缺勤。"
    messages.success(request, words)
    return True
