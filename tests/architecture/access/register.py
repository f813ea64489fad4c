"""The register: pupils, their papers, special groups, lists taken out."""

from tests.architecture import world
from tests.architecture.access.rows import (
    AUDITOR,
    CENTRAL,
    COUNTY,
    COUNTY_WIDE,
    LEADER,
    NO_RIGHT,
    OF_A_NUMBER,
    OF_A_NUMBER_ACT,
    OF_A_PAPER,
    OF_A_PUPIL,
    OF_A_RECORD,
    OF_A_RECORD_ACT,
    OF_AN_ORDER,
    OF_AN_ORDER_ACT,
    REST,
    SCHOOL,
    SCHOOL_DESK,
    Expected,
    Row,
    Rows,
)

OF_A_NEW_PAPER: Expected = {
    SCHOOL: "200 404 404",
    CENTRAL: "403 404 404",
    COUNTY_WIDE: "403 403 404",
    REST: NO_RIGHT,
}
OF_A_HOME: Expected = {SCHOOL_DESK: "200 404 404", COUNTY: "200 200 404", REST: NO_RIGHT}
OF_A_HOME_ACT: Expected = {SCHOOL_DESK: "422 404 404", COUNTY: "422 422 404", REST: NO_RIGHT}
OF_AN_EXPORT: Expected = {SCHOOL_DESK + COUNTY + AUDITOR: "200 404 404", REST: NO_RIGHT}
OF_AN_EXPORT_ACT: Expected = {
    SCHOOL_DESK + COUNTY: "200 404 404",
    AUDITOR: "403 404 404",  # who fetches 操作记录 fetches no roster
    REST: NO_RIGHT,
}

PUPILS: Rows = (
    Row("roster:pupils", {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"}),
    Row(
        "roster:find",
        {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"},
        {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"},
    ),
    Row("roster:reveal", OF_A_NUMBER, OF_A_NUMBER_ACT, world.a_number),
    Row("roster:home", OF_A_HOME, OF_A_HOME_ACT, world.a_child),
    Row("roster:document", OF_A_PAPER, maker=world.a_document),
    Row("roster:add_document", OF_A_NEW_PAPER, OF_A_NEW_PAPER, world.a_child),
    Row("pupil", OF_A_PUPIL, maker=world.a_child),
    Row("roster:unverified_homes", {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"}),
    Row("roster:leavers", {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"}),
)

GROUPS: Rows = (
    Row("roster:groups", {SCHOOL + COUNTY: "200", REST: "403"}),
    Row("roster:left_behind", {SCHOOL + COUNTY: "200", REST: "403"}),
    Row("roster:enter_groups", OF_A_RECORD, OF_A_RECORD_ACT, world.a_child),
    Row("roster:note_absence", OF_A_RECORD, OF_A_RECORD_ACT, world.a_child),
    Row("roster:end_group", OF_A_RECORD, OF_A_RECORD_ACT, world.a_group),
    Row("roster:end_absence", OF_A_RECORD, OF_A_RECORD_ACT, world.an_absence),
)

OF_A_SECOND: Expected = {
    SCHOOL_DESK: "200 404 404",
    COUNTY + LEADER: "200 200 404",
    AUDITOR: "404 404 404",  # his own of 操作记录 only
    REST: NO_RIGHT,
}
OF_A_SECOND_ACT: Expected = {
    SCHOOL_DESK: "422 404 404",
    COUNTY + LEADER: "422 422 404",
    AUDITOR: "404 404 404",
    REST: NO_RIGHT,
}

EXPORTS: Rows = (
    Row("roster:export_pupils", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("roster:export_leavers", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("roster:export_groups", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("roster:export_left_behind", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("roster:exports", {SCHOOL_DESK + COUNTY + LEADER + AUDITOR: "200", REST: "403"}),
    Row("roster:agree_export", OF_A_SECOND, OF_A_SECOND_ACT, world.an_export_to_second),
    Row("roster:refuse_export", OF_A_SECOND, OF_A_SECOND_ACT, world.an_export_to_second),
    Row("roster:withdraw_export", OF_A_SECOND, OF_A_SECOND_ACT, world.an_export_to_second),
    Row("roster:export", OF_AN_EXPORT, OF_AN_EXPORT_ACT, world.an_export),
)
