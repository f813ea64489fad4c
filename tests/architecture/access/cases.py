"""Cases and the acts on them."""

from tests.architecture import discovered, world
from tests.architecture.access.rows import (
    COUNTY,
    COUNTY_WIDE,
    NO_RIGHT,
    NOT_TAKEN,
    OFFICE,
    OFFICES,
    REST,
    SCHOOL,
    SCHOOL_DESK,
    SEES_CASES_HERE,
    TOWNSHIP,
    VILLAGE,
    Expected,
    Row,
    Rows,
)
from tests.architecture.things import NEVER, World

# Who answers for an area presses whoever owes a duty there.
PRESSES = (
    "head_teacher",
    "central_school",
    "township_officer",
    "township_leader",
    "education_office",
    "county_desk",
)
# A case: its line sees its own, the county's both, the administrator none.
OF_A_CASE: Expected = {
    SEES_CASES_HERE: "200 404 404",
    COUNTY_WIDE: "200 200 404",
    OFFICES: NO_RIGHT,
}
# A paper of a case shows names: who reads masked ones cannot open it.
OF_A_CASE_PAPER: Expected = {
    SEES_CASES_HERE: "200 404 404",
    COUNTY: "200 200 404",
    REST: NO_RIGHT,
}
# An order is the township's, or the county's; a case opened today knows none yet.
OF_AN_ORDER: Expected = {
    TOWNSHIP: "422 404 404",
    COUNTY: "422 422 404",
    SEES_CASES_HERE: "403 404 404",
    COUNTY_WIDE: "403 403 404",
    OFFICES: NO_RIGHT,
}
ONE_ORDER: Expected = {
    TOWNSHIP: "404 404 404",
    COUNTY: "404 404 404",
    SEES_CASES_HERE: "403 404 404",
    COUNTY_WIDE: "403 403 404",
    OFFICES: NO_RIGHT,
}
# The school writes its 劝学通知书 while the child is away; the township writes other papers.
OF_A_PAPER_OF_THE_SCHOOL: Expected = {
    SCHOOL_DESK: "302 404 404",
    TOWNSHIP: "403 404 404",
    COUNTY: "403 403 404",
    REST: NO_RIGHT,
}
# Who may do an act to a case that was opened today, and what its page answers: the form, or 422
# with the reason when the rung does not allow the act yet.
ACTS: dict[str, tuple[tuple[str, ...], int]] = {
    "report": (SCHOOL, 200),
    "register": (SCHOOL_DESK, 422),
    "correct_register": (SCHOOL_DESK, 422),
    "contact": (SCHOOL + VILLAGE + TOWNSHIP, 200),
    "ask_village": (SCHOOL_DESK, 422),
    "answer": (VILLAGE, 422),
    "report_township": (SCHOOL_DESK, 422),
    "receive": (TOWNSHIP + OFFICE, 422),
    "serve_order": (TOWNSHIP + COUNTY, 422),
    "review": (TOWNSHIP, 422),
    "return": (SCHOOL + TOWNSHIP, 200),
    "request_closure": (SCHOOL_DESK, 200),
    "confirm_closure": (TOWNSHIP, 200),
    "approve_closure": (COUNTY, 200),
    "refuse_closure": (TOWNSHIP + COUNTY, 200),
    "inspect": (COUNTY, 422),
    "confirm_dropout": (("head_teacher",), 422),
    "police_reply": (TOWNSHIP + COUNTY, 200),  # entered already: the page says when
    "note_dropout": (COUNTY, 422),
    "revert_dropout": (TOWNSHIP + COUNTY, 422),
}


def _act_row(act: str, roles: tuple[str, ...], form: int) -> Row:
    here = tuple(role for role in SEES_CASES_HERE if role in roles)
    table = {here: "{0} 404 404", COUNTY_WIDE: "403 403 404", OFFICES: NO_RIGHT}
    table |= {SEES_CASES_HERE: "403 404 404"}
    if "county_desk" in roles:
        table = {COUNTY: "{0} {0} 404", **table}
    get = {who: words.format(form) for who, words in table.items()}
    post = {who: words.format(422) for who, words in table.items()}
    return Row("act", get, post, world.an_act(act), tag=act)


