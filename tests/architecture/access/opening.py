"""A county's opening: who sees how far it is, and who writes its workbook."""

from tests.architecture import world
from tests.architecture.access.rows import (
    COUNTY,
    NO_RIGHT,
    NOT_TAKEN,
    REST,
    Expected,
    Row,
    Rows,
)

OPENS = ("security_officer",)
DECLARES = ("security_officer", "bureau_leader", *COUNTY)
SEES = ("security_officer", "administrator", "bureau_leader", *COUNTY)
OF_A_BOOK: Expected = {OPENS: "200 200 404", REST: NO_RIGHT}
OF_A_BOOK_ACT: Expected = {OPENS: "302 302 404", REST: NO_RIGHT}

OPENING: Rows = (
    Row(
        "opening:start",
        {REST: "200 200 200"},
        {REST: "422 422 422"},
        world.an_address,
        public=True,
    ),
    Row("opening:wizard", {SEES: "200", REST: "403"}),
    Row("opening:progress", {SEES: "200", REST: "403"}),
    Row("opening:posts", {SEES: "200", REST: "403"}, {SEES: "302", REST: "403"}),
    Row("opening:template", {OPENS: "200", REST: "403"}),
    Row(
        "opening:upload",
        {OPENS: "200", REST: "403"},
        {OPENS: "422", REST: "403"},
    ),
    Row("opening:book", OF_A_BOOK, maker=world.a_book),
    Row("opening:correct", NOT_TAKEN, OF_A_BOOK_ACT, world.a_book),
    Row("opening:write", NOT_TAKEN, OF_A_BOOK_ACT, world.a_book),
    Row("opening:drop", NOT_TAKEN, OF_A_BOOK_ACT, world.a_book),
    Row("opening:call_off", NOT_TAKEN, {OPENS: "302 302 404", REST: NO_RIGHT},
        world.a_sleeping_post),
    Row("opening:declare", {DECLARES: "200", REST: "403"}, {DECLARES: "422", REST: "403"}),
    Row("opening:take_back", {DECLARES: "200", REST: "403"}, {DECLARES: "422", REST: "403"}),
)  # fmt: skip
