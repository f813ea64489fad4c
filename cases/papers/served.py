"""What the service of an order does to its case, its correction, and the voiding of the paper."""

from datetime import date

from cases.actions.automatic import VOID_ORDER
from cases.actions.context import Context, Contexts
from cases.actions.lapsing import catch_up
from cases.actions.letters.notices import tell_move
from cases.actions.moves import add_deadline, replace_deadline, write_event
from cases.acts.ladder.serve_order import shortfall
from cases.acts.performing import Deed, perform
from cases.duedates import due_of
from cases.models import Case, CaseEvent, Deadline, Order
from cases.orders import order_of
from cases.policy import DUTIES, STEPS, Act, NotAllowed, Stage
from cases.rules.signatories import is_stranger, is_unsaid
from foundation.accounts.doer import Doer
from foundation.papers.models import Paper, PaperMove, Service
from foundation.papers.rules.service import ServiceMethod

_LED_TO = (Stage.D5, Stage.D6)  # where an order leads, and where its silence leads
_STRANGER = (
    "签收人要从学生的监护人里选；由别人代收的，请写明代收人的姓名和与受送达人的关系，"
    "例如：李某，同住的祖母。"
)


def serve(doer: Doer, case: Case, paper: Paper, move: PaperMove) -> None:
    """The case moves to 责令限期改正; the guardian's week begins with the day of service (P8)."""
    service = move.service
    _know(case, service)
    evidence = {
        "occurred_on": move.occurred_on,
        "service_method": service.method,
        "received_by": receiver_of(service),
        "paper_no": paper.number,
        "order_paper": paper.pk,
    }
    perform(doer, Deed(case.pk, Act.SERVE_ORDER, None, evidence))


def correct(doer: Doer, case: Case, paper: Paper, move: PaperMove) -> None:
    """The week moves with the day of service. What has passed, and its moves, stand (design 4)."""
    order = order_of(paper)
    _know(case, move.service)
    if order is None:
        return
    contexts = Contexts(doer.today, doer.now, doer.origin)
    catch_up(case, contexts)
    ctx = contexts.of(case)
    is_of_now = order.served_on >= case.away_from
    if is_of_now and (missing := shortfall(case, move.occurred_on, ctx.rules)):
        raise NotAllowed(missing)
    anew = _serve_anew(case, order, move, ctx)
    _move_week(case, order, anew, ctx)
    catch_up(case, contexts)


def void(doer: Doer, case: Case, paper: Paper, move: PaperMove) -> None:
    """The case stands as if the order had not been served; its rows stay in the history."""
    order = order_of(paper)
    if order is None:
        return
    contexts = Contexts(doer.today, doer.now, doer.origin)
    catch_up(case, contexts)
    ctx, before = contexts.of(case), str(case.stage)
    _end(order, ctx.today)
    if _came_by(case, order):
        _take_back(case, order, ctx)
    event = write_event(
        case,
        Act.VOID_ORDER,
        ctx,
        occurred_on=ctx.today,
        from_stage=before,
        unit_id=case.township_id,
        text=move.reason,
        data={"paper_no": paper.number, "served_on": order.served_on.isoformat()},
    )
    if case.stage != before:
        tell_move(case, VOID_ORDER.letter, event.pk, ctx.today, ctx.today)


def receiver_of(service: Service) -> str:
    """Who took the paper, or who saw that it was left, as the case tells it."""
    if service.method == ServiceMethod.LEFT:
        return f"留置送达，见证人{service.witness}"[:60]
    if service.method == ServiceMethod.NOTICE:
        return "公告送达"
    relation = f"（{service.relation}）" if service.relation else ""
    return f"{service.received_by}{relation}"[:60]


def _know(case: Case, service: Service) -> None:
    """Refuse a signatory whom nobody knows: no guardian, and nothing said of who that is."""
    if service.method in (ServiceMethod.LEFT, ServiceMethod.NOTICE):
        return
    names = set(case.child.guardians.values_list("name", flat=True))
    known = service.received_by in names
    if not known and (is_stranger(service.received_by) or is_unsaid(service.relation)):
        raise NotAllowed(_STRANGER)


