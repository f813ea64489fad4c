"""Numbered papers: ledger, queue, one paper, its moves, the public page."""

from tests.architecture import numbered
from tests.architecture.access.rows import (
    COUNTY,
    LEADER,
    NO_RIGHT,
    NOT_TAKEN,
    OFFICE,
    REST,
    SCHOOL_DESK,
    SUPERVISION,
    TOWNSHIP,
    VILLAGE,
    Expected,
    Row,
    Rows,
)

HEAD = ("township_leader",)
SIGNER_OF_A_SCHOOL = ("head_teacher",)
READS: Expected = {
    TOWNSHIP: "200 404 404",
    SCHOOL_DESK: "404 404 404",  # a school has papers of its own
    COUNTY: "200 200 404",
    SUPERVISION: "403 403 404",  # the ledger alone: a paper names people
    VILLAGE + OFFICE: "404 404 404",  # it was not sent to them
    REST: NO_RIGHT,
}
# The county reads the township's paper, and does nothing with it.
OTHERS: Expected = {SCHOOL_DESK: "404 404 404", COUNTY + LEADER: "403 403 404", REST: NO_RIGHT}
FORM: Expected = {TOWNSHIP: "200 404 404", **OTHERS}
# Not signed yet: its forms of service lead back to the paper, which says so.
TOO_EARLY: Expected = {TOWNSHIP: "302 404 404", **OTHERS}
SENT_FORM: Expected = {TOWNSHIP: "422 404 404", **OTHERS}
NO_REPLY: Expected = {**FORM, TOWNSHIP: "404 404 404"}
PRESSED: Expected = {TOWNSHIP: "302 404 404", **OTHERS}
PRESSED_BY_DRAFTER: Expected = {LEADER: NO_RIGHT, **PRESSED}
TAKEN: Expected = {TOWNSHIP: "200 404 404", **OTHERS}
SIGNED: Expected = {
    HEAD: "302 404 404",
    SIGNER_OF_A_SCHOOL: "404 404 404",
    LEADER: "403 403 404",
    REST: NO_RIGHT,
}
# A paper that was sent to nobody: who reads it may not sign for it.
RECEIVED: Expected = {
    TOWNSHIP: "403 404 404",
    COUNTY: "403 403 404",
    SCHOOL_DESK + VILLAGE + OFFICE: "404 404 404",
    REST: NO_RIGHT,
}
ACTS_NOT: Expected = {SCHOOL_DESK: "404 404 404", LEADER: "403 403 404"}
OF_COUNTY: Expected = {COUNTY: "200 200 404", REST: NO_RIGHT}
OF_COUNTY_SENT: Expected = {COUNTY: "422 422 404", REST: NO_RIGHT}
NONE_YET: Expected = {COUNTY: "404 404 404", REST: NO_RIGHT}
# Drawn up by our school for our township, which signs it.
OF_A_LIST: Expected = {
    TOWNSHIP + SCHOOL_DESK: "200 404 404",
    COUNTY + LEADER: "404 404 404",
    REST: NO_RIGHT,
}
GIVEN_UP: Expected = {**OF_A_LIST, TOWNSHIP + SCHOOL_DESK: "422 404 404"}
SIGNED_AS_A_LIST: Expected = {
    HEAD: "302 404 404",
    SIGNER_OF_A_SCHOOL: "403 404 404",
    LEADER: "404 404 404",
    REST: NO_RIGHT,
}
SEES = TOWNSHIP + SCHOOL_DESK + COUNTY + SUPERVISION
RECEIVES = TOWNSHIP + SCHOOL_DESK + VILLAGE + OFFICE + COUNTY
SIGNS = HEAD + SIGNER_OF_A_SCHOOL + LEADER
PRINTS = TOWNSHIP + SCHOOL_DESK + COUNTY + LEADER
NONE_YET_OF_OURS: Expected = {PRINTS: "404 404 404", REST: NO_RIGHT}

