"""Pages asked for as the web server asks: through the WSGI handler, with nothing of the tests.

Django's test client keeps a copy of every template's context, which is a quarter of a page's time;
what is measured here is what a county's server would use.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.template.base import Template

from foundation.accounts.models import Person
from tests.browsing import client_of


class Served:
    """Pages for one person, in this process."""

    def __init__(self, person: Person) -> None:
        cookies = client_of(person).cookies.values()
        self.cookie = "; ".join(f"{one.key}={one.value}" for one in cookies)
        self.handler: Any = WSGIHandler()

    def page(self, address: str) -> str:
        """The page at an address; anything but a page that was found is an error."""
        status: list[str] = []
        answer: Any = self.handler(self._environ(address), lambda line, *_: status.append(line))
        body = b"".join(answer).decode()
        answer.close()
        assert status[0].startswith("200"), (status[0], body[:2000])
        return body

    def _environ(self, address: str) -> dict[str, Any]:
        path, _, query = address.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "HTTP_COOKIE": self.cookie,
            "HTTP_HOST": "testserver",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "443",
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
        }


@contextmanager
def as_served() -> Iterator[None]:
    """Templates are drawn, garbage looked for and the connection kept as by a web process."""
    drawn: Any = Template
    watched, seldom, age = drawn._render, gc.get_threshold(), connection.settings_dict
    kept = age["CONN_MAX_AGE"]
    drawn._render = lambda self, context: self.nodelist.render(context)
    gc.set_threshold(10_000, 20, 20)  # kongchuo/wsgi.py
    connection.close()
    age["CONN_MAX_AGE"] = None
    try:
        yield
    finally:
        drawn._render = watched
        gc.set_threshold(*seldom)
        connection.close()
        age["CONN_MAX_AGE"] = kept
