"""Re-encodes an upload through a child process. Its crash becomes a message to the user."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from foundation.files.kinds import MAX_BYTES

SECONDS = 30
ROOT = Path(__file__).resolve().parents[2]
MAGIC = {"image": b"\xff\xd8\xff", "pdf": b"%PDF-"}

UNREADABLE = "文件无法读取，可能已损坏。请重新拍照，或把材料打印成新的 PDF 后再上传。"
TOO_BIG = "文件超过10 MB。请拍清楚后压缩图片，或把 PDF 拆成几份上传。"
MESSAGES = {
    "too_big": TOO_BIG,
    "empty": "文件是空的（0字节）。请检查是否选错了文件。",
    "other_kind": "只收照片（JPG、PNG、WebP、HEIC）和 PDF。"
    "Word、Excel 等文件请打印成 PDF 或拍照后再上传。",
    "too_many_pixels": "图片超过4000万像素。请在手机上把照片尺寸调小，或截图后再上传。",
    "encrypted": "PDF 设有密码或限制。请取消密码，或打印成新的 PDF 后再上传。",
    "too_many_pages": "PDF 超过60页。请拆成几份上传。",
    "no_pages": "PDF 里没有页面。请检查是否选错了文件。",
    "too_many_parts": "PDF 结构过于复杂，不能读取。请打印成新的 PDF 后再上传。",
}


class FileUnreadable(Exception):
    """The file is refused. The message says why and what to do, in Chinese."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A re-encoded file: ``kind`` is "image" (a JPEG) or "pdf"."""

    kind: str
    content: bytes


def decode(content: bytes) -> Cleaned:
    """The re-encoded file; raises FileUnreadable, and nothing else."""
    if len(content) > MAX_BYTES:
        raise FileUnreadable(TOO_BIG)
    with tempfile.TemporaryDirectory(prefix="evidence-") as folder:
        source, target = Path(folder) / "upload", Path(folder) / "made"
        source.write_bytes(content)
        if not _run(source, target) or not target.is_file():
            raise FileUnreadable(UNREADABLE)
        return _cleaned(target.read_bytes())


def _run(source: Path, target: Path) -> bool:
    try:
        done = subprocess.run(
            [sys.executable, "-m", "foundation.files.decoder", str(source), str(target)],
            cwd=ROOT,
            env={
                "PATH": os.defpath,
                "LANG": "C.UTF-8",
                "PYTHONUTF8": "1",
                "TMPDIR": str(source.parent),
                "MALLOC_ARENA_MAX": "2",
            },
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _cleaned(output: bytes) -> Cleaned:
    """What the child wrote, checked to be of the kind it names."""
    line, _, made = output.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError:
        raise FileUnreadable(UNREADABLE) from None
    told = head if isinstance(head, dict) else {}
    kind = str(told.get("kind"))
    if kind not in MAGIC:
        raise FileUnreadable(MESSAGES.get(str(told.get("refused")), UNREADABLE))
    if not made.startswith(MAGIC[kind]):
        raise FileUnreadable(UNREADABLE)
    return Cleaned(kind, made)
