"""The pupil list and one pupil: what each role sees, how it is found, and what stays masked."""

from datetime import date
from typing import Any

import pytest
from django.db import connection

from foundation import clock
from foundation.accounts import actions as accounts
from foundation.accounts.models import AuditEvent, Region, UnitKind
from students.roster.models import Child
from students.roster.pupils.acts.pupils import add_child, enrol, open_class
from tests.browsing import let_in
from tests.cast import Cast, make_child

pytestmark = pytest.mark.django_db

ID = "530999201205060013"
PHONE = "13900001234"
REGISTRY = f"G{ID}"


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2025, 9, 12))


@pytest.fixture
def sign_in(client, cast: Cast):
    def as_role(role: str, there: bool = False) -> Any:
        let_in(client, cast.person(role, there))
        return client

    return as_role


def ours(cast: Cast, name: str = "张小明", **facts: Any) -> Child:
    return make_child(
        cast.here,
        name,
        id_no=ID,
        registry_no=REGISTRY,
        address="东镇东村1组8号院子",
        guardians=({"name": "张大明", "phone": PHONE, "relation": "父亲"},),
        **facts,
    )


def names(response: Any) -> list[str]:
    return [row.record.child.name for row in response.context["table"].paginated_rows]


def test_the_list_shows_the_pupils_of_one_s_own_school_only(cast: Cast, sign_in):
    ours(cast)
    make_child(cast.there, "李外人")

    response = sign_in("registrar").get("/roster/")

    assert names(response) == ["张小明"]
    assert "李外人" not in response.content.decode()


def test_a_class_teacher_sees_own_classes_only(cast: Cast, sign_in):
    ours(cast)
    other = open_class(cast.here.school, "2", 2024, 3)
    child = add_child(cast.county, "别班生")
    enrol(child, other, date(2025, 9, 1))

    client = sign_in("class_teacher")

    assert names(client.get("/roster/")) == ["张小明"]
    assert client.get(f"/pupils/{child.pk}/").status_code == 404


def test_the_county_sees_both_schools(cast: Cast, sign_in):
    ours(cast)
    make_child(cast.there, "李外人")

    assert names(sign_in("county_desk").get("/roster/")) == ["李外人", "张小明"]


def test_a_township_without_a_village_is_no_choice(cast: Cast, sign_in):
    region = Region.objects.get(code="530999102")
    accounts.add_unit(UnitKind.TOWNSHIP, "甲监狱", region, cast.county)

    words = sign_in("county_desk").get("/roster/").content.decode()

    assert f'value="{cast.here.township.pk}"' in words
    assert "甲监狱" not in words


@pytest.mark.parametrize("role", ["village_cadre", "township_officer", "administrator"])
def test_who_may_not_see_pupils_is_refused(cast: Cast, sign_in, role: str):
    child = ours(cast)
    client = sign_in(role)
    for url in ("/roster/", f"/pupils/{child.pk}/", "/roster/find/", "/roster/unverified-homes/"):
        assert client.get(url).status_code == 403


def test_a_pupil_of_another_school_is_as_one_who_does_not_exist(cast: Cast, sign_in):
    child = make_child(cast.there, "李外人")
    client = sign_in("registrar")

    outside, nobody = client.get(f"/pupils/{child.pk}/"), client.get("/pupils/999999/")

    assert outside.status_code == nobody.status_code == 404
    assert outside.content.replace(outside["X-Request-Id"].encode(), b"") == (
        nobody.content.replace(nobody["X-Request-Id"].encode(), b"")
    )


def test_a_pupil_who_left_is_no_longer_listed_nor_read_by_the_class_teacher(cast: Cast, sign_in):
    child = ours(cast)
    child.enrolments.update(ends_on=date(2025, 9, 11))

    assert names(sign_in("registrar").get("/roster/")) == []
    client = sign_in("class_teacher")
    assert names(client.get("/roster/")) == []
    assert client.get(f"/pupils/{child.pk}/").status_code == 404


def test_on_the_last_day_of_enrolment_a_pupil_is_still_listed(cast: Cast, sign_in):
    ours(cast).enrolments.update(ends_on=date(2025, 9, 12))

    assert names(sign_in("registrar").get("/roster/")) == ["张小明"]


def test_every_number_is_masked_on_list_and_page(cast: Cast, sign_in):
    child = ours(cast)
    client = sign_in("registrar")

    for url in ("/roster/", f"/pupils/{child.pk}/"):
        page = client.get(url).content.decode()
        assert ID not in page
        assert PHONE not in page
        assert "1组8号院子" not in page
    assert "5309**********0013" in page
    assert "139****1234" in page


