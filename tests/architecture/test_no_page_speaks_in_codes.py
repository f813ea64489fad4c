"""No template and no label shows a code, a hash or the number of a request.

The walk over the addresses holds the same of every page of every role (walk.py).
"""

import pytest

from cases.policy import ALL_DUTIES, LADDER, RULES
from cases.watch import rules as watch
from foundation.accounts.parameters import SPECS
from reporting.figures.indicators import INDICATORS
from students.roster.models import ImportRow
from students.roster.rules.change_kinds import KINDS
from students.roster.rules.group_kinds import GROUPS
from tests.architecture.shown import strange_in
from tests.architecture.sources import ROOT

# Error pages name the request, so that it can be read out on the telephone.
_MAY = ("errors/",)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

LABELS = {
    "parameters": [word for one in SPECS for word in (one.label, one.unit, one.source)],
    "duties": [word for one in ALL_DUTIES.values() for word in (one.label, one.source)],
    "stages": [one.label for one in LADDER],
    "acts": [one.label for one in RULES.values()],
    "warnings": [word for one in watch.RULES for word in (one.label, one.source)],
    "indicators": [word for one in INDICATORS for word in (one.label, one.definition)],
    "rows of an import": [*ImportRow.LABELS.values()],
    "changes": [one.label for one in KINDS],
    "groups": [one.label for one in GROUPS],
}


def test_templates_show_none() -> None:
    found = {
        str(path.relative_to(ROOT)): strange
        for path in TEMPLATES
        if not str(path.relative_to(ROOT / "templates")).startswith(_MAY)
        and (strange := strange_in(path.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize("which", LABELS)
def test_labels_show_none(which: str) -> None:
    assert {word: strange for word in LABELS[which] if (strange := strange_in(word))} == {}


@pytest.mark.parametrize(
    "words",
    [
        "县级参数 P4D",
        "来源：沈阳市 R85",
        "<b>D1</b> 已报告",
        "转入DX",
        "S58天",
        "校历版本 83",
        "a" * 64,
    ],
)
def test_they_are_found(words: str) -> None:
    assert strange_in(words)


@pytest.mark.parametrize(
    "words",
    [
        "A4纸",
        "根政办发〔2018〕40号",
        "七年级1班",
        "/P4D/",
        "<a href='/cases/D1'>个案</a>",
        "130123456789",
    ],
)
def test_other_words_are_left_alone(words: str) -> None:
    assert strange_in(words) == []
