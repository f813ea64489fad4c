"""Entry point for the web server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from kongchuo.starting import require_own_keyring

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kongchuo.settings")
os.environ["SERVES_PAGES"] = "1"
application = get_wsgi_application()
require_own_keyring()

# What is loaded by now lives as long as the process: to look through it again and again for what
# can be forgotten is a fifteenth of the work of a morning.
gc.freeze()
gc.set_threshold(10_000, 20, 20)
