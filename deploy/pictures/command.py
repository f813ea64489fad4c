"""The launcher's side of `make pictures`: the running demo, the browser, the environment."""

import os
import shlex
from pathlib import Path

from deploy import application, places
from deploy.errors import LaunchError
from deploy.installing import browser, environment
from deploy.processes import Process, finish
from deploy.servers import keys


def take(arguments: str) -> int:
    """Takes the pictures named in the arguments, or all, from the demo that is running.

    Raises LaunchError where no demo runs, where there is no browser, and where a page is missing.
    """
    values = keys.read_settings(places.RUNNING)
    address = os.environ.get("ADDRESS") or values.get("ADDRESS", "")
    if not address:
        raise LaunchError("演示县没有在运行；请先在另一个终端运行 make run。", "not running")
    environment.lay(for_tests=True)
    found = browser.provide()
    if not found:
        raise LaunchError("没有浏览器，不能生成图片。", "no browser")
    command: list[str | Path] = [places.PYTHON, "-m", "deploy.pictures.taking", address, found]
    command += shlex.split(arguments)
    process = Process("pictures", command, env=application.environment(values), log=None)
    if finish(process):
        raise LaunchError("有图片没有生成；原因在上面。", "a picture is missing")
    return 0
