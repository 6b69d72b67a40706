from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0003_search")]
    operations = [
        migrations.AddField(
            model_name="outboxrow",
            name="deaths",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
