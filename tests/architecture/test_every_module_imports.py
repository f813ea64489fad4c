"""Every module of the product can be imported, migrations and commands too."""

import importlib
import pkgutil

import pytest

from kongchuo import starting
from tests.architecture.sources import PRODUCT, ROOT

STARTS = {"deploy.__main__"}  # importing it runs the launcher
FOUND = [
    module.name
    for module in pkgutil.walk_packages([str(ROOT)])
    if module.name.split(".")[0] in PRODUCT and module.name not in STARTS
]


@pytest.mark.parametrize("package", PRODUCT)
def test_every_module_imports(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The web asks the database for its keyring before it serves; here is none.
    monkeypatch.setattr(starting, "keyring", lambda: None)
    names = [name for name in FOUND if name.split(".")[0] == package]
    assert len(names) > 10
    for name in names:
        importlib.import_module(name)
