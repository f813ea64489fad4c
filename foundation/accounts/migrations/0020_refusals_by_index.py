"""What was refused is found among millions of rows without reading them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0019_a_merge_is_undone")]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("outcome", "done"), _negated=True),
                fields=["at"],
                name="audit_refused",
            ),
        ),
    ]
