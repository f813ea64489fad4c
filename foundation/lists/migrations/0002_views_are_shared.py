"""A view may be shared with those who hold the same post as its owner."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("lists", "0001_saved_views")]

    operations = [
        migrations.AddField(
            model_name="savedview",
            name="is_shared",
            field=models.BooleanField(default=False, verbose_name="同岗位的人也能看到"),
        ),
    ]
