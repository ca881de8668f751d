from django.db import migrations

from forum.changes import install


def count_from_now_on(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        apps.get_model("forum", "Change").objects.get_or_create(pk=1)
    install(schema_editor.connection)


class Migration(migrations.Migration):
    """One table after the other, so that none is locked while the next is waited for. It can be run again."""

    atomic = False

    dependencies = [
        ("forum", "0024_change"),
        ("accounts", "0010_ping_addresses"),
        ("moderation", "0007_redactions"),
    ]

    operations = [migrations.RunPython(count_from_now_on, migrations.RunPython.noop)]
