"""What a book wrote is kept with it, since the worker writes it after the page has answered."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("opening", "0001_opening")]

    operations = [
        migrations.AddField(
            model_name="openingbook",
            name="new_rows",
            field=models.PositiveIntegerField(default=0, verbose_name="新增行数"),
        ),
        migrations.AddField(
            model_name="openingbook",
            name="changed_rows",
            field=models.PositiveIntegerField(default=0, verbose_name="更改行数"),
        ),
    ]
