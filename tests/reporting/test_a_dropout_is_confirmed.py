"""辍学 by P12's other routes: the head confirms a cause, or the police cannot find the child."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.models import Case
from cases.policy import Act
from foundation import clock
from foundation.messaging.models import Message
from reporting.figures.loading import load
from reporting.figures.months import ReturnMonth
from reporting.figures.people import away_rows, look_around
from reporting.figures.tallies import entries_of, sums
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cases.steps import FIRST_MISSED, call_roll, do, reach, stage, the_case
from tests.cast import Cast, make_cast, make_child
from tests.files.samples import photo
from tests.repeated import Repeated, remember
from tests.reporting.facts import school_days

MON, TUE, WED = (date(2025, 9, day) for day in (22, 23, 24))
BADGE = '<span class="badge badge-bad">辍学</span>'
IN_LIST = re.compile(r'<td[^>]* data-label="台账类别"[^>]*>\s*辍学\s*</td>')


@pytest.fixture(scope="module")
def _late(django_db_setup: None, django_db_blocker: Any) -> Repeated[tuple[Cast, int]]:
    """A case with the village, whose child is suspected since 09-18; today is the 22nd."""
    with django_db_blocker.unblock():
        return remember(_case_with_the_village)


def _case_with_the_village() -> tuple[Cast, int]:
    cast = make_cast()
    make_child(cast.here, "李小红")
    child = make_child(cast.here)
    for day in school_days(cast.county.pk, FIRST_MISSED, date(2025, 9, 19)):
        call_roll(cast, day, child)
    reach(cast, the_case(child), "D3")
    call_roll(cast, MON, child)
    return cast, the_case(child).pk


@pytest.fixture
def case(_late: Repeated[tuple[Cast, int]], db: None) -> Case:
    return Case.objects.get(pk=_late.again()[1])


@pytest.fixture
def cast(_late: Repeated[tuple[Cast, int]], case: Case) -> Cast:
    return _late.tell()[0]


@pytest.fixture
def child(case: Case) -> Child:
    return case.child


@pytest.fixture
def act(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch):
    """The role sends the form of an act on a day."""

    def send(name: str, role: str, day: date, **data: object) -> Any:
        monkeypatch.setattr(clock, "today", lambda: day)
        case.refresh_from_db()
        form = {"version": case.version, "occurred_on": day.isoformat(), **data}
        return client_of(cast.person(role)).post(f"/cases/{case.number}/{name}/", form)

    return send


@pytest.fixture
def told(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """What page, list, name list and figures say on a day: whether the child is a dropout."""

    def ask(case: Case, day: date) -> tuple[set[bool], int]:
        monkeypatch.setattr(clock, "today", lambda: day)
        client = client_of(cast.person("registrar"))
        facts = load(cast.county, ReturnMonth(day.replace(day=1), day))
        counts = sums(entries_of(facts), lambda entry: None)[None]
        (row,) = away_rows(facts, look_around(facts))
        is_dropout = {
            BADGE in page(client.get(f"/cases/{case.number}/")),
            bool(IN_LIST.search(page(client.get("/cases/")))),
            row["category"] == "辍学",
            counts["dropout_end"] == counts["dropout_new"] == 1,
        }
        return is_dropout, counts["lost"]

    return ask


def scan(name: str = "复函.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo())


WORKING = {"ground": "working", "content": "入户并与厂方核实，已在外地务工。"}


def visit(cast: Cast, case: Case, day: date = MON) -> None:
    do(cast, case, Act.CONTACT, "class_teacher", day, method="visit")


def test_the_head_confirms_a_cause_after_a_visit_and_it_counts_from_that_day(
    cast, case, act, told
) -> None:
    visit(cast, case)
    page(act("confirm_dropout", "head_teacher", TUE, **WORKING), 302)
    assert [told(case, day) for day in (MON, TUE, WED)] == [
        ({False}, 0),
        ({True}, 0),
        ({True}, 0),
    ]
    assert Message.objects.filter(title="学校认定辍学，请核阅", to_unit=cast.county).count() == 1


def test_nobody_but_the_head_confirms_it(case, act) -> None:
    for role in ("registrar", "class_teacher", "township_officer", "county_desk"):
        assert act("confirm_dropout", role, TUE, **WORKING).status_code == 403


def test_before_anybody_has_spoken_to_the_family_it_is_not_confirmed(case, act, told) -> None:
    assert "请先记录至少一次当面劝返" in page(
        act("confirm_dropout", "head_teacher", TUE, **WORKING), 422
    )
    assert told(case, TUE)[0] == {False}


def test_a_written_refusal_must_be_uploaded(cast, case, act, told) -> None:
    visit(cast, case)
    refused = {"ground": "refused", "content": "监护人书面表示不再送返。"}
    assert "请上传监护人签名的书面材料" in page(
        act("confirm_dropout", "head_teacher", TUE, **refused), 422
    )
    page(act("confirm_dropout", "head_teacher", TUE, **refused, paper=scan("拒绝书.jpg")), 302)
    assert told(case, TUE)[0] == {True}


def test_the_county_sees_it_and_can_revert_it(cast, case, act, told) -> None:
    visit(cast, case)
    page(act("confirm_dropout", "head_teacher", TUE, **WORKING), 302)
    assert "待县级核阅" in page(client_of(cast.person("county_desk")).get(f"/cases/{case.number}/"))
    page(act("note_dropout", "county_desk", TUE), 302)
    assert "县级已核阅" in page(client_of(cast.person("county_desk")).get(f"/cases/{case.number}/"))
    assert act("revert_dropout", "head_teacher", WED, opinion="想撤").status_code == 403
    assert act("revert_dropout", "township_officer", WED, opinion="想撤").status_code == 422
    page(act("revert_dropout", "county_desk", WED, opinion="该生仍在本县，未务工。"), 302)
    assert [told(case, day)[0] for day in (TUE, WED)] == [{False}, {False}]
    assert Message.objects.filter(title="辍学认定已撤销", to_unit=case.school).count() == 1
    page(act("confirm_dropout", "head_teacher", WED, **WORKING), 302)
    assert told(case, WED)[0] == {True}


def test_the_county_looks_and_reverts_when_the_child_is_back_already(cast, case, act, told) -> None:
    visit(cast, case)
    page(act("confirm_dropout", "head_teacher", TUE, **WORKING), 302)
    do(cast, case, Act.RETURN, "registrar", WED)
    county = client_of(cast.person("county_desk"))
    shown = page(county.get(f"/cases/{case.number}/"))
    assert "核阅辍学认定" in shown
    assert "撤销辍学认定" in shown
    page(act("note_dropout", "county_desk", WED), 302)
    page(act("revert_dropout", "county_desk", WED, opinion="该生一直在本县，未务工。"), 302)
    assert told(case, TUE)[0] == {False}
    assert "撤销辍学认定" not in page(county.get(f"/cases/{case.number}/")).partition("经过")[0]


@pytest.mark.parametrize("role", ["township_officer", "county_desk"])
def test_lost_is_who_the_police_could_not_find(case, act, told, role) -> None:
    reply = {"replied_by": "东镇派出所", "paper_no": "东公函〔2025〕3号"}
    assert act("police_reply", role, TUE, **reply).status_code == 422
    page(act("police_reply", role, TUE, **reply, reply=scan()), 302)
    assert [told(case, day) for day in (MON, TUE, WED)] == [
        ({False}, 0),
        ({True}, 1),
        ({True}, 1),
    ]


def test_the_township_takes_its_own_mistake_back(case, act, told) -> None:
    page(act("police_reply", "township_officer", TUE, replied_by="东镇派出所", reply=scan()), 302)
    page(act("revert_dropout", "township_officer", WED, opinion="登记到了别的学生。"), 302)
    assert told(case, WED) == ({False}, 0)


def test_a_code_for_whereabouts_alone_makes_nobody_lost(case, told) -> None:
    Case.objects.filter(pk=case.pk).update(whereabouts="12")
    assert told(case, TUE) == ({False}, 0)


def test_the_reply_must_bear_its_day_and_not_one_to_come(case, act) -> None:
    reply = {"replied_by": "东镇派出所", "reply": scan()}
    early = act("police_reply", "county_desk", TUE, **reply, occurred_on=WED.isoformat())
    assert "日期不能晚于今天" in page(early, 422)


def test_the_paper_is_read_by_the_line_and_leaves_a_trace(cast, case, act) -> None:
    page(act("police_reply", "township_officer", TUE, replied_by="东镇派出所", reply=scan()), 302)
    url = f"/cases/{case.number}/papers/{case.confirmations.get().pk}/"
    assert f'href="{url}"' in page(
        client_of(cast.person("head_teacher")).get(f"/cases/{case.number}/")
    )
    answer = client_of(cast.person("head_teacher")).get(url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")
    assert client_of(cast.person("supervisor")).get(url).status_code == 403
    assert client_of(cast.person("head_teacher", there=True)).get(url).status_code == 404


def test_a_child_that_came_back_and_is_away_again_is_no_dropout_by_the_old_word(
    cast, child, case, act, told
) -> None:
    visit(cast, case)
    page(act("confirm_dropout", "head_teacher", TUE, **WORKING), 302)
    call_roll(cast, WED)
    assert stage(case) == "D9"
    days = school_days(cast.county.pk, date(2025, 9, 25), date(2025, 9, 28))
    for day in days[:2]:
        call_roll(cast, day, child)
    assert stage(case) == "D3"
    facts = load(cast.county, ReturnMonth(date(2025, 9, 1), days[1]))
    counts = sums(entries_of(facts), lambda entry: None)[None]
    assert (counts["dropout_new"], counts["dropout_back"], counts["dropout_end"]) == (1, 1, 0)
    assert [row["category"] for row in away_rows(facts, look_around(facts))] == ["未达疑似"]
