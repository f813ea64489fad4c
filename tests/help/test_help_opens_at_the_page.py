"""帮助 opens at the chapter of who reads, at the heading that tells of the page."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client

from foundation.accounts.roles import ROLES
from kongchuo.help import manual
from kongchuo.help.chapters import CHAPTERS, chapter_for, own_chapters
from kongchuo.help.topics import TOPIC_OF, TOPICS
from tests.architecture.access import TABLE
from tests.architecture.access.rows import Row, expected
from tests.browsing import client_of, page, phone_of
from tests.cast import Cast


def _help_link(words: str) -> str:
    found = re.search(r'<a[^>]* href="(/help/[^"]*)"[^>]*>帮助</a>', words)
    assert found
    return unquote(found[1])


def _opens(row: Row, role: str) -> bool:
    return expected(row.get, role).split()[0] in ("200", "302")


def test_every_address_has_a_heading_in_the_manual() -> None:
    assert {row.name for row in TABLE} - TOPIC_OF.keys() == set()
    assert TOPIC_OF.keys() - {row.name for row in TABLE} == set()
    assert sum(map(len, TOPICS.values())) == len(TOPIC_OF), "an address stands twice"


def test_every_heading_of_the_table_stands_in_the_manual() -> None:
    assert set(TOPICS) - {heading for _, heading in manual.told()} == set()


def test_every_role_has_its_own_chapter() -> None:
    assert {role.code: len(own_chapters([role.code])) for role in ROLES} == {
        role.code: 1 for role in ROLES
    }


def test_what_a_role_opens_is_told_in_its_chapter_or_in_one_for_everybody() -> None:
    wrong = {
        (role.label, topic)
        for role in ROLES
        for row in TABLE
        if _opens(row, role.code)
        for topic in [TOPIC_OF[row.name]]
        if (chapter_for(topic, [role.code], manual.told()).slug, topic) not in manual.told()
    }
    assert wrong == set()


def test_the_limits_lead_the_desk_to_its_own_chapter(cast: Cast) -> None:
    for role, heading in (("county_desk", "county-期限参数"), ("registrar", "questions-期限参数")):
        words = page(client_of(cast.person(role)).get("/parameters/"))
        assert _help_link(words).endswith(heading)


def test_the_roll_leads_a_teacher_to_the_teacher_s_chapter(cast: Cast) -> None:
    words = page(client_of(cast.person("class_teacher")).get("/roll/", follow=True))
    assert _help_link(words) == "/help/teacher/#teacher-点名"
    assert 'id="teacher-点名"' in page(Client().get("/help/teacher/"))


def test_a_trusted_phone_finds_it_too(cast: Cast) -> None:
    phone = phone_of(cast.person("class_teacher"))
    link = _help_link(page(phone.get("/roll/", follow=True)))
    assert link == "/help/teacher/#teacher-点名"
    assert "<h1>帮助：班主任</h1>" in page(phone.get("/help/teacher/"))


def test_the_same_page_leads_each_role_to_its_own_chapter(cast: Cast) -> None:
    for role, slug in (("county_desk", "county"), ("village_cadre", "village")):
        words = page(client_of(cast.person(role)).get("/cases/"))
        assert _help_link(words) == f"/help/{slug}/#{slug}-个案"


def test_what_no_own_chapter_tells_is_told_for_everybody(cast: Cast) -> None:
    words = page(client_of(cast.person("class_teacher")).get("/accounts/phones/"))
    assert _help_link(words) == "/help/signin/#signin-手机免登录"


def test_a_first_password_does_not_keep_one_from_the_manual(cast: Cast) -> None:
    person = cast.person("class_teacher")
    person.must_change_password = True
    person.save()
    assert "<h1>帮助：常见问题</h1>" in page(client_of(person).get("/help/questions/"))
    assert client_of(person).get("/cases/").status_code == 302


@pytest.mark.django_db
def test_a_chapter_that_is_not_there_is_said_to_be_missing(client: Client) -> None:
    assert client.get("/help/nothing/").status_code == 404
    assert {client.get(f"/help/{each.slug}/").status_code for each in CHAPTERS} == {200}
