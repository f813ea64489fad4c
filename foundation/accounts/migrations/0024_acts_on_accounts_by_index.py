"""What was done to an account, a post or a request is found without reading all rows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0023_plain_reasons_are_gone"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(
                    (
                        "kind__in",
                        ("person", "post", "people_request", "second_factor", "trusted_phone"),
                    )
                ),
                fields=["object_id"],
                name="audit_of_accounts",
            ),
        ),
    ]
