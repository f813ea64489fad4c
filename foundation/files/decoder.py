"""Re-encodes one upload in a limited process: ``python -m foundation.files.decoder IN OUT``.

The process imports no Django and holds no secret. A hostile file may crash it; the parent then says
that the file cannot be read (S45, S50). The output is one line of JSON, {"kind": "image" or "pdf"}
or {"refused": reason}, and after it the bytes of the new file.
"""

import json
import resource
import sys
from pathlib import Path

from foundation.files.images import clean_image
from foundation.files.kinds import MAX_BYTES, MEGABYTE, FileKind, FileRefused, kind_of
from foundation.files.papers import clean_pdf

MEMORY = 1280 * MEGABYTE  # 40 megapixels of HEIC need the most
OUTPUT = 32 * MEGABYTE
CPU_SECONDS = 20


def limit_myself() -> None:
    """Limit memory, processor time, output and open files before the file is read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def clean(content: bytes) -> tuple[str, bytes]:
    """The kind and the bytes of the new file; raises FileRefused."""
    if len(content) > MAX_BYTES:
        raise FileRefused("too_big")
    kind = kind_of(content)
    if kind is FileKind.PDF:
        return "pdf", clean_pdf(content)
    return "image", clean_image(content, kind)


def main(source: str, target: str) -> int:
    """Write the new file, or the reason why the upload is refused."""
    limit_myself()
    try:
        kind, made = clean(Path(source).read_bytes())
        head = {"kind": kind}
    except FileRefused as refusal:
        head, made = {"refused": str(refusal)}, b""
    Path(target).write_bytes(json.dumps(head).encode() + b"\n" + made)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
