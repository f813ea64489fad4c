"""Every model says how it is guarded, and no page reads a guarded one without asking who reads."""

import ast

from django.apps import apps

from tests.architecture.sources import call_chain, modules, nodes

OURS = (
    "accounts",
    "jobs",
    "lists",
    "files",
    "messaging",
    "papers",
    "calendars",
    "roster",
    "attendance",
    "census",
    "cases",
    "watch",
    "returns",
    "desk",
    "opening",
)

# Rows with an address or a list of their own: read through visible_to.
SCOPED = {
    "accounts.Person",
    "accounts.AuditEvent",
    "accounts.LimitReport",
    "accounts.OpenSession",
    "accounts.PeopleRequest",
    "accounts.UnitChange",
    "jobs.Job",
    "lists.SavedView",
    "messaging.Message",
    "papers.Paper",
    "roster.Child",
    "roster.SchoolClass",
    "roster.Enrolment",
    "roster.ImportBatch",
    "roster.Document",
    "roster.Change",
    "roster.AwaySpell",
    "roster.ChangeReport",
    "roster.ReportLine",
    "roster.GroupSpell",
    "roster.GuardianAbsence",
    "papers.PaperBatch",
    "papers.PaperBundle",
    "roster.RosterExport",
    "attendance.RollCall",
    "attendance.Absence",
    "attendance.AbsenceSpell",
    "attendance.LeaveSlip",
    "attendance.Nudge",
    "census.Entrant",
    "census.Notice",
    "census.Handover",
    "census.GraduationBatch",
    "cases.Case",
    "cases.Deadline",
    "cases.DiscoveryReport",
    "papers.Sending",
    "watch.Reckoning",
    "watch.Score",
    "watch.Entry",
    "returns.BuiltReturn",
    "opening.CountyOpening",
    "opening.OpeningBook",
}

# Rows reached through a scoped one, never by themselves.
INSIDE = {
    "accounts.PeopleDecision": "accounts.PeopleRequest",
    "accounts.UnitChangeEnd": "accounts.UnitChange",
    "accounts.SecondFactor": "accounts.Person",
    "accounts.TrustedPhone": "accounts.Person",
    "messaging.ReadMark": "messaging.Message",
    "papers.BundlePart": "papers.PaperBundle",
    "papers.PaperMove": "papers.Paper",
    "papers.PaperPdf": "papers.Paper",
    "papers.Reply": "papers.Paper",
    "papers.ReplyProof": "papers.Paper",
    "papers.PaperScan": "papers.Paper",
    "papers.Service": "papers.Paper",
    "papers.ServiceProof": "papers.Paper",
    "roster.Guardian": "roster.Child",
    "roster.ChildEvent": "roster.Child",
    "roster.GuardianEvent": "roster.Child",
    "roster.EnrolmentEvent": "roster.Enrolment",
    "roster.GroupSpellEvent": "roster.GroupSpell",
    "roster.ExportDecision": "roster.RosterExport",
    "roster.ExportPart": "roster.RosterExport",
    "roster.ClassPost": "roster.SchoolClass",
    "roster.FormerNumber": "roster.Child",
    "roster.ImportPart": "roster.ImportBatch",
    "roster.ImportChunk": "roster.ImportBatch",
    "roster.ImportTurn": "roster.ImportBatch",
    "roster.ImportLayout": "roster.ImportBatch",
    "roster.ImportCells": "roster.ImportBatch",
    "roster.ReturnedBook": "roster.ImportBatch",
    "roster.ImportRow": "roster.ImportBatch",
    "roster.ImportGroup": "roster.ImportBatch",
    "roster.ChangeEvent": "roster.Change",
    "roster.ChangeProof": "roster.Change",
    "attendance.Submission": "attendance.RollCall",
    "census.CheckIn": "census.Entrant",
    "census.Exemption": "census.Entrant",
    "census.HandoverRow": "census.Handover",
    "census.HandoverStep": "census.Handover",
    "census.GraduationRow": "census.GraduationBatch",
    "cases.CaseEvent": "cases.Case",
    "cases.Contact": "cases.Case",
    "cases.Dispatch": "cases.Case",
    "cases.Order": "cases.Case",
    "cases.Closure": "cases.Case",
    "cases.Confirmation": "cases.Case",
    "cases.CountedStanding": "cases.Case",
    "cases.DiscoveryAnswer": "cases.DiscoveryReport",
    "cases.Reminder": "cases.Deadline",
    "cases.DutyNudge": "cases.Deadline",
    "watch.EntryEvent": "watch.Entry",
    "watch.Step": "watch.Entry",
}

