"""The pages of the returns: who may open them, what they show, and what the audit keeps."""

import re
from datetime import date
from urllib.parse import quote

import pytest
import time_machine
from django.db import connection

from cases.models import Case
from foundation.accounts import actions as accounts
from foundation.accounts.models import AuditEvent, Person, UnitKind
from foundation.jobs.models import Job
from reporting.returns.content import canonical
from reporting.returns.models import BuiltReturn
from tests.browsing import client_of as client_for
from tests.browsing import stale_client_of
from tests.cast import LONG_AGO, Cast, make_child
from tests.repeated import Repeated, remember
from tests.reporting.building import bytes_of, job_of, once, run
from tests.reporting.facts import call_rolls, open_case, school_days

MORNING = "2025-11-03 10:00 +0800"
Month = tuple[Cast, Case, BuiltReturn]
READERS = ("county_desk", "supervisor", "bureau_leader", "central_school")
OTHERS = (
    "class_teacher",
    "registrar",
    "head_teacher",
    "village_cadre",
    "township_officer",
    "township_leader",
    "education_office",
    "administrator",
    "security_officer",
    "auditor",
)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture(scope="module")
def _october(_repeated: Repeated[Cast], django_db_blocker) -> Repeated[Month]:
    """The month with its return, made once: half of all tests here read it."""
    with once(django_db_blocker, MORNING):
        return remember(lambda: _made(_repeated.again()))


def _made(cast: Cast) -> Month:
    """October, ordered and built through the page."""
    case = _case(cast)
    response = client_for(cast.person("county_desk")).post("/returns/", {"month": "2025-10-01"})
    built = BuiltReturn.objects.get()
    assert response.headers["Location"] == f"/returns/{built.pk}/"
    return cast, case, run(built)


def _case(cast: Cast) -> Case:
    days = school_days(cast.county.pk, date(2025, 9, 1), date(2025, 10, 31))
    child = make_child(cast.here, "欧阳小明")
    call_rolls(cast.here.school_class, days, {child: days[4:]})
    return open_case(child, cast.here.school_class, days[4], opened_on=days[5], cause="05")


@pytest.fixture
def month(_october: Repeated[Month], db: None) -> Month:
    return _october.again()


@pytest.fixture
def cast(request: pytest.FixtureRequest, _repeated: Repeated[Cast], db: None) -> Cast:
    """Of a test that asks for the built return, those of its month."""
    if "built" in request.fixturenames:
        found: Month = request.getfixturevalue("month")
        return found[0]
    return _repeated.again()


@pytest.fixture
def client_of(cast: Cast):
    return lambda role: client_for(cast.person(role))


@pytest.fixture
def case(request: pytest.FixtureRequest, cast: Cast) -> Case:
    if "built" in request.fixturenames:
        found: Month = request.getfixturevalue("month")
        return found[1]
    return _case(cast)


@pytest.fixture
def built(month: Month) -> BuiltReturn:
    return month[2]


def pages_of(built: BuiltReturn) -> list[str]:
    return ["/returns/", *(f"/returns/{built.pk}/{end}" for end in ("", "progress/", "download/"))]


def save_as_next(built: BuiltReturn) -> None:
    """Keep it as a version of its own: a built return never changes."""
    built.pk, built.version = None, built.version + 1
    built.save()


@pytest.mark.parametrize("role", READERS)
def test_county_supervision_and_central_school_read(client_of, built, role):
    statuses = [client_of(role).get(page).status_code for page in pages_of(built)]
    assert statuses == [200, 200, 286, 200]


@pytest.mark.parametrize("role", OTHERS)
def test_everybody_else_is_refused(client_of, built, role):
    assert {client_of(role).get(page).status_code for page in pages_of(built)} == {403}


def test_the_supervision_reads_but_does_not_order(client_of):
    client = client_of("supervisor")
    assert "生成月报" not in client.get("/returns/").content.decode()
    assert client.post("/returns/", {"month": "2025-10-01"}).status_code == 403
    assert not BuiltReturn.objects.exists()


