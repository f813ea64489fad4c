"""Writes a recording: an index a role, and each different content once."""

import hashlib
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.test import Client

from tests.walk import county
from tests.walk.addresses import filled, kind_of, named
from tests.walk.answers import Answer
from tests.walk.compare import BODIES
from tests.walk.crawl import Crawl


def record(folder: Path, roles: list[str]) -> int:
    """Walk as every role; 1 where the server failed to answer."""
    (folder / BODIES).mkdir(parents=True)
    began, failed = time.monotonic(), 0
    # A walk asks for more lists a minute than a person may.
    with county.held(), patch("foundation.accounts.audit.check_limit"):
        print(f"jobs run: {county.run_waiting_jobs()}", flush=True)
        addresses = filled(county.tour())
        # All sign in, so that pages which tell of signing in are the same whoever walks.
        clients = {role: county.client_of(role) for role in county.ROLES}
        reached: set[str] = set()
        for role in roles or county.ROLES:
            failed += _walk(folder, role, clients[role], addresses, reached)
    _tell_of_names(reached)
    spent = f"{time.monotonic() - began:.0f} s, of the processor {time.process_time():.0f} s"
    print(f"{spent}; answers of status 500 and above: {failed}")
    return 1 if failed else 0


def _walk(folder: Path, role: str, client: Client, addresses: list[str], reached: set[str]) -> int:
    found = Crawl(client, addresses).walk()
    index = {address: _keep(folder, answer) for address, answer in found.items()}
    (folder / f"{role}.json").write_text(
        json.dumps(index, ensure_ascii=False, indent=1, sort_keys=True), encoding="utf-8"
    )
    kinds = Counter(answer.kind for answer in found.values() if answer.status == 200)
    print(f"{role}: {len(found)} addresses; answered 200: {dict(kinds)}", flush=True)
    reached |= {_name(address) for address, answer in found.items() if answer.status == 200}
    return sum(answer.status >= 500 for answer in found.values())


def _keep(folder: Path, answer: Answer) -> dict[str, Any]:
    content = "".join(f"{line}\n" for line in answer.lines)
    digest = hashlib.sha256(content.encode()).hexdigest()[:20]
    path = folder / BODIES / f"{digest}.txt"
    if not path.exists():
        path.write_text(content, encoding="utf-8")
    kept = {"status": answer.status, "kind": answer.kind, "headers": answer.headers}
    return kept | {"content": digest, "bytes": answer.digest}


def _name(address: str) -> str:
    kind = kind_of(address.removesuffix(" (htmx)").split("?")[0])
    return kind[0] if kind else ""


def _tell_of_names(reached: set[str]) -> None:
    """Names that no role was answered 200: forms that are posted, and what the county lacks."""
    print(f"names answered 200 to some role: {len(reached & set(named()))} of {len(named())}")
    print(f"never: {', '.join(sorted(set(named()) - reached))}")
