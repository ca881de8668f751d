from django.db import migrations, transaction

BATCH = 10_000
# As forum.search.blocks writes it for new documents; what has it already is left as it is.
NUMBERED = (
    "UPDATE forum_questiondocument SET tokens = 'n' || (question_id / 4096) || ' ' || tokens"
    " WHERE question_id >= %s AND question_id < %s AND tokens NOT LIKE 'n%%'"
)


def number(apps, schema_editor):
    """Batch by batch, since others write: a second run goes on where the first was ended."""
    document = apps.get_model("forum", "QuestionDocument")
    last = document.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    for begin in range(0, last + 1, BATCH):
        with transaction.atomic(), schema_editor.connection.cursor() as cursor:
            cursor.execute(NUMBERED, [begin, begin + BATCH])


class Migration(migrations.Migration):
    """PostgreSQL's index learns the order of the documents. `manage.py reindex` brings the same."""

    atomic = False

    dependencies = [("forum", "0022_readings")]

    operations = [migrations.RunPython(number, migrations.RunPython.noop)]
