"""The history of a case tells of its papers: signed, served, void; a draft is nobody's news."""

from typing import Any

import pytest
from django.urls import reverse

from cases.models import Case
from foundation.papers.models import Paper
from tests.browsing import client_of
from tests.case_papers.desk import PaperDesk
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cast: Cast, case: Case, on: Any) -> PaperDesk:
    return PaperDesk(cast, case, "urging", "registrar", "head_teacher")


def _history(desk: PaperDesk) -> list[tuple[str, str]]:
    client = client_of(desk.cast.person("registrar"))
    told = client.get(reverse("case", args=[desk.case.number])).context
    entries = [*told["latest"], *told["earlier"]]
    return [(one.title, one.words) for one in entries if "劝学通知书" in one.title]


def test_a_draft_is_not_told(desk: PaperDesk) -> None:
    desk.write()
    assert _history(desk) == []


def test_a_signed_paper_and_a_void_one_are_told_with_their_number(desk: PaperDesk) -> None:
    desk.signed(联系电话="0883-1234567")
    number = f"文号：{Paper.objects.get().number}"
    assert _history(desk) == [("签发劝学通知书", number)]
    head = client_of(desk.cast.person("head_teacher"))
    head.post(desk.at("act", "void"), {"reason": "监护人姓名写错，重新开具"})
    assert _history(desk) == [("作废劝学通知书", number), ("签发劝学通知书", number)]
