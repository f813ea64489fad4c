"""A list of many full numbers: a fresh password, and from 200 rows a second person (S25)."""

from datetime import date

import pytest
from django.test import Client

from foundation.jobs.models import Job
from students.roster import tasks
from students.roster.models import ExportDecision, RosterExport
from students.roster.rules.ids import invent
from tests.accounts.conftest import with_password
from tests.browsing import client_of, page, stale_client_of
from tests.cast import PASSWORD, Cast, make_child

pytestmark = pytest.mark.django_db(databases=["default", "progress"])
ORDER = {"purpose": "报县教育局学籍核对", "with_numbers": "on"}
REASON = {"reason": "已与申请人核实"}
EXPORT = "/roster/export/pupils/"


@pytest.fixture(autouse=True)
def _two_are_many(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two children, and a bound of as many, stand for 200."""
    for n in range(2):
        make_child(cast.here, f"张小{'明红'[n]}", id_no=invent(date(2012, 5, 6), n, "1"))
    monkeypatch.setattr("students.roster.lists.actions.NEEDS_TWO_FROM", 2)


@pytest.fixture
def clerk(cast: Cast) -> Client:
    return client_of(cast.person("registrar"))


def ordered(clerk: Client) -> RosterExport:
    answer = clerk.post(EXPORT, ORDER)
    export = RosterExport.objects.get()
    assert answer["Location"] == f"/roster/exports/{export.pk}/"
    return export


def test_every_export_needs_a_fresh_proof(cast: Cast) -> None:
    stale = stale_client_of(with_password(cast.person("registrar")))
    answer = stale.post(EXPORT, ORDER)
    assert answer["Location"].startswith("/accounts/password/reauthenticate/")
    masked = stale.post(EXPORT, {"purpose": ORDER["purpose"]})
    assert masked["Location"].startswith("/accounts/password/reauthenticate/")
    assert not RosterExport.objects.exists()


@pytest.mark.parametrize(("bound", "waits"), [(1, True), (2, True), (3, False)])
def test_from_the_bound_on_another_must_agree(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, bound: int, waits: bool
) -> None:
    monkeypatch.setattr("students.roster.lists.actions.NEEDS_TWO_FROM", bound)
    assert (clerk.post(EXPORT, ORDER).status_code == 302) is waits
    assert RosterExport.objects.get().needs_second is waits
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", ["head_teacher", "county_desk"])
def test_another_of_the_school_or_the_county_agrees(cast: Cast, clerk: Client, role: str) -> None:
    export = ordered(clerk)
    address = f"/roster/exports/{export.pk}/"
    assert "导出复核" in page(clerk.get(address))
    assert clerk.post(address).status_code == 422
    second = client_of(cast.person(role))
    assert "张小明" not in page(second.get("/roster/exports/"))
    assert second.post(f"{address}agree/", REASON).status_code == 302
    job = Job.objects.get()
    assert job.person == cast.person("registrar")
    tasks.write_export(job.pk)
    assert clerk.post(address).status_code == 200
    assert second.get(address).status_code == 404
    assert ExportDecision.objects.get().decided_by == cast.post(role)


def test_who_ordered_cannot_agree(clerk: Client) -> None:
    export = ordered(clerk)
    words = page(clerk.post(f"/roster/exports/{export.pk}/agree/", REASON), 422)
    assert "须由本单位或县教育局的另一人确认" in words
    assert not Job.objects.exists()


def test_the_next_school_does_not_know_of_it(cast: Cast, clerk: Client) -> None:
    export = ordered(clerk)
    there = client_of(cast.person("head_teacher", there=True))
    assert there.post(f"/roster/exports/{export.pk}/agree/", REASON).status_code == 404


def test_what_was_refused_is_not_written(cast: Cast, clerk: Client) -> None:
    export = ordered(clerk)
    head = client_of(cast.person("head_teacher"))
    assert head.post(f"/roster/exports/{export.pk}/refuse/", REASON).status_code == 302
    assert "没有同意" in page(clerk.get(f"/roster/exports/{export.pk}/"))
    words = page(head.post(f"/roster/exports/{export.pk}/agree/", REASON), 422)
    assert "已经办理" in words
    assert not Job.objects.exists()


def test_who_ordered_it_takes_it_back(cast: Cast, clerk: Client) -> None:
    export = ordered(clerk)
    address = f"/roster/exports/{export.pk}/withdraw/"
    for shown in ("/roster/exports/", f"/roster/exports/{export.pk}/"):
        assert f'href="{address}"' in page(clerk.get(shown))
    head = client_of(cast.person("head_teacher"))
    assert "只有申请人可以撤回" in page(head.post(address, REASON), 422)
    assert clerk.post(address, REASON).status_code == 302
    assert export.decision.outcome == ExportDecision.WITHDRAWN
    assert "已撤回" in page(clerk.get(f"/roster/exports/{export.pk}/"))
    assert "已经办理" in page(head.post(f"/roster/exports/{export.pk}/agree/", REASON), 422)
    assert not Job.objects.exists()


def test_who_decides_sees_list_rows_and_purpose(cast: Cast, clerk: Client) -> None:
    export = ordered(clerk)
    head = client_of(cast.person("head_teacher"))
    words = page(head.get(f"/roster/exports/{export.pk}/agree/"))
    for told in (ORDER["purpose"], "学生名册", "2人"):
        assert told in words


def test_purpose_and_tick_stay_while_the_password_is_asked_for(cast: Cast) -> None:
    """The order of a filtered list does not go on by itself: its form comes back filled in."""
    stale = stale_client_of(with_password(cast.person("registrar")))
    filtered = f"{EXPORT}?school_class={cast.here.school_class.pk}"
    asked = stale.post(filtered, ORDER)["Location"]
    answer = stale.post(asked, {"password": PASSWORD, "next": filtered})
    assert answer["Location"] == filtered
    words = page(stale.get(filtered))
    assert f'value="{ORDER["purpose"]}"' in words
    assert "checked" in words
    assert "密码已确认" in words
    assert "密码已确认" not in page(stale.get(filtered))  # once


def test_the_head_of_the_bureau_reads_on_his_desk_what_waits_and_agrees(
    cast: Cast, clerk: Client
) -> None:
    export = ordered(clerk)
    leader = client_of(cast.person("bureau_leader"))
    desk = page(leader.get("/"))
    assert "1 项待确认" in desk[desk.index('class="todo"') :].partition("</ul>")[0]
    assert "1 项待确认" not in page(clerk.get("/"))
    assert leader.post(f"/roster/exports/{export.pk}/agree/", REASON).status_code == 302
    assert ExportDecision.objects.get().decided_by == cast.post("bureau_leader")
    assert "1 项待确认" not in page(leader.get("/"))


def test_what_lapsed_waits_for_nobody(cast: Cast, clerk: Client) -> None:
    export = ordered(clerk)
    RosterExport.objects.update(expires_at=export.ordered_at)
    leader = client_of(cast.person("bureau_leader"))
    assert "1 项待确认" not in page(leader.get("/"))
    words = page(leader.get("/roster/exports/"))
    assert "已失效" in words
    assert f"/roster/exports/{export.pk}/agree/" not in words
