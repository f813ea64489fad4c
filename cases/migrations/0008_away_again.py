from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_plain_narratives_are_gone")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="again_missed_on",
            field=models.DateField(null=True, verbose_name="再次缺勤首日"),
        ),
        migrations.AddField(
            model_name="case",
            name="reopened_on",
            field=models.DateField(null=True, verbose_name="重新办理日期"),
        ),
    ]
