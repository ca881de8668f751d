from django.db import migrations

TABLES = ("forum_questiondocument", "forum_faqdocument")


def read_at_once(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER INDEX IF EXISTS {table}_vector SET (fastupdate = off)")
            cursor.execute("SELECT gin_clean_pending_list(to_regclass(%s))", [f"{table}_vector"])


class Migration(migrations.Migration):
    """New words wait in a list that every search goes through, until PostgreSQL finds time; no longer."""

    dependencies = [("forum", "0024_change")]

    operations = [migrations.RunPython(read_at_once, migrations.RunPython.noop)]
