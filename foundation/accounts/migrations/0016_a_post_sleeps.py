"""A post of the county sleeps from its opening until a second person confirms it, and once only."""

from django.db import migrations, models

from foundation.grants import refuse


class Migration(migrations.Migration):
    dependencies = [("accounts", "0015_changes_of_units")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="asleep",
            field=models.BooleanField(default=False, db_default=False, verbose_name="待第二人确认"),
        ),
        refuse("accounts_post", "asleep_again", "NEW.asleep AND NOT OLD.asleep"),
    ]
