"""The reader and the decoder, forked from one process that has imported them.

A thousand tests let a file be read; to start Python and import the libraries costs a tenth to a
third of a second each time, and the reading itself a hundredth. Here only the start is another: the
child limits itself, reads and answers as in a county. A test that replaces the program or the start
gets the county's start; so does one that asks for ``started_anew`` (tests/conftest.py).
"""

import contextlib
import multiprocessing
import os
import subprocess
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from foundation.files import decoder, decoding
from foundation.tablefiles import reading
from foundation.tablefiles.reader import __main__ as reader
from foundation.tablefiles.reader.limits import Limits

_GENUINE = (sys.executable, subprocess.Popen, subprocess.run)
_COUNTY = (reading._start, decoding._run)
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload([__name__])


def install() -> None:
    """From now on a child is forked."""
    for module, name, value in STARTS:
        setattr(module, name, value)


class _Child:
    """As much of a ``Popen`` as the reading asks for."""

    def __init__(self, path: Path, limits: Limits, sheet: str) -> None:
        self.stdout, output = _forks.Pipe(duplex=False)
        self._process = _forks.Process(
            target=_read, args=(output, str(path), limits.as_argument(), sheet)
        )
        self._process.start()
        output.close()
        self.kill, self.wait = self._process.kill, self._process.join


def _start(path: Path, limits: Limits, sheet: str) -> Any:
    return _Child(path, limits, sheet) if _untouched() else _COUNTY[0](path, limits, sheet)


def _run(source: Path, target: Path) -> bool:
    if not _untouched():
        return _COUNTY[1](source, target)
    process = _forks.Process(target=_decode, args=(str(source), str(target)))
    process.start()
    process.join(decoding.SECONDS)
    process.kill()
    process.join()
    return process.exitcode == 0


def _untouched() -> bool:
    return (sys.executable, subprocess.Popen, subprocess.run) == _GENUINE


STARTS: tuple[tuple[Any, str, Any], ...] = (
    (reading, "_start", _start),
    (decoding, "_run", _run),
)
COUNTY: tuple[tuple[Any, str, Any], ...] = (
    (reading, "_start", _COUNTY[0]),
    (decoding, "_run", _COUNTY[1]),
)

# --- in the child -------------------------------------------------------------------------------


def _read(output: Connection, path: str, limits: str, sheet: str) -> None:
    _silence()
    os.dup2(output.fileno(), 1)
    output.close()
    with contextlib.suppress(BrokenPipeError):  # who asked has left
        reader.main(path, "/dev/stdout", limits, sheet)


def _decode(source: str, target: str) -> None:
    _silence()
    os.environ["TMPDIR"] = str(Path(source).parent)
    sys.exit(decoder.main(source, target))


def _silence() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)
