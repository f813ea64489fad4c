"""The pages of entering school as the registrar, the township and the junior high use them."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from PIL import Image

from cases.models import Case
from foundation import clock
from foundation.accounts.models import AuditEvent, Person
from foundation.jobs import actions as jobs
from foundation.jobs.models import Job
from foundation.papers.acts.batches import sign_batch
from foundation.papers.models import PaperBatch
from students.census.models import Catchment, CheckIn, Entrant, Exemption, Handover, Notice
from students.roster.models import Enrolment
from students.roster.pupils.acts.pupils import open_class
from students.roster.rules.ids import invent
from tests.browsing import client_of, page
from tests.cases.steps import sweep_on
from tests.cast import Cast
from tests.census.steps import (
    REGISTRATION,
    SPRING,
    YEAR,
    Primary,
    a_leaver,
    a_row,
    enter,
    issue,
    make_primary,
)
from tests.clear_text import tables_with

WITH_JOBS = pytest.mark.django_db(databases=["default", "progress"])
NOON_IN_SPRING = "2026-06-15 04:00:00+00:00"
NOON_OF_REGISTRATION = "2026-08-31 04:00:00+00:00"
NOON_AFTER = "2026-09-01 04:00:00+00:00"


@pytest.fixture
def primary(cast: Cast) -> Primary:
    """A primary school of our township."""
    return make_primary(cast.here)


@pytest.fixture
def spring() -> Iterator[None]:
    """Noon of a day in June."""
    with time_machine.travel(NOON_IN_SPRING, tick=False):
        yield


def registrar(primary: Primary) -> Client:
    """The primary school's registrar at the browser."""
    return client_of(Person.objects.get(pk=primary.registrar.person_id))


def officer(cast: Cast, there: bool = False) -> Client:
    """The township's officer at the browser."""
    return client_of(cast.person("township_officer", there))


@pytest.mark.usefixtures("spring")
def test_a_pasted_list_stands_on_the_page_of_new_pupils(primary: Primary) -> None:
    browser = registrar(primary)
    line = "\t".join(
        ("王新生", "男", "20200501", invent(date(2020, 5, 1), 3, "1"), "王父", "13900000001", "")
    )
    answer = browser.post("/census/paste/", {"rows": line})
    assert answer.status_code == 302
    assert "王新生" in page(browser.get("/census/?state=no_notice"))


@pytest.mark.usefixtures("spring")
def test_a_line_that_is_wrong_is_named_and_nothing_is_lost(primary: Primary) -> None:
    answer = registrar(primary).post("/census/paste/", {"rows": "王新生\t男\t2020\t\t王父"})
    words = page(answer, 422)
    assert "第1行 王新生" in words
    assert "日期应写成8位数字" in words
    assert "王新生\t男\t2020" in words
    assert not Entrant.objects.exists()


@pytest.mark.usefixtures("spring")
def test_one_child_is_entered_by_its_number_alone(primary: Primary) -> None:
    number = invent(date(2020, 5, 1), 4, "2")
    data = {"name": "李新生", "id_no": number, "guardian": "李母"}
    answer = registrar(primary).post("/census/add/", data, follow=True)
    words = page(answer)
    assert "李新生" in words
    assert number not in words
    assert Entrant.objects.get().child.sex == "2"


