"""Sending many things eight at a time, and what each took."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

AT_ONCE = 8

Thing = TypeVar("Thing")
Cpu = Callable[[], float]


@dataclass(frozen=True)
class Burst:
    """How long all of it took, and each."""

    seconds: float
    each: tuple[float, ...]  # milliseconds, in the order sent
    cpu: dict[str, float]  # seconds of processor by who worked at it

    @property
    def a_second(self) -> float:
        """How many a second."""
        return len(self.each) / self.seconds

    @property
    def cpu_each(self) -> float:
        """Milliseconds of processor of one."""
        return sum(self.cpu.values()) / len(self.each) * 1000

    def percentile(self, share: int) -> float:
        """Within how many milliseconds that share of a hundred was done."""
        return percentile(self.each, share)

    def _shares(self) -> str:
        each = {who: seconds / len(self.each) * 1000 for who, seconds in self.cpu.items()}
        return ", ".join(f"{who} {milliseconds:.1f}" for who, milliseconds in each.items())

    def __str__(self) -> str:
        p50, p95, p99 = (self.percentile(share) for share in (50, 95, 99))
        return (
            f"{self.a_second:.0f} a second, p50 {p50:.0f} p95 {p95:.0f} p99 {p99:.0f} ms,"
            f" CPU each {self.cpu_each:.1f} ms ({self._shares()})"
        )


def joined(parts: Iterable[Burst]) -> Burst:
    """What was sent in parts, as one."""
    bursts = list(parts)
    cpu = {who: sum(burst.cpu[who] for burst in bursts) for who in bursts[0].cpu}
    each = tuple(chain.from_iterable(burst.each for burst in bursts))
    return Burst(sum(burst.seconds for burst in bursts), each, cpu)


def percentile(values: Sequence[float], share: int) -> float:
    """The smallest value that this share of a hundred does not exceed."""
    ordered = sorted(values)
    return ordered[max(-(-len(ordered) * share // 100) - 1, 0)]


def send_all(
    things: Sequence[Thing], send: Callable[[Thing], None], workers: Mapping[str, Cpu]
) -> Burst:
    """Every thing once, eight at a time; an error in one is the whole's.

    ``workers`` tell how many seconds of processor each has used so far.
    """

    def timed(thing: Thing) -> float:
        began = time.perf_counter()
        send(thing)
        return (time.perf_counter() - began) * 1000

    before, began = {who: cpu() for who, cpu in workers.items()}, time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        each = tuple(pool.map(timed, things))
    seconds = time.perf_counter() - began
    return Burst(seconds, each, {who: cpu() - before[who] for who, cpu in workers.items()})