def _end(order: Order, today: date) -> None:
    order.ended_on = today
    order.save(update_fields=["ended_on"])


def _serve_anew(case: Case, order: Order, move: PaperMove, ctx: Context) -> Order:
    service, day = move.service, move.occurred_on
    due = due_of(DUTIES["await_return"][1], day, ctx.rules, ctx.calendar)
    event = write_event(
        case,
        Act.CORRECT_ORDER,
        ctx,
        occurred_on=ctx.today,
        unit_id=case.township_id,
        text=move.reason,
        data={
            "paper_no": order.paper_no,
            "before": order.served_on.isoformat(),
            "served_on": day.isoformat(),
            "service_method": service.method,
            "received_by": receiver_of(service),
        },
    )
    _end(order, ctx.today)
    return Order.objects.create(
        case=case,
        event=event,
        paper=order.paper,
        paper_no=order.paper_no,
        served_on=day,
        method=service.method,
        received_by=receiver_of(service),
        due_on=due.due_on,
    )


def _move_week(case: Case, order: Order, anew: Order, ctx: Context) -> None:
    """Count the week from the corrected day, where it is still running or stopped by a return."""
    duty = DUTIES["await_return"][1]
    row = case.deadlines.filter(code=duty.code).order_by("-cycle").first()
    if row is None or row.day0 != order.served_on or row.lapsed_on is not None:
        return
    due = due_of(duty, anew.served_on, ctx.rules, ctx.calendar)
    if row.is_open and row.due != due:
        replace_deadline(case, row, due, ctx, "送达日期更正，期限")
    elif row.void_on is not None and case.stage == Stage.D9:
        made = add_deadline(case, duty, due, ctx)
        made.void_on = row.void_on
        made.save(update_fields=["void_on"])
    if case.stage == Stage.D5:
        case.entered_on = anew.served_on
        case.save()


def _came_by(case: Case, order: Order) -> bool:
    """Whether the case stands where it does because of this order."""
    led = first_event(order)
    if led.from_stage == led.to_stage or order.served_on < case.taken_up_on:
        return False
    others = case.orders.filter(ended_on=None, served_on__gte=order.served_on)
    return not others.exists() and (case.back_to or case.stage) in _LED_TO


def first_event(order: Order) -> CaseEvent:
    """The event of the paper's service, whatever corrections came after it."""
    first = Order.objects.filter(paper=order.paper).order_by("pk").select_related("event").first()
    assert first is not None
    return first.event


def _take_back(case: Case, order: Order, ctx: Context) -> None:
    """Put the case on the rung of before, with what was owed there; withdraw what came after."""
    stage = Stage(first_event(order).from_stage)
    codes = [duty.code for led in _LED_TO for duty in STEPS[led].duties]
    Deadline.objects.owed().filter(case=case, code__in=codes).update(void_on=ctx.today)
    met = case.deadlines.filter(
        met_event__in=Order.objects.filter(paper=order.paper).values("event")
    )
    row = met.order_by("-cycle").first()
    if row is not None:
        _owe_again(case, row, ctx)
    if case.back_to:
        case.back_to = stage
    else:
        case.stage = stage
        case.entered_on = row.day0 if row is not None else ctx.today
    case.save()


def _owe_again(case: Case, row: Deadline, ctx: Context) -> None:
    """Owe what the order had met, due on the day it was; the row that was met stays as it is."""
    made = add_deadline(case, row.duty, row.due, ctx)
    # As counted then: the sweep counts anew if the calendar has changed since.
    made.calendar_version = row.calendar_version
    # A child that is back stops it, as it stops every duty of the rung.
    made.void_on = case.returned_on if case.back_to else None
    made.save(update_fields=["calendar_version", "void_on"])
