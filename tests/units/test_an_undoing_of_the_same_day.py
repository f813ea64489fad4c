"""A closing that is undone on its day leaves no post at the successor and no backward dates."""

from datetime import date

from django.test import Client

from foundation.accounts.models import Post
from foundation.accounts.querysets import posts_on
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.units.conftest import PAPER
from tests.units.steps import close_unit
from tests.units.test_a_merge_is_undone import undo


def test_the_teacher_is_at_home_again_and_nowhere_else(cast: Cast, keeper: Client) -> None:
    make_child(cast.here)
    teacher, old = cast.person("class_teacher"), cast.here.school.unit
    close_unit(keeper, old, cast.there.school.unit, PAPER)
    assert Post.objects.filter(person=teacher, unit=cast.there.school.unit).exists()
    undo(keeper)
    held = posts_on(date(2025, 9, 12)).filter(person=teacher)
    assert [post.unit for post in held] == [old]
    words = page(client_of(cast.person("registrar", there=True)).get(f"/staff/{teacher.pk}/"))
    assert "已撤销" in words
    assert "2025-09-12至2025-09-11" not in words
    assert "已恢复" in page(keeper.get(f"/units/{old.pk}/"))


def test_a_post_with_a_term_keeps_it(cast: Cast, keeper: Client) -> None:
    post = cast.post("class_teacher")
    Post.objects.filter(pk=post.pk).update(ends_on=date(2026, 7, 10))
    old = cast.here.school.unit
    close_unit(keeper, old, cast.there.school.unit, PAPER)
    undo(keeper)
    held = posts_on(date(2025, 9, 12)).get(person=post.person)
    assert (held.unit, held.ends_on) == (old, date(2026, 7, 10))
