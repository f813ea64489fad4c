"""Rosters that are read in."""

from tests.architecture import world
from tests.architecture.access.rows import (
    COUNTY,
    NO_RIGHT,
    NOT_TAKEN,
    REST,
    SCHOOL_DESK,
    Expected,
    Row,
    Rows,
)

OF_AN_IMPORT: Expected = {SCHOOL_DESK: "200 404 404", COUNTY: "200 200 404", REST: NO_RIGHT}
# What leads back to the batch with a word, by whoever reads it.
OF_AN_IMPORT_LOOK: Expected = {SCHOOL_DESK: "302 404 404", COUNTY: "302 302 404", REST: NO_RIGHT}
# The county reads the imports of its schools; what becomes of them the school decides.
OF_AN_IMPORT_ACT: Expected = {
    SCHOOL_DESK: "302 404 404",
    COUNTY: "403 403 404",
    REST: NO_RIGHT,
}

IMPORTS: Rows = (
    Row("roster:template", {SCHOOL_DESK + COUNTY: "200", REST: "403"}),
    Row(
        "roster:upload",
        {SCHOOL_DESK + COUNTY: "200", REST: "403"},
        {SCHOOL_DESK + COUNTY: "200", REST: "403"},
    ),
    Row("roster:batch", OF_AN_IMPORT, maker=world.a_batch),
    # without work going on it leads back to the batch
    Row(
        "roster:status",
        {SCHOOL_DESK: "302 404 404", COUNTY: "302 302 404", REST: NO_RIGHT},
        maker=world.a_batch,
    ),
    Row("roster:confirm", NOT_TAKEN, OF_AN_IMPORT_LOOK, world.a_batch),
    Row("roster:drop", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("undo_import", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
)

ANSWERS: Rows = (
    # the wizard's faces; before a preview each leads back to the batch with a word
    Row("roster:go_on", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:for_named", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:columns", OF_AN_IMPORT_LOOK, OF_AN_IMPORT_LOOK, world.a_batch),
    Row("roster:correct", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:choose_row", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_row_of_a_batch),
    Row("roster:stand_by", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:error_book", OF_AN_IMPORT_LOOK, maker=world.a_batch),
    Row("roster:return_book", NOT_TAKEN, OF_AN_IMPORT_LOOK, world.a_batch),
    Row("roster:question", OF_AN_IMPORT_LOOK, OF_AN_IMPORT_ACT, world.a_row_of_a_batch),
    Row("roster:keep", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:receipt", OF_AN_IMPORT_LOOK, maker=world.a_batch),
)
