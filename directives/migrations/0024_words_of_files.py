"""Papers are found by the words of their files: the files of what was issued before are read, too."""

from django.db import migrations, models

READ_WHAT_WAS_ISSUED = """
INSERT INTO directives_outboxrow (work, object_id, key, state, put_at, due_at, attempts, deaths, last_error)
SELECT 'words', paper.id, 'words:' || paper.id || ':', 'queued', now(), now(), 0, 0, ''
FROM directives_directive paper
WHERE paper.state = 'issued' AND (
    paper.text ? 'text_file'
    OR EXISTS (SELECT FROM directives_enclosure file WHERE file.directive_id = paper.id AND file.paper_id IS NULL)
)
ON CONFLICT (key) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("directives", "0023_search_knows_the_month")]

    operations = [
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="outboxrow",
            name="work",
            field=models.CharField(
                choices=[
                    ("proof", "make the print for signature"),
                    ("final_copy", "make the issued copy"),
                    ("mail", "send a mail"),
                    ("issue", "issue at the hour that was set"),
                    ("words", "read the words of the files"),
                ],
                max_length=16,
                verbose_name="work",
            ),
        ),
        migrations.RunSQL(READ_WHAT_WAS_ISSUED, migrations.RunSQL.noop),
    ]
