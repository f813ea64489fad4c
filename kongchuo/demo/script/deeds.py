"""Performs an act of the demo as its office does on the page: same rights, rules and rows."""

from datetime import date
from typing import Any

from cases.acts.performing import Deed
from cases.models import Case
from cases.papers.writing import perform_and_write
from cases.policy import Act
from foundation.accounts.audit import Origin
from foundation.accounts.doer import Doer
from foundation.accounts.models import Post
from foundation.accounts.querysets import viewer_on
from foundation.accounts.roles import role_of
from kongchuo.demo.county.dates import at
from kongchuo.demo.script.letters import receive_letters, send_report, sign_letters
from kongchuo.demo.script.orders import serve_order
from kongchuo.demo.script.wording import evidence

_OPENS, _HOURS = 10, 8  # the office day in which acts are spread
_APART = 7  # minutes between two acts


def do(case: Case, act: Act, post: Post, day: date, turn: int, data: dict[str, Any]) -> None:
    """Perform the act under the post on ``day``; ``turn`` is its number among the day's acts.

    Raises NotAllowed when the case does not allow it yet.
    """
    minutes = turn * _APART % (_HOURS * 60)
    now = at(day, _OPENS + minutes // 60, minutes % 60)
    doer = Doer(viewer_on(post.person, day), Origin(post.person_id, post.pk), day, now)
    if act is Act.SEND_PAPER:
        send_report(doer, case)
        return
    if act is Act.RECEIVE and receive_letters(doer, case):
        return
    who = f"{post.person.name}（{role_of(post.role).label}）"
    facts = evidence(act, case, day, who, data)
    if act is Act.SERVE_ORDER:
        serve_order(doer, case, facts["service_method"])
    else:
        perform_and_write(doer, Deed(case.pk, act, None, facts))
        sign_letters(doer, case)
