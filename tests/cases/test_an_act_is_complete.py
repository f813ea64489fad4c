"""An act of a case has all its parts in one object, or the program does not start."""

import re
from dataclasses import MISSING, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cases.actions.automatic import AUTOMATIC, NO_LETTER, AutomaticAct
from cases.acts import registry
from cases.acts.contacts.contact import CONTACT
from cases.acts.ending.answer_closure import APPROVE_CLOSURE
from cases.acts.ladder.report import REPORT
from cases.acts.registry import CASE_ACTS, by_act
from cases.acts.shape import CaseAct
from cases.models import Case
from cases.pages.forms import ActForm
from cases.policy import RULES, Act
from cases.rules.fields import FIELDS, is_paper
from kongchuo.demo.script.staff import role_for
from kongchuo.demo.script.wording import evidence

PARTS = {one.name: getattr(CONTACT, one.name) for one in fields(CaseAct)}
DEMANDED = [one.name for one in fields(CaseAct) if one.default is MISSING]
DAY = date(2025, 9, 12)
acts = pytest.mark.parametrize("act", CASE_ACTS.values(), ids=CASE_ACTS)


def a_case() -> Case:
    """A case as an example asks for it; it is never saved."""
    return Case(number="530999-2025-0001", first_missed_on=date(2025, 9, 11))


def papers() -> dict[str, SimpleUploadedFile]:
    """What a person would upload beside an example."""
    return {name: SimpleUploadedFile("材料.jpg", b"jpeg") for name in FIELDS if is_paper(name)}


def test_the_constructor_demands_what_every_act_has() -> None:
    assert DEMANDED == ["rule", "guard", "rows", "letter", "title", "offered", "example"]


@pytest.mark.parametrize("part", DEMANDED)
def test_an_act_without_one_of_its_parts_cannot_be_made(part: str) -> None:
    without = {name: value for name, value in PARTS.items() if name != part}
    with pytest.raises(TypeError, match=part):
        CaseAct(**without)
    assert CaseAct(**PARTS) == CONTACT


def test_an_automatic_act_without_its_words_cannot_be_made() -> None:
    parts: dict[str, Any] = {"act": Act.OPEN, "letter": "新立个案"}
    with pytest.raises(TypeError, match="title"):
        AutomaticAct(**parts)


@acts
def test_an_act_of_the_ladder_without_an_object_fails_the_import(act: CaseAct) -> None:
    others = [one for one in CASE_ACTS.values() if one is not act]
    with pytest.raises(ImportError, match=f"{act.rule.act}: no object in cases/acts"):
        by_act(others)


def test_two_objects_of_one_act_fail_the_import() -> None:
    with pytest.raises(ImportError, match="contact: several objects"):
        by_act([*CASE_ACTS.values(), CONTACT])


@pytest.mark.parametrize(
    ("name", "table", "fault"),
    [
        ("RULES", {**RULES, Act.LAPSE: RULES[Act.CONTACT]}, "lapse: a rule, though automatic"),
        ("RULES", {a: r for a, r in RULES.items() if a != Act.CALL}, "call: no rule in policy"),
        ("AUTOMATIC", {}, "merge: no rule, and not automatic"),
        ("FIELDS", {}, "report: its evidence is no field"),
    ],
)
def test_tables_that_do_not_fit_fail_the_import(monkeypatch, name, table, fault) -> None:
    monkeypatch.setattr(registry, name, table)
    with pytest.raises(ImportError, match=fault):
        by_act(CASE_ACTS.values())


@pytest.mark.parametrize(
    ("odd", "fault"),
    [
        (replace(CONTACT, letter="个案"), "contact: a letter without a move"),
        (replace(REPORT, letter=NO_LETTER), "report: a letter without a move"),
        (replace(APPROVE_CLOSURE, ending=None), "approve_closure: a letter without a move"),
        (
            replace(CONTACT, rule=replace(CONTACT.rule, label="劝返")),
            "contact: its rule is not the one",
        ),
    ],
)
def test_an_act_that_differs_from_the_ladder_fails_the_import(odd: CaseAct, fault: str) -> None:
    others = [one for one in CASE_ACTS.values() if one.rule.act != odd.rule.act]
    with pytest.raises(ImportError, match=fault):
        by_act([*others, odd])


def test_people_and_automatic_acts_are_every_act() -> None:
    assert list(CASE_ACTS) == list(RULES)
    assert set(CASE_ACTS) | set(AUTOMATIC) == set(Act)
    assert not set(CASE_ACTS) & set(AUTOMATIC)
    assert all(act is one.act for act, one in AUTOMATIC.items())


def test_every_file_of_an_act_is_registered() -> None:
    folder = Path(registry.__file__).parent
    made = {
        name
        for path in folder.rglob("*.py")
        for name in re.findall(r"^(\w+) = CaseAct\(", path.read_text(), re.MULTILINE)
    }
    assert made == {act.name for act in CASE_ACTS}


@acts
def test_the_example_of_an_act_passes_its_own_form(act: CaseAct) -> None:
    data = {"version": 1, "occurred_on": DAY, **act.example(a_case())}
    form = ActForm(act.rule, DAY, data=data, files=papers(), sensitive=True)
    assert form.is_valid(), form.errors
    assert set(act.example(a_case())) <= {*act.rule.evidence, *act.rule.optional}


@acts
def test_what_the_demo_writes_passes_the_form_too(act: CaseAct) -> None:
    written = evidence(act.rule.act, a_case(), DAY, "甲（班主任）")
    form = ActForm(act.rule, DAY, data={"version": 1, **written}, files=papers())
    assert form.is_valid(), form.errors


@acts
def test_the_demo_knows_who_does_an_act(act: CaseAct) -> None:
    assert role_for(act.rule.act)
