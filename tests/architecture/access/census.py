"""Entering school, leaving it, and the school year's numbers."""

from tests.architecture import world
from tests.architecture.access.rows import (
    CENTRAL,
    COUNTY_WIDE,
    NO_RIGHT,
    NOT_TAKEN,
    REST,
    SCHOOL,
    SCHOOL_DESK,
    TOWNSHIP,
    Expected,
    Row,
    Rows,
)

# A child due at school, its notice, a roster of leavers: the school, the central school above it,
# and the township of the home; the roster only the two who sign it.
OF_AN_ENTRANT: Expected = {SCHOOL_DESK + CENTRAL + TOWNSHIP: "200 404 404", REST: NO_RIGHT}
OF_AN_ENTRANT_ACT: Expected = {SCHOOL_DESK: "200 404 404", REST: NO_RIGHT}
OF_AN_ENTRANT_POST: Expected = {SCHOOL_DESK: "422 404 404", REST: NO_RIGHT}
OF_A_HANDOVER: Expected = {SCHOOL_DESK + CENTRAL: "200 404 404", REST: NO_RIGHT}
OF_A_HANDOVER_ACT: Expected = {SCHOOL_DESK + CENTRAL: "302 404 404", REST: NO_RIGHT}
# The school's paper: the central school prepares the roster, and does not send it.
TO_SIGN: Expected = {SCHOOL_DESK: "200 404 404", CENTRAL: "403 404 404", REST: NO_RIGHT}
TO_SIGN_POST: Expected = {SCHOOL_DESK: "302 404 404", CENTRAL: "403 404 404", REST: NO_RIGHT}
ENTRY = SCHOOL_DESK + CENTRAL + TOWNSHIP

ENTRANTS: Rows = (
    Row("census:entrants", {ENTRY: "200", REST: "403"}),
    Row("census:add", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"}),
    Row("census:paste", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"}),
    Row("census:entrant", OF_AN_ENTRANT, maker=world.an_entrant),
    Row("census:exempt", OF_AN_ENTRANT_ACT, OF_AN_ENTRANT_POST, world.an_entrant),
    Row("census:withdraw", OF_AN_ENTRANT_ACT, OF_AN_ENTRANT_POST, world.an_entrant),
    Row("census:revoke", OF_AN_ENTRANT_ACT, OF_AN_ENTRANT_POST, world.an_entrant),
    Row("census:year", {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"}),
    Row("census:catchments", {ENTRY: "200", REST: "403"}, {TOWNSHIP: "422", REST: "403"}),
)

NOTICES: Rows = (
    Row("census:notices", {ENTRY: "200", REST: "403"}),
    Row(
        "census:issue",
        {REST: "405"},
        {SCHOOL_DESK + TOWNSHIP: "302", REST: "403"},
    ),
    Row("census:print", {REST: "405"}, {SCHOOL_DESK + TOWNSHIP: "422", REST: "403"}),
    Row("census:serve", {REST: "405"}, {SCHOOL_DESK + TOWNSHIP: "302", REST: "403"}),
    Row("census:register", {ENTRY: "200", REST: "403"}),
    Row(
        "census:handed",
        {SCHOOL_DESK + TOWNSHIP: "200 404 404", REST: NO_RIGHT},
        {SCHOOL_DESK + TOWNSHIP: "422 404 404", REST: NO_RIGHT},
        world.a_notice,
    ),
    Row(
        "census:registration", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"}
    ),
    Row("census:place", {REST: "405"}, {SCHOOL_DESK: "302", REST: "403"}),
    Row("check_in", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "302", REST: "403"}),
    Row("undo_check_in", {REST: "405"}, {SCHOOL_DESK: "302", REST: "403"}),
)

LEAVERS: Rows = (
    Row(
        "census:handovers",
        {SCHOOL_DESK + CENTRAL: "200", REST: "403"},
        {SCHOOL_DESK: "422", CENTRAL: "422", REST: "403"},
    ),
    Row("census:handover", OF_A_HANDOVER, maker=world.a_handover),
    Row("census:handover_paper", OF_A_HANDOVER_ACT, maker=world.a_handover),  # a draft has none
    Row("census:describe", NOT_TAKEN, OF_A_HANDOVER_ACT, world.a_handover),
    Row("census:handover_act", TO_SIGN, TO_SIGN_POST, world.a_signature),
    Row("graduation", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"}),
    Row(
        "undo_graduation",
        OF_AN_ENTRANT_ACT,
        {SCHOOL_DESK: "302 404 404", REST: NO_RIGHT},
        world.a_graduation,
    ),
)
