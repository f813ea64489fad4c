"""Which rows fill the arguments of which address.

A source names the model, the arguments that are read from a row, and the look-ups by which a row
belongs to the units of the demo's accounts. Every named address with arguments stands here.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from django.apps import apps

from tests.walk.county import Tour

NEAR, FAR = 2, 2  # rows of an address: in the units of the demo's accounts, and elsewhere
Args = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """Where the arguments of an address come from; ``words`` are the values of its slug."""

    label: str
    args: dict[str, str] = field(default_factory=lambda: {"pk": "pk"})
    near: dict[str, str] = field(default_factory=dict)
    only: dict[str, Any] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def fill(self, tour: Tour) -> Iterator[Args]:
        """The arguments of a few rows, those of the tour's units first."""
        names = list(self.words)
        for row in self._rows(tour):
            found = {name: row[path] for name, path in self.args.items()}
            for values in product(*self.words.values()):
                yield {**found, **dict(zip(names, values, strict=True))}

    def _rows(self, tour: Tour) -> list[dict[str, Any]]:
        """Some of the first and of the last rows; distinct, since a look-up may join."""
        paths = {"pk", *self.args.values()}
        rows = apps.get_model(self.label).objects.filter(**self.only).values(*paths)
        near = rows.filter(**{path: getattr(tour, unit) for path, unit in self.near.items()})
        chosen = [*_ends(near, NEAR), *([] if self.words else _ends(rows, FAR))]
        return list({row["pk"]: row for row in chosen}.values())


def _ends(rows: Any, count: int) -> list[dict[str, Any]]:
    half = count // 2
    return [*rows.order_by("pk").distinct()[:half], *rows.order_by("-pk").distinct()[:half]]


CASE_ACTS = (
    "report register contact ask_village answer report_township receive serve_order review return "
    "request_closure confirm_closure approve_closure refuse_closure confirm_dropout police_reply "
    "note_dropout revert_dropout"
)
STEPS = "agree confirm settle approve file refuse withdraw"
KINDS = (
    "transfer_within transfer_out transfer_in suspension resumption grade_change death deferral "
    "graduation dropout"
)
NUMBERS = "id registry address"
SIGNATURES = "sign send receive confirm refuse describe withdraw"


def _words(name: str, words: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words.split())}


AT_SCHOOL = {"school_id": "school"}
OF_A_CHILD = {"child__enrolments__school_id": "school"}
PERSON = Source("accounts.Person", near={"posts__unit_id": "school"})
POST = Source("accounts.Post", near={"unit_id": "school"})
SCHOOL = Source("roster.School", near={"pk": "school"})
TOWNSHIP = Source("accounts.Unit", near={"pk": "township"}, only={"schools__isnull": False})
OF_TOWNSHIPS = {"kind": "township"}
UNIT = Source("accounts.Unit", near={"pk": "school"}, only={"kind": "school"})
LETTER = Source("messaging.Message", near={"to_unit_id": "school"})
JOB = Source("jobs.Job", near={"unit_id": "school"})
ORDER = Source(
    "cases.Order", {"number": "case__number", "pk": "paper_id"}, only={"paper__isnull": False}
)
CHILD = Source("roster.Child", near={"enrolments__school_id": "school"})
BATCH = Source("roster.ImportBatch", near=AT_SCHOOL)
CHANGE = Source("roster.Change", near={"from_school_id": "school"})
CLASS = Source("roster.SchoolClass", {"class_id": "pk"}, near=AT_SCHOOL)
CALLED = {"school_class__school_id": "school"}
CLASS_DAY = Source(
    "attendance.RollCall", {"class_id": "school_class_id", "day": "day"}, near=CALLED
)
SCHOOL_DAY = Source(
    "attendance.RollCall", {"pk": "school_class__school_id", "day": "day"}, near=CALLED
)
SLIP = Source("attendance.LeaveSlip", near=OF_A_CHILD)
WATCHED = Source("watch.Entry", near=AT_SCHOOL)
CASE = Source("cases.Case", {"number": "number"}, near=AT_SCHOOL)
ENTRANT = Source("census.Entrant", near=AT_SCHOOL)
HANDOVER = Source("census.Handover", near={"to_school_id": "school"})
RETURN = Source("returns.BuiltReturn")
LISTED = Source("papers.PaperBatch", near={"unit_id": "township"})
NUMBERED = Source("papers.Paper", near={"unit_id": "township"})

