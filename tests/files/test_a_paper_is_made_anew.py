"""A kept PDF shows its pages and does nothing else: no script, attachment, property or tail."""

import base64
import io
import random
import zlib
from contextlib import suppress
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from foundation.files.decoding import FileUnreadable, decode
from foundation.files.kinds import MAX_PAGES
from foundation.files.papers import clean_pdf
from foundation.files.segments import Broken, plain_jpeg, plain_jpeg2000
from tests.files.samples import (
    CANARY,
    bytes_of,
    exif,
    hostile_paper,
    paper,
    photo,
    saved,
    stamped_paper,
)


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def laid_open(content: bytes) -> bytes:
    """The file with everything unpacked, so that nothing hides in a packed stream."""
    target = io.BytesIO()
    opened(content).save(
        target,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.all,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return target.getvalue()


def raw_streams(content: bytes) -> bytes:
    streams = [thing for thing in opened(content).objects if isinstance(thing, Stream)]
    return b"".join(stream.read_raw_bytes() for stream in streams)


@pytest.fixture(scope="module")
def kept() -> bytes:
    return clean_pdf(hostile_paper())


def test_the_sample_is_as_bad_as_it_should_be():
    bad = hostile_paper()
    for word in (
        CANARY,
        b"/JavaScript",
        b"/Launch",
        b"/EmbeddedFile",
        b"/OpenAction",
        b"/Metadata",
    ):
        assert word in bad


@pytest.mark.parametrize(
    "word",
    [
        CANARY,
        b"/JavaScript",
        b"/JS",
        b"/OpenAction",
        b"/AA",
        b"/Launch",
        b"/URI",
        b"/EmbeddedFile",
        b"/Filespec",
        b"/Metadata",
        b"/PieceInfo",
        b"/Annots",
        b"/Info",
        b"<html",
        b"Exif",
    ],
)
def test_nothing_that_acts_hides_or_tells_is_left(kept: bytes, word: bytes):
    assert word not in kept
    assert word not in laid_open(kept)
    assert word not in raw_streams(kept)


def test_the_pages_still_say_what_they_said(kept: bytes):
    words = [page.Contents.read_bytes() for page in opened(kept).pages]
    assert b"(PAGE 0) Tj" in words[0]
    assert b"(PAGE 1) Tj" in words[1]
    assert b"/Im1 Do" in words[0]


def test_a_photo_on_a_page_keeps_its_pixels(kept: bytes):
    assert pixels(kept) == pixels(hostile_paper())


def pixels(content: bytes) -> bytes:
    with opened(content) as made:
        inside: Any = made.pages[0].Resources.XObject.Im1
        return pikepdf.PdfImage(inside).as_pil_image().convert("RGB").tobytes()


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        (Name.FlateDecode, zlib.compress),
        (Name.ASCII85Decode, lambda raw: base64.a85encode(raw) + b"~>"),
        (Name.ASCIIHexDecode, lambda raw: raw.hex().encode() + b">"),
    ],
)
def test_a_photo_that_was_packed_once_more_is_found_too(name: Any, pack: Any):
    made = opened(hostile_paper())
    inside = made.pages[0].Resources.XObject.Im1
    packed = pack(inside.read_raw_bytes())
    inside.write(packed, filter=Array([name, Name.DCTDecode]), decode_parms=None)
    kept = clean_pdf(bytes_of(made))
    assert CANARY not in raw_streams(kept)
    assert pixels(kept) == pixels(hostile_paper())


@pytest.mark.parametrize("apart", [True, False])
def test_a_font_or_a_picture_may_be_called_as_an_unwanted_thing(apart: bool):
    made = paper()
    page = made.pages[0]
    font = page.Resources.Font.F1
    names = Dictionary(A=font, AA=font, Ref=font, JS=font)
    page.Resources.Font = made.make_indirect(names) if apart else names
    page.Contents = Stream(made, b"BT /A 9 Tf /AA 9 Tf /Ref 9 Tf /JS 9 Tf (x) Tj ET")
    kept = opened(clean_pdf(bytes_of(made)))
    assert set(kept.pages[0].Resources.Font.keys()) == {"/A", "/AA", "/Ref", "/JS"}


