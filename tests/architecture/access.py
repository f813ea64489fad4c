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
# A scan shows names, so that it is closed to who reads 张**.
OF_A_PAPER: Expected = {
    SCHOOL + CENTRAL: "200 404 404",
    COUNTY: "200 200 404",
    REST: NO_RIGHT,
}
OF_A_NEW_PAPER: Expected = {
    SCHOOL: "200 404 404",
    CENTRAL: "403 404 404",
    COUNTY_WIDE: "403 403 404",
    REST: NO_RIGHT,
}
SEES_PUPILS = SCHOOL + CENTRAL + COUNTY_WIDE
OF_A_CHANGE: Expected = {TOWNSHIP: "200 404 404", **OF_A_PUPIL}
OF_A_PROOF: Expected = {SUPERVISION: NO_RIGHT, **OF_A_CHANGE}
OF_A_DESK_S_PUPIL: Expected = {SCHOOL_DESK: "200 404 404", REST: NO_RIGHT}
OF_A_DESK_S_FORM: Expected = {SCHOOL_DESK: "422 404 404", REST: NO_RIGHT}
OF_A_RETURN: Expected = {COUNTY_WIDE: "200 200 404", REST: NO_RIGHT}
OF_PEOPLE: Expected = {ADMINISTRATOR: "200 200 404", REST: NO_RIGHT}
OF_AN_ACCOUNT: Expected = {ADMINISTRATOR: "422 422 404", REST: NO_RIGHT}
ONES_OWN: Expected = {REST: "200 404 404"}
ONES_OWN_ACT: Expected = {REST: "302 404 404"}
# A school's desk its own people, a township's its own and its villages', the administrator all.
OF_STAFF: Expected = {
    SCHOOL_DESK: "200 404 404",
    ADMINISTRATOR: "200 200 404",
    TOWNSHIP: "404 404 404",
    REST: NO_RIGHT,
}
OF_A_STAFF_ACT: Expected = {
    SCHOOL_DESK: "422 404 404",
    ADMINISTRATOR: "422 422 404",
    TOWNSHIP: "404 404 404",
    REST: NO_RIGHT,
}
STAFF_DESKS = SCHOOL_DESK + TOWNSHIP + ADMINISTRATOR
OF_A_RECORD: Expected = {SCHOOL_DESK: "200 404 404", REST: NO_RIGHT}
OF_A_RECORD_ACT: Expected = {SCHOOL_DESK: "422 404 404", REST: NO_RIGHT}
OF_AN_ORDER: Expected = {SCHOOL_DESK + COUNTY: "200", REST: "403"}
OF_AN_ORDER_ACT: Expected = {SCHOOL_DESK + COUNTY: "422", REST: "403"}
OF_AN_EXPORT: Expected = {SCHOOL_DESK + COUNTY: "200 404 404", REST: NO_RIGHT}
OF_AN_IMPORT: Expected = {SCHOOL_DESK: "200 404 404", COUNTY: "200 200 404", REST: NO_RIGHT}
# What leads back to the batch with a word, by whoever reads it.
OF_AN_IMPORT_LOOK: Expected = {SCHOOL_DESK: "302 404 404", COUNTY: "302 302 404", REST: NO_RIGHT}
# The county reads the imports of its schools; what becomes of them the school decides.
OF_AN_IMPORT_ACT: Expected = {
    SCHOOL_DESK: "302 404 404",
    COUNTY: "403 403 404",
    REST: NO_RIGHT,
}
OF_A_ROLL: Expected = {SCHOOL: "200 404 404", REST: NO_RIGHT}
OF_A_TAKING_BACK: Expected = {SCHOOL: "302 404 404", REST: NO_RIGHT}
OF_A_ROLL_ACT: Expected = {SCHOOL: "422 404 404", REST: NO_RIGHT}

# Figures without names: the school, and every unit above it.
SEES_MORNINGS = SCHOOL_DESK + CENTRAL + TOWNSHIP + OFFICE + COUNTY_WIDE
OF_A_MORNING: Expected = {
    COUNTY_WIDE: "200 200 404",
    SEES_MORNINGS: "200 404 404",
    REST: NO_RIGHT,
}

