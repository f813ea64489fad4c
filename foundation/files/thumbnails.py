"""A small copy of a kept photo. What is kept was made anew from its pixels (images.py)."""

from io import BytesIO

from PIL import Image


def small_copy(photo: bytes, side: int, quality: int) -> bytes:
    """The photo as a JPEG whose longer side has at most ``side`` dots; the same for the same."""
    with Image.open(BytesIO(photo), formats=("JPEG",)) as image:
        small = image.convert("RGB")
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    target = BytesIO()
    small.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