@WITH_JOBS
@pytest.mark.usefixtures("spring")
def test_the_school_draws_up_the_township_signs_prints_and_hands_out(
    cast: Cast, primary: Primary
) -> None:
    enter(primary, a_row("甲一", 1), a_row("乙二", 2))
    school = registrar(primary)
    assert "为未发的拟通知书" in page(school.get("/census/"))
    asked = page(school.post("/census/notices/issue/?state=no_notice", {"all": "1"}))
    assert "可拟<strong>2</strong>份" in asked
    picks = list(Entrant.objects.values_list("pk", flat=True))
    done = page(school.post("/census/notices/issue/", {"confirmed": "1", "pk": picks}))
    assert "已拟<strong>2</strong>份" in done
    assert "通知书待签发" in page(school.get("/census/"))
    batch = PaperBatch.objects.get()
    head = client_of(cast.person("township_leader"))
    assert "2026年入学通知书 2份" in page(head.get("/papers/queue/"))
    shown = head.get(f"/papers/batches/{batch.pk}/")
    assert "甲一" in page(shown)
    assert "王父" in page(shown)
    seen = {"seen": shown.context["seen"]}
    assert head.post(f"/papers/batches/{batch.pk}/sign/", seen).status_code == 302
    job = Job.objects.get()
    jobs.run(job.pk, lambda job: sign_batch(job, clock.now()))
    browser = officer(cast)
    register = page(browser.get("/census/notices/"))
    assert "东入通字〔2026〕第2号" in register
    assert "2份可办" in page(browser.post("/census/notices/print/", {"all": "1"}))
    keys = list(Notice.objects.values_list("paper_id", flat=True))
    paper = page(browser.post("/papers/print/", {"pk": keys}))
    assert paper.count('aria-label="存根"') == 2
    assert "《中华人民共和国义务教育法》第五条、第十一条" in paper
    assert "东入通字〔2026〕第1号" in paper
    served = {"pk": list(Notice.objects.values_list("pk", flat=True)), "day": SPRING.isoformat()}
    assert "已登记发放2份" in page(browser.post("/census/notices/serve/", served, follow=True))


@pytest.mark.usefixtures("spring")
def test_a_reprint_bears_the_same_number(cast: Cast, primary: Primary) -> None:
    (notice,) = issue(cast, enter(primary))
    browser = registrar(primary)
    for _ in range(2):
        printed = page(browser.post("/papers/print/", {"pk": [notice.paper_id]}))
        assert notice.paper.number in printed
    assert Notice.objects.count() == 1
    assert AuditEvent.objects.filter(verb="print_paper").count() == 2


@pytest.mark.usefixtures("spring")
def test_a_void_notice_is_not_printed_and_stays_in_the_register(
    cast: Cast, primary: Primary
) -> None:
    (notice,) = issue(cast, enter(primary))
    head, asked = client_of(cast.person("township_leader")), f"/papers/{notice.paper_id}/void/"
    assert "可以为这名儿童重新拟稿" in page(head.get(asked))
    assert officer(cast).post(asked, {"reason": "姓名有误"}).status_code == 403
    head.post(asked, {"reason": "姓名有误"})
    browser = officer(cast)
    answer = browser.post("/census/notices/print/", {"pk": [notice.pk]})
    assert "0份可办，1份因已作废跳过" in page(answer)
    words = page(browser.get("/census/notices/"))
    assert notice.paper.number in words
    assert "姓名有误" in words


@WITH_JOBS
@pytest.mark.usefixtures("spring")
def test_one_who_comes_late_gets_a_notice_in_the_same_way(cast: Cast, primary: Primary) -> None:
    first, late = enter(primary, a_row("甲一", 1), a_row("乙二", 2))
    issue(cast, [first])
    school = registrar(primary)
    assert "拟入学通知书" in page(school.get(f"/census/{late.pk}/"))
    asked = page(school.post("/census/notices/issue/", {"only": late.pk}))
    assert "可拟<strong>1</strong>份" in asked
    school.post("/census/notices/issue/", {"confirmed": "1", "pks": str(late.pk)})
    batch = PaperBatch.objects.latest("pk")
    head = client_of(cast.person("township_leader"))
    shown = head.get(f"/papers/batches/{batch.pk}/")
    assert "乙二，" in page(shown)  # the sheet itself
    head.post(f"/papers/batches/{batch.pk}/sign/", {"seen": shown.context["seen"]})
    jobs.run(Job.objects.get().pk, lambda job: sign_batch(job, clock.now()))
    assert "东入通字〔2026〕第2号" in page(school.get(f"/census/{late.pk}/"))


@pytest.mark.usefixtures("spring")
def test_a_notice_is_handed_out_and_the_entry_corrected_on_its_own_page(
    cast: Cast, primary: Primary
) -> None:
    (notice,) = issue(cast, enter(primary))
    browser, asked = registrar(primary), f"/census/notices/{notice.pk}/handed/"
    entry = {"day": SPRING.isoformat(), "received_by": "王祖父"}
    assert "已登记发放" in page(browser.post(asked, entry, follow=True))
    assert "王祖父" in page(browser.get("/census/notices/"))
    entry["received_by"] = "王祖母"
    assert "请填写原因" in page(browser.post(asked, entry), 422)
    entry["reason"] = "领取人登记错了"
    assert "已更正发放" in page(browser.post(asked, entry, follow=True))
    assert "王祖母" in page(browser.get("/census/notices/?state=served"))


