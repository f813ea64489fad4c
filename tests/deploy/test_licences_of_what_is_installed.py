"""No GPL in what a county's server gets, no package without a pin, and a table that is true."""

import json

import pi_heif
import pytest

from deploy.installing import packages
from deploy.licences import bill, inventory, listing
from deploy.licences.inventory import Package, tokens

FOLDER = packages.MAIN.site_packages()
RUNTIME = inventory.pins(packages.RUNTIME)
TESTS = inventory.pins(packages.TESTS)
ALLOWED = {"MIT", "MIT-0", "MIT-CMU", "BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0"} | {
    "ISC",
    "MPL-2.0",
    "PSF-2.0",
    "0BSD",
}
# LGPL libraries that are used as they are and can be replaced; each is allowed by its name.
ALLOWED_BY_NAME = {
    "psycopg": {"LGPL-3.0-only"},
    "psycopg-binary": {"LGPL-3.0-only"},
    "pi_heif": {"LGPL-3.0-or-later"},
    # One of the three may be chosen: MPL 1.1.
    "pyphen": {"GPL-2.0-or-later", "LGPL-2.1-or-later", "MPL-1.1"},
}


def refused(found: list[Package]) -> list[Package]:
    return [
        each
        for each in found
        if tokens(each.licence) - ALLOWED - ALLOWED_BY_NAME.get(each.name, set())
    ]


def test_every_licence_of_the_runtime_is_allowed():
    assert refused(inventory.installed(FOLDER, RUNTIME)) == []
    assert refused(inventory.front_end(for_tests=False)) == []


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "MIT AND AGPL-3.0-only", "LGPL-3.0-only", "?"])
def test_a_licence_that_is_not_allowed_is_found(licence: str):
    package = Package("some", "1", licence)
    assert refused([package]) == [package]


def test_the_runtime_carries_no_encoder_under_the_gpl():
    assert set(pi_heif.libheif_info()["encoders"]) <= {"mask"}
    assert "pillow-heif" not in RUNTIME


def test_every_installed_package_has_a_pin():
    assert packages.unlisted(FOLDER) == []


def test_every_pin_is_installed_in_its_version():
    found = inventory.installed(FOLDER, RUNTIME | TESTS)
    versions = {packages.canonical(each.name): each.version for each in found}
    wanted = {name: pin.version for name, pin in (RUNTIME | TESTS).items() if not pin.marker}
    assert {name: versions.get(name) for name in wanted} == wanted


def test_no_package_stands_in_both_lists():
    assert RUNTIME.keys() & TESTS.keys() == set()


def test_the_comment_above_a_pin_is_its_purpose():
    assert RUNTIME["django"].purpose == "web framework, long-term support release"
    assert RUNTIME["vine"].purpose == RUNTIME["amqp"].purpose  # one comment for a group
    assert RUNTIME["async-timeout"].marker == 'python_full_version < "3.11.3"'


def test_the_table_is_that_of_the_lists():
    """`make licences` was run after the last change of a list."""
    told = listing.TABLE.read_text(encoding="utf-8")
    rows = {tuple(line.strip("| ").split(" | ")[:2]) for line in told.splitlines() if "|" in line}
    found = [
        *inventory.installed(FOLDER, RUNTIME | TESTS),
        *inventory.front_end(for_tests=False),
        *inventory.front_end(for_tests=True),
    ]
    assert {(each.name, each.version) for each in found} - rows == set()


def test_the_bill_names_the_runtime_and_the_front_end_only():
    told = json.loads(bill.bill(FOLDER))
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.6")
    addresses = {component["purl"] for component in told["components"]}
    assert f"pkg:pypi/django@{RUNTIME['django'].version}" in addresses
    front_end = inventory.front_end(for_tests=False)
    assert {f"pkg:npm/{each.name}@{each.version}" for each in front_end} <= addresses
    assert not [address for address in addresses if "pytest" in address or "axe-core" in address]
