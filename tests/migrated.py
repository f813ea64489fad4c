"""Make the database that every runner of the tests copies: ``python -m tests.migrated``.

Its name stands in KONGCHUO_TEST_TEMPLATE.
"""

import os

import django

from tests.databases import as_owner, make_migrated

if __name__ == "__main__":
    django.setup()
    as_owner()
    make_migrated(os.environ["KONGCHUO_TEST_TEMPLATE"])
