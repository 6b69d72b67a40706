from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("directives", "0010_rounds_that_save_by_themselves")]

    operations = [
        migrations.AddIndex(
            model_name="registerentry",
            index=models.Index(
                condition=models.Q(("state", "numbered"), _negated=True), fields=["series"], name="entry_not_in_use"
            ),
        ),
    ]
