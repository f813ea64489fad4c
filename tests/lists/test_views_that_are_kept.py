"""Views of lists: shared by role, and those a person keeps, renames and deletes."""

from datetime import date

import pytest
from django.test import Client

from foundation import clock
from foundation.accounts.actions import grant_post
from foundation.accounts.models import Person
from foundation.lists.models import SavedView
from tests.browsing import client_of, page
from tests.cast import LONG_AGO, Cast


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2025, 9, 12))


@pytest.fixture
def desk(cast: Cast) -> Client:
    return client_of(cast.person("county_desk"))


def keep(client: Client, name: str, query: str, page_name: str = "cases", **more: str) -> str:
    """Keep a view; returns where the answer leads."""
    data = {"page": page_name, "name": name, "query": query, **more}
    answer = client.post("/lists/save/", data)
    assert answer.status_code == 302
    return answer["Location"]


def test_the_address_is_kept_under_a_name_and_opens_again(desk: Client) -> None:
    assert keep(desk, "九月的", "state=open&month=2025-09&sort=name") == (
        "/cases/?state=open&month=2025-09&sort=name"
    )
    words = page(desk.get("/cases/"))
    assert 'href="/cases/?state=open&amp;month=2025-09&amp;sort=name"' in words
    again = page(desk.get("/cases/?sort=name&month=2025-09&state=open&school="))
    assert '&amp;sort=name" aria-current="page">九月的</a>' in again


def test_the_same_name_replaces_when_asked_and_another_list_has_its_own(desk: Client) -> None:
    keep(desk, "我的", "state=open")
    keep(desk, "我的", "state=closed", replace="1")
    keep(desk, "我的", "due=today", "duties")
    kept = SavedView.objects.order_by("page").values_list("page", "query")
    assert list(kept) == [("cases", "state=closed"), ("duties", "due=today")]


def test_a_view_is_renamed_and_deleted(desk: Client) -> None:
    keep(desk, "我的", "state=open")
    view = SavedView.objects.get()
    desk.post(f"/lists/{view.pk}/rename/", {"name": "未销号的"})
    assert "未销号的" in page(desk.get("/lists/"))
    desk.post(f"/lists/{view.pk}/delete/")
    assert not SavedView.objects.exists()
    assert "未销号的</a>" not in page(desk.get("/cases/"))


def test_a_name_that_is_taken_is_refused_in_words(desk: Client) -> None:
    keep(desk, "甲", "state=open")
    keep(desk, "乙", "state=closed")
    view = SavedView.objects.get(name="乙")
    assert "已经有同名的视图" in page(
        desk.post(f"/lists/{view.pk}/rename/", {"name": "甲"}, follow=True)
    )
    view.refresh_from_db()
    assert view.name == "乙"


def test_nobody_sees_changes_or_deletes_a_view_of_another(cast: Cast, desk: Client) -> None:
    keep(desk, "我的秘密", "q=张小明")
    view, other = SavedView.objects.get(), client_of(cast.person("head_teacher"))
    assert "我的秘密" not in page(other.get("/cases/")) + page(other.get("/lists/"))
    assert other.post(f"/lists/{view.pk}/rename/", {"name": "改"}).status_code == 404
    assert other.post(f"/lists/{view.pk}/delete/").status_code == 404
    assert SavedView.objects.filter(name="我的秘密").exists()


@pytest.mark.parametrize(
    ("page_name", "name"), [("cases", ""), ("nowhere", "名"), ("cases", "名" * 21)]
)
def test_a_view_without_a_name_or_a_list_is_not_kept(
    desk: Client, page_name: str, name: str
) -> None:
    data = {"page": page_name, "name": name, "query": "state=open&q=张"}
    answer = desk.post("/lists/save/", data)
    assert answer.status_code == (302 if page_name == "nowhere" else 422)
    assert not SavedView.objects.exists()


