"""How the runners of `make test` share the work: by files, and a dear fixture is made once."""

from xdist.scheduler import LoadFileScheduling

# The demo county takes longer to load than all its tests together, the browser's county and
# Chromium as long as a file of theirs. The story has a county to itself (tests/e2e/conftest.py).
ONE_RUNNER = ("tests/demo/county/", "tests/e2e/")
APART = ("tests/e2e/test_the_story.py",)


class Sharing(LoadFileScheduling):
    """By files, but all files of a named folder go to the same runner."""

    def _split_scope(self, nodeid: str) -> str:
        folder = next((folder for folder in ONE_RUNNER if nodeid.startswith(folder)), "")
        apart = nodeid.startswith(APART)
        return super()._split_scope(nodeid) if apart or not folder else folder
