"""The county's emblem: set, shown before and after the sign-in, replaced, removed, refused."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InternalError, ProgrammingError, transaction
from django.test import Client
from PIL import Image

from foundation.accounts.models import AuditEvent
from foundation.files.models import Emblem
from tests.browsing import client_of, page
from tests.cast import Cast

URL = "/emblem/"


def picture(side: int = 600, kind: str = "PNG") -> bytes:
    """A picture with a transparent ground and a red square."""
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    image.paste((200, 0, 0, 255), (side // 4, side // 4, side // 2, side // 2))
    target = BytesIO()
    (image if kind == "PNG" else image.convert("RGB")).save(target, kind)
    return target.getvalue()


def put(client: Client, content: bytes, status: int = 302) -> str:
    """Send a picture by the form; the words of the page that follows."""
    file = SimpleUploadedFile("标志.png", content, "image/png")
    answer = client.post(URL, {"picture": file})
    return page(client.get(URL) if status == 302 else answer, 200 if status == 302 else status)


@pytest.mark.parametrize("role", ["county_desk", "administrator"])
def test_the_emblem_stands_on_the_sign_in_and_on_every_page(cast: Cast, role: str) -> None:
    browser = client_of(cast.person(role))
    assert "没有设置" in page(browser.get(URL))
    put(browser, picture())
    address = f"/emblem/{Emblem.objects.get().token}.jpg"
    for words in (page(Client().get("/accounts/login/")), page(browser.get("/help/"))):
        assert address in words
    assert 'class="print-emblem"' in page(browser.get("/help/"))
    answer = Client().get(address)
    assert answer["Content-Type"] == "image/jpeg"
    assert "immutable" in answer["Cache-Control"]
    assert max(Image.open(BytesIO(answer.content)).size) == 256
    assert AuditEvent.objects.filter(verb="set_emblem").count() == 1


def test_another_takes_its_place_and_it_is_removed_again(cast: Cast) -> None:
    browser = client_of(cast.person("county_desk"))
    put(browser, picture())
    put(browser, picture(300, "JPEG"))
    first, second = Emblem.objects.order_by("pk")
    words = page(Client().get("/accounts/login/"))
    assert str(second.token) in words
    assert str(first.token) not in words
    assert "已移除标志" in page(browser.post(f"{URL}remove/", follow=True))
    assert "/emblem/" not in page(Client().get("/accounts/login/"))
    assert "现在没有标志图片" in page(browser.post(f"{URL}remove/", follow=True))
    assert AuditEvent.objects.filter(verb="remove_emblem").count() == 1
    assert Emblem.objects.count() == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"MZ\x90\x00 no picture", "只收照片"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "文件无法读取"),
        (b"", "文件是空的"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(cast: Cast, content: bytes, words: str) -> None:
    told = put(client_of(cast.person("county_desk")), content, 422)
    assert words in told
    assert not Emblem.objects.exists()


def test_a_picture_of_a_few_dots_is_refused(cast: Cast) -> None:
    assert "图片太小" in put(client_of(cast.person("county_desk")), picture(20), 422)


def test_what_was_chosen_stays_on_record(cast: Cast) -> None:
    put(client_of(cast.person("county_desk")), picture())
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        Emblem.objects.update(image=b"")