def test_a_seal_that_lies_on_the_page_becomes_part_of_it():
    made = opened(clean_pdf(stamped_paper()))
    assert "/Annots" not in made.pages[0]
    (form,) = made.pages[0].Resources.XObject.values()
    assert b"1 0 0 rg 0 0 50 50 re f" in form.read_bytes()


def test_sizes_and_turns_that_a_folder_of_pages_gives_stay_with_each_page():
    made = paper(2)
    made.Root.Pages.Rotate = 90
    made.Root.Pages.MediaBox = Array([0, 0, 300, 400])
    for page in made.pages:
        del page.obj.MediaBox
    turned = opened(clean_pdf(bytes_of(made)))
    for page in turned.pages:
        assert int(page.Rotate) == 90
        assert [int(side) for side in page.MediaBox.as_list()] == [0, 0, 300, 400]


def test_a_stream_that_lies_in_another_file_is_cut_off():
    made = paper()
    made.pages[0].Resources.XObject = Dictionary(
        X=made.make_indirect(Stream(made, b"", F=pikepdf.String("/etc/passwd"), Subtype=Name.Form))
    )
    assert b"passwd" not in laid_open(clean_pdf(bytes_of(made)))


@pytest.mark.parametrize("owner_only", [False, True])
def test_a_paper_with_a_password_is_refused_by_name(owner_only: bool):
    locked = pikepdf.Encryption(user="" if owner_only else "secret", owner="secret")
    with pytest.raises(FileUnreadable, match="设有密码"):
        decode(bytes_of(paper(), encryption=locked))


@pytest.mark.parametrize(("pages", "is_kept"), [(59, True), (60, True), (61, False)])
def test_sixty_pages_are_kept_and_no_more(pages: int, is_kept: bool):
    assert MAX_PAGES == 60
    content = bytes_of(paper(pages))
    if is_kept:
        assert len(opened(decode(content).content).pages) == pages
    else:
        with pytest.raises(FileUnreadable, match="超过60页"):
            decode(content)


def test_a_paper_without_pages_is_refused_by_name():
    with pytest.raises(FileUnreadable, match="没有页面"):
        decode(bytes_of(pikepdf.new()))


@pytest.mark.usefixtures("started_anew")
def test_the_limited_process_does_the_same_as_the_function():
    cleaned = decode(hostile_paper())
    assert (cleaned.kind, cleaned.content) == ("pdf", clean_pdf(hostile_paper()))


def test_a_packed_bomb_on_a_page_is_no_harm():
    made = paper()
    made.pages[0].Contents = Stream(made, bytes(100_000_000))
    target = io.BytesIO()
    made.save(target, compress_streams=True)
    packed = target.getvalue()
    assert len(packed) < 1_000_000
    with suppress(FileUnreadable):  # or refused for the time and memory it takes
        assert len(decode(packed).content) < 1_000_000


def test_a_photo_s_segments_are_sorted_out_without_touching_a_pixel():
    draw = random.Random(3)
    told = photo((80, 60), exif=exif(draw), comment=CANARY, icc_profile=CANARY * 9) + CANARY
    for content in (told, photo((80, 60), progressive=True, comment=CANARY) + CANARY):
        plain = plain_jpeg(content)
        assert CANARY not in plain
        assert _pixels(plain) == _pixels(content)


def _pixels(content: bytes) -> bytes:
    return Image.open(io.BytesIO(content)).tobytes()


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\x00\x00", b"\xff\xd8\xff\xe1\xff\xff", b"GIF"])
def test_a_photo_whose_segments_do_not_fit_is_broken(content: bytes):
    with pytest.raises(Broken):
        plain_jpeg(content)


def test_boxes_of_a_jpeg_2000_that_tell_of_it_are_left_out():
    picture = saved(Image.new("RGB", (32, 32), "red"), "JPEG2000")
    told = picture + _box(b"xml ", CANARY) + _box(b"uuid", CANARY)
    assert plain_jpeg2000(told) == picture


def _box(name: bytes, content: bytes) -> bytes:
    return (8 + len(content)).to_bytes(4) + name + content
