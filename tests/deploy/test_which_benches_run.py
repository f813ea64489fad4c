"""`make bench ARGS=…` measures what it names, and everything where it names nothing."""

import pytest

from deploy.checks.suite import BENCH, benches

SWEEP = "tests/bench/test_sweep.py"


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        ("", [BENCH]),
        ("-k burst", [BENCH, "-k", "burst"]),
        (f"{SWEEP} -x", [SWEEP, "-x"]),
        ("test_sweep.py", [SWEEP]),
        (f"{SWEEP}::test_one", [f"{SWEEP}::test_one"]),
        ("-k test_sweep", [BENCH, "-k", "test_sweep"]),
    ],
)
def test_only_the_named_benches_run(arguments: str, given: list[str]) -> None:
    assert benches(arguments) == given
