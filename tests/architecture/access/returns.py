"""Monthly returns."""

from tests.architecture import world
from tests.architecture.access.rows import (
    CENTRAL,
    COUNTY,
    COUNTY_WIDE,
    NO_RIGHT,
    REST,
    Expected,
    Row,
    Rows,
)

READERS = COUNTY_WIDE + CENTRAL  # a central school sees its own schools
OF_A_RETURN: Expected = {READERS: "200 200 404", REST: NO_RIGHT}
NOT_BUILT: Expected = {READERS: "404 404 404", REST: NO_RIGHT}

RETURNS: Rows = (
    Row("returns:index", {READERS: "200", REST: "403"}, {COUNTY: "422", REST: "403"}),
    Row("returns:detail", OF_A_RETURN, maker=world.a_return),
    Row("returns:progress", OF_A_RETURN, maker=world.a_return),
    Row("returns:print", NOT_BUILT, NOT_BUILT, world.a_return),
    Row("returns:download", NOT_BUILT, NOT_BUILT, maker=world.a_return),
)
