"""The entry of a paper in the search index says when the paper last changed: the newest are known by the words alone."""

import django.contrib.postgres.indexes
from django.db import migrations, models

FORWARD = """
-- A change of the moment alone stays within its page and touches no index.
ALTER TABLE directives_searchentry SET (fillfactor = 80);
UPDATE directives_searchentry entry SET changed_at = paper.changed_at
    FROM directives_directive paper WHERE paper.id = entry.directive_id;

CREATE FUNCTION kept_moment_of_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.changed_at := (SELECT changed_at FROM directives_directive WHERE id = NEW.directive_id);
    RETURN NEW;
END $$;
CREATE TRIGGER kept_moment_of_entry BEFORE INSERT OR UPDATE ON directives_searchentry
    FOR EACH ROW EXECUTE FUNCTION kept_moment_of_entry();

CREATE FUNCTION kept_moment_of_changed_paper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE directives_searchentry SET changed_at = NEW.changed_at WHERE directive_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER kept_moment_of_changed_paper AFTER UPDATE ON directives_directive
    FOR EACH ROW WHEN (OLD.changed_at <> NEW.changed_at) EXECUTE FUNCTION kept_moment_of_changed_paper();
"""
BACKWARD = """
DROP TRIGGER kept_moment_of_changed_paper ON directives_directive;
DROP TRIGGER kept_moment_of_entry ON directives_searchentry;
DROP FUNCTION kept_moment_of_changed_paper;
DROP FUNCTION kept_moment_of_entry;
ALTER TABLE directives_searchentry RESET (fillfactor);
"""


class Migration(migrations.Migration):
    dependencies = [("directives", "0018_who_else_issues")]

    operations = [
        # Over many years of papers it takes as long as it takes.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        # To build the index anew is faster than to change every entry in it.
        migrations.RemoveIndex(model_name="searchentry", name="search_words"),
        migrations.AddField("searchentry", "changed_at", models.DateTimeField(null=True, editable=False)),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AlterField("searchentry", "changed_at", models.DateTimeField(editable=False)),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="search_words", fastupdate=False),
        ),
    ]
