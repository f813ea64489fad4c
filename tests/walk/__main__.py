"""The command line of the walk."""

import argparse
import logging
import os
import sys
from pathlib import Path

import django

from tests.walk import compare, record

STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"


def main() -> int:
    """Exit code 0, or 1 where two recordings differ or an address cannot be walked."""
    asked = _parser().parse_args()
    if asked.command == "compare":
        return compare.tell(asked.before, asked.after, asked.roles, asked.lines)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kongchuo.settings")
    os.environ["STATICFILES_BACKEND"] = STATIC  # no digests in the addresses of style sheets
    django.setup()
    logging.disable(logging.WARNING)
    return record.record(asked.folder, asked.roles)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.walk")
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record", help="walk the county of DATABASE_URL")
    recording.add_argument("folder", type=Path, help="must not exist yet")
    comparing = commands.add_parser("compare", help="name what differs")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--lines", type=int, default=12, help="lines shown of a difference")
    for command in (recording, comparing):
        command.add_argument("--roles", nargs="*", default=[], help="only these")
    return parser


if __name__ == "__main__":
    sys.exit(main())
