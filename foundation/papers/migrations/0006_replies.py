"""What a letter to somebody outside the system was answered."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

from foundation.grants import append_only

PROTECT = django.db.models.deletion.PROTECT


def _key() -> models.BigAutoField:
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0025_a_post_given_by_mistake"),
        ("files", "0003_emblem"),
        ("papers", "0005_ledger"),
    ]

    operations = [
        migrations.AddField(
            model_name="paper",
            name="replied_on",
            field=models.DateField(null=True, verbose_name="回函日期"),
        ),
        migrations.AddConstraint(
            model_name="paper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replied_on", None),
                    ("replied_on__gte", models.F("signed_on")),
                    _connector="OR",
                ),
                name="a_paper_is_answered_once_it_is_signed",
            ),
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", _key()),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("answer", models.CharField(max_length=10, verbose_name="回函内容")),
                ("replied_on", models.DateField(verbose_name="回函日期")),
                ("replied_by_sealed", models.TextField()),
                ("seat_sealed", models.TextField(blank=True)),
                ("remark_sealed", models.TextField(blank=True)),
                (
                    "move",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="reply", to="papers.papermove"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(on_delete=PROTECT, related_name="replies", to="papers.paper"),
                ),
            ],
            options={"ordering": ["-id"]},
        ),
        migrations.CreateModel(
            name="ReplyProof",
            fields=[
                ("id", _key()),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=PROTECT, related_name="reply_proofs", to="papers.paper"
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(on_delete=PROTECT, related_name="proofs", to="papers.reply"),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        append_only("papers_reply", "papers_replyproof"),
    ]