# A child due at school, its notice, a roster of leavers: the school, the central school above it,
# and the township of the home; the roster only the two who sign it.
OF_AN_ENTRANT: Expected = {SCHOOL_DESK + CENTRAL + TOWNSHIP: "200 404 404", REST: NO_RIGHT}
OF_AN_ENTRANT_ACT: Expected = {SCHOOL_DESK: "200 404 404", REST: NO_RIGHT}
OF_AN_ENTRANT_POST: Expected = {SCHOOL_DESK: "422 404 404", REST: NO_RIGHT}
OF_A_HANDOVER: Expected = {SCHOOL_DESK + CENTRAL: "200 404 404", REST: NO_RIGHT}
OF_A_HANDOVER_ACT: Expected = {SCHOOL_DESK + CENTRAL: "302 404 404", REST: NO_RIGHT}
ENTRY = SCHOOL_DESK + CENTRAL + TOWNSHIP

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
    Row("phones", {REST: "200"}),
    Row("end_phones", {REST: "405"}, {REST: "302"}),
    Row("end_phone", NOT_TAKEN, ONES_OWN_ACT, world.a_phone),
    # people
    Row("people", {ADMINISTRATOR: "200", REST: "403"}),
    Row("person", OF_PEOPLE, maker=world.a_person),
    Row("close_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("reopen_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("unlock_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("unseal_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    Row("end_phones_account", NOT_TAKEN, OF_AN_ACCOUNT, world.a_person),
    # the people of a school or a township
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
    Row("staff:unlock", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:end_phones", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:leave", OF_STAFF, OF_A_STAFF_ACT, world.a_person),
    Row("staff:end_post", OF_STAFF, OF_A_STAFF_ACT, world.a_post),
    Row("staff:schools", {SCHOOL_DESK: "302", TOWNSHIP + ADMINISTRATOR: "200", REST: "403"}),
    Row("staff:class_teachers", OF_STAFF, OF_A_STAFF_ACT, world.a_school),
    Row("staff:substitutes", OF_STAFF, OF_A_STAFF_ACT, world.a_school),
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
    Row("roster:document", OF_A_PAPER, maker=world.a_document),
    Row("roster:add_document", OF_A_NEW_PAPER, OF_A_NEW_PAPER, world.a_child),
    Row("pupil", OF_A_PUPIL, maker=world.a_child),
    Row("roster:unverified_homes", {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"}),
    Row("roster:leavers", {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"}),
    Row("roster:groups", {SCHOOL + COUNTY: "200", REST: "403"}),
    Row("roster:left_behind", {SCHOOL + COUNTY: "200", REST: "403"}),
    Row("roster:enter_groups", OF_A_RECORD, OF_A_RECORD_ACT, world.a_child),
    Row("roster:note_absence", OF_A_RECORD, OF_A_RECORD_ACT, world.a_child),
    Row("roster:end_group", OF_A_RECORD, OF_A_RECORD_ACT, world.a_group),
    Row("roster:end_absence", OF_A_RECORD, OF_A_RECORD_ACT, world.an_absence),
    Row("roster:export_pupils", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("roster:export_leavers", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("roster:export_groups", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("roster:export_left_behind", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("roster:export", OF_AN_EXPORT, OF_AN_EXPORT, world.an_export),
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
    # changes
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
    ),
    Row("changes:paper", OF_A_PROOF, maker=world.a_proof),
    Row("changes:start", {SCHOOL_DESK: "200", REST: "403"}),
    Row("changes:kinds", OF_A_DESK_S_PUPIL, maker=world.a_child),
    Row("changes:record", OF_A_DESK_S_PUPIL, OF_A_DESK_S_FORM, world.a_kind),
    *(
        Row(f"changes:{name}", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"})
        for name in ("ask", "take_in", "defer")
    ),
    Row("changes:reports", {SEES_PUPILS: "200", REST: "403"}),
    Row("changes:report", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class_day),
    Row("changes:verify", OF_A_DESK_S_PUPIL, OF_A_DESK_S_FORM, world.a_report_line),
    Row("changes:month", {SEES_PUPILS: "200", REST: "403"}),
    Row("changes:month_book", {SEES_PUPILS: "200", REST: "403"}),
    # the wizard's faces; before a preview each leads back to the batch with a word
    Row("roster:go_on", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:columns", OF_AN_IMPORT_LOOK, OF_AN_IMPORT_LOOK, world.a_batch),
    Row("roster:correct", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:error_book", OF_AN_IMPORT_LOOK, maker=world.a_batch),
    Row("roster:return_book", NOT_TAKEN, OF_AN_IMPORT_LOOK, world.a_batch),
    Row("roster:question", OF_AN_IMPORT_LOOK, OF_AN_IMPORT_ACT, world.a_row_of_a_batch),
    Row("roster:keep", NOT_TAKEN, OF_AN_IMPORT_ACT, world.a_batch),
    Row("roster:receipt", OF_AN_IMPORT_LOOK, maker=world.a_batch),
    # early warning and the 重点关注 ledger
    Row("watch:warnings", {SEES_PUPILS: "200", REST: "403"}),
    Row("watch:pupil", OF_A_PUPIL, maker=world.a_child),
    Row("watch:put_on", OF_A_DESK_S_PUPIL, OF_A_DESK_S_FORM, world.a_child),
    Row("watch:revise", OF_A_RECORD, OF_A_RECORD_ACT, world.an_entry),
    Row("watch:support", OF_A_ROLL, OF_A_ROLL_ACT, world.an_entry),
    Row("watch:take_off", OF_A_RECORD, OF_A_RECORD_ACT, world.an_entry),
    Row("watch:ledger", {SEES_PUPILS: "200", REST: "403"}),
    Row("watch:book", OF_AN_ORDER, OF_AN_ORDER_ACT),
    Row("watch:rules", {SEES_PUPILS: "200", REST: "403"}),
    Row("watch:set_rule", {COUNTY: "200", REST: "403"}, {COUNTY: "422", REST: "403"}),
    # the roll call
    Row("roll", {TEACHER + SCHOOL_DESK: "302", REST: "403"}),
    Row("roll_class", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class),
    Row("roll_day", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class_day),
    Row("roll_take_back", NOT_TAKEN, OF_A_TAKING_BACK, world.a_class_day),
    Row("roll_boarders", {SCHOOL: "200", REST: "403"}),
    Row("roll_slips", OF_A_ROLL, OF_A_ROLL_ACT, world.a_class),
    Row("slips_owed", {SCHOOL: "200", REST: "403"}),
    Row("slip_take_back", OF_A_ROLL, OF_A_ROLL_ACT, world.a_slip),
    Row("slip_photo", OF_A_PAPER, maker=world.a_slip),
    Row("school_days", {COUNTY: "200", REST: "403"}, {COUNTY: "422", REST: "403"}),
    # the school's view of the morning
    Row("mornings:mine", {SEES_MORNINGS: "302", REST: "403"}),
    Row("mornings:school", OF_A_MORNING, maker=world.a_school),
    Row(
        "mornings:nudge",
        NOT_TAKEN,
        {SCHOOL_DESK: "302 404 404", REST: NO_RIGHT},
        world.a_school,
    ),
    Row("mornings:rates", {SEES_MORNINGS: "200", REST: "403"}),
    Row("mornings:township_rates", OF_A_MORNING, maker=world.a_township),
    Row("mornings:school_rates", OF_A_MORNING, maker=world.a_school),
    Row("absence_report", OF_A_PUPIL, maker=world.a_spell),
    Row("daily_class", OF_A_PUPIL, maker=world.a_class_day),
    Row(
        "daily_school",
        {SCHOOL_DESK + CENTRAL: "200 404 404", COUNTY_WIDE: "200 200 404", REST: NO_RIGHT},
        maker=world.a_school_day,
    ),
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
    # entering school
    Row("census:entrants", {ENTRY: "200", REST: "403"}),
    Row("census:add", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"}),
    Row("census:paste", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"}),
    Row("census:entrant", OF_AN_ENTRANT, maker=world.an_entrant),
    Row("census:exempt", OF_AN_ENTRANT_ACT, OF_AN_ENTRANT_POST, world.an_entrant),
    Row("census:revoke", OF_AN_ENTRANT_ACT, OF_AN_ENTRANT_POST, world.an_entrant),
    Row("census:notices", {ENTRY: "200", REST: "403"}),
    Row(
        "census:issue",
        {REST: "405"},
        {SCHOOL_DESK + TOWNSHIP: "302", REST: "403"},
    ),
    Row("census:print", {SCHOOL_DESK + TOWNSHIP: "200", REST: "403"}),
    Row("census:serve", {REST: "405"}, {SCHOOL_DESK + TOWNSHIP: "302", REST: "403"}),
    Row("census:register", {ENTRY: "200", REST: "403"}),
    Row(
        "census:cancel",
        {SCHOOL_DESK + TOWNSHIP: "200 404 404", REST: NO_RIGHT},
        {SCHOOL_DESK + TOWNSHIP: "422 404 404", REST: NO_RIGHT},
        world.a_notice,
    ),
    Row(
        "census:registration", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"}
    ),
    Row("census:place", {REST: "405"}, {SCHOOL_DESK: "302", REST: "403"}),
    Row(
        "census:handovers",
        {SCHOOL_DESK + CENTRAL: "200", REST: "403"},
        {SCHOOL_DESK: "422", CENTRAL: "422", REST: "403"},
    ),
    Row("census:handover", OF_A_HANDOVER, maker=world.a_handover),
    Row("census:handover_paper", OF_A_HANDOVER, maker=world.a_handover),
    Row("census:describe", NOT_TAKEN, OF_A_HANDOVER_ACT, world.a_handover),
    Row("census:handover_act", OF_A_HANDOVER, OF_A_HANDOVER_ACT, world.a_signature),
    Row("census:year", {SCHOOL + CENTRAL + COUNTY_WIDE: "200", REST: "403"}),
    Row("census:catchments", {ENTRY: "200", REST: "403"}, {TOWNSHIP: "422", REST: "403"}),
    Row("check_in", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "302", REST: "403"}),
    Row("undo_check_in", {REST: "405"}, {SCHOOL_DESK: "302", REST: "403"}),
    Row("graduation", {SCHOOL_DESK: "200", REST: "403"}, {SCHOOL_DESK: "422", REST: "403"}),
    Row(
        "undo_graduation",
        OF_AN_ENTRANT_ACT,
        {SCHOOL_DESK: "302 404 404", REST: NO_RIGHT},
        world.a_graduation,
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
