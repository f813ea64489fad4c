"""The audit table: who did, saw or was refused what. Nobody can change its rows."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from foundation.accounts.models.people import Post
from foundation.accounts.models.places import Unit, UnitKind
from foundation.accounts.roles import Right
from foundation.accounts.viewer import Viewer
from foundation.protected import Protected

# Kinds of objects that are a person's account, post, request or phone: there are few such rows.
OF_ACCOUNTS = ("person", "post", "people_request", "second_factor", "trusted_phone")


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Rows of the audit."""

    def visible_to(self, viewer: Viewer) -> "AuditEventQuerySet":
        """What was done in the auditor's county, or under a post of a head's own school.

        A sign-in names no post: the auditor finds it by the posts that the person has held.
        """
        counties = {post.county_id for post in viewer.posts_with(Right.SEE_AUDIT)}
        units = {post.unit_id for post in viewer.posts_with(Right.SEE_UNIT_AUDIT)}
        if not counties:
            return self.filter(post__in=Post.objects.filter(unit_id__in=units).values("pk"))
        if not Unit.objects.filter(kind=UnitKind.COUNTY).exclude(pk__in=counties).exists():
            return self.all()  # one county: its three million rows are not joined to their posts
        own = Q(unit_id__in=counties | units) | Q(unit__county_id__in=counties)
        posts = Post.objects.filter(own)
        by_post, by_person = posts.values("pk"), posts.values("person_id")
        return self.filter(Q(post__in=by_post) | Q(post=None, person__in=by_person))


class AuditEvent(models.Model):
    """One act, read or refusal (S11, S12). The database refuses to change or delete a row.

    ``children`` holds the ids of every child whose data the answer showed, so that "who saw this
    child" is one look-up (未成年人网络保护条例 第三十五条).
    """

    at = models.DateTimeField("时间", db_index=True)
    person = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("accounts.Post", models.PROTECT, null=True, related_name="+")
    address = models.GenericIPAddressField("地址", null=True)
    request_id = models.CharField("请求编号", max_length=32, blank=True)
    verb = models.CharField("动作", max_length=40)
    kind = models.CharField("对象类别", max_length=40, blank=True)
    object_id = models.BigIntegerField("对象", null=True)
    children = ArrayField(models.BigIntegerField(), default=list)
    outcome = models.CharField("结果", max_length=20, default="done")
    uuid = models.UUIDField(null=True, editable=False)  # of a row with a reason only
    reason_sealed = models.TextField(blank=True)
    row_count = models.IntegerField("行数", null=True)
    details = models.JSONField("细节", default=dict)

    reason = Protected()  # 理由: of an act on a child it may tell of an illness
    objects = AuditEventQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["children"], name="audit_by_child"),
            models.Index(fields=["person", "at"], name="audit_of_a_person"),
            models.Index(
                fields=["object_id"],
                name="audit_of_accounts",
                condition=Q(kind__in=OF_ACCOUNTS),
            ),
            models.Index(fields=["at"], name="audit_refused", condition=~Q(outcome="done")),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.kind} {self.object_id}"