def test_another_county_s_return_looks_like_one_that_does_not_exist(cast, built):
    county = accounts.add_unit(UnitKind.COUNTY, "乙县教育局", cast.county.region, None)
    stranger = Person.objects.create_person("stranger", "邻县甲")
    accounts.grant_post(stranger, "county_desk", county, LONG_AGO, None)
    client = stale_client_of(stranger)
    for page in pages_of(built)[1:]:
        assert client.get(page).status_code == 404
    nothing = client.get("/returns/999999/")
    assert nothing.status_code == 404
    assert "还没有生成过月报" in client.get("/returns/").content.decode()


def test_only_months_that_can_be_built_are_offered(client_of, case):
    page = client_of("county_desk").get("/returns/").content.decode()
    offered = re.findall(r'<option value="([\d-]+)"', page)
    assert offered == ["2025-10-01", "2025-09-01"]  # no roll before, none yet in November
    assert '<option value="2025-10-01" selected' in page
    assert "还没有生成过月报" in page


def test_where_no_month_can_be_built_the_page_says_why(client_of):
    page = client_of("county_desk").get("/returns/").content.decode()
    assert "<option" not in page
    assert "没有在籍学生" in page


@pytest.mark.parametrize("month", ["2025-12-01", "2020-01-01", "abc", ""])
def test_a_month_that_is_not_offered_is_answered_in_words(client_of, month):
    response = client_of("county_desk").post("/returns/", {"month": month})
    assert response.status_code == 422
    assert "有内容需要修改" in response.content.decode()
    assert not BuiltReturn.objects.exists()


def test_while_it_is_built_the_page_shows_how_far_it_is(client_of, case):
    client = client_of("county_desk")
    client.post("/returns/", {"month": "2025-10-01"})
    built = BuiltReturn.objects.get()
    Job.objects.filter(pk=job_of(built).pk).update(done=3, total=10, note="名单", state=Job.RUNNING)
    page = client.get(f"/returns/{built.pk}/").content.decode()
    assert "3 / 10：名单" in page
    assert f'hx-get="/returns/{built.pk}/progress/"' in page
    assert client.get(f"/returns/{built.pk}/progress/").status_code == 200
    assert client.get(f"/returns/{built.pk}/download/").status_code == 404


def test_a_failed_building_says_why(client_of, case):
    client = client_of("county_desk")
    client.post("/returns/", {"month": "2025-10-01"})
    built = BuiltReturn.objects.get()
    Job.objects.filter(pk=job_of(built).pk).update(state=Job.FAILED, problem="请重试一次。")
    assert "请重试一次。" in client.get(f"/returns/{built.pk}/").content.decode()
    assert "未完成" in client.get("/returns/").content.decode()


def test_the_list_shows_version_state_and_checks(client_of, built):
    page = client_of("supervisor").get("/returns/").content.decode()
    for words in ("2025年10月", "第1版", "已生成", "全部相符", f"/returns/{built.pk}/download/"):
        assert words in page


@pytest.mark.parametrize(
    ("sheet", "words"),
    [
        ("1", "主要指标与控制线"),
        ("2", "东镇中学"),
        ("3", "东镇"),
        ("9", "欧阳小明"),
        ("10", "本月无复学学生"),
        ("12", "勾稽关系核对"),
    ],
)
def test_each_sheet_is_on_screen(client_of, built, sheet, words):
    response = client_of("county_desk").get(f"/returns/{built.pk}/?sheet={sheet}")
    assert response.status_code == 200
    assert words in response.content.decode()


def test_a_sheet_on_screen_has_the_lines_above_of_its_paper(client_of, built):
    page = client_of("county_desk").get(f"/returns/{built.pk}/?sheet=2").content.decode()
    (title, period), info = re.findall(r'class="sheet-(?:title|period)">([^<]+)<', page), []
    for line in re.findall(r'class="sheet-info">(.*?)</p>', page):
        info += re.findall(r"<span>([^<]+)</span>", line)
    assert title.endswith("控辍保学工作月报表（分学校）")
    assert period.startswith("（2025年10月，统计时点2025年10月31日")
    assert [words.split("：")[0] for words in info] == ["填报单位", "单位", "填报时间"]


def test_a_sheet_that_does_not_exist_is_not_found(client_of, built):
    assert client_of("county_desk").get(f"/returns/{built.pk}/?sheet=4").status_code == 404


