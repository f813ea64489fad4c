"""500 orders of three parts as one PDF, beside WeasyPrint alone on the same markup; printed only.

Counted is the processor's time, so that other work on the machine does not count: of ours with the
markup and the joining, of WeasyPrint its drawing alone. Wanted: at most 1.3 times its time, and
at most 1.3 times the memory of one batch of 50.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from tempfile import TemporaryFile

from foundation.papers.printing.pdf import ROOT, documents, styles
from tests.printing.examples import order
from tests.printing.tools import require

SHEETS = 500
ALONE = """
import json, sys
from weasyprint import CSS, HTML
order = json.load(sys.stdin.buffer)
sheets = [CSS(string=style) for style in order["styles"]]
for document in order["documents"]:
    HTML(string=document).write_pdf(stylesheets=sheets, presentational_hints=True)
"""
PRESS = ("-m", "foundation.papers.printing.press")


def measured(order: Mapping[str, object], *command: str) -> tuple[float, float]:
    """Seconds of the processor and megabytes at the most of a process that is given an order."""
    with TemporaryFile() as given:
        given.write(json.dumps(order).encode())
        given.seek(0)
        process = subprocess.Popen(
            [sys.executable, *command], stdin=given, stdout=subprocess.DEVNULL, cwd=ROOT
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def test_500_orders_cost_little_more_than_their_drawing() -> None:
    require()
    began = time.process_time()
    pages = list(
        documents([order(f"云东政教限〔2026〕{number + 1}号") for number in range(SHEETS)])
    )
    markup = time.process_time() - began
    whole = {"styles": styles(), "documents": pages}
    ours, peak = measured(whole, *PRESS)
    _, peak_of_one = measured(whole | {"documents": pages[:1]}, *PRESS)
    alone, _ = measured(whole, "-c", ALONE)
    print(
        f"\n{SHEETS} orders in {len(pages)} batches: markup {markup:.1f} s, press {ours:.1f} s, "
        f"WeasyPrint alone {alone:.1f} s: {(markup + ours) / alone:.2f} times (wanted 1.3)\n"
        f"peak memory {peak:.0f} MB, of one batch {peak_of_one:.0f} MB: "
        f"{peak / peak_of_one:.2f} times (wanted 1.3)"
    )
