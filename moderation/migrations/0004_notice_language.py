from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('moderation', '0003_log_party'),
    ]

    operations = [
        migrations.AddField(
            model_name='notice',
            name='language',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=2),
        ),
    ]
