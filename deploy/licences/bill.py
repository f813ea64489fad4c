"""Writes the bill of materials of a county's server: CycloneDX 1.6, JSON.

Runs in the environment of the tests (`python -m deploy.licences.bill FILE`), since the launcher's
own Python has no library for it.
"""

import sys
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense, LicenseExpression
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

from deploy.installing import packages
from deploy.licences import inventory
from deploy.licences.inventory import Package

NO_SPDX = frozenset({"BSD", "?"})  # words of the licence table that are no SPDX identifiers


def bill(folder: Path) -> str:
    """The packages of the runtime list in a site-packages folder, and those of the front end."""
    runtime = inventory.installed(folder, inventory.pins(packages.RUNTIME))
    made = Bom(
        components=[
            *(_component("pypi", each) for each in runtime),
            *(_component("npm", each) for each in inventory.front_end(for_tests=False)),
        ]
    )
    made.metadata.component = Component(name="kongchuo", type=ComponentType.APPLICATION)
    made.register_dependency(made.metadata.component, made.components)
    return make_outputter(made, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)


def _component(kind: str, package: Package) -> Component:
    group, _, name = package.name.rpartition("/")
    address = PackageURL(kind, group or None, name, package.version)
    return Component(
        name=name,
        group=group or None,
        version=package.version,
        description=package.purpose or None,
        licenses=[_licence(package.licence)],
        purl=address,
        bom_ref=address.to_string(),
    )


def _licence(told: str) -> LicenseExpression | DisjunctiveLicense:
    if told in NO_SPDX:
        return DisjunctiveLicense(name=told)
    return LicenseExpression(told)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(bill(packages.MAIN.site_packages()), encoding="utf-8")
