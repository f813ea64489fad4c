"""A web that only stores what a telephone sends: same doors and session, and nothing follows."""

from kongchuo.settings import *  # noqa: F403 - every setting but one is the product's own

ROOT_URLCONF = "tests.bench.plain_urls"
