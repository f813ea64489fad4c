"""The roll call, leave slips, the school's morning and the days of absence."""

from tests.architecture import world
from tests.architecture.access.rows import (
    CENTRAL,
    COUNTY,
    COUNTY_WIDE,
    NO_RIGHT,
    NOT_TAKEN,
    OF_A_PAPER,
    OF_A_PUPIL,
    OF_A_ROLL,
    OF_A_ROLL_ACT,
    OFFICE,
    REST,
    SCHOOL,
    SCHOOL_DESK,
    TEACHER,
    TOWNSHIP,
    Expected,
    Row,
    Rows,
)

OF_A_TAKING_BACK: Expected = {SCHOOL: "302 404 404", REST: NO_RIGHT}
# Figures without names: the school, and every unit above it.
SEES_MORNINGS = SCHOOL_DESK + CENTRAL + TOWNSHIP + OFFICE + COUNTY_WIDE
OF_A_MORNING: Expected = {
    COUNTY_WIDE: "200 200 404",
    SEES_MORNINGS: "200 404 404",
    REST: NO_RIGHT,
}

# Nobody is missing from a class today.
OF_NOBODY_MISSING: Expected = {SCHOOL: "404 404 404", REST: NO_RIGHT}

ROLL: Rows = (
    Row("roll", {TEACHER + SCHOOL_DESK: "302", REST: "403"}),
    Row("roll_class", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class),
    Row("roll_day", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class_day),
    Row("roll_take_back", NOT_TAKEN, OF_A_TAKING_BACK, world.a_class_day),
    Row("roll_phone", NOT_TAKEN, OF_NOBODY_MISSING, world.a_pupil_of_a_class),
    Row("roll_address", NOT_TAKEN, OF_NOBODY_MISSING, world.a_pupil_of_a_class),
    Row("roll_boarders", {SCHOOL: "200", REST: "403"}),
)

SLIPS: Rows = (
    Row("roll_slips", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class),
    Row("slips_owed", {SCHOOL: "200", REST: "403"}),
    Row("slip_take_back", OF_A_ROLL, OF_A_ROLL_ACT, world.a_slip),
    Row("slip_photo", OF_A_PAPER, maker=world.a_slip),
)

MORNINGS: Rows = (
    Row("mornings:mine", {SEES_MORNINGS: "302", REST: "403"}),
    Row("mornings:school", OF_A_MORNING, maker=world.a_school),
    Row(
        "mornings:nudge",
        NOT_TAKEN,
        {SCHOOL_DESK: "302 404 404", REST: NO_RIGHT},
        world.a_school,
    ),
    Row(
        "mornings:press",
        NOT_TAKEN,
        {
            CENTRAL + TOWNSHIP + OFFICE: "302 404 404",
            COUNTY: "302 302 404",
            REST: NO_RIGHT,
        },
        world.a_school,
    ),
    Row("mornings:rates", {SEES_MORNINGS: "200", REST: "403"}),
    Row("mornings:township_rates", OF_A_MORNING, maker=world.a_township),
    Row("mornings:school_rates", OF_A_MORNING, maker=world.a_school),
    Row("absence_report", OF_A_PUPIL, maker=world.a_spell),
    Row("mornings:class_month", OF_A_PUPIL, maker=world.a_class_by_pk),
    Row("daily_class", OF_A_PUPIL, maker=world.a_class_day),
    Row(
        "daily_school",
        {SCHOOL_DESK + CENTRAL: "200 404 404", COUNTY_WIDE: "200 200 404", REST: NO_RIGHT},
        maker=world.a_school_day,
    ),
)
