"""What was refused is found among millions of rows without reading them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0018_a_lost_phone_takes_two")]

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
