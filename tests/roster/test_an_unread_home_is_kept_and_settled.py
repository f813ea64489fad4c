"""A hukou in words that names no known village is kept, sealed, until the school settles it."""

from typing import Any

import pytest
from django.db import connection

from foundation.accounts.models import AuditEvent
from students.roster.models import Child
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.roster.sheets import book, pupil
from tests.roster.steps import bring_in, row

pytestmark = pytest.mark.django_db(databases=["default", "progress"])

WRITTEN = "云南省大理州巍山县马鞍山乡三胜村委会4组"


def homeless(cast: Cast) -> Child:
    bring_in(cast, book(pupil(1, 户口所在地=WRITTEN)))
    return Child.objects.get()


def settle(cast: Cast, client: Any, child: Child) -> Any:
    typed = {"village": cast.here.village.pk, "basis": "户口簿"}
    return client.post(f"/roster/{child.pk}/home/", typed)


def test_the_words_are_kept_and_lie_sealed(cast: Cast) -> None:
    child = homeless(cast)
    assert (child.home_words, child.home_village, child.home_region) == (WRITTEN, None, "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row(c.*)::text FROM roster_child c")
        assert "马鞍山" not in cursor.fetchone()[0]


def test_the_list_shows_them_masked_and_they_are_seen_for_a_reason(cast: Cast) -> None:
    child, client = homeless(cast), client_of(cast.person("registrar"))
    for address in ("/roster/unverified-homes/", f"/pupils/{child.pk}/"):
        shown = page(client.get(address))
        assert "云南省大理州…" in shown
        assert "马鞍山" not in shown
    seen = client.post(f"/roster/{child.pk}/reveal/home/", {"reason": "核实户籍所在的村"})
    assert WRITTEN in page(seen)
    assert AuditEvent.objects.get(verb="reveal_number").details == {"field": "home"}


def test_the_school_chooses_the_village_and_the_words_stay_as_the_address(cast) -> None:
    child, client = homeless(cast), client_of(cast.person("registrar"))
    assert "核实户籍" in page(client.get(f"/pupils/{child.pk}/"))
    assert settle(cast, client, child).status_code == 302
    child.refresh_from_db()
    assert (child.home_village, child.home_township) == (cast.here.village, cast.here.township)
    assert (child.home_region, child.home_words) == (cast.here.village.region.code, WRITTEN)
    assert child.name not in page(client.get("/roster/unverified-homes/"))
    told = AuditEvent.objects.get(verb="settle_home").details
    assert (told["village"], told["basis"]) == (cast.here.village.pk, "户口簿")


def test_the_same_sheet_again_does_not_unsettle_it(cast: Cast) -> None:
    child = homeless(cast)
    settle(cast, client_of(cast.person("registrar")), child)
    batch = bring_in(cast, book(pupil(1, 户口所在地=WRITTEN)))
    assert row(batch).changes == []
    child.refresh_from_db()
    assert child.home_village == cast.here.village


def test_nothing_is_settled_without_a_paper_or_by_another_school(cast: Cast) -> None:
    child = homeless(cast)
    registrar = client_of(cast.person("registrar"))
    refused = registrar.post(f"/roster/{child.pk}/home/", {"basis": "户口簿"})
    assert "请选择户籍所在的村（居）。" in page(refused, 422)
    other = make_child(cast.there, home_village=None)
    assert settle(cast, registrar, other).status_code == 404
    assert settle(cast, client_of(cast.person("class_teacher")), child).status_code == 403
