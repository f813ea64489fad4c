"""What the case knows of a paper that is sent to other units: its dispatches, and its own history.

An act of the ladder sends at once, since its date cannot wait for a signature; the paper follows.
Its dispatches name the paper, and are signed for when the units sign for the paper.
"""

from django.db.models import Q

from cases.actions.context import Context, Contexts, lock
from cases.actions.moves import write_event
from cases.models import Case, CaseEvent
from cases.orders import ABOUT
from cases.papers.order_words import CHILD, SCHOOL
from cases.papers.prefilled import class_name
from cases.policy import Act, Stage, is_away
from cases.rules.codes import CONTACT_RESULTS, METHODS
from foundation.accounts.doer import Doer
from foundation.days import day_words, full_day_words
from foundation.papers.models import Paper, PaperMove
from foundation.papers.rules.merging import MergeField
from foundation.papers.rules.states import VALID, Move
from students.roster.certificates.attending import INFO, guardian_words, person_words

BACK = "学生已经返校或者个案已经销号，不用再发{title}。"
_UNKNOWN = "不详"
_TOLD = 20  # talks that a letter tells, the newest
GUARDIAN, ADDRESS, TALKS = "家长姓名", "家庭住址", "动员返校情况"

ABOUT_CHILD = (
    MergeField(CHILD, "张小某", required=True),
    MergeField(INFO, "张小某，男，2012年5月出生，八年级2班", required=True),
    MergeField(SCHOOL, "东镇中学", required=True),
    MergeField("离校日期", "2026年9月10日", required=True),
    MergeField(GUARDIAN, "张某某（父亲）", required=True, typed=True),
    MergeField(ADDRESS, "东镇东村三组", required=True, typed=True),
    MergeField(TALKS, "9月11日电话：犹豫。", required=True, typed=True, long=True),
)


def about_child(case: Case, ctx: Context) -> dict[str, str]:
    """Child, guardian, home and what was tried, as the case knows them today."""
    child = case.child
    facts = (person_words(child), class_name(case, ctx))
    return {
        CHILD: child.name,
        INFO: "，".join(one for one in facts if one),
        SCHOOL: case.school.name if case.school else _UNKNOWN,
        "离校日期": full_day_words(case.away_from),
        GUARDIAN: guardian_words(child),
        ADDRESS: child.address or _UNKNOWN,
        TALKS: talks_told(case, ctx),
    }


def talks_told(case: Case, ctx: Context) -> str:
    """Each attempt of this absence in a line: the day, how, and with what result."""
    rows = case.contacts.filter(day__range=(case.away_from, ctx.today)).order_by("-day", "-seq")
    lines = [
        f"{day_words(one.day)}{METHODS[one.method]}：{CONTACT_RESULTS[one.result]}。"
        for one in reversed(rows[:_TOLD])
    ]
    return "\n".join(lines) or "尚无劝返记录。"


def forbids_when_back(case: Case, title: str) -> str:
    """Why no letter about an absence is written now; "" while the child is away."""
    return "" if is_away(Stage(case.stage)) else BACK.format(title=title)


def last_said(case: Case, act: Act) -> dict[str, str]:
    """What the newest act of this absence said; {} where it was not done."""
    rows = case.events.filter(act=act, occurred_on__gte=case.away_from)
    newest: CaseEvent | None = rows.order_by("-pk").first()
    return newest.said if newest else {}


def in_force(case: Case, kind: str) -> Paper | None:
    """The signed paper of the kind that is valid, of this absence."""
    rows = Paper.objects.about(ABOUT, case.pk).filter(kind=kind, signed_on__isnull=False)
    found: Paper | None = rows.filter(drafted_on__gte=case.taken_up_on, state__in=VALID).first()
    return found


def link(case: Case, act: Act, paper: Paper) -> None:
    """Name the paper on what the act has sent, and nobody has signed for yet."""
    sent = case.dispatches.filter(kind=act, sent_on__gte=case.away_from, received_on=None)
    is_free = Q(paper=None) | ~Q(paper__state__in=VALID)
    sent.filter(is_free).update(paper=paper)


def follow_receipts(doer: Doer, paper: Paper, move: PaperMove) -> CaseEvent | None:
    """The case's own rows of a paper that is signed, and signed for; None for another move."""
    if move.move not in (Move.SIGN, Move.RECEIVE, Move.UNRECEIVE):
        return None
    case = lock(int(paper.about_key))
    event = _note(doer, case, paper, move)
    if move.move == Move.SIGN:
        return event
    is_taken = move.move == Move.RECEIVE
    assert move.sending is not None
    rows = case.dispatches.filter(paper=paper, to_unit=move.sending.to_unit_id)
    rows.filter(received_on__isnull=is_taken).update(
        received_on=doer.today if is_taken else None, received_event=event if is_taken else None
    )
    return event


def _note(doer: Doer, case: Case, paper: Paper, move: PaperMove) -> CaseEvent:
    unit = move.sending.to_unit if move.sending else paper.unit
    act = Act.SEND_PAPER if move.move == Move.SIGN else Act.SIGN_FOR
    return write_event(
        case,
        act,
        Contexts(doer.today, doer.now, doer.origin).of(case),
        occurred_on=doer.today,
        unit_id=unit.pk,
        text=move.reason,
        data={
            "paper_no": f"{paper.title} {paper.number}",
            "unit": unit.name,
            "taken_back": move.move == Move.UNRECEIVE,
        },
    )
