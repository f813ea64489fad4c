"""劝返记录表 (T11): drawn from the contacts that were logged, by the school or the township."""

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.urls import reverse

from cases.models import Case
from cases.policy import Act
from foundation.accounts.models import AuditEvent
from foundation.papers.models import Paper
from foundation.papers.reading import sheet_of
from students.roster.rules.ids import invent
from tests.accounts.conftest import with_password
from tests.browsing import client_of, stale_client_of
from tests.case_papers.desk import PaperDesk
from tests.cases.steps import do
from tests.cast import Cast

pytestmark = pytest.mark.django_db
DAY = date(2025, 9, 19)


@pytest.fixture
def desk(cast: Cast, case: Case, on: Any) -> PaperDesk:
    return PaperDesk(cast, case, "persuasions", "registrar", "head_teacher")


def _talk(desk: PaperDesk, day: int, **data: Any) -> None:
    do(desk.cast, desk.case, Act.CONTACT, "class_teacher", date(2025, 9, day), **data)


def _rows(desk: PaperDesk) -> list[tuple[str, ...]]:
    """The table of the talks as it is printed."""
    blocks = sheet_of(desk.paper, DAY).parts[0].blocks
    return [row for one in blocks for row in getattr(one, "rows", ()) if row[0].isdigit()]


def test_it_tells_each_talk_as_it_was_logged(desk: PaperDesk) -> None:
    _talk(desk, 16)
    _talk(desk, 18, method="visit", contact_result="later", promised_on=date(2025, 9, 22))
    desk.write()
    content = "说明义务教育法要求，动员返校"
    assert _rows(desk) == [
        ("1", "2025年9月16日", "电话", "班主任甲", "", "", f"{content}；犹豫。"),
        (
            "2",
            "2025年9月18日",
            "入户",
            "班主任甲；见到祖母",
            "",
            "",
            f"{content}；同意择日返校；承诺2025年9月22日返校。",
        ),
    ]
    shown = desk.read()
    assert "张小明辍学以后，已劝返2次。" in shown
    assert "东镇中学八年级2班" in shown
    assert AuditEvent.objects.get(verb="reveal_address").reason == "起草劝返记录表"


def test_two_talks_and_the_signatures_fill_two_pages_at_most(desk: PaperDesk) -> None:
    for day in (16, 18):
        _talk(desk, day)
    desk.signed()
    made = client_of(desk.cast.person("registrar")).post(desk.at("pdf"))
    if made["Content-Type"] == "application/pdf":  # where the printer is installed
        with pikepdf.open(BytesIO(made.content)) as pdf:
            assert len(pdf.pages) <= 2


def test_the_number_stands_whole_as_the_form_asks_and_its_reading_is_on_record(
    desk: PaperDesk,
) -> None:
    _talk(desk, 16)
    number = invent(date(2012, 5, 1), 7, "1")
    child = desk.case.child
    child.id_no = number
    child.save()
    desk.write()
    assert number in desk.read()
    row = AuditEvent.objects.get(verb="reveal_number")
    assert (row.reason, row.children) == ("起草劝返记录表", [child.pk])


def test_who_signed_in_long_ago_is_asked_again_before_the_number_is_told(desk: PaperDesk) -> None:
    _talk(desk, 16)
    registrar = stale_client_of(with_password(desk.cast.person("registrar")))
    answer = registrar.post(reverse("write_paper", args=[desk.case.number, desk.kind]))
    assert "reauthenticate" in answer["Location"]
    assert not Paper.objects.exists()


def test_the_school_signs_its_own_and_the_township_its_own(desk: PaperDesk) -> None:
    _talk(desk, 16)
    desk.signed()
    assert desk.paper.number == "东镇中学劝返〔2025〕1号"
    assert "一、基本信息" in desk.printed()
    at_town = PaperDesk(desk.cast, desk.case, desk.kind, "township_officer", "township_leader")
    at_town.signed(已采取的帮扶措施="落实补助，镇干部包联。")
    assert at_town.paper.number == "东政劝返〔2025〕1号"
    assert "落实补助，镇干部包联。" in at_town.printed()


def test_none_is_written_before_the_first_talk(desk: PaperDesk) -> None:
    assert "劝返记录表" not in desk.menu()
    assert "还没有劝返记录，请先在个案里记录劝返。" in desk.refused()


def test_a_talk_after_the_draft_asks_for_a_new_one(desk: PaperDesk) -> None:
    _talk(desk, 16)
    desk.write()
    _talk(desk, 18)
    assert "起草以后个案又有新的记录，请撤销这份劝返记录表后重新起草。" in desk.send()


def test_what_was_sent_is_signed_as_it_was_read(desk: PaperDesk) -> None:
    _talk(desk, 16)
    desk.write()
    desk.send()
    _talk(desk, 18)
    assert "已签发" in desk.sign()
    assert len(_rows(desk)) == 1


@pytest.mark.parametrize("role", ["class_teacher", "village_cadre"])
def test_teacher_and_village_do_not_write_it(desk: PaperDesk, role: str) -> None:
    _talk(desk, 16)
    assert desk.menu(role) == []
    desk.write(role, 403)
