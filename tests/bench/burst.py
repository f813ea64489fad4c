"""Sending many things eight at a time, and what each took."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

AT_ONCE = 8

Thing = TypeVar("Thing")


@dataclass(frozen=True)
class Burst:
    """How long all of it took, and each."""

    seconds: float
    each: tuple[float, ...]  # milliseconds, in the order sent
    cpu: float = 0.0  # seconds of processor, of everybody who worked at it

    @property
    def a_second(self) -> float:
        """How many a second."""
        return len(self.each) / self.seconds

    @property
    def cpu_each(self) -> float:
        """Milliseconds of processor of one."""
        return self.cpu / len(self.each) * 1000

    def percentile(self, share: int) -> float:
        """Within how many milliseconds that share of a hundred was done."""
        return percentile(self.each, share)

    def __str__(self) -> str:
        p50, p95, p99 = (self.percentile(share) for share in (50, 95, 99))
        return (
            f"{self.a_second:.0f} a second, p50 {p50:.0f} p95 {p95:.0f} p99 {p99:.0f} ms,"
            f" {self.cpu_each:.1f} ms of CPU each"
        )


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that this share of a hundred does not exceed."""
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * share // 100) - 1, 0)]


def send_all(
    things: Sequence[Thing], send: Callable[[Thing], None], cpu: Callable[[], float] = lambda: 0.0
) -> Burst:
    """Every thing once, eight at a time; an error in one is the whole's.

    ``cpu`` tells how many seconds of processor those who work at it have used so far.
    """

    def timed(thing: Thing) -> float:
        began = time.perf_counter()
        send(thing)
        return (time.perf_counter() - began) * 1000

    used, began = cpu(), time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        each = tuple(pool.map(timed, things))
    return Burst(time.perf_counter() - began, each, cpu() - used)
