"""The units of a county: the tree and the forms that change one."""

from tests.architecture import world
from tests.architecture.access.rows import (
    ADMINISTRATOR,
    AUDITOR,
    NO_RIGHT,
    REST,
    Expected,
    Row,
    Rows,
)

OF_A_UNIT: Expected = {ADMINISTRATOR: "200 200 404", REST: NO_RIGHT}
OF_A_UNIT_ACT: Expected = {ADMINISTRATOR: "422 422 404", REST: NO_RIGHT}

UNITS: Rows = (
    Row("units:tree", {ADMINISTRATOR: "200", REST: "403"}),
    Row("units:changes", {ADMINISTRATOR + AUDITOR: "200", REST: "403"}),
    Row("units:unit", OF_A_UNIT, maker=world.a_school),
    Row("units:add", OF_A_UNIT, OF_A_UNIT_ACT, world.a_township_to_fill),
    Row("units:change", OF_A_UNIT, OF_A_UNIT_ACT, world.a_school),
    Row("units:catchment", OF_A_UNIT, OF_A_UNIT_ACT, world.a_school),
    Row("units:close", OF_A_UNIT, OF_A_UNIT_ACT, world.a_school),
    Row("units:undo", OF_A_UNIT, OF_A_UNIT_ACT, world.a_merge),
    Row("units:withdraw", OF_A_UNIT, OF_A_UNIT_ACT, world.a_unit_change),
)
