"""The list of changes, the forms of each kind, and the steps, as their people use them."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from foundation import clock
from foundation.accounts.models import AuditEvent
from students.roster.models import Change, Child
from students.roster.rules.change_kinds import BY_CODE, BY_PUPIL
from students.roster.rules.ids import invent
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.files.samples import photo
from tests.roster.changing import FRI, a_class, let_go, record, state, suspend

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRI)


def desk(cast: Cast, there: bool = False) -> Client:
    """A school's registrar."""
    return client_of(cast.person("registrar", there))


def upload(name: str = "材料.jpg") -> SimpleUploadedFile:
    """A photo as a browser sends it."""
    return SimpleUploadedFile(name, photo(), "image/jpeg")


def uploads(kind: str) -> dict[str, Any]:
    """One for each paper of the kind."""
    return {f"paper_{n}": upload() for n in range(len(BY_CODE[kind].proofs))}


def filled(cast: Cast, kind: str) -> dict[str, Any]:
    """What the form of the kind asks."""
    classes = {"class_move": 2024, "repeat": 2025, "grade_skip": 2023}
    data: dict[str, Any] = {"occurred_on": "2025-09-12"}
    if kind in classes:
        data["to_class_id"] = a_class(cast.here, entry_year=classes[kind]).pk
    if kind == "transfer_within":
        data["to_school_id"] = cast.there.school.pk
    if kind in ("transfer_out", "abroad"):
        data |= {"outside_school": "邻县一中", "outside_place": "邻县"}
    if kind == "suspension":
        data |= {"until": "2026-03-01", "reason": "10"}
    return data | uploads(kind)


def test_a_pupil_is_found_by_name_and_leads_to_every_kind(cast: Cast):
    child = make_child(cast.here)
    make_child(cast.there, "张外人")
    client = desk(cast)

    words = page(client.get("/changes/new/", {"q": "张"}))
    assert f"/changes/pupil/{child.pk}/" in words
    assert "张外人" not in words
    words = page(client.get(f"/changes/pupil/{child.pk}/"))
    offered = [code for code in BY_PUPIL if f"/changes/pupil/{child.pk}/{code}/" in words]
    assert offered == [code for code in BY_PUPIL if code != "return"]  # nobody is on suspension


def test_a_suspended_pupil_is_offered_the_return_and_nothing_that_needs_a_class(cast: Cast):
    child = make_child(cast.here)
    suspend(cast, child, FRI, date(2026, 3, 1))

    words = page(desk(cast).get(f"/changes/pupil/{child.pk}/"))

    offered = [code for code in BY_PUPIL if f"/changes/pupil/{child.pk}/{code}/" in words]
    assert offered == [code for code in BY_PUPIL if BY_CODE[code].while_away]


def test_while_a_change_is_pending_none_is_offered(cast: Cast):
    child = make_child(cast.here)
    let_go(cast, child)

    words = page(desk(cast).get(f"/changes/pupil/{child.pk}/"))

    assert "有一项异动正在办理" in words
    assert not any(f"/changes/pupil/{child.pk}/{code}/" in words for code in BY_PUPIL)


@pytest.mark.parametrize("kind", [code for code in BY_PUPIL if code != "return"])
def test_each_kind_is_recorded_through_its_form(cast: Cast, kind: str):
    url = f"/changes/pupil/{make_child(cast.here).pk}/{kind}/"
    page(desk(cast).get(url))

    words = page(desk(cast).post(url, filled(cast, kind), follow=True))

    change = Change.objects.get()
    assert change.kind == kind
    assert change.kind_label in words
    assert [p.document.title for p in change.proofs.all()] == list(BY_CODE[kind].proofs)


def test_a_missing_paper_is_named_and_what_was_typed_stays(cast: Cast):
    url = f"/changes/pupil/{make_child(cast.here).pk}/suspension/"
    data = filled(cast, "suspension")
    del data["paper_1"]
    data["note"] = "骨折"

    words = page(desk(cast).post(url, data), 422)

    assert "缺少材料：县级以上医院诊断证明" in words
    assert "骨折" in words
    assert not Change.objects.exists()


def test_what_the_rules_refuse_is_said_on_the_form(cast: Cast):
    url = f"/changes/pupil/{make_child(cast.here).pk}/suspension/"
    data = filled(cast, "suspension") | {"until": "2026-09-12"}

    assert "每次不超过一年" in page(desk(cast).post(url, data), 422)


def test_a_file_that_is_no_picture_is_refused_and_nothing_is_written(cast: Cast):
    url = f"/changes/pupil/{make_child(cast.here).pk}/transfer_within/"
    data = filled(cast, "transfer_within")
    data["paper_0"] = SimpleUploadedFile("申请.jpg", b"MZ\x90\x00 no picture", "image/jpeg")

    page(desk(cast).post(url, data), 422)
    assert not Change.objects.exists()


