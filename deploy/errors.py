"""The error that the launcher reports in one line instead of a traceback."""


class LaunchError(Exception):
    """Stops the launcher; says in Chinese what is wrong and what to do, in English in short."""

    def __init__(self, chinese: str, english: str, detail: str = "") -> None:
        super().__init__(chinese)
        self.line = f"{chinese} ({english})"
        self.detail = detail
