"""催办 of selected duties: preview, confirmation, result; who may press whom; once a day."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from cases.models import Deadline, DutyNudge
from cases.sweeping import sweep
from foundation import clock
from foundation.accounts.models import AuditEvent
from foundation.messaging.models import Message
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, OPENED, at, call_roll
from tests.cast import Cast, make_child

LATER = OPENED + timedelta(days=3)  # Monday: the first duties are overdue, others not yet due
ADDRESS = "/duties/nudge/?of=area"


@pytest.fixture(autouse=True)
def opened(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case on each side, looked at on the Monday after."""
    monkeypatch.setattr(clock, "now", lambda: at(OPENED))
    for there, name in ((False, "张小明"), (True, "李小红")):
        child = make_child(cast.there if there else cast.here, name)
        for day in (FIRST_MISSED, OPENED):
            call_roll(cast, day, child, there=there)
    monkeypatch.setattr(clock, "now", lambda: at(LATER))


@pytest.fixture
def climbed(opened: None) -> None:
    """The night moved both to the school's rung: some duties are due, others not yet."""
    sweep(LATER, at(LATER))


def owed(cast: Cast, *, there: bool = False) -> list[int]:
    """The duties owed in the case of one side."""
    school = (cast.there if there else cast.here).school.pk
    rows = Deadline.objects.owed().filter(case__school_id=school).order_by("due_on", "pk")
    return list(rows.values_list("pk", flat=True))


def nudges() -> Callable[[], int]:
    return Message.objects.filter(key__startswith="nudge_duties:").count


@pytest.fixture
def desk(cast: Cast) -> Client:
    return client_of(cast.person("county_desk"))


def test_the_preview_says_what_applies_and_what_is_skipped_and_writes_nothing(
    cast: Cast, climbed: None, desk: Client
) -> None:
    keys = owed(cast)
    late = Deadline.objects.filter(pk__in=keys, due_on__lte=LATER).count()
    assert 0 < late < len(keys)
    words = page(desk.post(ADDRESS, {"pk": keys}, follow=True))
    assert f"{late} 项可以催办，{len(keys) - late} 项还没有到期，跳过" in words
    assert "张小明" in words
    assert not DutyNudge.objects.exists()
    assert nudges()() == 0


def test_after_the_confirmation_each_addressee_has_one_letter_without_a_name(
    cast: Cast, climbed: None, desk: Client
) -> None:
    keys = [*owed(cast), *owed(cast, there=True)]
    words = page(desk.post(ADDRESS, {"pks": ",".join(map(str, keys)), "confirm": "1"}, follow=True))
    assert "催办结果" in words
    assert "跳过的事项" in words
    pressed = set(DutyNudge.objects.values_list("deadline_id", flat=True))
    assert pressed == set(
        Deadline.objects.filter(pk__in=keys, due_on__lte=LATER).values_list("pk", flat=True)
    )
    letters = Message.objects.filter(key__startswith="nudge_duties:")
    addressed = list(letters.values_list("to_unit_id", "to_post_id"))
    assert len(addressed) == len(set(addressed)) > 0
    assert not [one for one in letters if "张小明" in one.title + one.body]
    told = AuditEvent.objects.get(verb="nudge_duties")
    assert set(told.details["deadlines"]) == pressed


def test_the_same_duty_is_pressed_once_a_day(cast: Cast, climbed: None, desk: Client) -> None:
    sent = {"pks": ",".join(map(str, owed(cast))), "confirm": "1"}
    desk.post(ADDRESS, sent)
    before = DutyNudge.objects.count()
    again = page(desk.post(ADDRESS, sent, follow=True))
    assert "今天已经催办过" in again
    assert DutyNudge.objects.count() == before


def test_all_results_of_the_filter_are_selected_at_once(
    cast: Cast, climbed: None, desk: Client
) -> None:
    here = cast.here.township.pk
    words = page(desk.post(f"{ADDRESS}&due=overdue&township={here}", {"all": "1"}, follow=True))
    overdue = Deadline.objects.filter(pk__in=owed(cast), due_on__lt=LATER).count()
    assert f"{overdue} 项可以催办" in words
    assert "李小红" not in words


def test_a_duty_of_another_township_is_out_of_sight(cast: Cast) -> None:
    leader = client_of(cast.person("township_leader"))
    sent = {"pks": ",".join(map(str, owed(cast, there=True))), "confirm": "1"}
    words = page(leader.post(ADDRESS, sent, follow=True))
    assert "不在您的范围内" in words
    assert "李小红" not in words
    assert not DutyNudge.objects.exists()


def test_a_head_presses_the_teachers_and_not_the_own_desk(cast: Cast) -> None:
    head = client_of(cast.person("head_teacher"))
    page(head.post(ADDRESS, {"pks": ",".join(map(str, owed(cast))), "confirm": "1"}, follow=True))
    levels = set(DutyNudge.objects.values_list("deadline__level", flat=True))
    assert levels == {"teacher"}
    sweep(LATER, at(LATER))
    assert "不由下级单位办理" in page(head.post(ADDRESS, {"pk": owed(cast)}, follow=True))


@pytest.mark.parametrize("role", ["supervisor", "registrar", "class_teacher", "village_cadre"])
def test_who_answers_for_no_area_presses_nobody(cast: Cast, role: str) -> None:
    client = client_of(cast.person(role))
    assert client.post(ADDRESS, {"pk": owed(cast)}).status_code == 403
    assert 'name="pk"' not in page(client.get("/duties/?of=area"))


def test_the_boxes_of_the_rows_are_sent_without_a_script(cast: Cast, desk: Client) -> None:
    words = page(desk.get("/duties/?of=area"))
    assert 'form="bulk"' in words
    assert 'formaction="/duties/nudge/?of=area"' in words
    assert page(desk.post(ADDRESS, {}, follow=True), 422)


def test_only_rows_that_can_be_pressed_are_selected_or_pressed_alone(
    cast: Cast, climbed: None, desk: Client
) -> None:
    words = page(desk.get("/duties/?of=area"))
    boxes = {int(key) for key in re.findall(r'name="pk" value="(\d+)"', words)}
    alone = {int(key) for key in re.findall(r'name="only" value="(\d+)"', words)}
    rows = Deadline.objects.filter(pk__in=[*owed(cast), *owed(cast, there=True)])
    assert boxes == alone == set(rows.filter(due_on__lte=LATER).values_list("pk", flat=True))
    assert len(boxes) < rows.count()
    one = min(alone)
    words = page(desk.post(ADDRESS, {"only": one, "pk": sorted(alone)}, follow=True))
    assert "1 项可以催办" in words


def test_what_was_sent_has_an_address_of_its_own(cast: Cast, climbed: None, desk: Client) -> None:
    sent = {"pks": ",".join(map(str, owed(cast))), "confirm": "1"}
    answer = desk.post(ADDRESS, sent)
    assert answer.status_code == 302
    for _ in range(2):
        assert "催办结果" in page(desk.get(answer["Location"]))
    assert nudges()() > 0


def test_a_list_in_which_nobody_can_be_pressed_has_no_boxes(cast: Cast, climbed: None) -> None:
    office = client_of(cast.person("education_office"))
    words = page(office.get("/duties/?of=area"))
    assert ("data-pick-page" in words) == ('name="pk"' in words)
    assert ('form id="bulk"' in words) == ('name="pk"' in words)
