"""Before the sign-in: the county, its telephone, the ICP filing; the page on a home screen."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from foundation.accounts.models import Unit
from kongchuo.web import manifest
from tests.browsing import client_of, page
from tests.cast import Cast

LOGIN, MANIFEST = "/accounts/login/", "/manifest.webmanifest"
VARIABLES = Path(__file__).resolve().parents[2] / "static" / "css" / "variables.css"
ICP = "滇ICP备00000000号"


@pytest.fixture
def told(client: Client, cast: Cast) -> dict[str, Any]:
    """The manifest as a phone reads it, before anybody has signed in."""
    answer = client.get(MANIFEST)
    assert answer["Content-Type"] == "application/manifest+json"
    read: dict[str, Any] = json.loads(answer.content)
    return read


def test_it_names_the_county_and_its_telephone(client: Client, cast: Cast) -> None:
    Unit.objects.filter(pk=cast.county.pk).update(phone="0883-0000000")
    words = page(client.get(LOGIN))
    assert f"<h1><span>{cast.county.region.name}</span><span>控辍保学工作平台</span></h1>" in words
    assert words.count('href="tel:0883-0000000"') == 2  # beside the form, and at the foot


def test_the_icp_number_is_shown_only_where_it_is_set(
    client: Client, cast: Cast, settings: Any
) -> None:
    settings.ICP = ""
    assert "beian.miit.gov.cn" not in page(client.get(LOGIN))
    settings.ICP = ICP
    assert f'<a href="https://beian.miit.gov.cn/" rel="noreferrer">{ICP}</a>' in page(
        client.get(LOGIN)
    )
    assert ICP not in page(client_of(cast.person("registrar")).get("/inbox/"))


def test_the_manifest_names_the_county(told: dict[str, Any], cast: Cast) -> None:
    county = cast.county.region.name
    assert (told["name"], told["short_name"]) == (f"{county}控辍保学工作平台", f"{county}控辍保学")
    assert (told["start_url"], told["scope"]) == ("/", "/")


def test_its_icons_are_there_in_their_sizes(told: dict[str, Any]) -> None:
    for icon in told["icons"]:
        found = finders.find(icon["src"].removeprefix("/static/"))
        assert found, icon
        with Image.open(found) as image:
            assert "x".join(map(str, image.size)) == icon["sizes"]


def test_its_colours_are_those_of_the_sheets() -> None:
    colours = dict(re.findall(r"--([\w-]+): (#\w+);", VARIABLES.read_text().split("@media")[0]))
    assert (colours["masthead"], colours["ground"]) == (manifest.MASTHEAD, manifest.GROUND)


def test_no_page_of_a_signed_in_person_may_be_kept(cast: Cast) -> None:
    client = client_of(cast.person("registrar"))
    for address in ("/", "/roster/", "/cases/"):
        assert client.get(address)["Cache-Control"] == "no-store"
    assert 'rel="manifest" href="/manifest.webmanifest"' in page(client.get("/inbox/"))
    assert "serviceWorker" not in "".join(
        script.read_text() for script in (VARIABLES.parents[1] / "js").glob("*.js")
    )
