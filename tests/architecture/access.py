"""The access table: every address, and what each role is answered there.

A row names its address, the maker of its object (world.py) and, for GET and POST, what a role gets
for an object of its own side, of the next township's, and for one that was never there: three
statuses in a string, or one where the address names no object. ``REST`` is every role not named.
POST sends an empty form. The first line that names a role counts.

404: outside one's area, with the body of a row that never existed. 403: inside, without the right.
405: the address takes no such request.
"""

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
SUPERVISION = ("supervisor",)
ADMINISTRATOR = ("administrator",)
SEES_CASES_HERE = SCHOOL + CENTRAL + VILLAGE + TOWNSHIP + OFFICE
COUNTY_WIDE = COUNTY + SUPERVISION

Expected = Mapping[tuple[str, ...], str]
NOT_TAKEN: Expected = {REST: "405 405 405"}
NO_RIGHT = "403 403 403"


@dataclass(frozen=True)
class Row:
    """One address; ``post`` is empty where a POST is no business of the address."""

    name: str
    get: Expected
    post: Expected = field(default_factory=dict)
    maker: Maker = world.no_object
    public: bool = False
    tag: str = ""  # where several rows tell of one address
    door: str = ""  # where who is not signed in is led, if not to the sign-in page and back


# A case: its line sees its own, the county's both, the administrator none.
OF_A_CASE: Expected = {
    SEES_CASES_HERE: "200 404 404",
    COUNTY_WIDE: "200 200 404",
    ADMINISTRATOR: NO_RIGHT,
}
OF_A_PUPIL: Expected = {
    SCHOOL + CENTRAL: "200 404 404",
    COUNTY_WIDE: "200 200 404",
    REST: NO_RIGHT,
}
OF_A_RETURN: Expected = {COUNTY_WIDE: "200 200 404", REST: NO_RIGHT}
OF_PEOPLE: Expected = {ADMINISTRATOR: "200 200 404", REST: NO_RIGHT}
OF_AN_ACCOUNT: Expected = {ADMINISTRATOR: "422 422 404", REST: NO_RIGHT}
ONES_OWN: Expected = {REST: "200 404 404"}
ONES_OWN_ACT: Expected = {REST: "302 404 404"}
OF_AN_IMPORT: Expected = {SCHOOL_DESK: "200 404 404", REST: NO_RIGHT}
OF_AN_IMPORT_ACT: Expected = {SCHOOL_DESK: "302 404 404", REST: NO_RIGHT}
OF_A_ROLL: Expected = {SCHOOL: "200 404 404", REST: NO_RIGHT}
OF_A_ROLL_ACT: Expected = {SCHOOL: "422 404 404", REST: NO_RIGHT}

# Who may do an act to a case that was opened today, and what its page answers: the form, or 422
# with the reason when the rung does not allow the act yet.
ACTS: dict[str, tuple[tuple[str, ...], int]] = {
    "report": (SCHOOL, 200),
    "register": (SCHOOL_DESK, 422),
    "contact": (SCHOOL + VILLAGE + TOWNSHIP, 200),
    "ask_village": (SCHOOL_DESK, 422),
    "answer": (VILLAGE, 422),
    "report_township": (SCHOOL_DESK, 422),
    "receive": (TOWNSHIP + OFFICE, 422),
    "serve_order": (TOWNSHIP, 422),
    "review": (TOWNSHIP, 422),
    "return": (SCHOOL + TOWNSHIP, 200),
    "request_closure": (SCHOOL_DESK, 200),
    "confirm_closure": (TOWNSHIP, 200),
    "approve_closure": (COUNTY, 200),
    "refuse_closure": (TOWNSHIP + COUNTY, 200),
}


