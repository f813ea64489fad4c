"""申请转入: asked by ID number; nothing of the child is shown until the sending school agrees."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.messaging.models import Message
from students.roster.changes.acts.recording import refuse_change, withdraw_change
from students.roster.changes.acts.transfers import agree_transfer, ask_transfer
from students.roster.models import Change, Child
from students.roster.rules.change_kinds import ChangeRefused
from students.roster.rules.ids import invent
from tests.browsing import client_of
from tests.cast import Cast, make_child
from tests.roster.changing import DUE, FRI, arrive, away, by, let_go, papers, spells, state, suspend

pytestmark = pytest.mark.django_db
ID, OTHER, UNKNOWN = (invent(date(2012, 5, 6), number, "1") for number in range(3))
MON = date(2025, 9, 15)


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRI)


@pytest.fixture
def child(cast: Cast) -> Child:
    """A pupil of our school."""
    return make_child(cast.here, id_no=ID)


def ask(cast: Cast, id_no: str = ID, day: date = FRI) -> Change:
    """The next township's school asks."""
    school = cast.there.school.pk
    return ask_transfer(by(cast, "registrar", day, there=True), id_no, school, "随父母搬家")


def agree(cast: Cast, change: Change, day: date = MON) -> Change:
    """Our school agrees."""
    who = by(cast, "registrar", day)
    return agree_transfer(who, change.pk, day, papers("转学申请"))


def browser(cast: Cast, there: bool) -> Client:
    """The registrar of a side."""
    return client_of(cast.person("registrar", there))


def test_the_request_waits_for_the_other_school_ten_working_days(cast: Cast, child: Child):
    change = ask(cast)

    assert (change.state, change.state_label, change.due_on) == ("asked", "待原校同意", DUE)
    assert away(child) == []
    assert Message.objects.get(to_unit_id=cast.here.school.pk).title == "有学校申请转入本校学生"


def test_the_asker_learns_that_the_child_is_registered_and_no_more(cast: Cast, child: Child):
    change = ask(cast)
    client = browser(cast, there=True)

    for url in (f"/changes/{change.pk}/", "/changes/", "/changes/months/"):
        words = client.get(url).content.decode()
        assert "张小明" not in words
        assert "东镇中学" not in words
    assert "已在本县其他学校登记" in client.get(f"/changes/{change.pk}/").content.decode()
    assert client.get(f"/pupils/{child.pk}/").status_code == 404


def test_the_answer_to_the_asker_names_nobody_either(cast: Cast, child: Child):
    client = browser(cast, there=True)

    answer = client.post("/changes/ask/", {"id_no": ID}, follow=True)

    assert "该生已在本县其他学校登记" in answer.content.decode()
    assert "张小明" not in answer.content.decode()


def test_the_sending_school_and_the_county_read_whom_it_is_about(cast: Cast, child: Child):
    change = ask(cast)

    assert "张小明" in browser(cast, there=False).get(f"/changes/{change.pk}/").content.decode()
    county = client_of(cast.person("county_desk"))
    assert "张小明" in county.get(f"/changes/{change.pk}/").content.decode()


def test_a_refusal_tells_the_asker_no_more(cast: Cast, child: Child):
    change = ask(cast)
    refuse_change(by(cast, "registrar", MON), change.pk, "没有转学意愿")

    words = browser(cast, there=True).get(f"/changes/{change.pk}/").content.decode()

    assert "没有转学意愿" in words
    assert "张小明" not in words
    assert "东镇中学" not in words


def test_once_it_agrees_it_is_that_school_s_transfer_and_the_asker_reads_the_name(
    cast: Cast, child: Child
):
    change = agree(cast, ask(cast))

    assert (change.state, change.occurred_on) == ("open", MON)
    assert change.due_on == date(2025, 9, 28)  # worked in exchange for the holiday
    assert away(child) == [(MON, None)]
    assert "张小明" in browser(cast, there=True).get(f"/changes/{change.pk}/").content.decode()
    arrive(cast, change, date(2025, 9, 16))
    assert spells(child)[-1][0] == cast.there.school_class.pk


def test_to_agree_needs_the_application(cast: Cast, child: Child):
    change = ask(cast)

    with pytest.raises(ChangeRefused, match="转学申请"):
        agree_transfer(by(cast, "registrar", MON), change.pk, MON, ())
    assert state(change) == "asked"


def test_only_the_school_that_has_the_child_agrees(cast: Cast, child: Child):
    change = ask(cast)

    with pytest.raises(PermissionDenied):
        agree_transfer(by(cast, "registrar", MON, there=True), change.pk, MON, papers("转学申请"))


def test_the_asker_takes_the_request_back(cast: Cast, child: Child):
    change = ask(cast)
    withdraw_change(by(cast, "registrar", MON, there=True), change.pk, "填错号码")

    assert state(change) == "withdrawn"
    with pytest.raises(ChangeRefused):
        agree(cast, change)


def test_why_a_child_is_not_free_is_not_told(cast: Cast, child: Child):
    suspend(cast, child, FRI, date(2026, 3, 1))

    with pytest.raises(ChangeRefused) as refusal:
        ask(cast)
    assert "休学" not in str(refusal.value)
    assert "已在本县其他学校登记" in str(refusal.value)


def test_one_s_own_pupil_and_an_unknown_number_are_told_apart(cast: Cast, child: Child):
    make_child(cast.there, "李小红", id_no=OTHER)

    with pytest.raises(ChangeRefused, match="已在本校名册上"):
        ask(cast, OTHER)
    with pytest.raises(ChangeRefused, match="没有这个证件号"):
        ask(cast, UNKNOWN)


def test_every_search_by_number_leaves_a_row(cast: Cast, child: Child):
    ask(cast)

    row = AuditEvent.objects.get(verb="search_by_id")
    assert row.children == [child.pk]


def test_a_child_that_is_on_its_way_cannot_be_asked_for(cast: Cast, child: Child):
    let_go(cast, child)

    with pytest.raises(ChangeRefused, match="已在本县其他学校登记"):
        ask(cast)
