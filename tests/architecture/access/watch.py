"""Early warning and the 重点关注 ledger."""

from tests.architecture import world
from tests.architecture.access.rows import (
    COUNTY,
    OF_A_DESK_S_FORM,
    OF_A_DESK_S_PUPIL,
    OF_A_PUPIL,
    OF_A_RECORD,
    OF_A_RECORD_ACT,
    OF_A_ROLL,
    OF_A_ROLL_ACT,
    OF_AN_ORDER,
    OF_AN_ORDER_ACT,
    REST,
    SEES_PUPILS,
    Row,
    Rows,
)

WATCH: Rows = (
    Row("watch:warnings", {SEES_PUPILS: "200", REST: "403"}),
    Row("watch:pupil", OF_A_PUPIL, maker=world.a_child),
    Row("watch:put_on", OF_A_DESK_S_PUPIL, OF_A_DESK_S_FORM, world.a_child),
    Row("watch:revise", OF_A_RECORD, OF_A_RECORD_ACT, world.an_entry),
    Row("watch:support", OF_A_ROLL, OF_A_ROLL_ACT, world.an_entry),
    Row("watch:take_off", OF_A_RECORD, OF_A_RECORD_ACT, world.an_entry),
    Row("watch:ledger", {SEES_PUPILS: "200", REST: "403"}),
    Row("watch:book", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("watch:rules", {SEES_PUPILS: "200", REST: "403"}),
    Row("watch:set_rule", {COUNTY: "200", REST: "403"}, {COUNTY: "422", REST: "403"}),
)