def _act_row(act: str, roles: tuple[str, ...], form: int) -> Row:
    here = tuple(role for role in SEES_CASES_HERE if role in roles)
    table = {here: "{0} 404 404", COUNTY_WIDE: "403 403 404", ADMINISTRATOR: NO_RIGHT}
    table |= {SEES_CASES_HERE: "403 404 404"}
    if "county_desk" in roles:
        table = {COUNTY: "{0} {0} 404", **table}
    get = {who: words.format(form) for who, words in table.items()}
    post = {who: words.format(422) for who, words in table.items()}
    return Row("act", get, post, world.an_act(act), tag=act)


TABLE: tuple[Row, ...] = (
    # the door
    Row("healthz", {REST: "200"}, public=True),
    Row("account_login", {REST: "302"}, public=True),
    Row("account_logout", {REST: "200"}, door="/accounts/login/"),
    Row("account_change_password", {REST: "200"}),
    Row("account_reauthenticate", {REST: "200"}),
    # people
    Row("people", {ADMINISTRATOR: "200", REST: "403"}),
    Row("person", OF_PEOPLE, maker=world.a_person),
    Row("close_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("reopen_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("unlock_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    # messages and jobs
    Row("inbox", {REST: "200"}),
    Row("read_all_messages", {REST: "405"}, {REST: "302"}),
    Row("open_message", NOT_TAKEN, ONES_OWN_ACT, world.a_letter),
    Row("read_message", NOT_TAKEN, ONES_OWN_ACT, world.a_letter),
    Row("job", ONES_OWN, maker=world.a_job),
    Row("job_status", ONES_OWN, maker=world.a_job),
    # the calendar
    Row("calendars:school_year", {REST: "200"}),
    Row("parameters", {REST: "200"}),
    # the register
    Row("roster:pupils", {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"}),
    Row(
        "roster:find",
        {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"},
        {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"},
    ),
    Row("roster:pupil", OF_A_PUPIL, maker=world.a_child),
    Row("roster:unverified_homes", {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"}),
    Row("roster:template", {SCHOOL_DESK: "200", REST: "403"}),
    Row("roster:upload", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "200", REST: "403"}),
    Row("roster:batch", OF_AN_IMPORT, maker=world.a_batch),
    # without work going on it leads back to the batch
    Row("roster:status", OF_AN_IMPORT_ACT, maker=world.a_batch),
    Row("roster:confirm", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:drop", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    # the wizard's faces; before a preview each leads back to the batch with a word
    Row("roster:go_on", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:columns", OF_AN_IMPORT_ACT, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:correct", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:error_book", OF_AN_IMPORT_ACT, maker=world.a_batch),
    Row("roster:return_book", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:question", OF_AN_IMPORT_ACT, OF_AN_IMPORT_ACT, world.a_row_of_a_batch),
    Row("roster:keep", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:receipt", OF_AN_IMPORT_ACT, maker=world.a_batch),
    # the roll call
    Row("roll", {TEACHER + SCHOOL_DESK: "302", REST: "403"}),
    Row("roll_class", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class),
    Row("roll_day", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class_day),
    # cases
    Row("home", {ADMINISTRATOR: "302", REST: "200"}),
    Row("cases", {SEES_CASES_HERE + COUNTY_WIDE: "200", REST: "403"}),
    Row("case", OF_A_CASE, maker=world.a_case),
    Row("why", OF_A_CASE, maker=world.a_deadline),
    *(_act_row(act, roles, form) for act, (roles, form) in ACTS.items()),
    Row(
        "call",
        NOT_TAKEN,
        {SCHOOL + VILLAGE + TOWNSHIP: "200 404 404", REST: NO_RIGHT},
        world.a_guardian,
    ),
    # returns
    Row("returns:index", {COUNTY_WIDE: "200", REST: "403"}, {COUNTY: "422", REST: "403"}),
    Row("returns:detail", OF_A_RETURN, maker=world.a_return),
    Row("returns:progress", OF_A_RETURN, maker=world.a_return),
    # not built yet
    Row("returns:download", {COUNTY_WIDE: "404 404 404", REST: NO_RIGHT}, maker=world.a_return),
)


def expected(table: Expected, role: str) -> str:
    """What the row says of a role: the first line that names it."""
    return next(words for roles, words in table.items() if role in roles)
