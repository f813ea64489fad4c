"""What anybody learns who scans a paper: kind, number, day, valid or void. Nothing else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from foundation.papers import acts
from foundation.papers.models import PaperCheck
from foundation.papers.views import public
from tests.cast import Cast
from tests.numbered.help import by, drafted, signed


def _scanned(token: str, browser: Client | None = None) -> Any:
    return (browser or Client()).get(reverse("papers:check", args=[token]))


def test_a_valid_paper_is_told_as_such_and_names_nobody(cast: Cast) -> None:
    answer = _scanned(signed(cast).token)
    words = answer.content.decode()
    assert answer.status_code == 200
    for told in ("有效", "限期到校通知书", "东政限〔2025〕1号", "2025年9月12日"):
        assert told in words
    for secret in ("张", "李", "township", "东镇人民政府"):
        assert secret not in words


def test_a_void_paper_is_told_as_void(cast: Cast) -> None:
    paper = acts.void(by(cast, "township_leader"), signed(cast), "监护人写错了")
    words = _scanned(paper.token).content.decode()
    assert "已作废" in words
    assert "有效" not in words
    assert "写错" not in words


@pytest.mark.parametrize("token", ["AbCdEfGhIjKlMnOpQrStUv", "0", "-"])
def test_a_code_of_nobody_or_of_another_county_is_unknown(cast: Cast, token: str) -> None:
    signed(cast)
    answer = _scanned(token)
    assert answer.status_code == 404
    assert "没有查到这份文书" in answer.content.decode()


def test_a_draft_has_no_code(cast: Cast) -> None:
    assert drafted(cast).token == ""


def test_a_token_says_nothing_of_the_number(cast: Cast) -> None:
    tokens = {signed(cast).token for _ in range(3)}
    assert len(tokens) == 3
    assert all(len(token) >= 22 for token in tokens)


def test_who_asks_too_often_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public, "MOST_A_MINUTE", 3)
    token, browser = signed(cast).token, Client()
    codes = [_scanned(token, browser).status_code for _ in range(5)]
    assert codes[:3] == [200, 200, 200]
    assert codes[4] == 429 or PaperCheck.objects.count() == 2
