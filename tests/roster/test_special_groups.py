"""Special groups: entered several at once, ended with a reason, and seen by few (domain 6.8)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from foundation import clock
from foundation.accounts.actions import Refused
from foundation.accounts.audit import Origin
from foundation.accounts.models import AuditEvent
from students.roster.groups.actions import GroupEntry, enter_groups, note_absence
from students.roster.models import Child, Document, GroupSpell, GuardianAbsence
from students.roster.rules.group_kinds import GROUPS, TICKED
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.clear_text import tables_with
from tests.doers import doing

pytestmark = pytest.mark.django_db
TODAY = date(2025, 9, 12)
CERTIFICATE = "53099920120506001341"


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: TODAY)


@pytest.fixture
def child(cast: Cast) -> Child:
    return make_child(cast.here)


def enter(cast: Cast, child: Child, *groups: str, role: str = "registrar", **more: Any) -> Any:
    more.setdefault("starts_on", date(2025, 9, 1))
    entry = GroupEntry(groups=groups, **more)
    return enter_groups(doing(cast.viewer(role), Origin(), today=TODAY), child, entry)


def test_several_groups_are_entered_at_once(cast: Cast, child: Child):
    client = client_of(cast.person("registrar"))
    answer = client.post(
        f"/roster/{child.pk}/groups/",
        {
            "groups": ["dibao_rural", "disabled"],
            "starts_on": "2025-09-01",
            "basis": CERTIFICATE,
            "note": "二级",
        },
    )
    assert (answer.status_code, answer["Location"]) == (302, f"/pupils/{child.pk}/")
    spells = GroupSpell.objects.filter(child=child)
    assert {spell.group for spell in spells} == {"dibao_rural", "disabled"}
    assert {spell.basis for spell in spells} == {CERTIFICATE}
    event = AuditEvent.objects.get(verb="enter_groups")
    assert event.children == [child.pk]
    assert event.details == {"groups": ["dibao_rural", "disabled"]}


def test_a_certificate_s_number_is_masked_on_the_page_and_in_clear_nowhere(cast, child):
    enter(cast, child, "disabled", basis=CERTIFICATE)
    shown = page(client_of(cast.person("registrar")).get(f"/pupils/{child.pk}/"))
    assert "5309************1341" in shown
    assert CERTIFICATE not in shown
    assert CERTIFICATE not in GroupSpell.objects.get().basis_sealed


def test_the_note_of_a_group_is_sealed(cast: Cast, child: Child):
    enter(cast, child, "orphan", note="父母车祸后由祖母照看")
    assert tables_with("父母车祸后由祖母照看") == set()
    assert child.group_spells.get().note == "父母车祸后由祖母照看"


def test_the_paper_that_proves_it_becomes_a_paper_of_the_child(cast, child, monkeypatch):
    kept = []

    def keep(post: Any, name: str, content: bytes) -> Any:
        kept.append((name, content))
        return _stored(cast)

    monkeypatch.setattr("students.roster.groups.actions.keep", keep)
    enter(cast, child, "orphan", file=("孤儿证.jpg", b"bytes"))
    spell = GroupSpell.objects.select_related("evidence").get()
    assert kept == [("孤儿证.jpg", b"bytes")]
    assert spell.evidence is not None
    assert spell.evidence.child_id == child.pk


def _stored(cast: Cast) -> Any:
    file: Any = Document._meta.get_field("file").related_model
    return file.objects.create(
        county=cast.county,
        kind="image",
        file_name="证.jpg",
        content_type="image/jpeg",
        size=1,
        sha256="0" * 64,
        kept_by=cast.post("registrar"),
    )


@pytest.mark.parametrize("role", ["central_school", "supervisor", "class_teacher"])
def test_a_paper_of_a_group_is_seen_by_who_sees_groups(cast: Cast, child: Child, role: str):
    spell = enter(cast, child, "disabled")[0]
    paper = Document.objects.create(child=child, file=_stored(cast), title="残疾学生证明")
    plain = Document.objects.create(child=child, file=_stored(cast), title="转学证明")
    spell.evidence = paper
    spell.save()
    seen = set(Document.objects.visible_to(cast.viewer(role), TODAY))
    assert seen == ({paper, plain} if role == "class_teacher" else {plain})
    shown = page(client_of(cast.person(role)).get(f"/pupils/{child.pk}/"))
    assert ("残疾学生证明" in shown) is (role == "class_teacher")


@pytest.mark.parametrize("first", [date(2025, 9, 10), date(2025, 9, 11)])
def test_the_same_group_overlaps_with_no_other_spell_of_it(cast, child, first):
    enter(cast, child, "orphan", ends_on=date(2025, 9, 10))
    if first == date(2025, 9, 10):
        with pytest.raises(Refused, match="「孤儿」自2025年9月1日起已登记"):
            enter(cast, child, "orphan", starts_on=first)
    else:
        assert enter(cast, child, "orphan", starts_on=first)


def test_the_database_refuses_an_overlap_too(cast: Cast, child: Child):
    spell = enter(cast, child, "orphan")[0]
    again = {"child": child, "group": "orphan", "recorded_by": spell.recorded_by}
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupSpell.objects.create(starts_on=date(2025, 9, 5), **again)


def test_a_group_cannot_begin_tomorrow_nor_end_before_it_began(cast: Cast, child: Child):
    with pytest.raises(Refused, match="起始日期不能晚于今天"):
        enter(cast, child, "orphan", starts_on=date(2025, 9, 13))
    with pytest.raises(Refused, match="终止日期早于起始日期"):
        enter(cast, child, "orphan", ends_on=date(2025, 8, 31))
    assert enter(cast, child, "orphan", starts_on=TODAY)


def test_a_group_ends_with_a_day_and_a_reason_and_stays_on_record(cast: Cast, child: Child):
    spell = enter(cast, child, "dibao_rural")[0]
    client = client_of(cast.person("registrar"))
    url = f"/roster/groups/{spell.pk}/end/"
    assert client.post(url, {"ends_on": "2025-09-11"}).status_code == 422  # no reason
    client.post(url, {"ends_on": "2025-09-11", "reason": "低保待遇停止"})
    shown = page(client.get(f"/pupils/{child.pk}/"))
    assert "2025年9月11日（低保待遇停止）" in shown
    assert "已经登记退出" in page(
        client.post(url, {"ends_on": "2025-09-12", "reason": "又一次"}), 422
    )


@pytest.mark.parametrize("role", ["class_teacher", "county_desk", "central_school"])
def test_only_the_school_s_desk_enters_groups(cast: Cast, child: Child, role: str):
    with pytest.raises(PermissionDenied):
        enter(cast, child, "orphan", role=role)
    assert client_of(cast.person(role)).get(f"/roster/{child.pk}/groups/").status_code == 403


def test_the_next_township_s_school_neither_sees_nor_enters(cast: Cast, child: Child):
    spell = enter(cast, child, "orphan")[0]
    client = client_of(cast.person("registrar", there=True))
    for url in (f"/roster/{child.pk}/groups/", f"/roster/groups/{spell.pk}/end/"):
        assert client.get(url).status_code == 404
    assert "张小明" not in page(client.get("/roster/groups/"))
    viewer, entry = cast.viewer("registrar", there=True), GroupEntry(("weary",), TODAY)
    with pytest.raises(PermissionDenied):
        enter_groups(doing(viewer, Origin(), today=TODAY), child, entry)


@pytest.mark.parametrize("role", ["class_teacher", "registrar", "head_teacher", "county_desk"])
def test_who_helps_the_child_sees_its_groups(cast: Cast, child: Child, role: str):
    enter(cast, child, "orphan")
    client = client_of(cast.person(role))
    assert "孤儿" in page(client.get(f"/pupils/{child.pk}/"))
    assert "孤儿" in page(client.get("/roster/groups/"))
    assert "张小明" in page(client.get("/roster/?group=orphan"))
    assert "张小明" not in page(client.get("/roster/?group=weary"))


@pytest.mark.parametrize("role", ["central_school", "supervisor"])
def test_who_only_oversees_sees_nothing_of_groups_anywhere(cast: Cast, child: Child, role: str):
    enter(cast, child, "orphan")
    other = make_child(cast.here, "李四光")
    client = client_of(cast.person(role))
    shown = page(client.get(f"/pupils/{child.pk}/"))
    assert "孤儿" not in shown
    assert "特殊群体" not in shown
    assert client.get("/roster/groups/").status_code == 403
    assert client.get("/roster/left-behind/").status_code == 403
    both = page(client.get("/roster/?group=orphan"))
    assert "特殊群体" not in both
    assert all(f"/pupils/{one.pk}/" in both for one in (child, other)), "the filter told"


@pytest.mark.parametrize("role", ["village_cadre", "township_officer", "education_office"])
def test_the_government_line_opens_no_list_of_groups(cast: Cast, child: Child, role: str):
    client = client_of(cast.person(role))
    for url in ("/roster/groups/", "/roster/left-behind/", f"/pupils/{child.pk}/"):
        assert client.get(url).status_code == 403


def test_a_group_on_its_last_day_is_listed_and_the_day_after_not(cast, child, monkeypatch):
    enter(cast, child, "orphan", ends_on=TODAY)
    client = client_of(cast.person("registrar"))
    assert "张小明" in page(client.get("/roster/groups/"))
    monkeypatch.setattr(clock, "today", lambda: date(2025, 9, 13))
    assert "张小明" not in page(client.get("/roster/groups/"))


def test_a_parent_away_puts_the_child_on_the_list_by_both_definitions(cast: Cast, child: Child):
    client = client_of(cast.person("registrar"))
    client.post(
        f"/roster/{child.pk}/parents-away/",
        {
            "parent": "father",
            "starts_on": "2025-06-12",
            "place": "country",
            "carer": "grandparents",
            "other_can_guard": "1",
        },
    )
    listed = page(client.get("/roster/left-behind/"))
    assert "父亲（2025-06-12起，省外）" in listed
    assert "单亲留守儿童" in listed
    shown = page(client.get(f"/pupils/{child.pk}/"))
    assert "父亲（2025年6月12日起）连续外出满3个月" in shown
    assert "父亲外出，母亲在家监护" in shown


@pytest.mark.parametrize(("back_on", "taken"), [("2025-09-01", False), ("2025-09-02", True)])
def test_a_parent_comes_home_after_leaving(cast: Cast, child: Child, back_on: str, taken: bool):
    absence = _away(cast, child)
    client = client_of(cast.person("registrar"))
    answer = client.post(f"/roster/parents-away/{absence.pk}/end/", {"back_on": back_on})
    absence.refresh_from_db()
    assert answer.status_code == (302 if taken else 422)
    assert absence.ends_on == (date(2025, 9, 1) if taken else None)


def test_the_same_parent_is_not_away_twice_at_once(cast: Cast, child: Child):
    _away(cast, child)
    with pytest.raises(Refused, match="请先登记返家"):
        _away(cast, child)


def _away(cast: Cast, child: Child) -> GuardianAbsence:
    return note_absence(
        doing(cast.viewer("registrar"), Origin(), today=TODAY),
        child,
        parent="father",
        starts_on=date(2025, 9, 1),
        place="country",
        carer="grandparents",
        other_can_guard=True,
    )


def test_a_hukou_of_another_county_tells_of_moving_along(cast: Cast, child: Child):
    Child.objects.filter(pk=child.pk).update(home_region="530902101201")
    shown = page(client_of(cast.person("registrar")).get(f"/pupils/{child.pk}/"))
    assert "户籍不在本县" in shown
    Child.objects.filter(pk=child.pk).update(home_region="530999101201")
    shown = page(client_of(cast.person("registrar")).get(f"/pupils/{child.pk}/"))
    assert "户籍在本县" in shown


def test_no_group_tells_of_religion_or_offences_and_left_behind_is_not_ticked():
    labels = "".join(group.label for group in GROUPS)
    assert "信教" not in labels
    assert "涉案" not in labels
    assert "left_behind" not in {group.code for group in TICKED}
    assert all(group.source for group in GROUPS)
