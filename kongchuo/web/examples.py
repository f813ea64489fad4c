"""The page of examples: each part of the design system once, for who builds pages.

Served only where DEBUG is on, which no county's server is (settings.py).
"""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

DUE = {
    "overdue": "逾期 3 个工作日",
    "escalated": "逾期 5 个工作日·已上报",
    "today": "今日到期",
    "soon": "剩 2 天",
    "normal": "11月28日",
    "done": "已完成",
    "paused": "暂停：寒假",
}
TALLIES = (
    ("", "全部"),
    ("overdue", "逾期"),
    ("escalated", "已上报"),
    ("today", "今日到期"),
    ("soon", "临期"),
    ("done", "已完成"),
    ("paused", "暂停"),
)
CHAIN = (
    ("师", "done", "班主任已办"),
    ("校", "now", "学校办理中"),
    ("村", "late", "村委会逾期"),
    ("镇", "next", "乡镇人民政府"),
    ("县", "skipped", "县教育局"),
)
DAY = date(2025, 11, 12)


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="姓名", help_text="按户口簿填写。")
    kind = forms.ChoiceField(label="请假类型", choices=[("sick", "病假"), ("own", "事假")])
    day = forms.DateField(label="日期", widget=forms.DateInput(attrs={"type": "date"}))
    way = forms.ChoiceField(
        label="联系方式", choices=[("call", "电话"), ("visit", "上门")], widget=forms.RadioSelect
    )
    told = forms.BooleanField(label="已联系家长", required=False)
    paper = forms.FileField(label="附件", required=False)
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea)


class RowForm(forms.Form):
    """Choices side by side, for ``.choices-row``."""

    side = forms.ChoiceField(
        label="结果", choices=[("yes", "到校"), ("no", "未到")], widget=forms.RadioSelect
    )


def urls() -> list[URLPattern]:
    """The address of the page, where it is served."""
    return [path("examples/", login_not_required(page), name="examples")] if settings.DEBUG else []


def page(request: HttpRequest) -> HttpResponse:
    """Each part in each of its states, with invented words."""
    return render(request, "examples.html", _parts())


def _parts() -> dict[str, Any]:
    dues = [{"state": state, "words": words} for state, words in DUE.items()]
    return {
        "crumbs": [{"label": "云县", "url": "#main"}, {"label": "示例中学", "url": ""}],
        "dues": dues,
        "tallies": [
            {"label": words, "count": number, "url": "#states", "state": state}
            for number, (state, words) in enumerate(TALLIES)
        ],
        "filter": ExampleForm(prefix="filter"),
        "bad": ExampleForm({"kind": "sick", "way": "call", "day": "2025-09-31"}),
        "row": RowForm(),
        "page_obj": Paginator(range(500), 20).get_page(3),
        "facts": [("姓名", "张某某"), ("入学年月", "2023年9月"), ("村（居）", "示例村")],
        "chain": [
            {"level": level, "unit": "示例单位", "on": DAY, "state": state, "words": words}
            for level, state, words in CHAIN
        ],
        "events": [
            {"on": DAY, "title": "一件事", "who": "示例单位", "words": "说明", "tone": tone}
            for tone in ("", "clock", "late", "good")
        ],
        "job": {"title": "导入名册", "done": 800, "total": 1203, "finished": False},
    }
