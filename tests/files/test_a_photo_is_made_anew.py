"""A kept photo holds its pixels and nothing else: no place, camera, comment, thumbnail or tail."""

import io
from zipfile import BadZipFile, ZipFile

import pytest
from PIL import Image

from foundation.files.decoding import decode
from foundation.files.images import LONGEST_SIDE, clean_image
from foundation.files.kinds import kind_of
from tests.files.samples import CANARY, FORMATS, photo, saved, telling_photo

SAMPLES = 90
MARKERS = (CANARY, b"Exif", b"http://ns.adobe", b"ICC_PROFILE", b"xmpmeta", b"PK\x03\x04", b"<html")
RED, BLUE = (255, 0, 0), (0, 0, 255)


def made(content: bytes) -> bytes:
    return clean_image(content, kind_of(content))


def shown(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content), formats=("JPEG",))
    image.load()
    return image


def is_near(found, wanted) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(found, wanted, strict=True))


def test_every_sample_carries_what_is_looked_for():
    assert all(CANARY in telling_photo(number) for number in range(SAMPLES))
    assert {kind_of(telling_photo(number)) for number in range(SAMPLES)} == set(FORMATS)


def test_none_of_ninety_photos_keeps_any_of_it():
    for number in range(SAMPLES):
        kept = made(telling_photo(number))
        image = shown(kept)
        assert not [word for word in MARKERS if word in kept], number
        assert not image.getexif(), number
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}, number


def test_a_kept_photo_has_only_the_segments_that_a_picture_needs():
    for number in range(0, SAMPLES, 9):
        kept = made(telling_photo(number))
        needed = {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}  # head, tables, frame, codes, scan
        assert set(_markers(kept)) <= needed, number
        assert kept.endswith(b"\xff\xd9")


def _markers(content: bytes):
    at = 2
    while content[at + 1] != 0xDA:
        yield content[at + 1]
        at += 2 + int.from_bytes(content[at + 2 : at + 4])
    yield 0xDA


def test_a_copy_saved_without_a_new_canvas_would_keep_the_comment():
    image = Image.open(io.BytesIO(photo(comment=CANARY)))
    assert CANARY in saved(image, "JPEG")  # what the canvas is for (security M19)
    assert CANARY not in made(photo(comment=CANARY))


def test_a_photo_that_is_an_archive_or_a_page_too_is_a_photo_only():
    archive = io.BytesIO()
    with ZipFile(archive, "w") as inside:
        inside.writestr("a.txt", CANARY)
    both = photo() + archive.getvalue()
    assert ZipFile(io.BytesIO(both)).namelist() == ["a.txt"]
    with pytest.raises(BadZipFile):
        ZipFile(io.BytesIO(made(both)))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize(
    ("turn", "corner"),
    [
        (1, (0, 0)),
        (2, (1, 0)),
        (3, (1, 1)),
        (4, (0, 1)),
        (5, (0, 0)),
        (6, (1, 0)),
        (7, (1, 1)),
        (8, (0, 1)),
    ],
)
def test_a_photo_is_turned_upright_as_it_was_held(kind: str, turn: int, corner):
    image = Image.new("RGB", (64, 32), RED)
    image.paste(BLUE, (0, 0, 32, 16))  # the upper left quarter of what the sensor saw
    told = Image.Exif()
    told[0x0112] = turn
    upright = shown(made(saved(image, kind, exif=told.tobytes(), quality=95)))
    assert upright.size == ((64, 32) if turn < 5 else (32, 64))
    at = [5 if far == 0 else side - 6 for far, side in zip(corner, upright.size, strict=True)]
    assert is_near(upright.getpixel(at), BLUE)


def test_what_is_transparent_becomes_white():
    image = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    for kind in ("PNG", "WEBP"):
        assert is_near(shown(made(saved(image, kind, lossless=True))).getpixel((9, 9)), (255,) * 3)


def test_a_palette_with_a_transparent_colour_becomes_white():
    image = Image.new("P", (20, 20), 0)
    image.putpalette([0, 0, 0, 9, 9, 9])
    assert is_near(shown(made(saved(image, "PNG", transparency=0))).getpixel((9, 9)), (255,) * 3)


def test_a_scanner_s_sixteen_bit_greys_keep_their_brightness():
    grey = shown(made(saved(Image.new("I;16", (20, 20), 32_768), "PNG"))).getpixel((9, 9))
    assert is_near(grey, (128, 128, 128))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_of_something_that_moves_the_first_frame_is_kept(kind: str):
    first, second = Image.new("RGB", (20, 20), RED), Image.new("RGB", (20, 20), BLUE)
    moving = saved(first, kind, save_all=True, append_images=[second], lossless=True)
    assert is_near(shown(made(moving)).getpixel((9, 9)), RED)


@pytest.mark.parametrize(
    ("side", "kept"),
    [
        (LONGEST_SIDE - 1, LONGEST_SIDE - 1),
        (LONGEST_SIDE, LONGEST_SIDE),
        (LONGEST_SIDE + 1, LONGEST_SIDE),
    ],
)
def test_a_photo_is_made_smaller_beyond_the_longest_side(side: int, kept: int):
    assert shown(made(photo((side, 40)))).width == kept


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
def test_a_photo_with_a_broken_exif_block_is_kept_all_the_same():
    broken = photo(exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + CANARY)
    assert CANARY not in made(broken)


@pytest.mark.usefixtures("started_anew")
@pytest.mark.parametrize("number", range(4))
def test_the_limited_process_does_the_same_as_the_function(number: int):
    content = telling_photo(number)
    cleaned = decode(content)
    assert (cleaned.kind, cleaned.content) == ("image", made(content))
