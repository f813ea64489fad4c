"""Accounts, and the people of a school or a township."""

from tests.architecture import traces, world
from tests.architecture.access.rows import (
    ADMINISTRATOR,
    AUDITOR,
    COUNTY,
    LEADER,
    NO_RIGHT,
    NOT_TAKEN,
    REST,
    SCHOOL_DESK,
    SECURITY,
    TOWNSHIP,
    Expected,
    Row,
    Rows,
)

OF_PEOPLE: Expected = {SECURITY: "200 200 404", REST: NO_RIGHT}
OF_AN_ACCOUNT: Expected = {SECURITY: "422 422 404", REST: NO_RIGHT}
# A school's desk its own people, a township's its own and its villages', the security_officer all.
OF_STAFF: Expected = {
    SCHOOL_DESK: "200 404 404",
    SECURITY: "200 200 404",
    TOWNSHIP: "404 404 404",
    REST: NO_RIGHT,
}
OF_A_STAFF_ACT: Expected = {
    SCHOOL_DESK: "422 404 404",
    SECURITY: "422 422 404",
    TOWNSHIP: "404 404 404",
    REST: NO_RIGHT,
}
# Whoever keeps a school's roster merges its classes, the county's desk only by asking the school.
OF_A_CLASS: Expected = {SCHOOL_DESK: "200 404 404", COUNTY: "404 404 404", REST: NO_RIGHT}
OF_A_CLASS_ACT: Expected = {SCHOOL_DESK: "422 404 404", COUNTY: "404 404 404", REST: NO_RIGHT}
STAFF_DESKS = SCHOOL_DESK + TOWNSHIP + SECURITY

HEAD = ("head_teacher",)
# What was done at his own school, of all that is on record.
OF_AN_EVENT: Expected = {HEAD: "200 404 404", AUDITOR: "200 200 404", REST: NO_RIGHT}
OF_A_FAILED_JOB: Expected = {ADMINISTRATOR + COUNTY: "302 302 404", REST: NO_RIGHT}
OF_NOTHING_LATE: Expected = {ADMINISTRATOR + COUNTY: "404 404 404", REST: NO_RIGHT}

ACCOUNTS: Rows = (
    Row("status", {ADMINISTRATOR + COUNTY: "200", REST: "403"}),
    Row("retry_deadline", NOT_TAKEN, OF_NOTHING_LATE, traces.a_met_deadline),
    Row("retry_job", NOT_TAKEN, OF_A_FAILED_JOB, traces.a_failed_job),
    Row("audit:list", {AUDITOR + HEAD: "200", REST: "403"}),
    Row("audit:find", {AUDITOR + HEAD: "200", REST: "403"}, {AUDITOR + HEAD: "422", REST: "403"}),
    Row("audit:export", {AUDITOR + HEAD: "200", REST: "403"}, {AUDITOR + HEAD: "422", REST: "403"}),
    Row("audit:event", OF_AN_EVENT, maker=traces.an_event),
    Row("people", {SECURITY: "200", REST: "403"}),
    Row("person", OF_PEOPLE, maker=world.a_person),
    Row("close_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("reopen_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("drop_factor_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("unlock_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("unseal_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("end_phones_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
)

SECOND = SECURITY + COUNTY + LEADER
# A school's or township's desk sees what it has asked itself.
NOT_ONE_S_OWN: Expected = {SCHOOL_DESK + TOWNSHIP: "404 404 404", REST: NO_RIGHT}
OF_A_REQUEST: Expected = {SECOND: "200 200 404", **NOT_ONE_S_OWN}
OF_A_DECISION: Expected = {SECOND: "422 422 404", **NOT_ONE_S_OWN}

SECONDING: Rows = (
    Row("limit_reports", {SECOND + AUDITOR: "200", REST: "403"}),
    Row("people_requests", {SECOND + SCHOOL_DESK + TOWNSHIP: "200", REST: "403"}),
    Row("confirm_request", OF_A_REQUEST, OF_A_DECISION, world.a_request),
    Row("refuse_request", OF_A_REQUEST, OF_A_DECISION, world.a_request),
    Row("withdraw_request", OF_A_REQUEST, OF_A_DECISION, world.a_request),
)

STAFF: Rows = (
    Row("staff:people", {STAFF_DESKS: "200", REST: "403"}),
    Row("staff:add", {STAFF_DESKS: "200", REST: "403"}, {STAFF_DESKS: "422", REST: "403"}),
    Row("staff:grants", {STAFF_DESKS: "200", REST: "403"}),
    Row("staff:slips", {STAFF_DESKS: "200", REST: "403"}, {STAFF_DESKS: "302", REST: "403"}),
    Row("staff:sheet", {STAFF_DESKS: "200", REST: "403"}, {STAFF_DESKS: "422", REST: "403"}),
    Row("staff:template", {STAFF_DESKS: "200", REST: "403"}),
    Row("staff:confirm", {STAFF_DESKS: "405", REST: "405"}, {STAFF_DESKS: "302", REST: "403"}),
    Row("staff:person", OF_STAFF, maker=world.a_person),
    Row("staff:grant", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:reset", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:correct", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:unlock", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:unseal", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:end_phones", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:drop_factor", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:leave", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:end_post", OF_STAFF, OF_A_STAFF_ACT, world.a_post),
    Row("staff:resume_post", OF_STAFF, OF_A_STAFF_ACT, world.a_post),
    Row("staff:schools", {SCHOOL_DESK: "302", TOWNSHIP + SECURITY: "200", REST: "403"}),
    Row("staff:class_teachers", OF_STAFF, OF_A_STAFF_ACT, world.a_school),
    Row(
        "staff:substitutes",
        {SCHOOL_DESK: "200", TOWNSHIP + SECURITY: "302", REST: "403"},
        {SCHOOL_DESK: "422", TOWNSHIP + SECURITY: "302", REST: "403"},
    ),
    Row("staff:take_back_substitute", OF_STAFF, OF_A_STAFF_ACT, world.a_substitute),
    Row("staff:merge_class", OF_A_CLASS, OF_A_CLASS_ACT, world.a_class_by_pk),
)
