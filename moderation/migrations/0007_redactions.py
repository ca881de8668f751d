from django.db import migrations, models

VERBS = [
    ("hide", "Removed"),
    ("keep", "Left as it is"),
    ("restore", "Restored"),
    ("release", "Published after review"),
    ("redact", "Personal data removed"),
    ("hide-one", "A former version removed"),
    ("show-one", "A former version restored"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("moderation", "0006_reports_in_private"),
    ]

    operations = [
        migrations.AlterField("decision", "verb", models.CharField(choices=VERBS, max_length=10)),
        migrations.AlterField("logentry", "verb", models.CharField(choices=VERBS, max_length=10)),
    ]
