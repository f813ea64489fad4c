"""Files that are no evidence: each is refused in words that say what to do, and nothing dies."""

import random
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from foundation.files import decoding
from foundation.files.decoding import MESSAGES, TOO_BIG, UNREADABLE, FileUnreadable, decode
from foundation.files.images import clean_image
from foundation.files.kinds import MAX_BYTES, MAX_PIXELS, FileKind, FileRefused, kind_of
from tests.files.samples import (
    CANARY,
    FORMATS,
    bytes_of,
    chunk,
    hostile_paper,
    paper,
    photo,
    png_header,
    saved,
)

WORDS = {UNREADABLE, TOO_BIG, *MESSAGES.values()}
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


def crash_images() -> dict[str, bytes]:
    """52 files made to bring a decoder down, or to be taken for what they are not."""
    found: dict[str, bytes] = {}
    for kind in FORMATS:
        whole = photo((200, 120), kind)
        for part in (0.1, 0.3, 0.5, 0.7):
            found[f"{kind} cut at {part}"] = whole[: int(len(whole) * part)]
        found[f"{kind} of zeros"] = whole[:20] + bytes(len(whole))
        found[f"{kind} of noise"] = whole[:24] + random.Random(kind).randbytes(len(whole))
    found |= {f"PNG of {side} x {side}": png_header(side, side) for side in (6_400, 2**31 - 1, 0)}
    found |= {
        "JPEG of 65535 x 65535": _resized_jpeg(65_535),
        "JPEG of 7000 x 7000": _resized_jpeg(7_000),
        "PNG with a text of 80 MB": _png_with_a_long_text(),
        "PNG with a wrong check": photo(kind="PNG")[:29] + bytes(4) + photo(kind="PNG")[33:],
        "SVG": SVG,
        "HTML": b"<!doctype html><html><script>1</script></html>",
        "GIF": saved(Image.new("P", (9, 9)), "GIF"),
        "BMP": saved(Image.new("RGB", (9, 9)), "BMP"),
        "TIFF": saved(Image.new("RGB", (9, 9)), "TIFF"),
        "ICO": saved(Image.new("RGB", (16, 16)), "ICO"),
        "EPS": saved(Image.new("RGB", (9, 9)), "EPS"),
        "PSD": b"8BPS\0\1" + bytes(100),
        "AVIF": b"\0\0\0\x20ftypavif" + bytes(100),
        "MP4": b"\0\0\0\x20ftypisom" + bytes(100),
        "an archive": b"PK\x03\x04" + bytes(100),
        "a program": b"\x7fELF" + bytes(100),
        "a text": "劝返记录".encode(),
        "one byte": b"\xff",
        "a JPEG's first three bytes": b"\xff\xd8\xff",
        "a picture behind a page": b"<html>" + photo(),
        "a paper behind a picture's mark": b"\x89PNG\r\n\x1a\n" + bytes_of(paper()),
        "HEIC of nothing but a head": b"\0\0\0\x18ftypheic" + bytes(12),
        "WebP of nothing but a head": b"RIFF\x10\0\0\0WEBPVP8 ",
        "PDF of nothing but a head": b"%PDF-1.7\n",
        "PDF cut": hostile_paper()[:200],
    }
    return found


def _resized_jpeg(side: int) -> bytes:
    whole = bytearray(photo())
    at = whole.index(b"\xff\xc0") + 5
    whole[at : at + 4] = side.to_bytes(2) * 2
    return bytes(whole)


def _png_with_a_long_text() -> bytes:
    whole, text = photo(kind="PNG"), zlib.compress(b" " * 80_000_000)
    return whole[:33] + chunk(b"zTXt", b"Comment\0\0" + text) + whole[33:]


def refusal(content: bytes) -> str:
    with pytest.raises(FileUnreadable) as error:
        decode(content)
    return str(error.value)


def test_fifty_two_crash_images_are_refused_in_words():
    images = crash_images()
    assert len(images) == 52
    with ThreadPoolExecutor(4) as pool:
        told = dict(zip(images, pool.map(_told, images.values()), strict=True))
    assert {name: words for name, words in told.items() if words not in WORDS} == {}


def _told(content: bytes) -> str:
    try:
        return f"kept: {decode(content)}"
    except FileUnreadable as error:
        return str(error)


def test_flipped_bits_are_refused_in_words_or_kept_as_a_picture():
    draw, flipped = random.Random(7), []
    for number in range(12):
        whole = bytearray(photo((120, 80), FORMATS[number % 4]))
        for _ in range(draw.randrange(1, 20)):
            whole[draw.randrange(len(whole))] ^= 1 << draw.randrange(8)
        flipped.append(bytes(whole))
    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(_told, flipped))
    assert all(words in WORDS or words.startswith("kept: Cleaned(kind='image'") for words in told)


