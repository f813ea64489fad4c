"""Handles Ctrl-C and similar signals: notes them on arrival, acts between two steps of waiting."""

import signal
import time
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NAP = 0.1  # seconds between two looks at whatever is waited for

_arrived: list[int] = []


class StopError(Exception):
    """A signal asked the launcher to stop; carries its number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"signal {number}")
        self.number = number


def listen() -> None:
    """Installs the handlers. They only note, since an exception could lose a starting process."""
    for number in SIGNALS:
        signal.signal(number, _remember)


def check() -> None:
    """Raises `StopError` when a signal has arrived since `listen`."""
    if _arrived:
        raise StopError(_arrived[0])


def pause() -> None:
    """Waits for a moment, then checks."""
    time.sleep(NAP)
    check()


def _remember(number: int, frame: FrameType | None) -> None:
    _arrived.append(number)
