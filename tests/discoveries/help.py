"""Short words to fill the forms of 发现报告."""

from datetime import date
from typing import Any

from django.urls import reverse

from cases.models import Case, DiscoveryReport
from tests.browsing import client_of, page
from tests.cast import Cast

FRI, MON, TUE = date(2025, 9, 12), date(2025, 9, 15), date(2025, 9, 16)
TOLD = {
    "name": "王小丫",
    "born_on": "2016-03-04",
    "guardian": "王大山",
    "place": "三组村口小卖部旁",
    "found_on": FRI.isoformat(),
    "text": "在家带弟弟，今年一直没有上学，邻居看到的。",
}


def report(cast: Cast, role: str, **more: str) -> Any:
    """The answer to the form of a report, sent by the role."""
    sent = {**TOLD, **({} if role == "village_cadre" else {"way": "own"}), **more}
    return client_of(cast.person(role)).post(reverse("discoveries:new"), sent)


def last() -> DiscoveryReport:
    """The newest report."""
    found: DiscoveryReport = DiscoveryReport.objects.order_by("-pk").select_related("case")[0]
    return found


def case_page(cast: Cast, role: str, case: Case) -> str:
    """The words of the case's page as the role reads it."""
    return page(client_of(cast.person(role)).get(reverse("case", args=[case.number])))
