"""Every module of the product can be imported, migrations and commands too."""

import importlib
import pkgutil

import pytest

from tests.architecture.sources import PRODUCT, ROOT

STARTS = {"deploy.__main__"}  # importing it runs the launcher
FOUND = [
    module.name
    for module in pkgutil.walk_packages([str(ROOT)])
    if module.name.split(".")[0] in PRODUCT and module.name not in STARTS
]


@pytest.mark.parametrize("package", PRODUCT)
def test_every_module_imports(package: str) -> None:
    names = [name for name in FOUND if name.split(".")[0] == package]
    assert len(names) > 10
    for name in names:
        importlib.import_module(name)
