"""A line of 系统状态 and the rules by which it is fine, worth a look, or must be mended. No Django.

Ages are real time: what is compared was kept by the real clock.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Lamp(StrEnum):
    """The traffic light in words."""

    WELL = "正常"
    LOOK = "注意"
    MEND = "需处理"


@dataclass(frozen=True, slots=True)
class StatusLine:
    """One part: its name, its state, what is the case, and what to do where it is not well."""

    name: str
    state: Lamp
    words: str
    todo: str = ""

    @property
    def badge(self) -> str:
        """The look of the state."""
        return {Lamp.WELL: "good", Lamp.LOOK: "warn", Lamp.MEND: "bad"}[self.state]

    @property
    def icon(self) -> str:
        """The sign beside the words."""
        return {Lamp.WELL: "done", Lamp.LOOK: "warning", Lamp.MEND: "error"}[self.state]


LIVELY = timedelta(minutes=2)  # beat sends something every 15 seconds
SWEPT, OVERSLEPT = timedelta(minutes=15), timedelta(hours=1)  # the sweep comes every 5 minutes
MANY_WAIT = 100  # in the queue
GIB = 1024**3
LITTLE, TOO_LITTLE = 0.15, 0.05  # of the disk that is free
LEAST = GIB  # bytes, whatever the disk's size
LATER = "队列恢复后才能知道。"
RESTART = "请技术人员重新启动系统；仍不行的，查看后台任务的日志。"


def ago(since: timedelta) -> str:
    """How long ago, in the largest unit that fits."""
    minutes = int(since.total_seconds() // 60)
    if minutes < 1:
        return "1分钟内"
    if minutes < 120:
        return f"{minutes}分钟前"
    return f"{minutes // 60}小时前" if minutes < 48 * 60 else f"{minutes // 1440}天前"


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells whether the queue is worked on.

    ``waiting`` and ``workers`` are None where the queue does not answer. ``last`` is the last sign
    of a worker: a task begun or ended, a lease renewed. ``ticked`` is when beat's last task began.
    """

    now: datetime
    waiting: int | None
    workers: int | None
    last: datetime | None
    ticked: datetime | None
    is_busy: bool

    @property
    def works(self) -> bool:
        """Whether a worker is there: it answers, or it has just done something."""
        is_fresh = self.last is not None and self.now - self.last < LIVELY
        return bool(self.workers) or self.is_busy or is_fresh


def queue_line(signs: Signs) -> StatusLine:
    """队列."""
    if signs.waiting is None:
        return StatusLine(
            "队列",
            Lamp.MEND,
            "没有应答。",
            "请技术人员检查队列；恢复前，要后台办的事项都会等着，不会丢。",
        )
    if signs.waiting > MANY_WAIT:
        return StatusLine(
            "队列",
            Lamp.LOOK,
            f"{signs.waiting}项在等。",
            "半小时后再看；仍在增加的，请技术人员检查后台任务。",
        )
    return StatusLine(
        "队列", Lamp.WELL, f"{signs.waiting}项在等。" if signs.waiting else "没有积压。"
    )


def worker_line(signs: Signs) -> StatusLine:
    """后台任务: the workers."""
    if signs.workers:
        return StatusLine("后台任务", Lamp.WELL, f"{signs.workers}组在工作。")
    if signs.works:
        return StatusLine("后台任务", Lamp.WELL, "在工作，正忙。" if signs.is_busy else "在工作。")
    told = f"最近一次办理：{ago(signs.now - signs.last)}。" if signs.last else "还没有办理过。"
    if signs.workers is None:
        return StatusLine("后台任务", Lamp.LOOK, f"{told}{LATER}", "先处理队列。")
    return StatusLine("后台任务", Lamp.MEND, f"没有应答。{told}", RESTART)


