from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0008_failed_sign_ins'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='comment_letters',
            field=models.BooleanField(db_default=True, default=True, verbose_name='letters about comments'),
        ),
    ]
