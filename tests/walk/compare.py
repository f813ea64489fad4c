"""Names what differs between two recordings."""

import difflib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BODIES = "contents"  # the folder of record.py; comparing needs no Django
Index = dict[str, dict[str, Any]]


def tell(before: Path, after: Path, roles: list[str], most: int) -> int:
    """Print the differences and the count; 1 where something differs."""
    count, same_but_bytes = 0, 0
    for role in roles or _roles(before, after):
        old, new = _index(before, role), _index(after, role)
        same_but_bytes += _other_bytes(old, new)
        for words in _differences(before, after, old, new, most):
            print(f"{role}: {words}")
            count += 1
    if same_but_bytes:
        print(f"workbooks whose bytes differ, but no cell or look: {same_but_bytes}")
    print(f"{count} differ" if count else "nothing differs")
    return 1 if count else 0


def _roles(before: Path, after: Path) -> list[str]:
    return sorted({path.stem for folder in (before, after) for path in folder.glob("*.json")})


def _index(folder: Path, role: str) -> Index:
    """Address → what was answered; empty where the role was not walked."""
    path = folder / f"{role}.json"
    found: Index = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def _other_bytes(old: Index, new: Index) -> int:
    both = [(old[one], new[one]) for one in old.keys() & new.keys()]
    return sum(a["content"] == b["content"] and a["bytes"] != b["bytes"] for a, b in both)


def _differences(before: Path, after: Path, old: Index, new: Index, most: int) -> Iterator[str]:
    if bool(old) != bool(new):
        yield "walked only before" if old else "walked only after"
        return
    for address in sorted(old.keys() | new.keys()):
        if address not in new:
            yield f"{address} only before"
        elif address not in old:
            yield f"{address} only after"
        else:
            told = [*_heads(old[address], new[address])]
            told += _lines(before, after, old[address]["content"], new[address]["content"], most)
            if told:
                yield "\n    ".join([f"{address} ({old[address]['kind']})", *told])


def _heads(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    for name in ("status", "kind", "headers"):
        if old[name] != new[name]:
            yield f"{name}: {old[name]} → {new[name]}"


def _lines(before: Path, after: Path, old: str, new: str, most: int) -> list[str]:
    """The lines that went (-) and came (+)."""
    if old == new:
        return []
    diff = difflib.unified_diff(_content(before, old), _content(after, new), lineterm="", n=0)
    changed = [line for line in list(diff)[2:] if not line.startswith("@@")]
    more = len(changed) - most
    return changed[:most] + ([f"… and {more} lines more"] if more > 0 else [])


def _content(folder: Path, digest: str) -> list[str]:
    return (folder / BODIES / f"{digest}.txt").read_text(encoding="utf-8").split("\n")