SOURCES: dict[str, Source] = {
    **dict.fromkeys(
        ("parameter", "change_parameter"),
        Source("accounts.Unit", {}, words=_words("field", "village_days control_lines")),
    ),
    "withdraw_parameter": Source("accounts.Parameter"),
    "calendar_setup:year": Source("calendars.SchoolTerm", {"year": "school_year"}),
    "calendar_setup:arrangement": Source("calendars.CalendarYear", {"year": "year"}),
    "end_phone": Source("accounts.TrustedPhone"),
    "end_session": Source("accounts.OpenSession", {"handle": "session_key"}),
    **dict.fromkeys(
        ("confirm_request", "refuse_request", "withdraw_request"), Source("accounts.PeopleRequest")
    ),
    **dict.fromkeys(
        ("staff:merge_class", "mornings:class_month"), Source("roster.SchoolClass", near=AT_SCHOOL)
    ),
    **dict.fromkeys(("lists:rename_view", "lists:delete_view"), Source("lists.SavedView")),
    "lists:columns": Source("accounts.Unit", {}, words=_words("page", "cases")),
    **dict.fromkeys(
        ("papers:paper", "papers:revise", "papers:send", "papers:sign", "papers:serve"), NUMBERED
    ),
    **dict.fromkeys(
        (
            "papers:perform",
            "papers:pdf",
            "papers:document",
            "papers:receive",
            "papers:recall",
            "papers:reply",
            "papers:scan",
        ),
        NUMBERED,
    ),
    "papers:act": Source(
        "papers.Paper", words=_words("act", "return drop void reopen unreceive unreply refuse")
    ),
    **dict.fromkeys(
        ("papers:text", "papers:edit_text", "papers:preview_text"),
        Source("accounts.Unit", {}, words=_words("kind", "order")),
    ),
    "papers:bundle": Source("papers.PaperBundle"),
    **dict.fromkeys(("papers:batch", "papers:sign_batch"), LISTED),
    "papers:batch_act": replace(LISTED, words=_words("act", "return drop")),
    "papers:withdraw_text": Source("papers.PaperText"),
    "papers:withdraw_word": Source("papers.NumberWord"),
    "papers:proof": Source("papers.ServiceProof", {"pk": "paper_id", "proof": "pk"}),
    "papers:reply_proof": Source("papers.ReplyProof", {"pk": "paper_id", "proof": "pk"}),
    "papers:scan_page": Source("papers.PaperScan", {"pk": "paper_id", "scan": "pk"}),
    "papers:check": Source("accounts.Unit", {}, words=_words("token", "neverprinted")),
    "emblem": Source("files.Emblem", {"token": "token"}),
    "openid_connect_callback": Source("accounts.Unit", {}, words=_words("provider_id", "city")),
    "help:chapter": Source("accounts.Unit", {}, words=_words("slug", "teacher questions")),
    **dict.fromkeys(("person", "close_account", "reopen_account", "unlock_account"), PERSON),
    **dict.fromkeys(("unseal_account", "end_phones_account", "drop_factor_account"), PERSON),
    **dict.fromkeys(("staff:person", "staff:grant", "staff:reset", "staff:unlock"), PERSON),
    **dict.fromkeys(
        (
            "staff:end_phones",
            "staff:leave",
            "staff:unseal",
            "staff:correct",
            "staff:drop_factor",
        ),
        PERSON,
    ),
    "staff:end_post": POST,
    "staff:resume_post": POST,
    "staff:take_back_substitute": Source(
        "roster.ClassPost", near={"school_class__school_id": "school"}
    ),
    **dict.fromkeys(("units:unit", "units:change", "units:catchment", "units:close"), UNIT),
    "units:add": Source("accounts.Unit", only=OF_TOWNSHIPS, words=_words("kind", "village")),
    "units:withdraw": Source("accounts.UnitChange"),
    "units:undo": Source("accounts.UnitChange"),
    "audit:event": Source("accounts.AuditEvent", near={"post__unit_id": "school"}),
    "retry_deadline": Source("cases.Deadline", near={"case__school_id": "school"}),
    "retry_job": JOB,
    **dict.fromkeys(
        ("opening:book", "opening:correct", "opening:write", "opening:drop"),
        Source("opening.OpeningBook"),
    ),
    "opening:call_off": Source("accounts.Post", only={"asleep": True}),
    "opening:start": Source("accounts.Unit", {}, words=_words("secret", "never-made")),
    "staff:class_teachers": SCHOOL,
    **dict.fromkeys(("open_message", "read_message"), LETTER),
    **dict.fromkeys(("job", "job_status"), JOB),
    **dict.fromkeys(
        ("pupil", "watch:pupil", "watch:put_on", "changes:kinds", "discoveries:pupil"), CHILD
    ),
    **dict.fromkeys(
        ("roster:add_document", "roster:enter_groups", "roster:note_absence", "roster:home"), CHILD
    ),
    "roster:document": Source("roster.Document", near=OF_A_CHILD),
    "roster:end_group": Source("roster.GroupSpell", near=OF_A_CHILD),
    "roster:end_absence": Source("roster.GuardianAbsence", near=OF_A_CHILD),
    "roster:export": Source("roster.RosterExport", near={"post__unit_id": "school"}),
    **dict.fromkeys(
        ("roster:agree_export", "roster:refuse_export", "roster:withdraw_export"),
        Source("roster.RosterExport"),
    ),
    "roster:reveal": Source(
        "roster.Child", near={"enrolments__school_id": "school"}, words=_words("what", NUMBERS)
    ),
    "roster:stand_by": BATCH,
    "roster:choose_row": Source("roster.ImportRow", {"pk": "batch_id", "row_no": "row_no"}),
    **dict.fromkeys(("roster:batch", "roster:status", "roster:confirm", "roster:drop"), BATCH),
    **dict.fromkeys(
        ("roster:go_on", "roster:for_named", "roster:columns", "roster:correct", "roster:keep"),
        BATCH,
    ),
    **dict.fromkeys(("roster:error_book", "roster:return_book", "roster:receipt"), BATCH),
    "undo_import": BATCH,
    "roster:question": Source(
        "roster.ImportRow",
        {"pk": "batch_id", "row_no": "row_no"},
        near={"batch__school_id": "school"},
        only={"row_no__isnull": False},
    ),
    **dict.fromkeys(("changes:change", "changes:certify"), CHANGE),
    "changes:application": Source(
        "roster.Change", near={"from_school_id": "school"}, only={"kind": "suspension"}
    ),
    "changes:application_of": Source(
        "roster.Child",
        near={"enrolments__school_id": "school"},
        words=_words("code", "suspension return"),
    ),
    "changes:step": Source(
        "roster.Change", near={"from_school_id": "school"}, words=_words("act", STEPS)
    ),
    "changes:paper": Source("roster.ChangeProof", {"pk": "change_id", "proof": "pk"}),
    "changes:record": Source(
        "roster.Child", near={"enrolments__school_id": "school"}, words=_words("code", KINDS)
    ),
    "changes:report": CLASS_DAY,
    "changes:verify": Source(
        "roster.ReportLine", near={"report__school_class__school_id": "school"}
    ),
    **dict.fromkeys(("watch:revise", "watch:support", "watch:take_off"), WATCHED),
    **dict.fromkeys(("roll_class", "roll_slips"), CLASS),
    **dict.fromkeys(("roll_day", "roll_take_back", "daily_class"), CLASS_DAY),
    **dict.fromkeys(("daily_school", "changes:nudge"), SCHOOL_DAY),
    **dict.fromkeys(("slip_take_back", "slip_photo"), SLIP),
    **dict.fromkeys(
        ("mornings:school", "mornings:nudge", "mornings:press", "mornings:school_rates"), SCHOOL
    ),
    "mornings:township_rates": TOWNSHIP,
    "absence_report": Source("attendance.AbsenceSpell", near=CALLED),
    **dict.fromkeys(("case", "address", "case_order", "file_index", "serve_order"), CASE),
    "discoveries:school": CASE,
    **dict.fromkeys(
        ("discoveries:report", "discoveries:take_back", "discoveries:answer"),
        Source("cases.DiscoveryReport", near={"unit_id": "school"}),
    ),
    "correct_order": ORDER,
    "write_paper": replace(CASE, words=_words("kind", "urging")),
    "case_paper": Source("cases.Confirmation", {"number": "case__number", "pk": "pk"}),
    **dict.fromkeys(
        ("roll_phone", "roll_address"),
        Source("attendance.Absence", {"class_id": "roll_call__school_class_id", "pk": "child_id"}),
    ),
    "why": Source(
        "cases.Deadline",
        {"number": "case__number", "pk": "pk"},
        near={"case__school_id": "school"},
    ),
    "call": Source(
        "cases.Case", {"number": "number", "pk": "child__guardians__pk"}, near=AT_SCHOOL
    ),
    "act": Source(
        "cases.Case", {"number": "number"}, near=AT_SCHOOL, words=_words("act", CASE_ACTS)
    ),
    **dict.fromkeys(("census:entrant", "census:exempt", "census:revoke"), ENTRANT),
    "census:withdraw": ENTRANT,
    "census:handed": Source("census.Notice", near={"entrant__school_id": "school"}),
    **dict.fromkeys(("census:handover", "census:handover_paper", "census:describe"), HANDOVER),
    "census:handover_act": Source(
        "census.Handover", near={"to_school_id": "school"}, words=_words("name", SIGNATURES)
    ),
    "undo_graduation": Source("census.GraduationBatch", near=AT_SCHOOL),
    **dict.fromkeys(
        ("returns:detail", "returns:progress", "returns:print", "returns:download"), RETURN
    ),
}
