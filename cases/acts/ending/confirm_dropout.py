"""认定辍学 by P12's other routes, the county's look at it, and its correction.

The head teacher confirms a cause after persuasion has failed; the township or the county enters the
reply of the police that the child cannot be found. Either counts at once, whether the county has
looked or not: a forgotten tap must not lower the rate. What is reverted never counted.
"""

from datetime import date

from django.db.models import QuerySet

from cases.actions.automatic import NO_LETTER, always
from cases.actions.letters.notices import letters_to
from cases.acts.common import not_before
from cases.acts.shape import Attempt, CaseAct, Situation, Trace, says
from cases.models import Case, Confirmation
from cases.policy import RULES, Act, Level, NotAllowed
from cases.rules.codes import GROUND_LABELS, GROUNDS, LOST
from foundation.files.actions import keep
from foundation.messaging.actions import post_letters

_FAILED = "当面劝返未果后才能认定：请先记录至少一次当面劝返（入户、到务工地或集中约谈）。"
_ALREADY = "该生已有一份有效的认定，无需重复；有误的请先由县教育局撤销。"
_NO_PAPER = "监护人书面拒绝的，请上传监护人签名的书面材料。"


def _standing(case: Case) -> QuerySet[Confirmation]:
    """What was confirmed of the present absence and not reverted."""
    rows: QuerySet[Confirmation] = case.confirmations.filter(
        reverted__isnull=True, confirmed_on__gte=case.away_from
    )
    return rows


def _write(trace: Trace, ground: str, field: str) -> None:
    papers = trace.data.get(field) or []
    kept = [keep(trace.post, paper.name or "", paper.read()) for paper in papers]
    Confirmation.objects.create(
        case=trace.case,
        event=trace.event,
        ground=ground,
        level=trace.level,
        confirmed_on=trace.day,
        paper=kept[0] if kept else None,
    )


def _tell(trace: Trace, levels: tuple[Level, ...], title: str, words: str) -> None:
    for level in levels:
        letters = letters_to(
            trace.case,
            level,
            key=f"event:{trace.event.pk}:dropout",
            title=title,
            body=f"案号 {trace.case.number}：{words}",
            occurred_on=trace.day,
            today=trace.ctx.today,
        )
        post_letters(letters, trace.ctx.today)


# --- the head teacher confirms a cause ----------------------------------------------------------


def _may_confirm(attempt: Attempt) -> None:
    if _standing(attempt.case).exists():
        raise NotAllowed(_ALREADY)
    if not _was_talked_to(attempt.case, attempt.day):
        raise NotAllowed(_FAILED)
    if attempt.data["ground"] == "refused" and not attempt.data.get("paper"):
        raise NotAllowed(_NO_PAPER)


def _confirmed(trace: Trace) -> None:
    _write(trace, trace.data["ground"], "paper")
    words = GROUNDS[trace.data["ground"]]
    _tell(trace, (Level.COUNTY,), "学校认定辍学，请核阅", f"学校认定该生辍学（{words}）。")


def _was_talked_to(case: Case, day: date) -> bool:
    """Whether somebody has tried in person, in this absence, up to the day."""
    since = case.away_from
    return bool(case.contacts.filter(in_person=True, day__range=(since, day)).exists())


def _may_be_confirmed(situation: Situation) -> bool:
    case = situation.case
    return not _standing(case).exists() and _was_talked_to(case, situation.ctx.today)


CONFIRM_DROPOUT = CaseAct(
    rule=RULES[Act.CONFIRM_DROPOUT],
    guard=_may_confirm,
    rows=_confirmed,
    letter=NO_LETTER,
    title=always("校长认定辍学"),
    offered=_may_be_confirmed,
    example=says(ground="working", content="家访并与务工单位核实，学生已在外地务工。"),
)


# --- the police cannot find the child -----------------------------------------------------------


def _is_lost(attempt: Attempt) -> None:
    if _standing(attempt.case).filter(ground=LOST).exists():
        raise NotAllowed(_ALREADY)
    if not attempt.data.get("reply"):
        raise NotAllowed("请上传公安机关的书面回复。")


def _lost(trace: Trace) -> None:
    _write(trace, LOST, "reply")
    levels = (Level.SCHOOL, Level.COUNTY if trace.level is Level.TOWNSHIP else Level.TOWNSHIP)
    _tell(trace, levels, "已登记公安查找回复", "公安机关回复查找无果，该生按失联计入辍学。")


def _not_lost_yet(situation: Situation) -> bool:
    return not _standing(situation.case).filter(ground=LOST).exists()


POLICE_REPLY = CaseAct(
    rule=RULES[Act.POLICE_REPLY],
    guard=_is_lost,
    rows=_lost,
    letter=NO_LETTER,
    title=always("公安机关回复：失联"),
    offered=_not_lost_yet,
    example=says(replied_by="东镇派出所"),
)


# --- the county looks, and either corrects ------------------------------------------------------


def _unseen(case: Case) -> Confirmation | None:
    return _standing(case).filter(noted__isnull=True).first()


def _may_note(attempt: Attempt) -> None:
    found = _unseen(attempt.case)
    if found is None:
        raise NotAllowed("没有待核阅的辍学认定。")
    not_before(attempt, found.confirmed_on, "认定日期")


def _noted(trace: Trace) -> None:
    waiting = _standing(trace.case).filter(noted__isnull=True).first()
    assert waiting is not None
    waiting.noted = trace.event
    waiting.save(update_fields=["noted"])


NOTE_DROPOUT = CaseAct(
    rule=RULES[Act.NOTE_DROPOUT],
    guard=_may_note,
    rows=_noted,
    letter=NO_LETTER,
    title=always("县教育局已核阅辍学认定"),
    offered=lambda situation: _unseen(situation.case) is not None,
    example=says(),
)


def _revertible(case: Case, level: Level | None) -> Confirmation | None:
    """The newest that the level may revert: the county any, a township what a township entered."""
    rows = _standing(case)
    if level is Level.TOWNSHIP:
        rows = rows.filter(level=Level.TOWNSHIP)
    return rows.last()


def _may_revert(attempt: Attempt) -> None:
    found = _revertible(attempt.case, attempt.level)
    if found is None:
        raise NotAllowed("没有可由本单位撤销的辍学认定；学校的认定由县教育局撤销。")
    not_before(attempt, found.confirmed_on, "认定日期")


def _reverted(trace: Trace) -> None:
    found = _revertible(trace.case, trace.level)
    assert found is not None
    found.reverted = trace.event
    found.save(update_fields=["reverted"])
    levels = (Level.SCHOOL, Level.COUNTY if trace.level is Level.TOWNSHIP else Level.TOWNSHIP)
    words = f"{GROUND_LABELS[found.ground]}的认定已撤销，理由见个案的办理经过。"
    _tell(trace, levels, "辍学认定已撤销", words)


REVERT_DROPOUT = CaseAct(
    rule=RULES[Act.REVERT_DROPOUT],
    guard=_may_revert,
    rows=_reverted,
    letter=NO_LETTER,
    title=always(RULES[Act.REVERT_DROPOUT].label),
    offered=lambda situation: _revertible(situation.case, situation.level) is not None,
    example=says(opinion="经核实与事实不符，撤销认定。"),
)
