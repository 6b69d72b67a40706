"""Bodies stand in the order of the Vietnamese alphabet and are found without accents."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from orgs.vietnamese import fold, sort_key


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Compute both columns for the versions that exist, as saving them does from now on."""
    for version in apps.get_model("orgs", "OrganizationVersion").objects.all():
        names = [version.name, version.short_name, *version.aliases, version.symbol]
        version.sort_key = sort_key(version.name)
        version.folded_names = ";".join(" " + " ".join(fold(name).split()) for name in names if name)
        version.save(update_fields=["sort_key", "folded_names"])


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_history_is_append_only")]
    operations = [
        migrations.AddField(
            model_name="organizationversion",
            name="sort_key",
            field=models.CharField(db_collation="C", default="", editable=False, max_length=600),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="organizationversion",
            name="folded_names",
            field=models.TextField(default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