def beat_line(signs: Signs) -> StatusLine:
    """定时任务: whether beat sends."""
    if signs.ticked is not None and signs.now - signs.ticked < LIVELY:
        return StatusLine("定时任务", Lamp.WELL, f"最近一次：{ago(signs.now - signs.ticked)}。")
    told = f"最近一次：{ago(signs.now - signs.ticked)}。" if signs.ticked else "还没有记录。"
    if signs.waiting is None or not signs.works:
        return StatusLine("定时任务", Lamp.LOOK, told, "先处理队列和后台任务，再看这一行。")
    if signs.is_busy or signs.ticked is None:
        return StatusLine("定时任务", Lamp.LOOK, told, "几分钟后刷新本页再看。")
    return StatusLine("定时任务", Lamp.MEND, f"停了。{told}", RESTART)


def sweep_line(now: datetime, ended: datetime | None, *, failing: bool) -> StatusLine:
    """到期处理: the last sweep."""
    name = "到期处理"
    if ended is None:
        return StatusLine(
            name, Lamp.LOOK, "还没有记录。", "刚安装或刚升级的，10分钟后刷新本页再看。"
        )
    told = f"最近一次：{ago(now - ended)}。"
    if failing:
        return StatusLine(
            name, Lamp.MEND, f"最近一次没有办成；上次办成：{ago(now - ended)}。", RESTART
        )
    if now - ended > OVERSLEPT:
        return StatusLine(name, Lamp.MEND, told, f"到期的个案没有按时往上走。{RESTART}")
    if now - ended > SWEPT:
        return StatusLine(
            name, Lamp.LOOK, told, "几分钟后刷新本页；仍没有的，请技术人员检查定时任务。"
        )
    return StatusLine(name, Lamp.WELL, told)


def failing_line(names: Sequence[str]) -> StatusLine:
    """The other periodic tasks, by their names."""
    if not names:
        return StatusLine("其他定时任务", Lamp.WELL, "最近一次都办成了。")
    return StatusLine(
        "其他定时任务",
        Lamp.LOOK,
        f"最近一次没有办成：{'、'.join(names)}。",
        "到时会自动再办；过一天仍在这里的，请技术人员查看后台任务的日志。",
    )


def disk_line(free: int, total: int) -> StatusLine:
    """磁盘: bytes free where the files are kept."""
    part = free / max(total, 1)
    told = f"还剩{free / GIB:.1f} GB（{part:.0%}）。"
    if part < TOO_LITTLE or free < LEAST:
        return StatusLine(
            "磁盘空间",
            Lamp.MEND,
            told,
            "请技术人员马上清理或扩容，满了以后不能保存照片和材料。",
        )
    if part < LITTLE:
        return StatusLine("磁盘空间", Lamp.LOOK, told, "请技术人员安排清理旧备份或扩容。")
    return StatusLine("磁盘空间", Lamp.WELL, told)


def calendar_line(known: Collection[int], missing: Sequence[int], year: int) -> StatusLine:
    """放假安排: the years on record, and those that should be."""
    years = "、".join(f"{one}年" for one in sorted(known) if one >= year)
    told = f"已登记：{years}。" if years else "还没有登记。"
    if not missing:
        return StatusLine("放假安排", Lamp.WELL, told)
    lacking = "、".join(f"{one}年" for one in missing)
    state = Lamp.MEND if year in missing else Lamp.LOOK
    return StatusLine(
        "放假安排",
        state,
        f"缺{lacking}。{told}",
        "请县教育局在“校历与参数”里登记；登记以前，期限暂按周一至周五计算。",
    )


def paper_line(missing: str) -> StatusLine:
    """文书 PDF: whether this machine makes them, by what is told to be missing."""
    if not missing:
        return StatusLine("文书PDF", Lamp.WELL, "可以生成。")
    return StatusLine(
        "文书PDF",
        Lamp.LOOK,
        missing,
        "请技术人员在服务器上安装：libpango-1.0-0、libpangoft2-1.0-0、libharfbuzz-subset0、"
        "fonts-noto-cjk。装好后刷新本页。",
    )
