"""The code that a telephone reads, as a picture."""

from base64 import b64encode
from io import BytesIO

import qrcode
from qrcode.constants import ERROR_CORRECT_M

DOT, EDGE = 6, 2  # pixels a square, squares of white around


def picture(address: str) -> bytes:
    """The code of an address as PNG; the same bytes for the same address."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, box_size=DOT, border=EDGE)
    code.add_data(address)
    drawn = BytesIO()
    code.make_image().save(drawn)
    return drawn.getvalue()


def address_of_picture(address: str) -> str:
    """The picture as a ``data:`` address, for pages."""
    return f"data:image/png;base64,{b64encode(picture(address)).decode()}"
