"""Letters that quoted an opinion in clear lead to the case, where it is kept sealed."""

from typing import Any

from django.db import migrations

from foundation.migrating import RunOnDatabase

_QUOTE = """
    UPDATE messaging_message
    SET body = split_part(body, '：', 1) || '。理由见个案的办理经过。'
    WHERE title IN ('销号申请被退回', '辍学认定已撤销') AND key LIKE 'event:%'
"""


def quote_nobody(schema_editor: Any) -> None:
    """Leave the number of the case, which stands before the colon."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_QUOTE)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_by_the_clock"),
        ("messaging", "0001_messages"),
    ]

    operations = [RunOnDatabase(quote_nobody)]