PAPERS: Rows = (
    Row("papers:ledger", {SEES: "200", REST: "403"}),
    Row("export_papers", {SEES: "200", REST: "403"}, {SEES: "422", REST: "403"}),
    Row("papers:received", {RECEIVES: "200", REST: "403"}),
    Row("papers:queue", {SIGNS: "200", REST: "403"}),
    Row("papers:sign_many", {REST: "405"}, {SIGNS: "302", REST: "403"}),
    Row("papers:print", {REST: "405"}, {PRINTS: "302", REST: "403"}),
    Row("papers:bundle_preview", {REST: "405"}, {PRINTS: "422", REST: "403"}),
    Row("papers:order_bundle", {REST: "405"}, {PRINTS: "422", REST: "403"}),
    Row("papers:bundle", NONE_YET_OF_OURS, NONE_YET_OF_OURS, numbered.a_row_never_written),
    Row("papers:batch", OF_A_LIST, maker=numbered.a_list_of_papers),
    Row("papers:sign_batch", NOT_TAKEN, SIGNED_AS_A_LIST, numbered.a_list_of_papers),
    Row("papers:batch_act", OF_A_LIST, GIVEN_UP, numbered.a_list_to_drop),
    Row("papers:texts", {COUNTY: "200", REST: "403"}),
    Row("papers:text", OF_COUNTY, maker=numbered.a_kind_of_paper),
    Row("papers:edit_text", OF_COUNTY, OF_COUNTY_SENT, numbered.a_kind_of_paper),
    Row("papers:preview_text", NOT_TAKEN, OF_COUNTY, numbered.a_kind_of_paper),
    Row("papers:withdraw_text", NONE_YET, NONE_YET, numbered.a_row_never_written),
    Row("papers:words", {COUNTY: "200", REST: "403"}, {COUNTY: "422", REST: "403"}),
    Row("papers:withdraw_word", NONE_YET, NONE_YET, numbered.a_row_never_written),
    Row("papers:paper", READS, maker=numbered.a_numbered_paper),
    Row(
        "papers:proof",
        {
            **READS,
            VILLAGE + OFFICE: NO_RIGHT,
            TOWNSHIP: "404 404 404",
            COUNTY: "404 404 404",
        },
        maker=numbered.a_receipt,
    ),
    Row("papers:pdf", NOT_TAKEN, PRESSED, numbered.a_numbered_paper),
    Row("papers:document", NOT_TAKEN, TAKEN, numbered.a_numbered_paper),
    Row("papers:receive", NOT_TAKEN, RECEIVED, numbered.a_numbered_paper),
    Row(
        "papers:revise",
        {LEADER: NO_RIGHT, **FORM},
        {LEADER: NO_RIGHT, **SENT_FORM},
        numbered.a_numbered_paper,
    ),
    Row("papers:send", NOT_TAKEN, PRESSED_BY_DRAFTER, numbered.a_numbered_paper),
    Row("papers:recall", NOT_TAKEN, PRESSED_BY_DRAFTER, numbered.a_numbered_paper),
    Row("papers:sign", NOT_TAKEN, SIGNED, numbered.a_numbered_paper),
    Row("papers:serve", TOO_EARLY, SENT_FORM, numbered.a_numbered_paper),
    # No letter that asks for a reply: there is no such page of it.
    Row("papers:reply", NO_REPLY, NO_REPLY, numbered.a_numbered_paper),
    Row(
        "papers:reply_proof",
        {
            **READS,
            VILLAGE + OFFICE: NO_RIGHT,
            TOWNSHIP: "404 404 404",
            COUNTY: "404 404 404",
        },
        maker=numbered.a_receipt,
    ),
    Row("papers:scan", TOO_EARLY, SENT_FORM, numbered.a_numbered_paper),
    Row(
        "papers:scan_page",
        {**READS, TOWNSHIP: "404 404 404", COUNTY: "404 404 404"},
        maker=numbered.a_signed_sheet,
    ),
    Row("papers:perform", TOO_EARLY, SENT_FORM, numbered.a_numbered_paper),
    Row(
        "papers:act",
        {**ACTS_NOT, HEAD: "200 404 404", **RECEIVED},
        {**ACTS_NOT, HEAD: "422 404 404", **RECEIVED},
        numbered.a_paper_to_return,
    ),
    Row(
        "papers:check",
        {REST: "404 404 404"},
        {REST: "405 405 405"},
        numbered.a_token,
        public=True,
        nobody={"get": "404", "post": "405"},
    ),
)
