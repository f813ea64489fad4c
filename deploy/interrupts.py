"""Ctrl-C and its kin: remembered when they arrive, acted on between two steps of waiting."""

import signal
import time
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
NAP = 0.1  # seconds between two looks at whatever is waited for

_arrived: list[int] = []


class StopError(Exception):
    """Someone asked the launcher to stop; carries the number of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__(f"signal {number}")
        self.number = number


def listen() -> None:
    """Takes over the signals. A handler that raised could lose a process just being started."""
    for number in SIGNALS:
        signal.signal(number, _remember)


def check() -> None:
    """Raises `StopError` when a signal has arrived since `listen`."""
    if _arrived:
        raise StopError(_arrived[0])


def pause() -> None:
    """Waits for a moment, then looks."""
    time.sleep(NAP)
    check()


def _remember(number: int, frame: FrameType | None) -> None:
    _arrived.append(number)
