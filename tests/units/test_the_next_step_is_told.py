"""After a unit was added or renamed the page says what is still to be done."""

from django.test import Client

from foundation.accounts.models import Unit
from foundation.messaging.models import Message
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.units.conftest import PAPER
from tests.units.test_units_are_added_and_renamed import facts_of
from tests.units.test_units_are_merged_and_closed import an_open_case, close


def test_a_new_school_is_told_where_its_stage_is_entered(cast: Cast, keeper: Client) -> None:
    asked = {"name": "东镇第二中学", "short_name": "", "phone": "", "code": "3153000103"} | PAPER
    asked["township"] = str(cast.here.township.pk)
    at = f"/units/{cast.here.central_school.pk}/add/school/"
    assert "接着按“更改学区”" in page(keeper.post(at, asked, follow=True))


def test_a_short_name_that_stays_is_pointed_out(cast: Cast, keeper: Client) -> None:
    village = cast.here.village
    Unit.objects.filter(pk=village.pk).update(short_name="东村")
    asked = facts_of(village, name="东河村民委员会", short_name="东村")
    words = page(keeper.post(f"/units/{village.pk}/change/", asked, follow=True))
    assert "简称仍是「东村」" in words
    asked = facts_of(village, name="东岭村民委员会", short_name="东岭")
    assert "简称仍是" not in page(keeper.post(f"/units/{village.pk}/change/", asked, follow=True))


def test_what_stands_below_a_township_is_not_told_to_move_where_no_page_moves_it(
    cast: Cast, keeper: Client
) -> None:
    words = page(keeper.get(f"/units/{cast.here.township.pk}/close/"))
    assert "请先把它们合并、撤并" in words
    assert "改到别的" not in words


def test_a_way_back_that_is_closed_to_the_reader_is_no_link(cast: Cast) -> None:
    words = page(client_of(cast.person("auditor")).get("/roster/exports/"))
    path = words.partition('class="crumbs"')[2].partition("</nav>")[0]
    assert "学生名册" in path
    assert 'href="/roster/"' not in path


def test_who_takes_over_is_told_how_much_and_by_which_paper(cast: Cast, keeper: Client) -> None:
    an_open_case(cast)
    old, new = cast.here.school.unit, cast.there.school.unit
    close(keeper, old, new)
    told = Message.objects.filter(title=f"{old.name}并入{new.name}")
    assert {one.to_unit for one in told} == {new, cast.there.township}
    body = told[0].body
    assert "学生1、班级1、个案1" in body
    assert PAPER["document"] in body
    assert old.name in page(client_of(cast.person("registrar", there=True)).get("/inbox/"))
