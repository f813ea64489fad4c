"""The launcher's output on the terminal: one line a step, with a mark and seconds."""

import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.interrupts import StopError

TITLE_WIDTH = 38  # columns; a Chinese character takes two
BAR_WIDTH = 20
PLAIN_EVERY = 10.0  # seconds between two lines of a long step when nobody watches
DRAW_EVERY = 0.1
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
DONE, BROKEN, LEFT = "✓", "✗", "–"


class ProgressStep:
    """One step on the terminal: redrawn in place on a screen, plain lines elsewhere."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.note = ""
        self.began = self._spoken = time.monotonic()
        self._drawn = 0.0

    def tick(self, fraction: float | None = None) -> None:
        """Shows how far the step is (0 to 1), or only that it is running."""
        now = time.monotonic()
        if on_screen():
            if now - self._drawn >= DRAW_EVERY:
                self._drawn = now
                _write(f"\r\x1b[K{self._picture(fraction, now)}")
        elif now - self._spoken >= PLAIN_EVERY:
            self._spoken = now
            _write(f"· {self.title} … {_percent(fraction)}{now - self.began:.0f} s\n")

    def end(self, mark: str) -> None:
        seconds = time.monotonic() - self.began
        start = "\r\x1b[K" if on_screen() else ""
        note = f"  {self.note}" if self.note else ""
        _write(f"{start}{mark} {pad(self.title, TITLE_WIDTH)}{seconds:6.1f} s{note}\n")

    def _picture(self, fraction: float | None, now: float) -> str:
        turn = SPINNER[int((now - self.began) / DRAW_EVERY) % len(SPINNER)]
        line = f"{turn} {pad(self.title, TITLE_WIDTH)}{now - self.began:6.1f} s"
        return line if fraction is None else f"{line}  {bar(fraction)}"


@contextmanager
def step(title: str) -> Iterator[ProgressStep]:
    """A step that ends with ✓, with ✗ when it raises, with – when a signal stopped it."""
    current = ProgressStep(title)
    current.tick()
    try:
        yield current
    except StopError:
        current.end(LEFT)
        raise
    except BaseException:
        current.end(BROKEN)
        raise
    current.end(DONE)


def say(text: str = "") -> None:
    _write(f"{text}\n")


def heading(text: str) -> None:
    """A line between the output of two checks."""
    say(f"\n── {text} " + "─" * max(4, 70 - width(text)))


def bar(fraction: float) -> str:
    """A bar and its percentage; values outside 0 to 1 are clipped."""
    share = min(max(fraction, 0.0), 1.0)
    full = int(share * BAR_WIDTH)
    return f"{'█' * full}{'░' * (BAR_WIDTH - full)} {share:4.0%}"


def width(text: str) -> int:
    """The columns that the text takes on a terminal."""
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def pad(text: str, columns: int) -> str:
    """The text, filled up with blanks to this number of columns."""
    return text + " " * max(1, columns - width(text))


def on_screen() -> bool:
    """Whether the output is a terminal that can redraw a line."""
    return sys.stdout.isatty()


def speak_utf8() -> None:
    """Has a terminal of another encoding show question marks instead of raising an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _percent(fraction: float | None) -> str:
    return "" if fraction is None else f"{fraction:.0%} "


def _write(text: str) -> None:
    """Ignores a closed terminal, so that the launcher can still stop its processes."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError:
        pass
