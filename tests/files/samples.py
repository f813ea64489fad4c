"""Photos and papers that carry what must not be kept, drawn from a seed."""

import io
import random
import struct
import zlib
from typing import Any

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import ExifTags, Image, PngImagePlugin

from foundation.accounts.models import Post
from foundation.accounts.querysets import viewer_on
from foundation.accounts.viewer import HeldPost
from foundation.files.actions import keep
from students.roster.models import Child, Document
from tests.cast import Cast

CANARY = b"CANARY-7f3a"
FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")


def make_document(child: Child, post: Post, title: str = "休学申请书") -> Document:
    """A photo kept as a paper of the child."""
    file = keep(held(post), "照片.jpg", photo())
    return Document.objects.create(child=child, file=file, title=title)


def held(post: Post) -> HeldPost:
    """The post as actions take it."""
    return next(h for h in viewer_on(post.person, post.starts_on).posts if h.id == post.pk)


def registrar(cast: Cast, there: bool = False) -> HeldPost:
    """The registrar's post."""
    return held(cast.post("registrar", there))


def photo(size: tuple[int, int] = (60, 40), kind: str = "JPEG", **more: Any) -> bytes:
    """A photo with colours, a file of the kind."""
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((200, 30, 30), (0, 0, size[0] // 2, size[1] // 2))
    return saved(image, kind, **more)


def saved(image: Image.Image, kind: str, **more: Any) -> bytes:
    """The bytes of an image in the kind.

    pillow_heif only writes: it is not registered as an opener, so that HEIC is read by pi_heif as
    in the product.
    """
    target = io.BytesIO()
    if kind == "HEIF":
        pillow_heif.from_pillow(image).save(target, **more)
    else:
        image.save(target, kind, **more)
    return target.getvalue()


def telling_photo(number: int) -> bytes:
    """Number n of the samples: EXIF with GPS, maker note and thumbnail, XMP, comments, a tail."""
    draw = random.Random(number)
    kind = FORMATS[number % len(FORMATS)]
    size = (draw.randrange(16, 90), draw.randrange(16, 90))
    more: dict[str, Any] = {"exif": exif(draw)}
    if draw.random() < 0.7:
        more["xmp"] = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">' + CANARY + b"</x:xmpmeta>"
    if kind == "JPEG":
        more |= {"comment": CANARY, "icc_profile": CANARY * 12, "progressive": draw.random() < 0.3}
    if kind == "WEBP":
        more |= {"icc_profile": CANARY * 12}
    if kind == "PNG":
        more = _png_words(more)
    return photo(size, kind, **more) + tail(draw)


def exif(draw: random.Random) -> bytes:
    """Camera, place, comment, maker note, and a thumbnail with a comment of its own."""
    made = Image.Exif()
    made[ExifTags.Base.Make] = made[ExifTags.Base.ImageDescription] = CANARY.decode()
    made[ExifTags.Base.Orientation] = draw.randrange(1, 9)
    made.get_ifd(ExifTags.IFD.Exif).update(
        {ExifTags.Base.UserComment: b"ASCII\0\0\0" + CANARY, ExifTags.Base.MakerNote: CANARY * 3}
    )
    made.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            1: "N",
            2: (24.0, 26.0, draw.random() * 60),
            3: "E",
            4: (100.0, 7.0, 1.5),
            29: "2025:09:12",
        }
    )
    return _with_thumbnail(made.tobytes())


def tail(draw: random.Random) -> bytes:
    """What may follow the end of a picture: nothing, a motion photo, an archive, a web page."""
    zipped = b"PK\x03\x04" + CANARY + b"PK\x05\x06" + bytes(18)
    page = b"<html><script>" + CANARY + b"</script></html>"
    movie = struct.pack(">I4s4s", 400, b"ftyp", b"mp42") + CANARY * 20
    return draw.choice((b"", zipped, page, movie))


def _with_thumbnail(made: bytes) -> bytes:
    """IFD1 behind IFD0, with a JPEG of its own, as cameras write it."""
    little = made.startswith(b"Exif\0\0II")
    order = "<" if little else ">"
    tiff = bytearray(made[6:])
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (entries,) = struct.unpack_from(f"{order}H", tiff, first)
    thumb = saved(Image.new("RGB", (16, 16)), "JPEG", comment=CANARY)
    second = len(tiff)
    struct.pack_into(f"{order}I", tiff, first + 2 + entries * 12, second)
    tiff += struct.pack(f"{order}H", 2)
    tiff += struct.pack(f"{order}HHII", 0x0201, 4, 1, second + 30)
    tiff += struct.pack(f"{order}HHII", 0x0202, 4, 1, len(thumb))
    tiff += struct.pack(f"{order}I", 0)
    return b"Exif\0\0" + bytes(tiff) + thumb


