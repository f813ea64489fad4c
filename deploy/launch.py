"""The launcher's commands, called by the Makefile."""

import os
import signal
import subprocess
from collections.abc import Callable

from deploy import interrupts, progress, service
from deploy.checks import suite
from deploy.errors import LaunchError
from deploy.interrupts import StopError
from deploy.licences import listing
from deploy.pictures import command as pictures
from deploy.servers import client

QUESTION = "将删除本机的数据库、佐证文件、密钥和日志，不能恢复。输入 yes 继续："


def main(arguments: list[str]) -> int:
    """Runs one command. An expected error is one line and exit code 1, never a traceback."""
    progress.speak_utf8()
    command = COMMANDS.get(arguments[0] if arguments else "")
    if command is None:
        progress.say(f"用法：python3 -m deploy {' | '.join(COMMANDS)}")
        return 2
    interrupts.listen()
    try:
        return command(arguments[1:])
    except LaunchError as failure:
        return _tell(failure)
    except (OSError, subprocess.SubprocessError) as error:
        return _tell(LaunchError(f"没有完成：{error}。", "the system refused"))
    except StopError as interrupted:
        progress.say("已停止。 (stopped)")
        return 128 + interrupted.number


def _tell(failure: LaunchError) -> int:
    progress.say(f"\n{progress.BROKEN} {failure.line}")
    for line in failure.detail.splitlines():
        progress.say(f"    {line}")
    return 1


def _reset(_: list[str]) -> int:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return service.reset(sure=input(QUESTION).strip() == "yes")
    except (EOFError, KeyboardInterrupt):
        progress.say()
        return service.reset(sure=False)


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "run": lambda _: service.run(),
    "test": lambda _: suite.test(os.environ.get("ARGS", "")),
    "test-long": lambda _: suite.test_long(os.environ.get("ARGS", "")),
    "quick": lambda _: suite.quick(os.environ.get("ARGS", "")),
    "lint": lambda _: suite.lint(),
    "bench": lambda _: suite.bench(os.environ.get("ARGS", "")),
    "licences": lambda _: listing.write(),
    "pictures": lambda _: pictures.take(os.environ.get("ARGS", "")),
    "manage": lambda rest: service.manage(*rest),
    "database": lambda rest: client.run(*rest),
    "reset": _reset,
}
