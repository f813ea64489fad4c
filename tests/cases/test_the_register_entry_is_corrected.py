"""The day a child stopped coming lies in its school year; a wrong entry is corrected by another."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.policy import Act
from foundation import clock
from tests.browsing import stale_client_of
from tests.cases.steps import FIRST_MISSED, LAST_PRESENT, OPENED, at, deadline, do, reach
from tests.cast import Cast
from tests.roster.pages import text

YEAR_EARLIER = date(2024, 9, 1)
REASON = "登记时把日期写错，与班主任核对点名后更正"


@pytest.fixture
def case(cast: Cast, standing_case) -> Case:
    return standing_case()


@pytest.fixture
def registrar(cast: Cast, monkeypatch) -> Client:
    monkeypatch.setattr(clock, "now", lambda: at(OPENED))
    return stale_client_of(cast.person("registrar"))


def send(client: Client, case: Case, act: Act, status: int, **fields: object) -> str:
    case.refresh_from_db()
    data = {"version": case.version, "occurred_on": OPENED, **fields}
    return text(client.post(reverse("act", args=[case.number, act]), data), status)


def registered(cast: Cast, case: Case) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    do(cast, case, Act.REGISTER, "registrar", OPENED, left_on=LAST_PRESENT)


@pytest.mark.django_db
def test_a_day_of_the_last_school_year_is_asked_for_again(cast, case, registrar) -> None:
    do(cast, case, Act.REPORT, "class_teacher", OPENED)
    Case.objects.filter(pk=case.pk).update(last_present_on=None)

    shown = send(registrar, case, Act.REGISTER, 422, left_on=YEAR_EARLIER)

    assert "辍学日期不能早于2025-09-01，请核对年份" in shown
    assert 'min="2025-09-01"' in shown
    assert f'max="{FIRST_MISSED}"' in shown
    assert "2025年9月1日至2025年9月11日之间" in shown
    case.refresh_from_db()
    assert case.registered_on is None


@pytest.mark.django_db
def test_the_day_last_seen_is_of_this_school_year_or_the_one_before(cast, case, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(OPENED))
    Case.objects.filter(pk=case.pk).update(last_present_on=None)
    client = stale_client_of(cast.person("class_teacher"))
    said = {"contact_tried": "上午给家长打了两次电话，都无人接听", "cause": "02"}

    shown = send(client, case, Act.REPORT, 422, last_seen_on=date(2024, 8, 31), **said)
    assert "最后到校日期不能早于2024-09-01" in shown
    send(client, case, Act.REPORT, 302, last_seen_on=date(2025, 7, 4), **said)


@pytest.mark.django_db
def test_the_correction_counts_and_the_first_entry_stays(cast, case, registrar) -> None:
    registered(cast, case)
    before = deadline(case, "register")

    page = text(registrar.get(reverse("case", args=[case.number])))
    assert "更正登记日期" in page
    form = text(registrar.get(reverse("act", args=[case.number, Act.CORRECT_REGISTER])))
    assert f'value="{LAST_PRESENT}"' in form
    send(registrar, case, Act.CORRECT_REGISTER, 302, left_on=FIRST_MISSED, reason=REASON)

    page = text(registrar.get(reverse("case", args=[case.number])))
    assert '学校登记的辍学日期</dt><dd class="num">2025年9月11日' in page
    assert "首次缺勤）日期：2025年9月10日" in page  # the first entry, in the history
    assert REASON in page
    after = deadline(case, "register")
    assert (after.pk, after.due_on, after.met_on) == (before.pk, before.due_on, before.met_on)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("left_on", "reason", "words"),
    [
        (LAST_PRESENT, REASON, "更正后的日期与登记的相同"),
        (YEAR_EARLIER, REASON, "不能早于"),
        (FIRST_MISSED, "", "请填写更正理由"),
        (FIRST_MISSED, "无", "请写明为什么更正"),
    ],
)
def test_a_correction_has_another_day_and_a_reason(cast, case, registrar, left_on, reason, words):
    registered(cast, case)
    shown = send(registrar, case, Act.CORRECT_REGISTER, 422, left_on=left_on, reason=reason)
    assert words in shown
    assert not case.events.filter(act=Act.CORRECT_REGISTER).exists()


@pytest.mark.django_db
def test_what_is_not_registered_is_not_corrected(cast, case, registrar) -> None:
    reach(cast, case, "D2")
    said = {"left_on": FIRST_MISSED, "reason": REASON}
    shown = send(registrar, case, Act.CORRECT_REGISTER, 422, **said)
    assert "请直接登记入册" in shown