def test_the_page_tells_home_guardians_and_history(cast: Cast, sign_in):
    child = ours(cast)

    page = sign_in("registrar").get(f"/pupils/{child.pk}/").content.decode()

    for words in ("张大明", "父亲", "东村村民委员会", "八年级2班", "2025年9月1日", "东镇中学"):
        assert words in page


@pytest.mark.parametrize("words", ["小明", "张", "zxm", "ZX"])
def test_a_name_or_its_first_letters_find_a_pupil(cast: Cast, sign_in, words: str):
    ours(cast)
    make_child(cast.here, "李四光")

    assert names(sign_in("registrar").get("/roster/", {"q": words})) == ["张小明"]


def test_a_number_in_the_name_box_is_refused_with_the_way_to_go(cast: Cast, sign_in):
    ours(cast)

    response = sign_in("registrar").get("/roster/", {"q": ID})

    assert names(response) == []
    assert "按号码查找" in response.content.decode()


@pytest.mark.parametrize("number", [ID, REGISTRY, PHONE, " ５３０９９９ 201205060013 "])
def test_a_whole_number_opens_the_pupil_and_stays_out_of_the_address(
    cast: Cast, sign_in, number: str
):
    child = ours(cast)

    response = sign_in("registrar").post("/roster/find/", {"number": number})

    assert (response.status_code, response["Location"]) == (302, f"/pupils/{child.pk}/")


def test_part_of_a_number_finds_nothing(cast: Cast, sign_in):
    ours(cast)

    response = sign_in("registrar").post("/roster/find/", {"number": ID[:17]})

    assert "没有找到这个号码" in response.content.decode()


def test_a_number_of_another_school_s_pupil_finds_nothing(cast: Cast, sign_in):
    ours(cast)

    response = sign_in("registrar", there=True).post("/roster/find/", {"number": ID})

    assert "没有找到这个号码" in response.content.decode()


def test_a_telephone_of_two_sisters_lists_both(cast: Cast, sign_in):
    ours(cast)
    make_child(cast.here, "张小红", guardians=({"name": "张大明", "phone": PHONE},))

    response = sign_in("registrar").post("/roster/find/", {"number": PHONE})

    assert names(response) == ["张小红", "张小明"]


def test_filters_stand_in_the_address_and_narrow_the_list(cast: Cast, sign_in):
    ours(cast)
    other = open_class(cast.here.school, "2", 2025, 1)
    child = add_child(cast.county, "赵新生")
    enrol(child, other, date(2025, 9, 1))
    client = sign_in("county_desk")

    assert names(client.get("/roster/?grade=7")) == ["赵新生"]
    assert names(client.get("/roster/?grade=8")) == ["张小明"]
    school = cast.here.school.pk
    assert names(client.get(f"/roster/?school={school}&school_class={other.pk}")) == ["赵新生"]
    assert names(client.get(f"/roster/?school={cast.there.school.pk}")) == []
    assert names(client.get("/roster/?grade=99")) == []


@pytest.mark.parametrize(
    ("asked", "shown"), [("", 20), ("?per_page=50", 25), ("?per_page=9", 20), ("?page=99", 5)]
)
def test_a_list_has_20_50_or_100_rows_a_page_and_tells_the_total(cast, sign_in, asked, shown):
    for number in range(25):
        make_child(cast.here, f"生{number:02d}")

    response = sign_in("registrar").get(f"/roster/{asked}")

    assert len(names(response)) == shown
    assert "共 <strong>25</strong> 条" in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_list(cast: Cast, sign_in, count_queries):
    client = sign_in("registrar")

    def queries() -> int:
        with count_queries(connection) as seen:
            assert client.get("/roster/?per_page=100").status_code == 200
        return len(seen)

    ours(cast)
    client.get("/roster/")
    few = queries()
    for number in range(30):
        make_child(cast.here, f"生{number:02d}", guardians=({"name": "甲"}, {"name": "乙"}))
    assert queries() == few


def test_who_has_no_known_village_stands_in_the_list_to_be_verified(cast: Cast, sign_in):
    ours(cast)
    make_child(cast.here, "赵外来", home_village=None, home_region="530111222333")
    make_child(cast.there, "李外人", home_village=None)

    response = sign_in("registrar").get("/roster/unverified-homes/")

    assert names(response) == ["赵外来"]
    assert "530111222333" in response.content.decode()


def test_reading_a_list_a_pupil_or_a_search_is_in_the_audit_with_the_children(cast, sign_in):
    child = ours(cast)
    client = sign_in("registrar")
    client.get("/roster/")
    client.get(f"/pupils/{child.pk}/")
    client.post("/roster/find/", {"number": ID})
    for verb in ("list_pupils", "read_pupil", "search_pupils"):
        event = AuditEvent.objects.get(verb=verb)
        assert event.children == [child.pk]
        assert event.person == cast.person("registrar")
        assert ID not in str(event.details)
