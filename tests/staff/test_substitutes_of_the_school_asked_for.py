"""The page of substitutes names its school in the address, as its views and columns do."""

from foundation.lists.models import SavedView
from students.staff.acts.class_teachers import set_substitute
from tests.browsing import client_of, page
from tests.cast import Cast
from tests.staff.steps import TODAY, acting, colleague

LIST = "/staff/classes/substitutes/"


def test_who_manages_one_school_needs_to_name_none(cast: Cast) -> None:
    browser = client_of(cast.person("registrar"))
    assert "代课记录" in page(browser.get(LIST))
    assert "代课记录" in page(browser.get(f"{LIST}?school={cast.here.school.pk}"))


def test_who_manages_several_chooses_one(cast: Cast) -> None:
    browser = client_of(cast.person("security_officer"))
    assert browser.get(f"{LIST}?sort=days")["Location"] == "/staff/classes/"
    assert "代课记录" in page(browser.get(f"{LIST}?school={cast.here.school.pk}"))


def test_another_s_school_and_what_is_no_school_are_not_found(cast: Cast) -> None:
    browser = client_of(cast.person("registrar"))
    for asked in (str(cast.there.school.pk), "0", "x", "9" * 40, "²"):
        assert browser.get(LIST, {"school": asked}).status_code == 404, asked


def test_a_view_and_its_columns_keep_the_school(cast: Cast) -> None:
    set_substitute(
        acting(cast, day=TODAY),
        cast.here.school_class,
        colleague(cast).person_id,
        TODAY,
        TODAY,
    )
    browser = client_of(cast.person("security_officer"))
    query = f"school={cast.here.school.pk}&sort=-days"
    sent = {"page": "substitutes", "name": "最近的代课", "query": query}
    words = page(browser.post("/lists/save/", sent, follow=True))
    assert "代课记录" in words
    assert 'aria-current="page">最近的代课' in words
    assert SavedView.objects.get(name="最近的代课").query == query
    chosen = {"query": query, "cols": ["name", "days"]}
    words = page(browser.post("/lists/columns/substitutes/", chosen, follow=True))
    assert 'data-label="起止"' in words
    assert 'data-label="事由"' not in words
