"""Re-encodes an image from its pixels, so that nothing invisible survives (S50).

Runs in the limited child process only (decoder.py). A plain save keeps the comment field of 5 in 90
photos; pixels pasted onto a new canvas keep nothing (security M19).
"""

import struct
from io import BytesIO

import pi_heif
from PIL import Image

from foundation.files.kinds import MAX_PIXELS, FileKind, FileRefused

LONGEST_SIDE = 2560  # a page of A4 at 220 dots an inch
QUALITY = 85
ORIENTATION = 0x0112
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS
pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)


def clean_image(content: bytes, kind: FileKind) -> bytes:
    """The first frame, upright, on white, at most LONGEST_SIDE, as a JPEG of pixels only."""
    with _opened(content, kind) as image:
        turn = TURNS.get(_orientation(image))
        if kind is FileKind.JPEG:  # decodes at a half or a quarter where that is large enough
            image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        canvas = _on_white(image)
    canvas.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if turn is not None:
        canvas = canvas.transpose(turn)
    return _saved(canvas)


def _opened(content: bytes, kind: FileKind) -> Image.Image:
    """The image as the kind that its first bytes name. Its size is checked before decoding."""
    try:
        image = Image.open(BytesIO(content), formats=(kind.value,))
    except Image.DecompressionBombError:
        raise FileRefused("too_many_pixels") from None
    if image.width * image.height > MAX_PIXELS:
        raise FileRefused("too_many_pixels")
    return image


def _orientation(image: Image.Image) -> int:
    """The camera's orientation from EXIF; unreadable EXIF counts as upright."""
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except (OSError, SyntaxError, ValueError, TypeError, KeyError, struct.error):
        return 1
    return value if isinstance(value, int) else 1


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16"):  # a scanner's 65,536 greys, which a conversion would clip
        image = image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    canvas = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        solid = image.convert("RGBA")
        canvas.paste(solid, mask=solid.getchannel("A"))
    else:
        canvas.paste(image.convert("RGB"))
    return canvas


def _saved(canvas: Image.Image) -> bytes:
    """The new file, opened once more as a check."""
    target = BytesIO()
    canvas.save(target, "JPEG", quality=QUALITY, optimize=True)
    with Image.open(BytesIO(target.getvalue()), formats=("JPEG",)) as again:
        again.load()
    return target.getvalue()