# Rows that tell nothing of a child: places, calendars, parameters, and who holds which post.
# A kept file is reached through the row that it proves, never by itself.
OPEN = {
    "files.StoredFile",
    "files.Emblem",
    "papers.PaperText",  # what a county writes in its papers, with fields in place of names
    "papers.NumberWord",
    "papers.PaperCheck",  # how often an address asked the public page: of no child
    "jobs.TaskRun",  # when beat's tasks ran: nobody's
    "accounts.Parameter",
    "accounts.ClockShift",
    "accounts.KeyFingerprint",
    "accounts.Region",
    "opening.OpeningAddress",
    "accounts.Unit",
    "accounts.Post",
    "calendars.CalendarYear",
    "calendars.CalendarDay",
    "calendars.SchoolTerm",
    "calendars.SchoolDayOverride",
    "calendars.CalendarChange",
    "attendance.FollowedOverride",  # that a closure was followed
    "attendance.RuledDay",  # that a term or a holiday took a day away: nobody's in particular
    "attendance.RuledCalendar",
    "attendance.CountedRule",  # that everything was counted by a version of the rules
    "attendance.FollowedRoster",  # how far the roster's rows were followed: of no child
    "cases.CountedLedger",  # when the ledger was counted: of no child
    "cases.SweptDay",  # that a day had its sweep
    "desk.MonthFigure",  # counts of units, of no child in particular
    "roster.School",
    "census.Catchment",
    "census.RegistrationDay",
    "watch.RuleSetting",
    "roster.ColumnProfile",  # headings of sheets, no row of them
}

FACES = ("/views", "/rollcall.py", "/filters.py", "/tables.py", "/forms.py")
# (file, model): why a face may start from the bare model.
EXEMPT = {
    (
        "students/roster/imports/views/batches.py",
        "ImportBatch",
    ): "earlier batches of a batch one may see",
    ("students/roster/pupils/views/pupils.py", "Child"): "a condition inside rows one may see",
    (
        "cases/pages/views/common.py",
        "Case",
    ): "the case that visible_to found, once more with its places, as a prepared query",
    (
        "students/staff/views/substitutes.py",
        "ClassPost",
    ): "of the schools whose people one manages (schools_of): who holds a post, no child",
    ("foundation/papers/filters.py", "Paper"): "a condition inside rows one may see",
    ("foundation/papers/tables.py", "Paper"): "what a line shows of the rows one may see",
    (
        "cases/pages/views/returned.py",
        "Paper",
    ): "lists of the township at which the doer holds the post that drafts them",
    (
        "foundation/papers/views/public.py",
        "Paper",
    ): "the page behind a paper's code, for anybody: kind, number, day, valid or void",
}


def test_every_model_is_classified() -> None:
    models = {model._meta.label for app in OURS for model in apps.get_app_config(app).get_models()}
    assert models == SCOPED | set(INSIDE) | OPEN


def test_what_stands_inside_stands_inside_something_scoped() -> None:
    assert set(INSIDE.values()) <= SCOPED
    for label, parent in INSIDE.items():
        model, owner = apps.get_model(label), apps.get_model(parent)
        related = {
            field.related_model
            for field in model._meta.get_fields()
            if field.many_to_one or (field.one_to_one and field.concrete)
        }
        assert owner in related, f"{label} has no way to {parent}"


def test_every_scoped_model_knows_who_may_see_it() -> None:
    for label in SCOPED:
        assert hasattr(apps.get_model(label)._default_manager, "visible_to"), label


def test_no_face_reads_a_guarded_model_without_asking_who_reads() -> None:
    bare = {
        (path, chain[0])
        for path, chain in _reads()
        if f"{chain[0]}" in _guarded() and "visible_to" not in chain
    }
    assert bare == set(EXEMPT)


def _guarded() -> set[str]:
    return {label.split(".")[1] for label in SCOPED | set(INSIDE)}


def _reads() -> list[tuple[str, list[str]]]:
    """Each whole chain that begins with ``Model.objects`` in a face."""
    found = []
    for path, tree in modules("kongchuo", "foundation", "students", "cases", "reporting").items():
        if path.startswith("kongchuo/demo") or not any(face in path for face in FACES):
            continue
        for node in _outermost(tree):
            chain = call_chain(node)
            if len(chain) > 1 and chain[1] in ("objects", "_default_manager", "_base_manager"):
                found.append((path, chain))
    return found


def _outermost(tree: ast.Module) -> list[ast.expr]:
    """Chains that are not the left part of a longer one."""
    chains = [n for n in nodes(tree) if isinstance(n, ast.Attribute | ast.Call)]
    inner = {id(n.func if isinstance(n, ast.Call) else n.value) for n in chains}
    return [n for n in chains if id(n) not in inner]