@pytest.mark.parametrize("name", ["SVG", "HTML", "GIF", "AVIF", "an archive", "a text"])
def test_another_kind_of_file_is_told_what_is_taken(name: str):
    assert refusal(crash_images()[name]) == MESSAGES["other_kind"]


def test_an_empty_file_is_named():
    assert "0字节" in refusal(b"")


@pytest.mark.parametrize(("more", "is_kept"), [(-1, True), (0, True), (1, False)])
def test_ten_megabytes_are_taken_and_not_a_byte_more(more: int, is_kept: bool):
    assert MAX_BYTES == 10 * 1024 * 1024
    content = photo()
    content += bytes(MAX_BYTES + more - len(content))
    if is_kept:
        assert decode(content).kind == "image"
    else:
        assert refusal(content) == TOO_BIG


@pytest.mark.parametrize(("width", "is_kept"), [(7_999, True), (8_000, True), (8_001, False)])
def test_forty_megapixels_are_taken_and_not_a_row_more(width: int, is_kept: bool):
    assert MAX_PIXELS == 8_000 * 5_000
    content = saved(Image.new("1", (width, 5_000), 1), "PNG")
    if is_kept:
        assert decode(content).kind == "image"
    else:
        assert "4000万像素" in refusal(content)


@pytest.mark.parametrize("kind", FORMATS)
def test_size_is_looked_at_before_a_pixel_is_decoded(kind: str, monkeypatch):
    content = photo((60, 40), kind)
    monkeypatch.setattr("foundation.files.images.MAX_PIXELS", 60 * 40 - 1)
    monkeypatch.setattr(Image.Image, "load", _never)
    with pytest.raises(FileRefused, match="too_many_pixels"):
        clean_image(content, FileKind(kind))


def _never(image):
    raise AssertionError("decoded")


def test_the_name_of_a_file_tells_nothing():
    assert kind_of(hostile_paper()) is FileKind.PDF
    assert kind_of(photo(kind="HEIF")) is FileKind.HEIF


def test_the_death_of_the_decoder_is_a_message(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert refusal(photo()) == UNREADABLE


def test_a_decoder_that_says_nothing_is_a_message(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/true")
    assert refusal(photo()) == UNREADABLE


def test_a_decoder_that_takes_too_long_is_a_message(monkeypatch):
    monkeypatch.setattr(decoding, "SECONDS", 0.001)
    assert refusal(photo()) == UNREADABLE


@pytest.mark.parametrize(
    "output",
    [
        b"",
        b"\xff\xd8\xff",
        b"[]\n",
        b"{}\n",
        b'{"kind": "svg"}\n<svg>',
        b'{"kind": "image"}\n<html>',
        b'{"kind": "image"}\n%PDF-',
        b'{"kind": "pdf"}\n\xff\xd8\xff',
        b'{"kind": []}\n\xff\xd8\xff',
        b'{"refused": "\xe4\xb8\xad"}\n',
        b'{"refused": "no such reason"}\n',
    ],
)
def test_what_the_decoder_says_is_not_believed_blindly(output: bytes, monkeypatch):
    def run(source, target) -> bool:
        target.write_bytes(output)
        return True

    monkeypatch.setattr(decoding, "_run", run)
    assert refusal(photo()) == UNREADABLE


def test_the_decoder_knows_no_django_and_no_secret():
    program = (
        "import sys, foundation.files.decoder;"
        "print('django' in sys.modules, 'cryptography' in sys.modules)"
    )
    told = subprocess.run(
        [sys.executable, "-c", program],
        cwd=decoding.ROOT,
        env={"PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == ["False", "False"]


def test_the_decoder_gets_nothing_of_the_web_s_environment(monkeypatch):
    seen = {}

    def run(command, **more):
        seen.update(more["env"])
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setenv("SECRET_KEY", CANARY.decode())
    monkeypatch.setattr(subprocess, "run", run)
    assert refusal(photo()) == UNREADABLE
    assert set(seen) == {"PATH", "LANG", "PYTHONUTF8", "TMPDIR", "MALLOC_ARENA_MAX"}


def test_the_decoder_limits_itself():
    program = (
        "import resource as r, foundation.files.decoder as d; d.limit_myself();"
        "print(*(r.getrlimit(x)[1] for x in"
        " (r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_FSIZE, r.RLIMIT_NOFILE, r.RLIMIT_CORE)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], cwd=decoding.ROOT, capture_output=True, text=True
    )
    megabyte = 1024 * 1024
    assert [int(n) for n in told.stdout.split()] == [1280 * megabyte, 20, 32 * megabyte, 32, 0]


def test_nothing_of_an_upload_is_left_in_the_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    decode(photo())
    refusal(b"GIF89a")
    assert list(tmp_path.iterdir()) == []
