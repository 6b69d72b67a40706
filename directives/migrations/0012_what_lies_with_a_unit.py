import django.db.models.deletion
from django.db import migrations, models

OPENED = models.Q(
    ("withdrawn_at__isnull", True), models.Q(("state__in", ["waiting", "misdirected"]), _negated=True)
)


class Migration(migrations.Migration):

    dependencies = [("directives", "0011_lines_that_a_statement_counts")]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="directive",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="directives.directive",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=OPENED, fields=["directive", "organization"], name="delivery_opened_of_paper"
            ),
        ),
    ]
