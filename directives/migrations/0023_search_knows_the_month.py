"""The entry of a paper in the search index holds a mark of the month in which the paper last changed."""

import django.contrib.postgres.indexes
from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION kept_moment_of_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mark text;
BEGIN
    NEW.changed_at := (SELECT changed_at FROM directives_directive WHERE id = NEW.directive_id);
    mark := '#' || to_char(NEW.changed_at AT TIME ZONE 'UTC', 'YYYY-MM');
    -- As long as the month is the same the words are left as they are, and no index is touched.
    IF NOT mark = ANY (NEW.words) THEN
        NEW.words := ARRAY(SELECT word FROM unnest(NEW.words) word WHERE left(word, 1) <> '#') || mark;
    END IF;
    RETURN NEW;
END $$;
UPDATE directives_searchentry SET changed_at = changed_at;
"""
BACKWARD = """
CREATE OR REPLACE FUNCTION kept_moment_of_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    NEW.changed_at := (SELECT changed_at FROM directives_directive WHERE id = NEW.directive_id);
    RETURN NEW;
END $$;
UPDATE directives_searchentry
    SET words = ARRAY(SELECT word FROM unnest(words) word WHERE left(word, 1) <> '#');
"""
INDEX = django.contrib.postgres.indexes.GinIndex(fields=["words"], name="search_words", fastupdate=False)


class Migration(migrations.Migration):
    dependencies = [("directives", "0022_past_periods")]

    operations = [
        # Over many years of papers it takes as long as it takes.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        # To build the index anew is faster than to change every entry in it.
        migrations.RemoveIndex(model_name="searchentry", name="search_words"),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.AddIndex(model_name="searchentry", index=INDEX),
    ]
