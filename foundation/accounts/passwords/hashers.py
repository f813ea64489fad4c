"""How passwords are hashed: Argon2id at OWASP's figures."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """19 MiB, 2 passes, 1 lane (OWASP Password Storage Cheat Sheet): about 27 ms of a processor.

    Django's own figures cost ten times as much, so that the 1,680 sign-ins of a county's morning
    would keep two cores busy for four minutes. A hash of other figures is made anew at sign-in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
