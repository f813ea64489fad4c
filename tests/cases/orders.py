"""An order in a test: drafted by the clerk, signed by the head, served."""

from datetime import date, datetime, time
from typing import Any

from cases.models import Case
from cases.papers.drafting import draft_order
from cases.papers.prefilled import values_of
from cases.papers.registry import context_of
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.querysets import viewer_on
from foundation.papers import acts as papers
from foundation.papers.models import Paper
from foundation.papers.rules.service import ServiceEntry
from tests.cast import Cast
from tests.doers import CHINA, doing

GUARDIAN = "张父"


def doer(cast: Cast, role: str, day: date, there: bool = False) -> Doer:
    """The role at work in the morning of the day."""
    post = cast.post(role, there)
    return doing(viewer_on(post.person, day), Origin(post.person_id, post.pk), today=day)


def drafted(cast: Cast, case: Case, day: date, role: str = "township_officer") -> Paper:
    """The clerk's draft, with the guardian's name where the case knows none."""
    clerk = doer(cast, role, day)
    values = values_of(case, context_of(clerk, case), "经办人甲")
    told = {"监护人姓名": values["监护人姓名"] or GUARDIAN, "联系电话": "0883-1234567"}
    told |= {"复议机关": "甲县人民政府", "受诉法院": "甲县人民法院"}  # as short as a real county's
    return draft_order(clerk, case, values | told)


def signed(cast: Cast, case: Case, day: date) -> Paper:
    """Drafted, sent, looked at and signed on the day."""
    sent = papers.send_to_sign(doer(cast, "township_officer", day), drafted(cast, case, day))
    head = doer(cast, "township_leader", day)
    return papers.sign(head, papers.look(head, sent))


def entry(day: date, **said: Any) -> ServiceEntry:
    """A service at nine in the morning, signed by the father unless the test says else."""
    at = said.pop("at", None) or _moment(day)
    known: dict[str, Any] = {"method": "direct", "place": "东村三组家中", "received_by": GUARDIAN}
    known |= {"relation": "父亲", "servers": ("经办人甲", "村干部乙")}
    return ServiceEntry(at=at, **{**known, **said})


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(9), CHINA)


def serve(
    cast: Cast, case: Case, day: date, on: date | None = None, role: str = "township_officer"
) -> Paper:
    """Signed on the day of service and served then; entered on ``day``."""
    paper = signed(cast, case, on or day)
    return papers.serve(doer(cast, role, day), paper, entry(on or day))
