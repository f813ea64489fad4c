"""Who may not read children's names reads 王** on every sheet, page and file of a return."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from cases.rules.codes import cause_label
from foundation.accounts import actions as accounts
from foundation.accounts.models import AuditEvent
from reporting.returns.models import BuiltReturn
from students.roster.models import Guardian
from tests.browsing import client_of as client_for
from tests.cast import LONG_AGO, Cast, make_child
from tests.repeated import Repeated, remember
from tests.reporting.building import bytes_of, once, run
from tests.reporting.facts import call_rolls, open_case, school_days

MORNING = "2025-11-03 10:00 +0800"
Month = tuple[Cast, BuiltReturn]
PURPOSE = {"purpose": "督导检查用"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture(scope="module")
def _october(_repeated: Repeated[Cast], django_db_blocker) -> Repeated[Month]:
    with once(django_db_blocker, MORNING):
        return remember(lambda: _made(_repeated.again()))


def _made(cast: Cast) -> Month:
    """October with a child who is away, 欧阳小明, and her guardian 司马大山."""
    days = school_days(cast.county.pk, date(2025, 9, 1), date(2025, 10, 31))
    child = make_child(cast.here, "欧阳小明")
    Guardian.objects.create(child=child, position=1, name="司马大山", is_guardian=True)
    call_rolls(cast.here.school_class, days, {child: days[4:]})
    open_case(child, cast.here.school_class, days[4], opened_on=days[5], cause="08")
    client_for(cast.person("county_desk")).post("/returns/", {"month": "2025-10-01"})
    return cast, run(BuiltReturn.objects.get())


@pytest.fixture
def month(_october: Repeated[Month], db: None) -> Month:
    return _october.again()


@pytest.fixture
def cast(month: Month) -> Cast:
    return month[0]


@pytest.fixture
def built(month: Month) -> BuiltReturn:
    return month[1]


@pytest.fixture
def client_of(cast: Cast):
    return lambda role: client_for(cast.person(role))


def file_of(client: Client, built: BuiltReturn) -> bytes:
    response = client.post(f"/returns/{built.pk}/download/", PURPOSE)
    assert response.status_code == 200
    return response.content


def words_in(raw: bytes) -> str:
    sheets = load_workbook(BytesIO(raw))
    return " ".join(str(c.value) for sheet in sheets for row in sheet.iter_rows() for c in row)


def page_of(client: Client, built: BuiltReturn) -> str:
    return client.get(f"/returns/{built.pk}/?sheet=9").content.decode()


def test_the_supervision_reads_the_first_character_on_the_page(client_of, built):
    page = page_of(client_of("supervisor"), built)
    assert "欧***" in page
    assert "司***" in page
    assert "欧阳" not in page
    assert "司马" not in page


def test_the_supervision_s_file_has_no_name_and_says_whose_it_is(client_of, built):
    words = words_in(file_of(client_of("supervisor"), built))
    assert "欧***" in words
    assert "司***" in words
    assert "欧阳" not in words
    assert "司马" not in words
    row = AuditEvent.objects.get(verb="download_return")
    assert f"导出编号：{row.pk}" in words
    assert "用途：督导检查用" in words


def test_the_desk_reads_names_and_gets_the_bytes_that_were_built(client_of, built):
    desk = client_of("county_desk")
    assert "欧阳小明" in page_of(desk, built)
    assert file_of(desk, built) == bytes_of(built)


def test_another_post_of_the_same_person_opens_no_name(cast, client_of, built):
    cadre = accounts.grant_post(
        cast.person("supervisor"), "village_cadre", cast.here.village, LONG_AGO, None
    )
    page = page_of(client_of("supervisor"), built)
    assert "欧***" in page
    assert "欧阳" not in page
    assert "欧阳" not in words_in(file_of(client_of("supervisor"), built))
    rows = AuditEvent.objects.filter(verb__in=("read_return", "download_return"))
    assert cadre.pk not in rows.values_list("post_id", flat=True)


def test_a_file_needs_a_purpose_which_the_log_keeps(client_of, built):
    client, page = client_of("supervisor"), f"/returns/{built.pk}/download/"
    assert "用途" in client.get(page).content.decode()
    refused = client.post(page, {"purpose": "看"})
    assert refused.status_code == 422
    assert "请把用途写清楚" in refused.content.decode()
    assert not AuditEvent.objects.filter(verb="download_return").exists()
    file_of(client, built)
    row = AuditEvent.objects.get(verb="download_return")
    assert (row.reason, row.row_count) == ("督导检查用", 1)


@pytest.mark.parametrize(("times", "status"), [(9, 200), (10, 429)])
def test_a_file_is_one_of_the_ten_exports_of_an_hour(cast, client_of, built, times, status):
    who, now = cast.person("county_desk"), timezone.now()
    AuditEvent.objects.bulk_create(
        AuditEvent(person=who, verb="export_roster", at=now, request_id="before")
        for _ in range(times)
    )
    answer = client_of("county_desk").post(f"/returns/{built.pk}/download/", PURPOSE)
    assert answer.status_code == status


def test_a_print_needs_a_purpose_which_stands_on_the_paper_and_in_the_log(client_of, built):
    client, url = client_of("supervisor"), f"/returns/{built.pk}/print/?sheet=9"
    shown = client.get(f"/returns/{built.pk}/?sheet=9").content.decode()
    assert f'href="{url}"' in shown
    assert "data-print" not in shown
    refused = client.post(url, {"purpose": "看"})
    assert refused.status_code == 422
    assert not AuditEvent.objects.filter(verb="print_return").exists()

    paper = client.post(url, PURPOSE).content.decode()

    row = AuditEvent.objects.get(verb="print_return")
    assert (row.reason, row.row_count, row.details["sheet"]) == ("督导检查用", 1, "9")
    assert "督导检查用" in paper
    assert "欧***" in paper
    assert "欧阳" not in paper
    assert "data-print" in paper


def test_the_form_says_truly_whether_the_purpose_is_printed(client_of, built):
    """The bytes that were built are frozen: who gets them gets no purpose printed."""
    for role, is_printed in (("county_desk", False), ("supervisor", True)):
        client = client_of(role)
        form = client.get(f"/returns/{built.pk}/download/").content.decode()
        assert ("用途会印在表上" in form) == is_printed
        assert ("用途会登记" in form) != is_printed
        assert ("督导检查用" in words_in(file_of(client, built))) == is_printed


def test_the_return_tells_a_cause_as_the_page_of_the_case_does(client_of, built):
    """因残 is no sensitive cause: case page and return ask one function."""
    words = page_of(client_of("supervisor"), built)
    assert cause_label("08", sensitive=False) == "因残"
    assert "因残" in words
