"""案卷目录: what a court asks for; every material of the case by day, without a word of it."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case
from cases.papers.index import materials_of
from cases.policy import Act
from foundation.papers.models import Paper
from tests.browsing import client_of, page
from tests.cases.orders import serve
from tests.cases.steps import do, reach
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cast: Cast, case: Case, on: Any) -> Case:
    """Three visits of the township, and an order that was served."""
    do(cast, case, Act.REGISTER, "registrar", date(2025, 9, 19))
    reach(cast, case, "D4")
    for day in (25, 26, 28):
        do(cast, case, Act.CONTACT, "township_officer", date(2025, 9, day), method="visit")
    serve(cast, case, date(2025, 9, 29))
    on(date(2025, 9, 29))
    return case


def test_it_lists_what_was_done_by_day(told: Case) -> None:
    lines = [(one.title, f"{one.day:%m-%d}", one.unit, one.note) for one in materials_of(told)]
    assert lines == [
        ("登记入册", "09-19", "东镇中学", ""),
        ("劝返记录（第1次）", "09-25", "东镇人民政府", "入户，当面"),
        ("劝返记录（第2次）", "09-26", "东镇人民政府", "入户，当面"),
        ("劝返记录（第3次）", "09-28", "东镇人民政府", "入户，当面"),
        ("限期复学通知书", "09-29", "东镇人民政府", ""),
        ("送达回证", "09-29", "东镇人民政府", "直接送达"),
    ]


def test_the_page_leads_to_what_the_reader_may_open(cast: Cast, told: Case) -> None:
    url = reverse("file_index", args=[told.number])
    own = reverse("papers:paper", args=[Paper.objects.get().pk])
    clerk = page(client_of(cast.person("township_officer")).get(url))
    assert "东政教限〔2025〕1号" in clerk
    assert own in clerk
    assert "共 6 件" in clerk
    teacher = page(client_of(cast.person("class_teacher")).get(url))
    assert "东政教限〔2025〕1号" in teacher
    assert own not in teacher
    assert "说明义务教育法要求" not in clerk


def test_a_reader_of_masked_names_reads_the_index_without_the_name(cast: Cast, told: Case) -> None:
    shown = page(
        client_of(cast.person("supervisor")).get(reverse("file_index", args=[told.number]))
    )
    assert "张**" in shown
    assert "张小明" not in shown


def test_a_void_order_stays_in_the_file(cast: Cast, told: Case) -> None:
    Paper.objects.update(state="void", voided_on=date(2025, 9, 29))
    [order] = [one for one in materials_of(told) if one.title == "限期复学通知书"]
    assert order.note == "已作废"
    [receipt] = [one for one in materials_of(told) if one.title == "送达回证"]
    assert receipt.note == "直接送达，文书已作废"
