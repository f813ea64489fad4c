"""Monthly returns."""

from tests.architecture import world
from tests.architecture.access.rows import COUNTY, COUNTY_WIDE, NO_RIGHT, REST, Expected, Row, Rows

OF_A_RETURN: Expected = {COUNTY_WIDE: "200 200 404", REST: NO_RIGHT}
NOT_BUILT: Expected = {COUNTY_WIDE: "404 404 404", REST: NO_RIGHT}

RETURNS: Rows = (
    Row("returns:index", {COUNTY_WIDE: "200", REST: "403"}, {COUNTY: "422", REST: "403"}),
    Row("returns:detail", OF_A_RETURN, maker=world.a_return),
    Row("returns:progress", OF_A_RETURN, maker=world.a_return),
    Row("returns:download", NOT_BUILT, NOT_BUILT, maker=world.a_return),
)
