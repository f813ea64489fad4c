"""The address where the web listens: HOST and PORT, checked before anything is started."""

import errno
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass

from deploy import interrupts, system
from deploy.errors import LaunchError

DEFAULT_PORT = 8000
PORTS = range(1, 65536)
PATIENCE = 3.0  # seconds a process of a killed run has to let go of the port
WILDCARDS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # every address → the one to reach it at


@dataclass(frozen=True)
class Listener:
    """An address to listen at."""

    host: str
    port: int

    @property
    def reached_at(self) -> str:
        """The host name under which this machine itself connects to it."""
        return WILDCARDS.get(self.host, self.host)

    @property
    def bind(self) -> str:
        """The address in gunicorn's form."""
        return f"{_bracketed(self.host)}:{self.port}"

    @property
    def address(self) -> str:
        """The address for a browser."""
        return f"http://{_bracketed(self.reached_at)}:{self.port}/"

    @property
    def is_named(self) -> bool:
        """Whether it is one particular address other than the loopback."""
        return self.host not in (*WILDCARDS, *WILDCARDS.values())

    def require_free(self) -> None:
        """Raises `LaunchError` when the address cannot be listened at."""
        until = time.monotonic() + PATIENCE
        while why := system.refusal(self.host, self.port):
            if why != errno.EADDRINUSE or time.monotonic() > until:
                raise LaunchError(self._explain(why), "cannot listen at this address")
            interrupts.pause()

    def _explain(self, why: int) -> str:
        if why == errno.EADDRINUSE:
            other = self.port + 1 if self.port + 1 in PORTS else self.port - 1
            return f"端口 {self.port} 已被别的程序占用。换一个再试，例如：PORT={other} make run"
        if why == errno.EACCES:
            return f"没有权限使用端口 {self.port}（1024 以下只有 root 能用），请换一个大的。"
        return f"HOST={self.host} 不是本机的地址。"


def from_environment(env: Mapping[str, str] = os.environ) -> Listener:
    """Reads HOST and PORT. By default only this machine itself can connect."""
    port = env.get("PORT") or str(DEFAULT_PORT)
    if not (port.isascii() and port.isdecimal() and int(port) in PORTS):
        raise LaunchError(f"PORT={port} 不是端口号；请用 1 到 65535 的数。", "PORT is not a port")
    return Listener(env.get("HOST") or system.LOOPBACK, int(port))


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
