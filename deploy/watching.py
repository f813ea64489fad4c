"""Starts again what ended by itself, and says so on the terminal and in a file of its own.

At once the first time, then after longer and longer pauses. What ends again and again is not
started for ever: the sixth time within ten minutes the launcher stops everything, as it does when
something does not start at all.
"""

import time
from datetime import datetime
from pathlib import Path

from deploy import places
from deploy.errors import LaunchError
from deploy.processes import Crew, Process
from deploy.progress import say

PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0)  # seconds before each start
WITHIN = 600.0  # seconds in which the starts are counted
TITLES = {
    "web": "网页",
    "worker": "后台任务",
    "beat": "定时任务",
    "PostgreSQL": "数据库",
    "Valkey": "队列",
}


class Watch:
    """Looks after the processes of a crew."""

    def __init__(self, crew: Crew, told: Path = places.RESTARTS) -> None:
        self._crew, self._told = crew, told
        self._ends: dict[str, list[float]] = {}  # by name: when it ended by itself
        self._due: dict[str, float] = {}  # by name: when it is to be started again

    def look(self) -> None:
        """Notes what has ended, and starts it again when its pause is over.

        Raises LaunchError when one has ended too often.
        """
        for member in self._crew.members():
            code = member.ended()
            if code is None:
                continue
            if member.name not in self._due:
                self._due[member.name] = self._note(member, code)
            if time.monotonic() >= self._due[member.name]:
                del self._due[member.name]
                self._crew.revive(member)

    def _note(self, member: Process, code: int) -> float:
        """Says that it ended; returns when it is to be started again."""
        now = time.monotonic()
        recent = [at for at in self._ends.get(member.name, []) if now - at < WITHIN]
        if len(recent) == len(PAUSES):
            raise LaunchError(
                f"{member.name} 十分钟内第{len(recent) + 1}次意外退出（退出码 {code}），"
                f"不再重新启动，完整日志见 {member.log}。",
                f"{member.name} ended by itself too often",
                member.last_lines(),
            )
        self._ends[member.name] = [*recent, now]
        moment = datetime.now().astimezone()
        title = f"{TITLES.get(member.name, '进程')}（{member.name}）"
        say(
            f"! {moment:%H:%M:%S} {title}意外退出（退出码 {code}），正在重新启动"
            f"（十分钟内第{len(recent) + 1}次）。日志见 {member.log}。 (started again)"
        )
        with self._told.open("a", encoding="utf-8") as file:
            file.write(f"{moment:%Y-%m-%dT%H:%M:%S%z} {member.name} {code}\n")
        return now + PAUSES[len(recent)]
