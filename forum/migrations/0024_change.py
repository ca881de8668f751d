from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("forum", "0023_blocks")]

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(db_default=1, default=1)),
            ],
        ),
    ]
