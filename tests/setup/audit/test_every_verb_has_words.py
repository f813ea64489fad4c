"""Everything that the audit holds is told in plain Chinese: no verb without words."""

import ast

from cases.policy import ACTS
from cases.watch.codes import STEPS
from foundation.accounts.models import PeopleDecision, PeopleRequest, UnitChange
from foundation.papers.rules.states import Move
from kongchuo.setup.audit.words import BY_GROUP, GROUPS, VERBS, verb_words
from students.census.models import HandoverStep
from students.roster.models import ExportDecision
from students.roster.rules.change_kinds import ChangeAct
from tests.architecture.sources import forget, modules, nodes

NOTERS = {
    *("_note", "_audit", "_record", "_record_reading", "_choose_rows", "_end", "_write"),
    *("_note_read", "note_reading"),
}
NO_VERBS = {"done", "failed", *STEPS}  # outcomes, and steps of the ledger
# Verbs that are put together, and what of.
BUILT = {
    *(str(rule.act) for rule in ACTS),
    *(f"watch_{step}" for step in STEPS),
    *(f"{move}_paper" for move in Move),
    *("set_number_word", "set_paper_text"),
    *(f"{act}_change" for act in ChangeAct),
    *(f"{act}_handover" for act in HandoverStep.LABELS),
    *(f"unit_{kind}" for kind, _ in UnitChange.KINDS),
    *(f"{kind}_requested" for kind, _ in PeopleRequest.KINDS),
    *(f"request_{outcome}" for outcome, _ in PeopleDecision.OUTCOMES),
    *(f"export_{outcome}" for outcome, _ in ExportDecision.OUTCOMES),
}


def _written() -> set[str]:
    """Every verb that stands in the code as a string given to the audit."""
    found = set()
    for tree in modules("kongchuo", "foundation", "students", "cases", "reporting").values():
        for node in nodes(tree):
            if isinstance(node, ast.Call):
                found |= _verbs(node)
            elif isinstance(node, ast.Assign) and _is_verb(node.targets):
                found |= _strings(node.value)
    return found


def _noted() -> set[str]:
    """Verbs that a module gives to its own small function beside audit.record."""
    found = set()
    for tree in modules("kongchuo", "foundation", "students", "cases", "reporting").values():
        if not any(getattr(node, "attr", "") == "record" for node in nodes(tree)):
            continue
        for node in nodes(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in NOTERS:
                found |= {word for one in node.args for word in _constant(one)}
    return found - NO_VERBS


def _constant(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    return set()


def _is_verb(targets: list[ast.expr]) -> bool:
    names = {name.id for one in targets for name in ast.walk(one) if isinstance(name, ast.Name)}
    return not names.isdisjoint({"verb", "VERBS"})


def _verbs(call: ast.Call) -> set[str]:
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    named = {word for one in call.keywords if one.arg == "verb" for word in _strings(one.value)}
    if name == "record" and len(call.args) > 1:
        return named | _strings(call.args[1])
    return named


def _strings(node: ast.expr) -> set[str]:
    if isinstance(node, ast.Dict):
        return set()  # the words themselves
    if isinstance(node, ast.JoinedStr):
        return set()
    return {
        one.value
        for one in ast.walk(node)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value.islower()
    }


def test_every_verb_in_the_code_has_words() -> None:
    written = {verb for verb in _written() if verb.replace("_", "").isalpha()}
    assert len(written) > 80
    noted = _noted()
    forget()  # the trees would live to the end of the run
    assert (written | noted | BUILT) - set(VERBS) == set()


def test_no_words_are_told_of_two_groups() -> None:
    verbs = [verb for found in BY_GROUP.values() for verb in found]
    assert len(verbs) == len(set(verbs))
    assert set(BY_GROUP) == set(GROUPS)


def test_no_code_is_shown() -> None:
    assert not [words for words in VERBS.values() if words.isascii()]
    assert verb_words("something_new") == "其他操作"
