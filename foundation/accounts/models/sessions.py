"""Open sessions, each with its person, so that they can be listed and ended."""

from typing import Any, ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from foundation.accounts.models.people import Person
from foundation.accounts.viewer import Viewer


class SessionQuerySet(models.QuerySet["OpenSession"]):
    """Open sessions."""

    def visible_to(self, viewer: Viewer) -> "SessionQuerySet":
        """One's own."""
        return self.filter(person_id=viewer.person_id or 0)


class OpenSession(AbstractBaseSession):
    """A session of the browser (S58). The row goes when the session ends; the audit stays.

    ``person`` is empty before the sign-in.
    """

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="+")
    began_at = models.DateTimeField("登录时间", null=True, blank=True)
    used_at = models.DateTimeField("最近使用")
    idle_seconds = models.PositiveIntegerField("空闲退出秒数")
    label = models.CharField("设备", max_length=40, blank=True)
    address = models.GenericIPAddressField("登录地址", null=True, blank=True)

    objects: ClassVar[Any] = BaseSessionManager.from_queryset(SessionQuerySet)()

    def __str__(self) -> str:
        return f"{self.person_id} {self.began_at}"
