import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# A paper is near its bodies, its units and its named readers (directives/search.py).
MARKS = '''
UPDATE directives_searchentry entry SET words = words || near.marks
FROM (
    SELECT paper.id, array_agg(DISTINCT '@' || key) AS marks
    FROM directives_directive paper, LATERAL (
        SELECT issuer_id::text UNION ALL SELECT drafting_body_id::text
        UNION ALL SELECT organization_id::text FROM directives_delivery WHERE directive_id = paper.id
        UNION ALL SELECT person_id::text FROM directives_reader WHERE directive_id = paper.id
    ) near (key)
    GROUP BY paper.id
) near
WHERE near.id = entry.directive_id
'''

# The new keys are checked at once: a table with checks still to come cannot be altered.
KEYS = '''
SET CONSTRAINTS ALL IMMEDIATE;
UPDATE directives_assignment share SET directive_id = paper.id, issuer_id = paper.issuer_id
FROM directives_task task JOIN directives_directive paper ON paper.id = task.directive_id
WHERE task.id = share.task_id;
SET CONSTRAINTS ALL DEFERRED
'''


class Migration(migrations.Migration):

    dependencies = [
        ('directives', '0007_reviews_and_opinions'),
        ('orgs', '0005_person_must_change_password'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # Filling takes as long as there are papers.
        migrations.RunSQL('SET LOCAL statement_timeout = 0', migrations.RunSQL.noop),
        migrations.RemoveIndex(
            model_name='assignment',
            name='assignment_unfinished',
        ),
        migrations.RemoveIndex(
            model_name='assignment',
            name='assignment_reported',
        ),
        migrations.RemoveIndex(
            model_name='directive',
            name='directive_of_issuer',
        ),
        migrations.RemoveIndex(
            model_name='directive',
            name='directive_restricted',
        ),
        migrations.AddField(
            model_name='assignment',
            name='directive',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='directives.directive'),
        ),
        migrations.AddField(
            model_name='assignment',
            name='issuer',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization'),
        ),
        migrations.RunSQL(KEYS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name='assignment',
            name='directive',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='directives.directive'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='issuer',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization'),
        ),
        migrations.AlterField(
            model_name='assignment',
            name='organization',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='orgs.organization'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['organization', 'due_at', 'id'], name='assignment_of_unit'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['issuer', 'due_at', 'id'], name='assignment_followed'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('state__in', ['assigned', 'working'])), fields=['issuer', 'due_at'], include=('directive', 'organization'), name='assignment_unfinished'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(condition=models.Q(('state', 'reported')), fields=['issuer', 'reported_at'], include=('directive', 'organization'), name='assignment_reported'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(fields=['issuer', 'issued_at'], include=('id', 'type', 'state', 'restricted', 'drafting_body', 'drafter', 'authority'), name='directive_of_issuer'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(fields=['id'], include=('issuer', 'drafting_body', 'drafter', 'authority', 'state', 'restricted', 'changed_at', 'issued_at'), name='directive_sight'),
        ),
        migrations.AddIndex(
            model_name='directive',
            index=models.Index(condition=models.Q(('restricted', True)), fields=['issuer'], include=('id',), name='directive_restricted'),
        ),
        migrations.AddIndex(
            model_name='outboxrow',
            index=models.Index(condition=models.Q(('state', 'done'), _negated=True), fields=['object_id'], name='outbox_not_done'),
        ),
        migrations.RunSQL(MARKS, migrations.RunSQL.noop),
        # The words of a query are estimated by how common they are, which plain texts vary in by much.
        migrations.RunSQL(
            'ALTER TABLE directives_searchentry ALTER words SET STATISTICS 500',
            'ALTER TABLE directives_searchentry ALTER words SET STATISTICS -1',
        ),
    ]
