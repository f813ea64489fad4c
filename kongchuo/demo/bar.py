"""Shows progress on the terminal: a bar that is redrawn, elsewhere a line now and then."""

import time
from dataclasses import dataclass, field

from django.core.management.base import OutputWrapper

_WIDTH = 24
_DRAW_EVERY, _SAY_EVERY = 0.1, 10.0  # seconds


@dataclass(slots=True)
class Bar:
    """One step of known length. Call it with the amount done since the last call."""

    out: OutputWrapper
    title: str
    total: int
    done: int = 0
    began: float = field(default_factory=time.monotonic)
    _shown: float = field(default_factory=time.monotonic)

    def __call__(self, more: int) -> None:
        self.done += more
        now = time.monotonic()
        if now - self._shown >= (_DRAW_EVERY if self._redraws else _SAY_EVERY):
            self._shown = now
            self._show(f"{self._picture} {self.done}/{self.total}", last=not self._redraws)

    def end(self, words: str) -> None:
        self._show(f"{words}（{time.monotonic() - self.began:.1f} 秒）", last=True)

    @property
    def _redraws(self) -> bool:
        return self.out.isatty()

    @property
    def _picture(self) -> str:
        share = min(1.0, self.done / max(self.total, 1))
        if not self._redraws:
            return f"{share:.0%}"
        full = int(share * _WIDTH)
        return f"{'█' * full}{'░' * (_WIDTH - full)} {share:4.0%}"

    def _show(self, text: str, *, last: bool) -> None:
        start = "\r\x1b[K" if self._redraws else ""
        self.out.write(f"{start}{self.title} {text}", ending="\n" if last else "")
        self.out.flush()
