"""What was refused is found among millions of rows without reading them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0020_a_name_is_put_right")]

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
