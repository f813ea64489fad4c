"""How the runners of `make test` share the work: by files, and a dear fixture is made once."""

from xdist.scheduler import LoadFileScheduling

# The demo county takes longer to load than all its tests together, the browser's county and
# Chromium as long as a file of theirs, and to parse all sources as the rules of the house that look
# at them. The story has a county to itself (tests/e2e/conftest.py).
ONE_RUNNER = ("tests/demo/county/", "tests/e2e/", "tests/architecture/")
WALK = "tests/architecture/test_every_url_is_guarded.py"
APART = ("tests/e2e/test_the_story.py", WALK)

# What lasts longest comes first, so that no runner has a long file left when the others are done:
# the browser's above all, which waits more than it works. The rest follows by name.
FIRST = (
    "tests/e2e/",
    WALK,
    "tests/demo/county/",
    "tests/desk/test_each_number_opens_its_list.py",
    "tests/cases/test_recount_agrees_with_counting_anew.py",
    "tests/reporting/test_the_workbook.py",
    "tests/attendance/test_recount_agrees_with_counting_anew.py",
    "tests/reporting/test_figures_of_a_month.py",
    "tests/opening/test_a_book_is_written_as_it_was_shown.py",
)


def place_of(nodeid: str) -> int:
    """The place of a test in the order of files."""
    return next((i for i, file in enumerate(FIRST) if nodeid.startswith(file)), len(FIRST))


class Sharing(LoadFileScheduling):
    """By files, but all files of a named folder go to the same runner."""

    def _split_scope(self, nodeid: str) -> str:
        folder = next((folder for folder in ONE_RUNNER if nodeid.startswith(folder)), "")
        apart = nodeid.startswith(APART)
        return super()._split_scope(nodeid) if apart or not folder else folder
