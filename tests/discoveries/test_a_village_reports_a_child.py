"""A village reports a child whom it found out of school (R13)."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case, DiscoveryReport
from students.census.models import Catchment
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.discoveries.help import FRI, TOLD, TUE, case_page, last, report

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day(clock_on: Any) -> None:
    clock_on(FRI)


def _catchment(cast: Cast, stage: str = "1") -> None:
    Catchment.objects.create(
        village=cast.here.village,
        school=cast.here.school,
        stage=stage,
        starts_on=date(2025, 3, 1),
        recorded_by=cast.post("county_desk"),
    )


def test_a_child_on_no_list_becomes_a_case_of_the_school_of_its_catchment(cast: Cast) -> None:
    _catchment(cast)
    assert report(cast, "village_cadre").status_code == 302
    case = Case.objects.get()
    assert (case.stage, case.school, case.village) == (
        "D1",
        cast.here.school.unit,
        cast.here.village,
    )
    assert (case.source, case.child.name) == ("village", "王小丫")
    assert case.deadlines.get().due_on == FRI


def test_without_a_school_the_township_acts_on_its_own_clock(cast: Cast) -> None:
    report(cast, "village_cadre")
    case = Case.objects.get()
    assert (case.stage, case.school, case.township) == ("D4", None, cast.here.township)
    assert [one.code for one in case.deadlines.all()] == ["serve_order"]
    words = page(
        client_of(cast.person("township_officer")).get(reverse("case", args=[case.number]))
    )
    assert "还没有责任学校" in words
    assert "村级摸排，立案" in words


def test_a_junior_belongs_to_the_junior_school_of_the_catchment(cast: Cast) -> None:
    _catchment(cast, "2")
    report(cast, "village_cadre", born_on="2013-08-31")
    assert Case.objects.get().school == cast.here.school.unit


def test_the_eve_of_twelve_is_still_primary(cast: Cast) -> None:
    _catchment(cast, "2")
    report(cast, "village_cadre", born_on="2013-09-01")
    assert Case.objects.get().school is None


def test_a_known_child_is_matched_by_name_and_birth(cast: Cast) -> None:
    known = make_child(cast.here, "王小丫", date(2016, 3, 4))
    report(cast, "village_cadre")
    case = Case.objects.get()
    assert case.child == known
    assert (case.stage, case.school_class) == ("D1", cast.here.school_class)
    assert Child.objects.filter(name="王小丫").count() == 1


def test_two_of_one_name_and_birth_are_not_guessed(cast: Cast) -> None:
    for _ in range(2):
        make_child(cast.here, "王小丫", date(2016, 3, 4))
    report(cast, "village_cadre")
    assert Child.objects.filter(name="王小丫").count() == 3


def test_the_village_reads_the_same_whether_the_child_was_known_or_not(cast: Cast) -> None:
    make_child(cast.there, "李小石", date(2015, 1, 2))
    _catchment(cast)
    pages = []
    for name, born in (("王小丫", "2016-03-04"), ("李小石", "2015-01-02")):
        answer = report(cast, "village_cadre", name=name, born_on=born)
        words = page(client_of(cast.person("village_cadre")).get(answer.url))
        words = words[words.index("<main") :]
        for own in (name, born, f"/{last().pk}/"):
            words = words.replace(own, "·")
        pages.append(words)
    assert pages[0] == pages[1]
    assert "正在办理" in pages[0]
    assert "查看个案" not in pages[0]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"born_on": "2019-09-01"}, "还不到入学年龄"),
        ({"born_on": "2007-08-31"}, "不属于义务教育阶段"),
        ({"born_on": ""}, "请填写出生日期，用来核对"),
        ({"name": ""}, "请填写儿童姓名"),
        ({"found_on": TUE.isoformat()}, "发现日期不能晚于今天"),
        ({"missed_since": TUE.isoformat()}, "开始未上学的日期不能晚于今天"),
        ({"missed_since": "2025-09-11", "found_on": "2025-09-10"}, "不能晚于发现日期"),
        ({"found_on": "2024-09-11"}, "发现日期在一年以前"),
        ({"text": "无"}, "没有说明情况"),
        ({"place": ""}, "请填写住址或发现地点"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(
    cast: Cast, more: dict[str, str], words: str
) -> None:
    answer = report(cast, "village_cadre", **more)
    text = page(answer, 422)
    assert words in text
    assert "王大山" in text
    assert not DiscoveryReport.objects.exists()


def test_a_child_of_six_on_the_last_day_of_august_is_of_age(cast: Cast) -> None:
    assert report(cast, "village_cadre", born_on="2019-08-31").status_code == 302


def test_a_second_report_of_the_child_joins_the_open_case(cast: Cast) -> None:
    report(cast, "village_cadre")
    report(cast, "township_officer", village=str(cast.here.village.pk))
    case = Case.objects.get()
    assert case.discoveries.count() == 2
    assert case.events.filter(act="seen_again").count() == 1
    words = page(
        client_of(cast.person("township_officer")).get(reverse("case", args=[case.number]))
    )
    assert "又有报告：乡镇摸排" in words


def test_the_same_unit_reports_a_child_once(cast: Cast) -> None:
    report(cast, "village_cadre")
    assert "已经报告过这名儿童" in page(report(cast, "village_cadre"), 422)
    assert DiscoveryReport.objects.count() == 1


def test_a_second_report_that_is_taken_back_leaves_its_word_on_the_case(cast: Cast) -> None:
    report(cast, "village_cadre")
    report(cast, "township_officer", village=str(cast.here.village.pk))
    back = reverse("discoveries:take_back", args=[last().pk])
    sent = {"reason": "与村委会核对，村里已经报告"}
    assert client_of(cast.person("township_officer")).post(back, sent).status_code == 302
    case = Case.objects.get()
    assert case.is_open
    assert "的报告已撤回：乡镇摸排" in case_page(cast, "township_officer", case)


def test_a_report_by_mistake_is_taken_back_with_its_case(cast: Cast) -> None:
    answer = report(cast, "village_cadre")
    row, client = last(), client_of(cast.person("village_cadre"))
    back = reverse("discoveries:take_back", args=[row.pk])
    assert client.post(back, {"reason": "无"}).status_code == 422
    assert client.post(back, {"reason": "与学校核对，该生在县城就读"}).status_code == 302
    assert (Case.objects.get().stage, Case.objects.get().outcome) == ("DX", "W")
    assert "已撤回" in page(client.get(answer.url))
    assert "已经撤回" in page(client.post(back, {"reason": "与学校核对，该生在县城就读"}), 422)


def test_once_somebody_acted_the_report_stays(cast: Cast) -> None:
    _catchment(cast)
    report(cast, "village_cadre")
    case = Case.objects.get()
    contact = {
        "version": case.version,
        "occurred_on": FRI,
        "method": "phone",
        "participants": "张老师",
        "content": "电话联系王大山，说明孩子应当入学。",
        "contact_result": "hesitates",
    }
    url = reverse("act", args=[case.number, "contact"])
    assert client_of(cast.person("registrar")).post(url, contact).status_code == 302
    back = reverse("discoveries:take_back", args=[last().pk])
    answer = client_of(cast.person("village_cadre")).post(
        back, {"reason": "报错了，孩子在县城就读"}
    )
    assert "已经开始办理" in page(answer, 422)
    assert Case.objects.get().is_open


def test_the_next_village_finds_nothing_of_it(cast: Cast) -> None:
    report(cast, "village_cadre")
    client = client_of(cast.person("village_cadre", there=True))
    assert client.get(reverse("discoveries:report", args=[last().pk])).status_code == 404
    assert "还没有发现报告" in page(client.get(reverse("discoveries:reports")))


def test_what_was_told_is_sealed_in_the_table(cast: Cast) -> None:
    report(cast, "village_cadre")
    row = DiscoveryReport.objects.get()
    assert TOLD["guardian"] not in row.told_sealed
    assert row.said["guardian"] == TOLD["guardian"]