def test_a_child_from_outside_is_entered_with_a_number_that_checks(cast: Cast):
    data: dict[str, Any] = {
        "name": "赵转来",
        "id_no": invent(date(2012, 5, 6), 3, "1"),
        "sex": "1",
        "born_on": "2012-05-06",
        "occurred_on": "2025-09-12",
        "to_class_id": cast.here.school_class.pk,
        "outside_school": "邻县一中",
        "outside_place": "邻县",
        "paper_0": upload(),
    }
    wrong = data | {"id_no": data["id_no"][:-1] + "?", "paper_0": upload()}
    page(desk(cast).post("/changes/take-in/", wrong), 422)
    page(desk(cast).post("/changes/take-in/", data, follow=True))

    assert Change.objects.get().child.name == "赵转来"


def test_a_deferral_is_asked_for_through_its_form(cast: Cast):
    child = Child(county=cast.county, name="钱未入")
    child.id_no = invent(date(2019, 5, 6), 3, "1")
    child.save()
    data = filled(cast, "suspension") | {"id_no": child.id_no}

    page(desk(cast).post("/changes/defer/", data, follow=True))

    assert Change.objects.get().kind == "deferral"


def test_the_receiving_school_confirms_in_two_taps(cast: Cast):
    change = let_go(cast, make_child(cast.here))
    client = desk(cast, there=True)
    assert "待接收" in page(client.get("/changes/?state=pending"))
    assert f"/changes/{change.pk}/confirm/" in page(client.get(f"/changes/{change.pk}/"))

    url = f"/changes/{change.pk}/confirm/"
    data = {"arrived_on": "2025-09-12", "class_id": cast.there.school_class.pk}
    page(client.post(url, data, follow=True))

    assert state(change) == "confirmed"
    assert "不能再办理这一步" in page(client.post(url, data), 422)


def test_a_step_of_the_other_side_is_forbidden(cast: Cast):
    change = let_go(cast, make_child(cast.here))

    assert desk(cast).get(f"/changes/{change.pk}/confirm/").status_code == 403
    assert desk(cast, there=True).get(f"/changes/{change.pk}/settle/").status_code == 404
    assert client_of(cast.person("class_teacher")).get(f"/changes/{change.pk}/").status_code == 200


def test_every_step_of_a_suspension_has_its_page(cast: Cast):
    child = make_child(cast.here)
    change = record(cast, "suspension", child, until=date(2026, 3, 1), reason="10")
    for role, act, data in (
        ("township_officer", "approve", {"opinion": "诊断证明齐全，同意休学"}),
        ("county_desk", "file", {"number": "备案1号"}),
    ):
        client = client_of(cast.person(role))
        assert f"/changes/{change.pk}/{act}/" in page(client.get(f"/changes/{change.pk}/"))
        page(client.post(f"/changes/{change.pk}/{act}/", data, follow=True))

    assert state(change) == "confirmed"


def test_the_list_is_filtered_by_kind_state_and_month(cast: Cast):
    let_go(cast, make_child(cast.here, "甲转出"))
    record(cast, "abroad", make_child(cast.here, "乙出国"), outside_place="邻国")
    client = desk(cast)

    def listed(**asked: str) -> set[str]:
        words = page(client.get("/changes/", asked))
        return {name for name in ("甲转出", "乙出国") if name in words}

    assert listed() == {"甲转出", "乙出国"}
    assert listed(kind="abroad") == {"乙出国"}
    assert listed(state="pending") == {"甲转出"}
    assert listed(state="confirmed") == {"乙出国"}
    assert listed(month="2025-09") == {"甲转出", "乙出国"}
    assert listed(month="2025-08") == set()
    assert listed(month="2025-13") == set()
    assert listed(state="late") == set()


def test_totals_are_those_of_the_filter(cast: Cast):
    for name in ("甲", "乙"):
        let_go(cast, make_child(cast.here, f"{name}转出"))

    words = page(desk(cast).get("/changes/?state=pending"))

    assert '转出（县内） <strong class="num">2</strong>' in words


def test_the_list_asks_as_many_queries_for_one_as_for_many(cast: Cast, count_queries: Any):
    client = desk(cast)
    let_go(cast, make_child(cast.here))
    with count_queries(connection) as few:
        client.get("/changes/")
    for name in ("李一", "李二", "李三"):
        let_go(cast, make_child(cast.here, name))
    with count_queries(connection) as many:
        client.get("/changes/")

    assert len(many) == len(few)


def test_reading_leaves_a_row_with_the_child(cast: Cast):
    child = make_child(cast.here)
    change = let_go(cast, child)
    desk(cast).get(f"/changes/{change.pk}/")
    desk(cast).get("/changes/")

    for verb in ("read_change", "list_changes"):
        assert AuditEvent.objects.get(verb=verb).children == [child.pk]


def test_what_was_entered_late_says_so(cast: Cast):
    change = let_go(cast, make_child(cast.here), occurred_on=date(2025, 9, 9))

    assert "补登" in page(desk(cast).get(f"/changes/{change.pk}/"))
    assert "补登" in page(desk(cast).get("/changes/"))
