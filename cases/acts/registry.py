"""All acts of people by name. The import fails if acts, rules and objects do not match."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from cases.actions.automatic import AUTOMATIC, NO_LETTER
from cases.acts.contacts.call import CALL
from cases.acts.contacts.contact import CONTACT
from cases.acts.ending.answer_closure import APPROVE_CLOSURE, CONFIRM_CLOSURE, REFUSE_CLOSURE
from cases.acts.ending.confirm_dropout import (
    CONFIRM_DROPOUT,
    NOTE_DROPOUT,
    POLICE_REPLY,
    REVERT_DROPOUT,
)
from cases.acts.ending.inspect_sample import INSPECT
from cases.acts.ending.record_return import RETURN
from cases.acts.ending.request_closure import REQUEST_CLOSURE
from cases.acts.ladder.answer import ANSWER
from cases.acts.ladder.ask_village import ASK_VILLAGE
from cases.acts.ladder.receive import RECEIVE
from cases.acts.ladder.register import CORRECT_REGISTER, REGISTER
from cases.acts.ladder.report import REPORT
from cases.acts.ladder.report_township import REPORT_TOWNSHIP
from cases.acts.ladder.review import REVIEW
from cases.acts.ladder.serve_order import SERVE_ORDER
from cases.acts.shape import CaseAct
from cases.policy import ALL_DUTIES, LADDER, RULES, Act
from cases.rules.fields import FIELDS


def by_act(acts: Iterable[CaseAct]) -> Mapping[Act, CaseAct]:
    """The objects by their act. Raises ImportError, naming every act that does not match."""
    acts = tuple(acts)
    faults = sorted(f"{act}: {words}" for act, words in _faults(acts))
    if faults:
        raise ImportError(f"the acts of a case do not fit together: {'; '.join(faults)}")
    return {one.rule.act: one for one in acts}


def _faults(acts: tuple[CaseAct, ...]) -> Iterator[tuple[Act, str]]:
    """Every mismatch between the ladder's acts, the rules and the objects, in words."""
    count = Counter(one.rule.act for one in acts)
    yield from ((act, "several objects") for act, times in count.items() if times > 1)
    yield from ((act, "no object in cases/acts") for act in RULES if act not in count)
    yield from ((act, "no rule in policy.ACTS") for act in _in_the_ladder() - set(RULES))
    yield from ((act, "no rule, and not automatic") for act in set(Act) - {*RULES, *AUTOMATIC})
    yield from ((act, "a rule, though automatic") for act in {*RULES} & {*AUTOMATIC})
    for one in acts:
        yield from ((one.rule.act, words) for words in _own_faults(one))


def _own_faults(one: CaseAct) -> Iterator[str]:
    rule = one.rule
    if RULES.get(rule.act) is not rule:
        yield "its rule is not the one of policy.ACTS"
    if not {*rule.evidence, *rule.optional} <= set(FIELDS):
        yield "its evidence is no field of cases/rules/fields.py"
    moves = one.ending is not None or any(rule.act in step.moves for step in LADDER)
    if moves != (one.letter != NO_LETTER):
        yield "a letter without a move, or a move without a letter"


def _in_the_ladder() -> set[Act]:
    rungs = {act for step in LADDER for act in (*step.moves, *step.acts)}
    return rungs | {act for duty in ALL_DUTIES.values() for act in duty.met_by}


CASE_ACTS: Mapping[Act, CaseAct] = by_act(
    (
        REPORT,
        REGISTER,
        CORRECT_REGISTER,
        CONTACT,
        ASK_VILLAGE,
        ANSWER,
        REPORT_TOWNSHIP,
        RECEIVE,
        SERVE_ORDER,
        REVIEW,
        RETURN,
        REQUEST_CLOSURE,
        CONFIRM_CLOSURE,
        APPROVE_CLOSURE,
        REFUSE_CLOSURE,
        INSPECT,
        CONFIRM_DROPOUT,
        POLICE_REPLY,
        NOTE_DROPOUT,
        REVERT_DROPOUT,
        CALL,
    )
)
