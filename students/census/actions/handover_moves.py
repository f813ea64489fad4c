"""What follows for a roster of leavers of the moves of its paper: signed, accepted, returned, void.

The caller has checked the right and says by ``doer.post`` under which post it was done.
"""

from foundation.accounts import audit
from foundation.accounts.actions import Refused
from foundation.accounts.doer import Doer
from foundation.protected import sealed
from students.census.models import Entrant, Handover, HandoverRow, HandoverStep
from students.roster.models import SchoolClass

_TAKEN = "接收学校已经签收，学生已列入七年级新生名单，交接单不能作废。"


def lock(handover_id: int) -> Handover:
    """The roster as it stands, locked until the transaction ends."""
    locked = Handover.objects.select_for_update(of=("self",), no_key=True)
    found: Handover = locked.select_related("from_school__unit", "to_school__unit", "paper").get(
        pk=handover_id
    )
    return found


def must_be(handover: Handover, state: str) -> None:
    """Raises Refused where the roster stands elsewhere by now."""
    if handover.state != state:
        raise Refused(f"这份交接单{handover.state_label}，不能再办理此事项。")


def signed(doer: Doer, handover: Handover, words: str = "") -> None:
    """The sender has signed. Now the junior high sees the roster, and no row changes any more."""
    handover = lock(handover.pk)
    must_be(handover, Handover.DRAFT)
    _step(doer, handover, HandoverStep.SIGN, Handover.SENT)


def accepted(doer: Doer, handover: Handover, words: str = "") -> None:
    """The junior high has signed. The children are due there in grade 7 (R27)."""
    handover = lock(handover.pk)
    must_be(handover, Handover.SENT)
    _step(doer, handover, HandoverStep.ACCEPT, Handover.ACCEPTED)
    for row in handover.rows.select_related("child__home_township"):
        _expect(row, handover, doer.post.id)


def refused(doer: Doer, handover: Handover, words: str) -> None:
    """The junior high has returned it with reasons; the sender prepares a new one."""
    handover = lock(handover.pk)
    must_be(handover, Handover.SENT)
    _step(doer, handover, HandoverStep.RETURN, Handover.RETURNED, words)


def voided(doer: Doer, handover: Handover, words: str) -> None:
    """The sender has voided it before it was accepted, and prepares a new one."""
    handover = lock(handover.pk)
    if handover.state == Handover.ACCEPTED:
        raise Refused(_TAKEN)
    must_be(handover, Handover.SENT)
    _step(doer, handover, HandoverStep.VOID, Handover.RETURNED, words)


def _step(doer: Doer, handover: Handover, act: str, state: str, words: str = "") -> None:
    HandoverStep.objects.create(
        handover=handover, act=act, day=doer.today, post_id=doer.post.id, **sealed(words=words)
    )
    handover.state = state
    handover.save(update_fields=["state"])
    children = list(handover.rows.values_list("child_id", flat=True))
    audit.record(doer.origin, f"{act}_handover", "handover", handover.pk, children=children)


def _expect(row: HandoverRow, handover: Handover, post_id: int) -> None:
    """Put the child on the junior high's list, unless it is there already."""
    child = row.child
    if Entrant.objects.standing().filter(child=child, school_year=handover.school_year).exists():
        return
    Entrant.objects.create(
        child=child,
        school=handover.to_school,
        from_school=handover.from_school,
        handover_row=row,
        school_year=handover.school_year,
        stage=SchoolClass.JUNIOR,
        village_id=child.home_village_id,
        township_id=child.home_township_id or handover.to_school.township_id,
        recorded_by_id=post_id,
    )
