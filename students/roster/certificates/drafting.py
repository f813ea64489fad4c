"""Drafts the certificate of a change, with what the change knows."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.accounts.models import Unit
from foundation.accounts.viewer import Viewer
from foundation.days import full_day_words, month_words
from foundation.papers import acts as papers
from foundation.papers.acts.common import drafting_post
from foundation.papers.models import Paper
from foundation.papers.rules.states import UNSIGNED, VALID, PaperState
from students.roster.certificates import attending, words
from students.roster.models import AwaySpell, Change
from students.roster.rules.change_kinds import State

ABOUT = "change"
ASKS = "transfer_out"  # of it another school is asked whether it has the child (T16)
CODES = {
    "deferral": "deferral_paper",
    "suspension": "suspension_paper",
    "return": "return_paper",
    ASKS: "transfer_check",
}
_STANDING = (*VALID, *UNSIGNED)
_TWO = "这项异动已经有一份证明，一项异动只开一份；开错了的，请先作废再开。"


def draft_certificate(doer: Doer, change: Change) -> Paper:
    """Draft the certificate of a change that is done; of a transfer out of the county that waits
    for the proof of the new school, the letter that asks that school.

    Raises PermissionDenied, and Refused in Chinese: the county has not filed the change, or it has
    a certificate already.
    """
    if not drafts(doer.viewer, change):
        raise PermissionDenied
    if missing := why_not(change):
        raise Refused(missing)
    about = papers.About(ABOUT, str(change.pk))
    told = asking_of(change, doer.viewer.name) if change.kind == ASKS else values_of(change)
    return papers.draft(doer, CODES[change.kind], issuer_of(change), about, told)


def drafts(viewer: Viewer, change: Change) -> bool:
    """Whether a post of the viewer drafts certificates of the change."""
    if change.kind not in CODES:
        return False
    paper = Paper(unit=issuer_of(change), kind=CODES[change.kind])
    return drafting_post(viewer, paper) is not None


def why_not(change: Change, besides: Paper | None = None) -> str:
    """Why the change gets no certificate now, in Chinese; "" where it gets one."""
    if change.kind not in CODES:
        return "只有延缓入学、休学和复学开具证明。"
    if change.kind == ASKS:
        return _why_not_asked(change, besides)
    if change.state != State.CONFIRMED:
        return f"这项异动现为“{change.state_label}”，办结以后才开具证明。"
    others = certificates_of(change).filter(state__in=_STANDING)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    return _TWO if others.exists() else ""


def _why_not_asked(change: Change, besides: Paper | None) -> str:
    """While the proof of the new school is waited for; one letter is in hand at a time."""
    if change.state != State.OPEN:
        return f"这项异动现为“{change.state_label}”，不用再发核实函。"
    others = certificates_of(change).filter(state__in=UNSIGNED)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    return "这项异动已经有一份核实函在办，请先办完或者撤销那一份。" if others.exists() else ""


def asking_of(change: Change, clerk: str) -> dict[str, str]:
    """The values of the letter to the school to which the child is said to have gone."""
    assert change.from_school is not None
    seat = change.from_class.name_on(change.occurred_on) if change.from_class else ""
    left = full_day_words(change.occurred_on)
    return attending.values_of(
        change.child,
        before=f"原在{change.from_school.unit.name}{seat}就读，{left}办理转出",
        heard="据转学登记，该生转入贵校就读。",
        clerk=clerk,
        to=(change.outside_school, change.outside_place),
    )


def certificates_of(change: Change) -> QuerySet[Paper]:
    """Every certificate of the change, the newest first; those given up are left out."""
    found = Paper.objects.about(ABOUT, change.pk).exclude(state=PaperState.DROPPED)
    return found.select_related("unit")


def issuer_of(change: Change) -> Unit:
    """Who certifies: the township that approved (义务教育法第十一条), of a return the school.

    The school that the child has left asks the next one.
    """
    unit: Unit
    if change.kind == "return":
        assert change.to_school is not None
        unit = change.to_school.unit
    elif change.kind == ASKS:
        assert change.from_school is not None
        unit = change.from_school.unit
    else:
        assert change.township is not None
        unit = change.township
    return unit


def values_of(change: Change) -> dict[str, str]:
    """The values of the kind's fields, by their names."""
    child, guardian = change.child, change.child.legal_guardian
    told = {
        words.GUARDIAN: guardian.name if guardian else "",
        words.CHILD: child.name,
        words.BORN: month_words(child.born_on) if child.born_on else "",
        words.SCHOOL: _school(change),
    }
    if change.kind != "deferral":
        seat = change.to_class if change.kind == "return" else change.from_class
        told[words.CLASS] = seat.name_on(change.occurred_on) if seat else ""
    if change.kind == "return":
        back = full_day_words(change.occurred_on)
        return told | {words.BACK: back, words.WHY_BACK: _why_back(change)}
    assert change.until is not None
    return told | {
        words.REASON: change.reason_label,
        words.FROM: full_day_words(change.occurred_on),
        words.UNTIL: full_day_words(change.until),
    }


def _school(change: Change) -> str:
    school = change.to_school if change.kind == "return" else change.from_school
    return school.unit.name if school else ""


def _why_back(change: Change) -> str:
    """Whether the pupil came back when the period was over, or before."""
    spells = AwaySpell.objects.filter(child=change.child_id, returned_on=change.occurred_on)
    spell = spells.select_related("change").filter(change__kind="suspension").last()
    last = spell.change.until if spell else None
    return words.OVER if last is not None and last < change.occurred_on else words.RECOVERED
