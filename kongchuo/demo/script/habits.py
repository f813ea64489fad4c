"""Acts of offices outside the script: most in time, some late, some never.

The visitor's accounts never act by habit. From the first morning of the tour on, their duties are
the visitor's to do; undone ones climb the ladder.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from cases.models import Case, Contact, Deadline
from cases.orders import ABOUT
from cases.papers.kinds.reports import DUTY
from cases.policy import Act, NotAllowed
from foundation.accounts.models import Post, Unit
from foundation.accounts.parameters import Parameters
from foundation.accounts.querysets import parameters_on
from foundation.papers.models import Sending
from kongchuo.demo.county.chance import number, share
from kongchuo.demo.county.dates import DEMO_DAY
from kongchuo.demo.county.schools import TOWN
from kongchuo.demo.script.deeds import do
from kongchuo.demo.script.staff import VISITORS, Staff, role_for

_IN_TIME, _LATE = 0.68, 0.2  # of the duties; the rest is never fulfilled
_REFUSED = 0.12  # of the county's decisions
_RECEIVED = 0.6  # of the waiting letters and reports, a day
_SIGNS_FOR = {
    "village": "village_cadre",
    "township": "township_officer",
    "education_office": "education_office",
    "county": "county_desk",
}
_VISITED = 0.45  # of the township's cases, a day

# Acts done on the last day only: the days before are for earlier steps.
_ON_THE_DAY = frozenset({"ask_village", "report_township", "review", "request_closure", DUTY})
_PHONE = {"method": "phone", "place": "电话联系"}

Intent = tuple[Case, Act, str, dict[str, Any]]
Attempts = Mapping[int, list[tuple[date, bool]]]


def work(county: Unit, staff: Staff, day: date) -> int:
    """Perform the acts of ``day`` by habit; returns how many succeeded."""
    cases = {case.pk: case for case in _cases(county, day)}
    rules = parameters_on(county.pk, day)
    done = 0
    for turn, (case, act, role, data) in enumerate(list(_intended(cases, rules, day))):
        post = staff.who(role, case)
        if post is None or _is_the_visitors(case, role, post):
            continue
        if act is Act.RECEIVE and not _lies_at(case, post):
            continue  # signed for already, or sent to another unit
        case.refresh_from_db()
        try:
            do(case, act, post, day, turn, data)
        except NotAllowed:
            continue  # too early or too late by the rules; the office is told, and waits
        done += 1
    return done


def _lies_at(case: Case, post: Post) -> bool:
    """Whether a letter or report of the case waits at the unit of the post."""
    waiting = Sending.objects.waiting().filter(to_unit=post.unit_id)
    return waiting.filter(paper__about_code=ABOUT, paper__about_key=str(case.pk)).exists()


def _is_the_visitors(case: Case, role: str, post: Post) -> bool:
    """Whether the act is the visitor's, or a county decision on the visitor's township."""
    towns = (case.township, case.school_township or case.township)
    decides = role == "county_desk" and any(town.region.code.endswith(TOWN) for town in towns)
    return decides or post.person.username in VISITORS


def _cases(county: Unit, day: date) -> QuerySet[Case]:
    """Open cases; until the tour begins only those outside the visitor's township."""
    cases = Case.objects.open().filter(county=county).order_by("pk")
    cases = cases.select_related("township__region", "school_township__region")
    if day >= DEMO_DAY:
        return cases
    ours = Unit.objects.filter(kind="township", county=county, region__code__endswith=TOWN)
    return cases.exclude(township__in=ours).exclude(school_township__in=ours)


def _intended(cases: Mapping[int, Case], rules: Parameters, day: date) -> Iterator[Intent]:
    attempts = _attempts(cases)
    for owed in Deadline.objects.owed().filter(case__in=list(cases)).order_by("pk"):
        case = cases[owed.case_id]
        if owed.code == "serve_order" and not _is_enough(attempts[case.pk], rules):
            yield from _persuasion(case, attempts[case.pk], day)
        elif owed.code == DUTY and _is_time(case, owed, day):
            yield case, Act.SEND_PAPER, "registrar", {}
        elif owed.duty.met_by and _is_time(case, owed, day):
            act = owed.duty.met_by[0]
            data = _PHONE if owed.code == "contact" else {}
            yield case, _decided(case, act, day), role_for(act), data
    yield from _receipts(cases, day)


def _attempts(cases: Mapping[int, Case]) -> Attempts:
    found: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    rows = Contact.objects.filter(case__in=list(cases)).order_by("pk")
    for case_id, day, in_person in rows.values_list("case_id", "day", "in_person"):
        found[case_id].append((day, in_person))
    return found


def _is_enough(attempts: list[tuple[date, bool]], rules: Parameters) -> bool:
    """Whether P7 is met: contacts on enough different days, enough of them in person."""
    in_person = {day for day, face in attempts if face}
    days = {day for day, _ in attempts}
    return len(days) >= rules.attempts and len(in_person) >= rules.attempts_in_person


def _persuasion(case: Case, attempts: list[tuple[date, bool]], day: date) -> Iterator[Intent]:
    if day in {tried_on for tried_on, _ in attempts}:
        return
    if share("visits", case.number, day) < _VISITED:
        yield case, Act.CONTACT, "township_officer", {}


def _is_time(case: Case, owed: Deadline, day: date) -> bool:
    habit = share("habit", case.number, owed.code, owed.cycle)
    if habit < _IN_TIME:
        first = owed.due_on if owed.code in _ON_THE_DAY else owed.day0
        span = (owed.due_on - first).days
        return day >= first + timedelta(days=number(0, span, "when", case.number, owed.code))
    if habit < _IN_TIME + _LATE:
        return day >= owed.due_on + timedelta(days=number(1, 4, "late", case.number, owed.code))
    return False


def _decided(case: Case, act: Act, day: date) -> Act:
    if act is Act.APPROVE_CLOSURE and share("refused", case.number, day) < _REFUSED:
        return Act.REFUSE_CLOSURE
    return act


def _receipts(cases: Mapping[int, Case], day: date) -> Iterator[Intent]:
    """Each addressee of a letter or report signs for it separately (R5, R6)."""
    keys = [str(pk) for pk in cases]
    waiting = Sending.objects.waiting().filter(paper__about_code=ABOUT, sent_on__lt=day)
    for sent in waiting.filter(paper__about_key__in=keys).select_related("paper", "to_unit"):
        case, role = cases[int(sent.paper.about_key)], _SIGNS_FOR.get(sent.to_unit.kind)
        if role and share("receives", case.number, role, day) < _RECEIVED:
            yield case, Act.RECEIVE, role, {}