def _png_words(more: dict[str, Any]) -> dict[str, Any]:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", CANARY.decode())
    words.add_text("Author", CANARY.decode(), zip=True)
    if "xmp" in more:
        words.add_itxt("XML:com.adobe.xmp", more.pop("xmp").decode())
    return {**more, "pnginfo": words}


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    size, check = struct.pack(">I", len(content)), struct.pack(">I", zlib.crc32(name + content))
    return size + name + content + check


def png_header(width: int, height: int) -> bytes:
    """A PNG that says how large it is, and holds one packed block of zeros."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(bytes(1_000_000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


def paper(pages: int = 1) -> pikepdf.Pdf:
    """A plain PDF with a word on each page."""
    made = pikepdf.new()
    for number in range(pages):
        made.add_blank_page(page_size=(200, 200))
        words = f"BT /F1 12 Tf 20 100 Td (PAGE {number}) Tj ET".encode()
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        made.pages[number].Contents = Stream(made, words)
        made.pages[number].Resources = Dictionary(Font=Dictionary(F1=font))
    return made


def bytes_of(made: pikepdf.Pdf, **more: Any) -> bytes:
    """The PDF as a file whose every string lies open, so that a canary can be seen."""
    target = io.BytesIO()
    made.save(
        target,
        compress_streams=False,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        **more,
    )
    return target.getvalue()


def hostile_paper() -> bytes:
    """A PDF with all that acts, hides or tells."""
    made, word = paper(2), String(CANARY.decode())
    script = Dictionary(S=Name.JavaScript, JS=String(f"app.alert('{CANARY.decode()}')"))
    launch = Dictionary(S=Name.Launch, F=String(f"{CANARY.decode()}.exe"))
    web = Dictionary(S=Name.URI, URI=String(f"http://{CANARY.decode()}.example"))
    made.Root.OpenAction = script
    made.Root.AA = Dictionary(WC=script)
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([word, script])))
    made.attachments[f"{CANARY.decode()}.exe"] = CANARY * 4
    made.docinfo.Author = word
    with made.open_metadata() as told:
        told["dc:title"] = CANARY.decode()
    page = made.pages[0]
    page.obj.AA = Dictionary(O=launch)
    page.obj.PieceInfo = Dictionary(App=Dictionary(Private=word))
    page.obj.Annots = Array([_link(made, web), _link(made, launch), _attached(made)])
    page.Resources.XObject = Dictionary(Im1=_photo_in(made), Ps1=_postscript(made))
    page.Contents = Stream(made, page.Contents.read_bytes() + b" q 50 0 0 50 9 9 cm /Im1 Do Q")
    return bytes_of(made) + b"\n<html>" + CANARY + b"</html>"


def _link(made: pikepdf.Pdf, action: Dictionary) -> Any:
    place = Array([0, 0, 50, 50])
    return made.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=place, A=action))


def _attached(made: pikepdf.Pdf) -> Any:
    inner = made.make_indirect(Stream(made, CANARY * 3, Type=Name.EmbeddedFile))
    file = Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=inner))
    return Dictionary(
        Type=Name.Annot, Subtype=Name.FileAttachment, Rect=Array([0, 0, 9, 9]), FS=file
    )


def _photo_in(made: pikepdf.Pdf) -> Any:
    picture = photo((40, 30), exif=exif(random.Random(1)), comment=CANARY) + CANARY
    return made.make_indirect(
        Stream(
            made,
            picture,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=40,
            Height=30,
            ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
            Metadata=Stream(made, CANARY, Type=Name.Metadata, Subtype=Name.XML),
        )
    )


def _postscript(made: pikepdf.Pdf) -> Any:
    return made.make_indirect(Stream(made, CANARY, Type=Name.XObject, Subtype=Name.PS))


def stamped_paper() -> bytes:
    """A PDF whose red seal lies on the page as an annotation, as signing programs make it."""
    made = paper(1)
    seal = Stream(
        made,
        b"1 0 0 rg 0 0 50 50 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 50, 50]),
    )
    stamp = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        Rect=Array([100, 100, 150, 150]),
        F=4,
        AP=Dictionary(N=made.make_indirect(seal)),
    )
    made.pages[0].obj.Annots = Array([made.make_indirect(stamp)])
    return bytes_of(made)
