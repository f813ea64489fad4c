"""Fingerprints of the keys under which this database is sealed."""

from django.db import models


class KeyFingerprint(models.Model):
    """One key of the keyring: it tells another key apart and opens nothing.

    Written by ``migrate`` alone (foundation/fingerprints.py); never changed.
    """

    name = models.CharField("密钥编号", max_length=40, unique=True)
    fingerprint = models.CharField("密钥指纹", max_length=64)
    recorded_at = models.DateTimeField("登记时间")

    def __str__(self) -> str:
        return self.name
