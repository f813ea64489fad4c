"""A home: the folder where one PostgreSQL and one Valkey keep data and, if need be, programs.

It lies in `.local/`. When root starts the servers and the checkout is closed to their account (for
example /root/kongchuo), the home lies under /var/lib and `.local/` holds a link to it. The
alternative, opening the folders above the checkout to everybody, would be worse.
"""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from deploy import places, system
from deploy.errors import LaunchError
from deploy.processes import Account

OUTSIDE = Path("/var/lib")


@dataclass(frozen=True)
class Home:
    """Where servers keep their data, and the account they run as (None: the launcher's own)."""

    path: Path
    account: Account | None

    @property
    def lock_file(self) -> Path:
        """The lock that the launcher of these servers holds."""
        return self.path / "lock"

    def data(self, name: str) -> Path:
        """A folder that only the servers' account can read, made if missing."""
        folder = self.path / name
        folder.mkdir(exist_ok=True, mode=0o700)
        self.give(folder)
        return folder

    def give(self, path: Path) -> None:
        """Hands a file or folder to the servers' account."""
        if self.account:
            shutil.chown(path, self.account.uid, self.account.gid)

    def within_reach(self, folder: Path, packages: tuple[str, ...], program: str) -> Path:
        """The program, or a copy that the servers' account can reach."""
        installed = folder / program
        if self.account is None or system.reaches(self.account, installed):
            return installed
        for package in packages:
            if (folder / package).exists():
                _copy(folder / package, self.path / "bin" / package)
                _open_to_read(self.path / "bin" / package)
        return self.path / "bin" / program


def open_home(name: str) -> Home:
    """The home `.local/<name>`, made when missing."""
    place = places.LOCAL / name
    if not system.is_root():
        place.mkdir(exist_ok=True, mode=0o700)
        return Home(place, None)
    account = _keeper(place)
    if place.is_symlink() and not place.exists():
        raise LaunchError(
            f"数据目录 {place.readlink()} 不见了。请把它放回原处；确实不要了，运行 make reset。",
            "the data folder is gone",
        )
    if not place.exists():
        _make(place, account)
    if not system.reaches(account, place):
        raise LaunchError(
            f"账号 {account.name} 进不去 {place}，数据库无法以它运行。"
            "请把项目放到该账号能到达的目录，或用普通账号运行。",
            f"account {account.name} cannot reach the data",
        )
    return Home(place.resolve(), account)


def remove(name: str) -> None:
    """Removes a home with all its data."""
    place = places.LOCAL / name
    target = place.resolve()
    if place.is_symlink():
        place.unlink()
    shutil.rmtree(target, ignore_errors=True)


def _keeper(place: Path) -> Account:
    """The owner of existing data, since PostgreSQL starts for nobody else."""
    data = place / "postgres"
    if not data.exists():
        return system.servant()
    try:
        return system.account_of(data.stat().st_uid)
    except KeyError:
        raise LaunchError(
            f"{data} 属于编号 {data.stat().st_uid} 的账号，这台机器上没有它。请先建这个账号。",
            "the data belongs to an unknown account",
        ) from None


def _make(place: Path, account: Account) -> None:
    if system.reaches(account, places.LOCAL):
        place.mkdir()
        place.chmod(0o711)
        return
    mark = hashlib.sha256(str(places.ROOT).encode()).hexdigest()[:8]
    outside = Path(tempfile.mkdtemp(prefix=f"kongchuo-{mark}-", dir=OUTSIDE))
    outside.chmod(0o711)
    (outside / "checkout").write_text(f"{places.ROOT}\n", encoding="utf-8")
    place.symlink_to(outside)


def _copy(folder: Path, copy: Path) -> None:
    """Copies with the time of the original; a differing time marks an unfinished or old copy."""
    if copy.exists() and copy.stat().st_mtime_ns == folder.stat().st_mtime_ns:
        return
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy, symlinks=True, ignore=shutil.ignore_patterns("include"))
    copy.parent.chmod(0o755)


def _open_to_read(folder: Path) -> None:
    """Makes installed files readable to all, which a strict umask may have prevented."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if _is_entered(path) else 0o444))


def _is_entered(path: Path) -> bool:
    return path.is_dir() or bool(path.stat().st_mode & 0o100)
