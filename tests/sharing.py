"""How the runners of `make test` share the work: by files, and a dear fixture is made once."""

from xdist.scheduler import LoadFileScheduling

# Their demo county takes longer to load than all their tests together.
ONE_RUNNER = ("tests/demo/county/",)


class Sharing(LoadFileScheduling):
    """By files, but all files of a named folder go to the same runner."""

    def _split_scope(self, nodeid: str) -> str:
        folder = next((folder for folder in ONE_RUNNER if nodeid.startswith(folder)), "")
        return folder or super()._split_scope(nodeid)
