"""What the ladder offers to a level, somebody on that level has the right to do."""

import pytest

from cases.policy import ACTS, Level
from foundation.accounts.roles import ROLES

LEVELS = {
    "class_teacher": {Level.TEACHER},
    "registrar": {Level.SCHOOL},
    "head_teacher": {Level.SCHOOL},
    "village_cadre": {Level.VILLAGE},
    "township_officer": {Level.TOWNSHIP},
    "township_leader": {Level.TOWNSHIP},
    "education_office": {Level.OFFICE},
    "county_desk": {Level.COUNTY},
}


@pytest.mark.parametrize("rule", ACTS, ids=lambda rule: rule.act)
def test_every_level_of_an_act_has_a_role_with_its_right(rule) -> None:
    able: set[Level] = set()
    for role in ROLES:
        if rule.right in role.rights:
            able |= LEVELS.get(role.code, set())
    assert set(rule.levels) <= able
