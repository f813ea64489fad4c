"""What a sheet says of a hukou in words is kept, sealed, where it names no known village."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("roster", "0027_plain_remarks_are_gone"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="child",
            name="update_update",
        ),
        migrations.AddField(
            model_name="child",
            name="home_words_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="child",
            name="home_words_sealed",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="childevent",
            name="home_words_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="childevent",
            name="home_words_sealed",
            field=models.TextField(blank=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="child",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "roster_childevent" ("address_digest", "address_sealed", "boards", "born_on", "county_id", "ethnicity", "home_region", "home_township_id", "home_village_id", "home_words_digest", "home_words_sealed", "id", "id_no_digest", "id_no_sealed", "id_type", "name", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "registry_no_digest", "registry_no_sealed", "sex") SELECT old_values."address_digest", old_values."address_sealed", old_values."boards", old_values."born_on", old_values."county_id", old_values."ethnicity", old_values."home_region", old_values."home_township_id", old_values."home_village_id", old_values."home_words_digest", old_values."home_words_sealed", old_values."id", old_values."id_no_digest", old_values."id_no_sealed", old_values."id_type", old_values."name", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, NOW(), \'update\', old_values."id", old_values."registry_no_digest", old_values."registry_no_sealed", old_values."sex" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."address_digest" IS DISTINCT FROM (new_values."address_digest") OR old_values."address_sealed" IS DISTINCT FROM (new_values."address_sealed") OR old_values."boards" IS DISTINCT FROM (new_values."boards") OR old_values."born_on" IS DISTINCT FROM (new_values."born_on") OR old_values."county_id" IS DISTINCT FROM (new_values."county_id") OR old_values."ethnicity" IS DISTINCT FROM (new_values."ethnicity") OR old_values."home_region" IS DISTINCT FROM (new_values."home_region") OR old_values."home_township_id" IS DISTINCT FROM (new_values."home_township_id") OR old_values."home_village_id" IS DISTINCT FROM (new_values."home_village_id") OR old_values."home_words_digest" IS DISTINCT FROM (new_values."home_words_digest") OR old_values."home_words_sealed" IS DISTINCT FROM (new_values."home_words_sealed") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."id_no_digest" IS DISTINCT FROM (new_values."id_no_digest") OR old_values."id_no_sealed" IS DISTINCT FROM (new_values."id_no_sealed") OR old_values."id_type" IS DISTINCT FROM (new_values."id_type") OR old_values."name" IS DISTINCT FROM (new_values."name") OR old_values."registry_no_digest" IS DISTINCT FROM (new_values."registry_no_digest") OR old_values."registry_no_sealed" IS DISTINCT FROM (new_values."registry_no_sealed") OR old_values."sex" IS DISTINCT FROM (new_values."sex")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="d98d67681492459381a6c3da858466d253408690",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_108da",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="roster_child",
                    when="AFTER",
                ),
            ),
        ),
    ]
