"""Acts of the ladder that write a paper: act and paper are one move for who does it.

The paper is drafted from what the case and the act say, and sent to be signed at once. What is
known of a paper is locked before the case, as everywhere.
"""

from collections.abc import Callable

from django.db import transaction

from cases.acts.performing import Deed, perform
from cases.models import Case, CaseEvent
from cases.papers.drafting import draft_paper
from cases.papers.kinds import asking, reports
from cases.papers.registry import under_way
from cases.papers.sent import in_force, link
from cases.policy import Act
from foundation.accounts.doer import Doer
from foundation.papers import acts as papers
from foundation.papers.acts.common import locked
from foundation.papers.models import Paper, Sending


@transaction.atomic
def perform_and_write(doer: Doer, deed: Deed) -> CaseEvent:
    """Do the act, and write, send and sign for the papers that belong to it.

    Raises what ``perform`` raises.
    """
    lies_here = _waits_here(doer, deed)
    event = perform(doer, deed)
    if lies_here is not None:
        papers.receive(doer, lies_here)  # an answer shows that the letter came
    if write := _WRITERS.get(deed.act):
        write(doer, event.case)
    return event


def _waits_here(doer: Doer, deed: Deed) -> Paper | None:
    """The letter of the school that an answer signs for, locked."""
    if deed.act is not Act.ANSWER:
        return None
    letter = in_force(Case.objects.get(pk=deed.case_id), asking.CODE)
    if letter is None or not _is_unsigned_here(doer, letter):
        return None
    return locked(letter)


def _is_unsigned_here(doer: Doer, letter: Paper) -> bool:
    found: bool = Sending.objects.visible_to(doer.viewer).waiting().filter(paper=letter).exists()
    return found


def _ask(doer: Doer, case: Case) -> None:
    papers.send_to_sign(doer, draft_paper(doer, case, asking.CODE))


def _report(doer: Doer, case: Case) -> None:
    """The report; a supplement where it is signed already; one that waits gets the dispatches."""
    if in_force(case, reports.CODE) is not None:
        papers.send_to_sign(doer, draft_paper(doer, case, reports.MORE))
        return
    assert case.school is not None
    waiting = under_way(case, reports.CODE, case.school)
    if waiting is None:
        papers.send_to_sign(doer, draft_paper(doer, case, reports.CODE))
    else:
        link(case, Act.REPORT_TOWNSHIP, waiting)


# What the page says of the paper once the act is done.
WRITTEN = {
    Act.ASK_VILLAGE: "协助劝返请求函已写好，送校长签发；签发以后村里签收。",
    Act.REPORT_TOWNSHIP: "书面报告送校长签发；签发以后乡镇、镇教管办和县教育局签收。",
}
_WRITERS: dict[Act, Callable[[Doer, Case], None]] = {
    Act.ASK_VILLAGE: _ask,
    Act.REPORT_TOWNSHIP: _report,
}
