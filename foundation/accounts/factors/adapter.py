"""Adapts django-allauth's second factor: our table, our names, a drawing on white ground."""

from io import BytesIO
from typing import Any

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from qrcode.image.svg import SvgPathFillImage

from foundation.accounts.actions import has_factor
from foundation.accounts.models import Person

ISSUER = "控辍保学工作平台"


class FactorAdapter(DefaultMFAAdapter):
    """Keys lie in SecondFactor, sealed; the library's own table stays empty."""

    def is_mfa_enabled(self, user: Any, types: Any = None) -> bool:
        is_asked = types is None or Authenticator.Type.TOTP in types
        return is_asked and isinstance(user, Person) and has_factor(user)

    def get_totp_issuer(self) -> str:
        return ISSUER

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def build_totp_svg(self, url: str) -> str:
        """White behind the dark squares: a camera reads no others."""
        drawn = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(drawn)
        return drawn.getvalue().decode()