def test_chosen_columns_stand_in_the_address_and_are_remembered(desk: Client) -> None:
    answer = desk.post("/lists/columns/cases/", {"cols": ["stage", "cause"], "query": "state="})
    assert answer["Location"] == "/cases/?state=&cols=stage&cols=cause"
    remembered = desk.get("/cases/?state=").context["table"]
    assert [column.name for column in remembered.columns] == ["name", "stage", "cause"]
    by_address = desk.get("/cases/?cols=opened").context["table"]
    assert [column.name for column in by_address.columns] == ["name", "opened"]
    desk.post("/lists/columns/cases/", {"usual": "1", "query": ""})
    assert "cause" not in [c.name for c in desk.get("/cases/").context["table"].columns]


def test_views_are_shared_by_role(cast: Cast) -> None:
    shared = {
        role: [one.label for one in client_of(cast.person(role)).get(path).context["list"].shared]
        for role, path in (
            ("county_desk", "/cases/"),
            ("registrar", "/duties/"),
            ("township_leader", "/duties/"),
            ("class_teacher", "/duties/"),
        )
    }
    assert "待抽查" in shared["county_desk"]
    assert shared["class_teacher"] == ["今日待办", "已逾期", "本周到期"]
    assert "本校未点名班级" in shared["registrar"]
    assert "待发通知书" in shared["township_leader"]
    assert "辖区已逾期" in shared["township_leader"]


@pytest.mark.parametrize("role", ["county_desk", "township_leader", "registrar", "class_teacher"])
def test_every_shared_view_opens(cast: Cast, role: str) -> None:
    client = client_of(cast.person(role))
    for path in ("/cases/", "/duties/"):
        for one in client.get(path).context["list"].shared:
            assert client.get(one.url, follow=True).status_code == 200, one


def test_a_name_in_use_is_asked_about_and_the_filter_stays(desk: Client) -> None:
    keep(desk, "我的", "state=open")
    data = {"page": "cases", "name": "我的", "query": "state=closed&q=张"}
    asked = page(desk.post("/lists/save/", data), 422)
    assert "覆盖原有的视图" in asked
    assert 'value="state=closed&amp;q=张"' in asked
    assert SavedView.objects.get().query == "state=open"


@pytest.mark.parametrize("name", ["", "名" * 21])
def test_a_wrong_name_loses_no_filter(desk: Client, name: str) -> None:
    data = {"page": "cases", "name": name, "query": "state=closed"}
    asked = page(desk.post("/lists/save/", data), 422)
    assert 'href="/cases/?state=closed"' in asked
    assert 'name="query" value="state=closed"' in asked


def test_a_shared_view_is_read_by_the_same_post_and_changed_by_its_owner(
    cast: Cast, desk: Client
) -> None:
    keep(desk, "本周要看的", "state=open", shared="on")
    desk_post = cast.post("county_desk")
    peer = Person.objects.create_person("peer", "同事甲")
    grant_post(peer, "county_desk", desk_post.unit, LONG_AGO, None)
    theirs = client_of(peer)
    assert "本周要看的" in page(theirs.get("/cases/"))
    assert "本周要看的" not in page(client_of(cast.person("supervisor")).get("/cases/"))
    view = SavedView.objects.get()
    assert theirs.post(f"/lists/{view.pk}/rename/", {"name": "改"}).status_code == 404
    desk.post(f"/lists/{view.pk}/rename/", {"name": "本周要看的"})
    assert "本周要看的" not in page(theirs.get("/cases/"))


def test_a_shared_view_stays_in_the_tab_of_the_area(cast: Cast, desk: Client) -> None:
    shared = desk.get("/duties/?of=area").context["list"].shared
    urls = {one.label: one.url for one in shared}
    assert urls["已逾期"] == "/duties/?of=area&due=overdue"
    shared = desk.get("/duties/").context["list"].shared
    assert {one.label: one.url for one in shared}["已逾期"] == "/duties/?due=overdue"
