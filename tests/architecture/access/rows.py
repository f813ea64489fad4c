"""What a row of the access table holds, and what several families of addresses answer alike."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.architecture import world
from tests.architecture.world import Maker
from tests.cast import ROLES

REST = tuple(ROLES)
TEACHER = ("class_teacher",)
SCHOOL_DESK = ("registrar", "head_teacher")
SCHOOL = TEACHER + SCHOOL_DESK
CENTRAL = ("central_school",)
VILLAGE = ("village_cadre",)
TOWNSHIP = ("township_officer", "township_leader")
OFFICE = ("education_office",)
COUNTY = ("county_desk",)
LEADER = ("bureau_leader",)
SUPERVISION = ("supervisor", *LEADER)  # both read the county, with masked names
ADMINISTRATOR = ("administrator",)
SECURITY = ("security_officer",)
AUDITOR = ("auditor",)
OFFICES = ADMINISTRATOR + SECURITY + AUDITOR  # none sees a child
SEES_CASES_HERE = SCHOOL + CENTRAL + VILLAGE + TOWNSHIP + OFFICE
COUNTY_WIDE = COUNTY + SUPERVISION
Expected = Mapping[tuple[str, ...], str]
NOT_TAKEN: Expected = {REST: "405 405 405"}
NO_RIGHT = "403 403 403"
SEES_PUPILS = SCHOOL + CENTRAL + COUNTY_WIDE


@dataclass(frozen=True)
class Row:
    """One address; ``post`` is empty where a POST is no business of the address."""

    name: str
    get: Expected
    post: Expected = field(default_factory=dict)
    maker: Maker = world.no_object
    public: bool = False
    nobody: Mapping[str, str] = field(default_factory=dict)  # where a public one is not 200
    tag: str = ""  # where several rows tell of one address
    sent: Mapping[str, str] = field(default_factory=dict)  # what a POST says; most say nothing
    door: str = ""  # where who is not signed in is led, if not to the sign-in page and back

    @property
    def label(self) -> str:
        """How a failure names it."""
        return f"{self.name} {self.tag}".strip()


Rows = tuple[Row, ...]

OF_A_PUPIL: Expected = {
    SCHOOL + CENTRAL: "200 404 404",
    COUNTY_WIDE: "200 200 404",
    REST: NO_RIGHT,
}
# A full number asks for the password once more.
# Who has just signed in is not asked for the password again; a reason is.
OF_A_NUMBER: Expected = {SEES_CASES_HERE: "200 404 404", COUNTY: "200 200 404", REST: NO_RIGHT}
OF_A_NUMBER_ACT: Expected = {SEES_CASES_HERE: "422 404 404", COUNTY: "422 422 404", REST: NO_RIGHT}
# A scan shows names, so that it is closed to who reads 张**.
OF_A_PAPER: Expected = {
    SCHOOL + CENTRAL: "200 404 404",
    COUNTY: "200 200 404",
    REST: NO_RIGHT,
}
OF_A_DESK_S_PUPIL: Expected = {SCHOOL_DESK: "200 404 404", REST: NO_RIGHT}
OF_A_DESK_S_FORM: Expected = {SCHOOL_DESK: "422 404 404", REST: NO_RIGHT}
OF_A_RECORD: Expected = {SCHOOL_DESK: "200 404 404", REST: NO_RIGHT}
OF_A_RECORD_ACT: Expected = {SCHOOL_DESK: "422 404 404", REST: NO_RIGHT}
OF_AN_ORDER: Expected = {SCHOOL_DESK + COUNTY: "200", REST: "403"}
OF_AN_ORDER_ACT: Expected = {SCHOOL_DESK + COUNTY: "422", REST: "403"}
OF_A_ROLL: Expected = {SCHOOL: "200 404 404", REST: NO_RIGHT}
OF_A_ROLL_ACT: Expected = {SCHOOL: "422 404 404", REST: NO_RIGHT}


def expected(table: Expected, role: str) -> str:
    """What the row says of a role: the first line that names it."""
    return next(words for roles, words in table.items() if role in roles)
