"""What stands around a page costs next to nothing beside the page: both timed, their ratio printed.

Processor time of the web process for one request, the best of a few rounds: bare (sign-in, viewer,
nothing shown), the frame alone, and pages whole. FRAME_CLASSES=34 makes a quick run.
"""

import os
import time

import pytest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import path

from kongchuo import urls
from tests.bench.morning import PUPILS, analyze, make_register
from tests.browsing import client_of
from tests.cast import make_cast

CLASSES = int(os.environ.get("FRAME_CLASSES", "340"))
BARE, FRAME = "/bench/bare/", "/bench/frame/"
PAGES = ("/", "/inbox/", "/roster/", "/cases/")
ROUNDS, TIMES = 3, 5  # few enough for the limits on reading lists


def _bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


def _frame(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


urlpatterns = [path("bench/bare/", _bare), path("bench/frame/", _frame), *urls.urlpatterns]
for _name in ("handler400", "handler403", "handler404", "handler500"):
    globals()[_name] = getattr(urls, _name)


def _milliseconds(client: Client, address: str) -> float:
    took = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(TIMES):
            assert client.get(address).status_code == 200, address
        took.append((time.process_time() - began) / TIMES * 1000)
    return min(took)


@pytest.mark.urls(__name__)
def test_the_frame_beside_the_page(own_database: str) -> None:
    cast = make_cast()
    make_register(1, CLASSES)
    analyze()
    client = client_of(cast.person("registrar"))
    bare, frame = _milliseconds(client, BARE), _milliseconds(client, FRAME)
    print(f"\n{CLASSES * PUPILS} pupils; a request before its page: {bare:.1f} ms")
    print(f"the frame of a page: {frame - bare:.1f} ms")
    for address in PAGES:
        whole = _milliseconds(client, address)
        print(f"  {address:10} {whole:6.1f} ms; frame : page = 1 : {whole / (frame - bare):.0f}")
