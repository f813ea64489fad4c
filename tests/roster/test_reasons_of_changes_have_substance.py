"""A reason or an opinion of a change that says nothing is asked for again, by page and by act."""

from datetime import date

import pytest

from foundation import clock
from foundation.pages.reasons import complaint_about_reason
from foundation.pages.substance import LEAST
from students.roster.changes.acts.suspensions import approve_suspension
from students.roster.models import Change
from students.roster.rules.change_kinds import ChangeRefused
from tests.browsing import client_of, page
from tests.cast import Cast, make_child
from tests.roster.changing import FRI, by, record


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: FRI)


@pytest.fixture
def asked(cast: Cast) -> Change:
    """A suspension that waits for the township."""
    return record(cast, "suspension", make_child(cast.here), until=date(2026, 3, 1), reason="10")


@pytest.mark.parametrize("words", ["", "无", "同意", "情况属实", "一切正常。"])
def test_the_township_s_opinion(cast: Cast, asked: Change, words: str) -> None:
    with pytest.raises(ChangeRefused, match="意见和理由"):
        approve_suspension(by(cast, "township_officer", FRI), asked.pk, words)


@pytest.mark.parametrize("words", ["同意", "无"])
def test_the_page_asks_again_and_keeps_what_was_typed(
    cast: Cast, asked: Change, words: str
) -> None:
    client = client_of(cast.person("township_officer"))
    url = f"/changes/{asked.pk}/approve/"
    shown = page(client.post(url, {"opinion": words}), 422)
    assert "没有说明情况" in shown
    assert f'value="{words}"' in shown
    page(client.post(url, {"opinion": "诊断证明齐全，同意休学"}, follow=True))
    asked.refresh_from_db()
    assert asked.state == "approved"


@pytest.mark.parametrize("act", ["refuse", "withdraw"])
def test_why_a_change_is_undone(cast: Cast, asked: Change, act: str) -> None:
    role = "township_officer" if act == "refuse" else "registrar"
    client = client_of(cast.person(role))
    assert "没有说明情况" in page(client.post(f"/changes/{asked.pk}/{act}/", {"words": "无"}), 422)


def test_the_words_of_the_complaint() -> None:
    assert complaint_about_reason("退休") == ""
    assert "“无”没有说明情况" in complaint_about_reason("无")
    assert "不少于8个字" in complaint_about_reason("同意休学", LEAST)
