from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forum', "0019_search_index"),
    ]

    operations = [
        migrations.AddField(
            model_name='topic',
            name='code',
            field=models.CharField(blank=True, editable=False, max_length=5, null=True, unique=True),
        ),
    ]
