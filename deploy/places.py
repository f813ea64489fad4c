"""Where everything lies on disk, relative to the checkout."""

import os
from pathlib import Path

from deploy.errors import LaunchError

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
LOGS = LOCAL / "log"
VENV = LOCAL / "venv"
SECRETS = LOCAL / "secrets.env"
KEYRING = LOCAL / "keyring.json"
RUNNING = LOCAL / "running.env"
BEAT_SCHEDULE = LOCAL / "beat-schedule"
PYTHON = VENV / "bin" / "python"


def lay_out() -> None:
    """Makes the folders; others may pass through `.local` but neither list it nor read the logs."""
    LOCAL.mkdir(exist_ok=True)
    if not os.access(LOCAL, os.W_OK):
        raise LaunchError(
            f"不能写入 {LOCAL}：它属于另一个账号（上次是否用 root 运行？）。请换回那个账号。",
            "no write access to .local",
        )
    if LOCAL.stat().st_uid == os.geteuid():
        LOCAL.chmod(0o711)
    LOGS.mkdir(exist_ok=True, mode=0o700)
