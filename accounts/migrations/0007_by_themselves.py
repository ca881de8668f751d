from django.db import migrations, models
from django.db.models import F


def note_who_left(apps, schema_editor):
    """Lines from before: where both are still known, they say it."""
    changes = apps.get_model("accounts", "RoleChange").objects.using(schema_editor.connection.alias)
    changes.filter(after="", person=F("by")).update(by_themselves=True)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0006_signing_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='rolechange',
            name='by_themselves',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunPython(note_who_left, migrations.RunPython.noop),
    ]
