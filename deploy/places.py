"""The launcher's files and folders, relative to the checkout."""

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
FILES = LOCAL / "files"  # evidence, sealed; as precious as the database
BEAT = LOCAL / "beat"  # celery writes its schedule here, in one file or several
LOG_LIMIT = 20 * 1024 * 1024  # bytes; a longer log is set aside (deploy/logs.py)
RESTARTS = LOGS / "restarts.log"  # what ended by itself and was started again (deploy/watching.py)
PYTHON = VENV / "bin" / "python"


def lay_out() -> None:
    """Makes the folders. Other accounts may pass through `.local`, but not list it or read logs."""
    LOCAL.mkdir(exist_ok=True)
    if not os.access(LOCAL, os.W_OK):
        raise LaunchError(
            f"不能写入 {LOCAL}：它属于另一个账号（上次是否用 root 运行？）。请换回那个账号。",
            "no write access to .local",
        )
    if LOCAL.stat().st_uid == os.geteuid():
        LOCAL.chmod(0o711)
    for folder in (LOGS, BEAT, FILES):
        folder.mkdir(exist_ok=True, mode=0o700)