@pytest.mark.usefixtures("spring")
def test_the_register_is_a_workbook_of_text(cast: Cast, primary: Primary) -> None:
    issue(cast, enter(primary, a_row("=1+1", 1)))
    answer = officer(cast).get("/census/notices/register.xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet["B4"].value == "=1+1"
    assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


@pytest.mark.usefixtures("spring")
def test_the_next_township_sees_none_of_ours(cast: Cast, primary: Primary) -> None:
    issue(cast, enter(primary))
    browser = officer(cast, there=True)
    assert "王新生" not in page(browser.get("/census/"))
    assert "王新生" not in page(browser.get("/census/notices/"))


def test_who_came_is_ticked_placed_and_taken_back(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    school_class = open_class(primary.school, "1", YEAR, 1)
    with time_machine.travel(NOON_OF_REGISTRATION, tick=False):
        browser = registrar(primary)
        assert "应到" in page(browser.get("/census/check-in/?q=wxs"))
        words = page(browser.post("/census/check-in/", {"pk": entrant.pk}, follow=True))
        assert "已登记报到1人" in words
        browser.post("/census/place/", {"pk": entrant.pk, "class": school_class.pk})
        assert Enrolment.objects.get(child=entrant.child).starts_on == REGISTRATION
        browser.post("/census/check-in/undo/", {"undo": entrant.pk})
    assert CheckIn.objects.get().undone_on == REGISTRATION


def test_a_child_is_found_by_the_number_on_its_notice(cast: Cast, primary: Primary) -> None:
    issue(cast, enter(primary, a_row("甲一", 1), a_row("乙二", 2)))
    with time_machine.travel(NOON_OF_REGISTRATION, tick=False):
        words = page(registrar(primary).get("/census/check-in/?q=2"))
    assert len([name for name in ("甲一", "乙二") if name in words]) == 1


def test_who_comes_late_stops_its_case_at_the_door(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    sweep_on(date(2026, 9, 1))
    with time_machine.travel(NOON_AFTER, tick=False):
        browser = registrar(primary)
        assert "王新生" in page(browser.get("/census/check-in/?state=missing"))
        browser.post("/census/check-in/", {"pk": entrant.pk})
        assert Case.objects.get().stage == "D9"
        assert "王新生" not in page(browser.get("/census/check-in/?state=missing"))
        browser.post("/census/check-in/undo/", {"undo": entrant.pk})
    assert Case.objects.get().stage == "D1"


@pytest.mark.usefixtures("spring")
def test_a_deferral_needs_its_last_day(cast: Cast, primary: Primary) -> None:
    (entrant,) = enter(primary)
    browser, address = registrar(primary), f"/census/{entrant.pk}/exempt/"
    data = {"kind": "deferred", "proof": "东政缓〔2026〕1号"}
    assert "须填写截止日期" in page(browser.post(address, data), 422)
    browser.post(address, {**data, "until": "2027-06-15"})
    assert Exemption.objects.get().until == date(2027, 6, 15)
    browser.post(f"{address}revoke/", {"reason": "病愈入学"})
    assert Exemption.objects.get().revoked_on == SPRING
    assert "病愈入学" in page(browser.get(f"/census/{entrant.pk}/"))
    assert tables_with("病愈入学") == set()  # it tells of an illness


@pytest.mark.usefixtures("spring")
def test_the_proof_of_an_exception_is_kept(
    cast: Cast, primary: Primary, settings: Any, tmp_path: Path
) -> None:
    (entrant,) = enter(primary)
    picture = SimpleUploadedFile("证明.jpg", _jpeg(), "image/jpeg")
    data = {"kind": "elsewhere", "proof": "某校就读证明", "file": picture}
    settings.FILES_ROOT = tmp_path
    answer = registrar(primary).post(f"/census/{entrant.pk}/exempt/", data)
    assert answer.status_code == 302
    assert Exemption.objects.get().document is not None


def _jpeg() -> bytes:
    from_pillow = BytesIO()
    Image.new("RGB", (8, 8)).save(from_pillow, "JPEG")
    return from_pillow.getvalue()


@pytest.mark.usefixtures("spring")
def test_grade_6_is_offered_to_no_primary_school(cast: Cast, primary: Primary) -> None:
    other = make_primary(cast.here, "西镇小学", "2153000102")
    words = page(registrar(primary).get("/census/handover/"))
    assert f'<option value="{cast.here.school.pk}"' in words
    assert f'<option value="{other.school.pk}"' not in words
    a_leaver(cast.here, primary)
    page(registrar(primary).post("/census/handover/", {"otherwise": other.school.pk}), 422)
    assert not Handover.objects.exists()


@pytest.mark.usefixtures("spring")
def test_a_wrong_telephone_leaves_the_number_as_it_was_typed(primary: Primary) -> None:
    data = {"name": "王新生", "id_no": invent(date(2020, 5, 1), 9, "1"), "guardian": "王父"}
    words = page(registrar(primary).post("/census/add/", data | {"phone": "12345"}), 422)
    assert "请填写出生日期" not in words
    assert "请填写监护人姓名" not in words
    assert "电话" in words
    assert registrar(primary).post("/census/add/", data).status_code == 302


def test_leavers_with_an_open_case_are_left_out_in_words(cast: Cast, primary: Primary) -> None:
    gone, stays = a_leaver(cast.here, primary), a_leaver(cast.here, primary, "赵未归")
    Case.objects.create(
        number="530999-2025-0001",
        child=stays,
        school=primary.school.unit,
        township=cast.here.township,
        county=cast.county,
        entered_on=SPRING,
        opened_on=SPRING,
        first_missed_on=SPRING,
    )
    with time_machine.travel("2026-07-10 04:00:00+00:00", tick=False):
        browser = registrar(primary)
        words = page(browser.get("/census/graduation/"))
        assert "赵未归</strong>（六年级1班）：控辍保学个案（530999-2025-0001）尚未销号" in words
        browser.post("/census/graduation/?year=2025", {"school": primary.school.pk})
        assert "已毕业" in page(browser.get("/census/year/?year=2025"))
    assert gone.enrolments.get().ends_on == date(2026, 7, 10)
    assert stays.enrolments.get().ends_on is None


@pytest.mark.usefixtures("spring")
def test_the_township_says_where_a_village_goes(cast: Cast, primary: Primary) -> None:
    data = {
        "village": cast.here.village.pk,
        "stage": "1",
        "school": primary.school.pk,
        "starts_on": SPRING.isoformat(),
    }
    browser = officer(cast)
    refused = page(browser.post("/census/catchments/", data), 422)
    assert "请填写来源文件和文号。" in refused
    assert "请填写理由，将记入学区登记。" in refused
    data |= {"document": "东政发〔2026〕7号", "reason": "本年度招生方案划定"}
    words = page(browser.post("/census/catchments/", data, follow=True))
    assert "东镇小学" in words
    assert "东政发〔2026〕7号" in words
    row, officer_s = Catchment.objects.get(), cast.post("township_officer")
    assert (row.source_document, row.reason) == ("东政发〔2026〕7号", "本年度招生方案划定")
    assert row.recorded_by == officer_s
    assert AuditEvent.objects.get(verb="set_catchment").reason == row.reason


@pytest.mark.usefixtures("spring")
@pytest.mark.parametrize("address", ["/census/", "/census/notices/", "/census/check-in/"])
def test_a_list_asks_the_same_number_of_questions(
    cast: Cast, primary: Primary, address: str
) -> None:
    browser = registrar(primary)
    issue(cast, enter(primary, a_row("甲一", 1)))
    browser.get(address)
    with CaptureQueriesContext(connection) as few:
        page(browser.get(address))
    issue(cast, enter(primary, *(a_row(f"童{n}", n) for n in range(2, 12))))
    with CaptureQueriesContext(connection) as many:
        page(browser.get(address))
    assert len(many) == len(few)
