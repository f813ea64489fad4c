"""Changes of pupils and the classes' daily reports of them."""

from tests.architecture import numbered, world
from tests.architecture.access.rows import (
    CENTRAL,
    COUNTY,
    NO_RIGHT,
    NOT_TAKEN,
    OF_A_DESK_S_FORM,
    OF_A_DESK_S_PUPIL,
    OF_A_PUPIL,
    OF_A_ROLL,
    OF_A_ROLL_ACT,
    OFFICE,
    REST,
    SCHOOL_DESK,
    SEES_PUPILS,
    SUPERVISION,
    TOWNSHIP,
    Expected,
    Row,
    Rows,
)

OF_A_CHANGE: Expected = {TOWNSHIP: "200 404 404", **OF_A_PUPIL}
OF_A_PROOF: Expected = {SUPERVISION: NO_RIGHT, **OF_A_CHANGE}

CHANGES: Rows = (
    Row("changes:list", {SEES_PUPILS + TOWNSHIP: "200", REST: "403"}),
    Row("changes:change", OF_A_CHANGE, maker=world.a_change),
    Row(
        "changes:step",
        {
            TOWNSHIP: "200 404 404",
            SCHOOL_DESK: "403 404 404",
            COUNTY: "403 403 404",
            REST: NO_RIGHT,
        },
        {
            TOWNSHIP: "302 404 404",
            SCHOOL_DESK: "403 404 404",
            COUNTY: "403 403 404",
            REST: NO_RIGHT,
        },
        world.a_step("approve"),
        # An opinion has substance (foundation/pages/substance.py).
        sent={"opinion": "材料齐全，住院证明属实，同意休学。"},
    ),
    Row("changes:paper", OF_A_PROOF, maker=world.a_proof),
    Row(
        "changes:certify",
        NOT_TAKEN,
        {
            TOWNSHIP: "302 404 404",
            SCHOOL_DESK: "403 404 404",
            COUNTY: "403 403 404",
            REST: NO_RIGHT,
        },
        world.a_change,
    ),
    Row("changes:application", OF_A_PROOF, maker=world.a_change),
    Row("changes:application_of", OF_A_DESK_S_PUPIL, maker=numbered.a_suspension_of),
    Row("changes:application_blank", {SCHOOL_DESK: "200", REST: "403"}),
    Row("changes:start", {SCHOOL_DESK: "200", REST: "403"}),
    Row("changes:kinds", OF_A_DESK_S_PUPIL, maker=world.a_child),
    Row("changes:record", OF_A_DESK_S_PUPIL, OF_A_DESK_S_FORM, world.a_kind),
    *(
        Row(f"changes:{name}", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"})
        for name in ("ask", "take_in", "defer")
    ),
)

REPORTS: Rows = (
    Row("changes:reports", {SEES_PUPILS + TOWNSHIP + OFFICE: "200", REST: "403"}),
    Row("changes:report", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class_day),
    Row(
        "changes:nudge",
        NOT_TAKEN,
        {
            SCHOOL_DESK + CENTRAL + TOWNSHIP + OFFICE: "302 404 404",
            COUNTY: "302 302 404",
            REST: NO_RIGHT,
        },
        world.a_school_day,
    ),
    Row("changes:verify", OF_A_DESK_S_PUPIL, OF_A_DESK_S_FORM, world.a_report_line),
    Row("change_month", {SEES_PUPILS: "200", REST: "403"}),
    Row("change_month_book", {SEES_PUPILS: "200", REST: "403"}),
)
