"""变动情况日报: one tap when nothing changed, lines when something did; the desk verifies (R35)."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from foundation import clock
from students.roster.changes.acts.reports import report_day, verify_line
from students.roster.changes.entries import Seen
from students.roster.models import Change, ChangeReport, Child, ReportLine, SchoolClass
from students.roster.rules.change_kinds import ChangeRefused
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.files.samples import photo
from tests.roster.changing import FRI, a_class, by

pytestmark = pytest.mark.django_db
SAT, THU = date(2025, 9, 13), date(2025, 9, 11)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRI)


def report(cast: Cast, *seen: Seen, day: date = FRI, today: date = FRI) -> ChangeReport:
    """The class teacher reports."""
    who = by(cast, "class_teacher", today)
    return report_day(who, cast.here.school_class.pk, day, seen)


def teacher(cast: Cast) -> Client:
    """The class teacher's telephone."""
    return client_of(cast.person("class_teacher"))


def desk(cast: Cast) -> Client:
    """The school's registrar."""
    return client_of(cast.person("registrar"))


def url_of(school_class: SchoolClass, day: date = FRI) -> str:
    """A class's report of a day."""
    return f"/changes/reports/{school_class.pk}/{day}/"


def test_nothing_changed_is_one_tap(cast: Cast):
    make_child(cast.here)
    assert "今日无变动" in page(teacher(cast).get("/changes/reports/"))

    answer = teacher(cast).post(url_of(cast.here.school_class), {"nil": "1"}, follow=True)

    assert "各班都已报告" in page(answer)
    assert ChangeReport.objects.get().day == FRI
    assert not ReportLine.objects.exists()


def test_a_class_reports_a_day_once_and_may_add_to_it(cast: Cast):
    child = make_child(cast.here)
    report(cast)
    with pytest.raises(ChangeRefused, match="已经报告过"):
        report(cast)
    report(cast, Seen("out", child.pk))

    assert ChangeReport.objects.count() == 1
    assert [line.name for line in ReportLine.objects.all()] == ["张小明"]


def test_what_changed_is_sent_as_a_plain_form(cast: Cast):
    child = make_child(cast.here)
    data = {"kind_0": "out", "child_0": child.pk, "remark_0": "随父母去外地"}
    data |= {"kind_1": "in", "name_1": "赵转来"}

    page(teacher(cast).post(url_of(cast.here.school_class), data, follow=True))

    rows = [(row.kind, row.child_id, row.name, row.remark) for row in ReportLine.objects.all()]
    assert rows == [("out", child.pk, "张小明", "随父母去外地"), ("in", None, "赵转来", "")]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "没有变动的请点"),
        ({"kind_0": "out"}, "请选择本班学生"),
        ({"name_0": "赵转来"}, "请选择变动类别"),
    ],
)
def test_half_a_line_is_refused_in_words(cast: Cast, data: dict[str, Any], words: str):
    make_child(cast.here)

    answer = teacher(cast).post(url_of(cast.here.school_class), data)

    assert words in page(answer, 422)
    assert not ChangeReport.objects.exists()


def test_a_child_of_another_class_cannot_be_reported(cast: Cast):
    with pytest.raises(ChangeRefused, match="本班学生"):
        report(cast, Seen("out", make_child(cast.there).pk))


def test_a_past_day_is_reported_late_and_a_day_without_school_not_at_all(cast: Cast):
    make_child(cast.here)

    assert not report(cast).is_late
    assert report(cast, day=THU).is_late
    with pytest.raises(ChangeRefused, match="不是上课日"):
        report(cast, day=SAT, today=date(2025, 9, 15))
    with pytest.raises(ChangeRefused, match="还没有到"):
        report(cast, day=date(2025, 9, 15))


def test_the_school_sees_which_classes_have_not_reported(cast: Cast):
    make_child(cast.here)
    a_class(cast.here)
    words = page(desk(cast).get("/changes/reports/"))
    assert "还有<strong>2</strong>个班没有报告" in words
    report(cast)

    assert "还有<strong>1</strong>个班没有报告" in page(desk(cast).get("/changes/reports/"))
    assert "还有<strong>2</strong>个班没有报告" in page(
        desk(cast).get("/changes/reports/", {"day": "2025-09-11"})
    )


def test_another_school_s_classes_and_lines_are_not_there(cast: Cast):
    child = make_child(cast.here)
    line = _line(cast, child)
    other = client_of(cast.person("registrar", there=True))

    assert "张小明" not in page(other.get("/changes/reports/"))
    assert other.get(url_of(cast.here.school_class)).status_code == 404
    assert other.get(f"/changes/reports/lines/{line.pk}/").status_code == 404


def test_a_class_teacher_does_not_verify(cast: Cast):
    line = _line(cast, make_child(cast.here))

    assert teacher(cast).get(f"/changes/reports/lines/{line.pk}/").status_code == 403


def _line(cast: Cast, child: Child, kind: str = "out") -> ReportLine:
    report(cast, Seen(kind, child.pk))
    line: ReportLine = ReportLine.objects.get()
    return line


def test_the_desk_makes_a_change_of_a_line(cast: Cast):
    child = make_child(cast.here)
    line = _line(cast, child)
    url = f"/changes/pupil/{child.pk}/transfer_within/"
    assert f"{url}?line={line.pk}" in page(desk(cast).get("/changes/reports/"))

    data = {"occurred_on": "2025-09-12", "to_school_id": cast.there.school.pk, "line": line.pk}
    answer = desk(cast).post(url, data | {"paper_0": _upload()}, follow=True)

    assert "待接收" in page(answer)
    line.refresh_from_db()
    assert line.change_id == Change.objects.get().pk
    assert "没有待核实的变动" in page(desk(cast).get("/changes/reports/"))


def _upload() -> Any:
    from_telephone = photo()
    return SimpleUploadedFile("申请.jpg", from_telephone, "image/jpeg")


def test_or_says_why_it_is_none_once(cast: Cast):
    line = _line(cast, make_child(cast.here))
    url = f"/changes/reports/lines/{line.pk}/"

    assert "请填写核实结果" in page(desk(cast).post(url, {}), 422)
    page(desk(cast).post(url, {"words": "只是请假"}, follow=True))
    assert "已经核实过" in page(desk(cast).post(url, {"words": "再来一次"}), 422)
    line.refresh_from_db()
    assert line.dismissed == "只是请假"


def test_the_teacher_reads_what_became_of_it(cast: Cast):
    line = _line(cast, make_child(cast.here))
    assert "待核实" in page(teacher(cast).get(url_of(cast.here.school_class)))
    verify_line(by(cast, "registrar", FRI), line.pk, None, "只是请假")

    assert "只是请假" in page(teacher(cast).get(url_of(cast.here.school_class)))
