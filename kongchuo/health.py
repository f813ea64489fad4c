"""The health page, for the launcher and for monitors."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

from foundation import fingerprints
from foundation.fingerprints import WrongKeyring
from foundation.protected import keyring


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """Plain ``ok``; 503 in words under another database's keyring; 500 when it is away."""
    try:
        fingerprints.require_own(keyring().fingerprints, fingerprints.recorded())
    except WrongKeyring as error:
        return HttpResponse(str(error), status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse("ok", content_type="text/plain")