def test_a_failed_relation_stands_in_red_on_top(client_of, built):
    built.checks = [{"no": 1, "label": "甲＝乙", "sides": "不符：1＜2", "result": "不符"}]
    save_as_next(built)
    page = client_of("county_desk").get(f"/returns/{built.pk}/").content.decode()
    assert "有1项勾稽关系不符" in page
    assert "1项不符" in client_of("county_desk").get("/returns/").content.decode()


def test_looking_at_names_leaves_a_row_and_looking_at_counts_does_not(client_of, built, case):
    client = client_of("supervisor")
    client.get(f"/returns/{built.pk}/?sheet=2")
    assert not AuditEvent.objects.filter(verb="read_return").exists()
    client.get(f"/returns/{built.pk}/?sheet=9")
    row = AuditEvent.objects.get(verb="read_return")
    assert (row.children, row.details) == ([case.child_id], {"sheet": "9"})


def test_a_sensitive_cause_reads_other_on_the_supervision_s_screen(client_of, built):
    page = f"/returns/{built.pk}/?sheet=9"
    assert "信教" in client_of("county_desk").get(page).content.decode()
    assert "信教" not in client_of("supervisor").get(page).content.decode()


def test_the_download_is_a_file_with_its_chinese_name(client_of, built):
    page = f"/returns/{built.pk}/download/"
    response = client_of("county_desk").post(page, {"purpose": "报送市教育局"})
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")
    named = response.headers["Content-Disposition"]
    assert named == f"attachment; filename*=utf-8''{quote(built.file_name)}"
    assert response.content == bytes_of(built)
    assert AuditEvent.objects.filter(verb="download_return").count() == 1


def test_a_name_with_markup_is_text_on_screen(client_of, case):
    case.child.name = "<script>alert(1)</script>"
    case.child.save()
    client = client_of("county_desk")
    client.post("/returns/", {"month": "2025-10-01"})
    built = BuiltReturn.objects.get()
    run(built)
    page = client.get(f"/returns/{built.pk}/?sheet=9").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_long_list_of_names_is_paged(client_of, built):
    rows = built.content["blocks"]["away"]
    built.content["blocks"]["away"] = [{**rows[0], "no": n} for n in range(1, 61)]
    built.canonical = canonical(built.content)
    save_as_next(built)
    page = client_of("county_desk").get(f"/returns/{built.pk}/?sheet=9").content.decode()
    assert page.count("欧阳小明") == 50
    second = client_of("county_desk").get(f"/returns/{built.pk}/?sheet=9&page=2")
    assert second.content.decode().count("欧阳小明") == 10


def test_the_list_takes_as_many_queries_for_many_versions_as_for_one(
    client_of, built, count_queries
):
    client = client_of("county_desk")
    with count_queries(connection) as few:
        client.get("/returns/")
    for version in range(2, 12):
        built.pk, built.version = None, version
        built.save()
    with count_queries(connection) as many:
        client.get("/returns/")
    assert len(many) == len(few)


def links_to(page: str, start: str) -> dict[str, str]:
    """The links of a page to addresses that begin so, by their words."""
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>', page)
    return {words: url.replace("&amp;", "&") for url, words in found if url.startswith(start)}


def test_a_figure_opens_its_names_and_a_name_its_case(client_of, built, case):
    address = f"/returns/{built.pk}/"
    for sheet in ("1", "2", "3"):
        page = client_of("county_desk").get(f"{address}?sheet={sheet}").content.decode()
        links = {w: u for w, u in links_to(page, "?sheet=9&").items() if w.isdecimal()}
        assert set(links) == {"1"}, sheet
        listed = client_of("county_desk").get(address + links["1"]).content.decode()
        assert "共1人" in listed
        assert case.number in listed
    whole = client_of("county_desk").get(f"{address}?sheet=9").content.decode()
    assert links_to(whole, f"/cases/{case.number}/").keys() == {case.number, "欧阳小明"}


def test_names_lead_nowhere_for_whom_the_case_does_not_open(client_of, built, case):
    masked = client_of("supervisor").get(f"/returns/{built.pk}/?sheet=9").content.decode()
    assert links_to(masked, "/cases/").keys() == {case.number, "欧***"}
    other = client_of("county_desk").get(f"/returns/{built.pk}/?sheet=9&school=某校")
    assert "欧阳小明" not in other.content.decode()
    assert "共0人" in other.content.decode()
