"""The files of npm packages that pages load: only those named, not the packages' folders."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# address under static/ → file in node_modules; package.json names the versions
FILES = {"echarts/echarts.min.js": "echarts/dist/echarts.common.min.js"}


class KnownAddresses(CompressedManifestStaticFilesStorage):
    """Works out the address of each collected file once: a page names some fifteen."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._known: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """The address of a file, with the digest of its content."""
        if force or settings.DEBUG:
            return str(super().url(name, force))
        if name not in self._known:
            self._known[name] = str(super().url(name))
        return self._known[name]


class PackageFinder(BaseFinder):
    """Finds the files by their address; a package that is not installed has none."""

    def check(self, **kwargs: Any) -> list[Any]:
        """Nothing to configure."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        """The place of a file on the disk."""
        if path not in FILES:
            return []
        place = str(settings.BASE_DIR / "node_modules" / FILES[path])
        return [place] if find_all else place

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Any]]:
        """Each installed file, with the storage that opens it under its address."""
        for address, place in FILES.items():
            if (settings.BASE_DIR / "node_modules" / place).is_file():
                yield address, _Renamed(address, place)


class _Renamed(FileSystemStorage):
    """Opens one file of node_modules under its address."""

    def __init__(self, address: str, place: str) -> None:
        super().__init__(location=settings.BASE_DIR / "node_modules")
        self.address, self.file = address, place

    def path(self, name: str) -> str:
        """The file's place, whether it is named by its address or not."""
        return super().path(self.file if name == self.address else name)