def _an_order(here: World, role: str, where: str) -> world.Args:
    """An order that the case does not have."""
    return {**world.a_case(here, role, where), "pk": NEVER}


def _an_urging(here: World, role: str, where: str) -> world.Args:
    """A paper that the school writes for the case."""
    return {**world.a_case(here, role, where), "kind": "urging"}


CASES: Rows = (
    Row("home", {OFFICES: "302", REST: "200"}),
    Row("duties", {SEES_CASES_HERE + COUNTY_WIDE: "200", REST: "403"}),
    Row(
        "nudge_duties",
        {PRESSES: "422", REST: "403"},
        {PRESSES: "302", REST: "403"},
    ),
    Row("cases", {SEES_CASES_HERE + COUNTY_WIDE: "200", REST: "403"}),
    Row("case", OF_A_CASE, maker=world.a_case),
    Row("why", OF_A_CASE, maker=world.a_deadline),
    Row("case_order", OF_AN_ORDER, OF_AN_ORDER, maker=world.a_case),
    Row("returned_list", {TOWNSHIP: "200", REST: "403"}, {TOWNSHIP: "302", REST: "403"}),
    Row("file_index", OF_A_CASE, maker=world.a_case),
    Row("write_paper", NOT_TAKEN, OF_A_PAPER_OF_THE_SCHOOL, _an_urging),
    Row("serve_order", OF_AN_ORDER, OF_AN_ORDER, maker=world.a_case),
    Row("correct_order", ONE_ORDER, ONE_ORDER, maker=_an_order),
    Row("case_paper", OF_A_CASE_PAPER, maker=world.a_case_paper),
    Row(
        "call",
        NOT_TAKEN,
        {SCHOOL + VILLAGE + TOWNSHIP: "200 404 404", REST: NO_RIGHT},
        world.a_guardian,
    ),
    Row(
        "address",
        NOT_TAKEN,
        {SCHOOL + VILLAGE + TOWNSHIP: "200 404 404", REST: NO_RIGHT},
        world.a_case,
    ),
)

REPORTERS = SCHOOL + VILLAGE + TOWNSHIP + OFFICE
OF_A_REPORT: Expected = {REPORTERS: "200 404 404", COUNTY: "200 200 404", REST: NO_RIGHT}
OF_A_REPORT_ACT: Expected = {REPORTERS: "422 404 404", COUNTY: "422 422 404", REST: NO_RIGHT}
# A village, a township and an office report children and see no pupils.
OF_A_PUPIL_S_REPORT: Expected = {
    SCHOOL: "200 404 404",
    COUNTY: "200 200 404",
    VILLAGE + TOWNSHIP + OFFICE: "404 404 404",
    REST: NO_RIGHT,
}
# A case of the roll has its school.
OF_A_CASE_S_SCHOOL: Expected = {
    SEES_CASES_HERE: "403 404 404",
    COUNTY_WIDE: "403 403 404",
    OFFICES: NO_RIGHT,
}
DISCOVERIES: Rows = (
    Row("discoveries:reports", {REPORTERS + COUNTY: "200", REST: "403"}),
    Row(
        "discoveries:new",
        {REPORTERS + COUNTY: "200", REST: "403"},
        {REPORTERS + COUNTY: "422", REST: "403"},
    ),
    Row(
        "discoveries:pupil",
        OF_A_PUPIL_S_REPORT,
        {who: words.replace("200", "422") for who, words in OF_A_PUPIL_S_REPORT.items()},
        world.a_child,
    ),
    Row("discoveries:report", OF_A_REPORT, maker=discovered.a_report),
    Row("discoveries:take_back", OF_A_REPORT, OF_A_REPORT_ACT, discovered.a_report),
    Row("discoveries:answer", OF_A_REPORT, OF_A_REPORT_ACT, discovered.a_report),
    Row("discoveries:school", OF_A_CASE_S_SCHOOL, OF_A_CASE_S_SCHOOL, world.a_case),
)

ACTS_ON_CASES: Rows = (*(_act_row(act, roles, form) for act, (roles, form) in ACTS.items()),)
