"""What a body issued in each month is counted while it happens: the figures of a whole term would count for seconds.

Triggers add what changed as a new row, in the transaction that changes it: no two transactions wait for each other.
Rows of one month add up, and are added together now and then (directives/months.py).
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

MONTH = f"date_trunc('month', paper.issued_at AT TIME ZONE '{settings.TIME_ZONE}')::date"

# Papers themselves; {rows} are papers.
PAPERS = f"""
    INSERT INTO directives_monthofpapers (issuer_id, month, type, papers, sent, received, misdirected)
    SELECT paper.issuer_id, {MONTH}, paper.type, count(*), 0, 0, 0
    FROM ({{rows}}) paper
    WHERE paper.issued_at IS NOT NULL AND NOT paper.restricted
    GROUP BY 1, 2, 3;
"""
# {rows} are deliveries with the sign by which each counts.
DELIVERIES = f"""
    INSERT INTO directives_monthofpapers (issuer_id, month, type, papers, sent, received, misdirected)
    SELECT * FROM (
        SELECT paper.issuer_id, {MONTH}, paper.type, 0, sum(line.sign) AS sent,
               coalesce(sum(line.sign) FILTER (WHERE line.state = 'received'), 0) AS received,
               coalesce(sum(line.sign) FILTER (WHERE line.state = 'misdirected'), 0) AS misdirected
        FROM ({{rows}}) line JOIN directives_directive paper ON paper.id = line.directive_id
        WHERE paper.issued_at IS NOT NULL AND NOT paper.restricted
              AND line.state <> 'waiting' AND line.withdrawn_at IS NULL
        GROUP BY 1, 2, 3
    ) counted
    WHERE sent <> 0 OR received <> 0 OR misdirected <> 0;
"""
# {rows} are shares with the sign by which each counts.
SHARES = f"""
    INSERT INTO directives_monthofshares (issuer_id, month, organization_id, shares, answered, answered_late)
    SELECT * FROM (
        SELECT paper.issuer_id, {MONTH}, share.organization_id, sum(share.sign) AS shares,
               coalesce(sum(share.sign) FILTER (WHERE share.state IN ('reported', 'done')), 0) AS answered,
               coalesce(sum(share.sign) FILTER (
                   WHERE share.state IN ('reported', 'done') AND share.reported_at > share.due_at), 0) AS answered_late
        FROM ({{rows}}) share JOIN directives_directive paper ON paper.id = share.directive_id
        WHERE paper.issued_at IS NOT NULL AND NOT paper.restricted
              AND share.part <> 'informed' AND share.state <> 'ended'
        GROUP BY 1, 2, 3
    ) counted
    WHERE shares <> 0 OR answered <> 0 OR answered_late <> 0;
"""

AFTER = "SELECT *, 1 AS sign FROM after_rows"
BEFORE = "SELECT *, -1 AS sign FROM before_rows"
CHANGED = f"{AFTER} UNION ALL {BEFORE}"


def keeps(name, table, when, body):
    """A function, and a trigger of the same name that runs it."""
    return f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} RETURN NULL; END $$;
        CREATE TRIGGER {name} AFTER {when} EXECUTE FUNCTION {name}();
    """.replace("ON TABLE", f"ON directives_{table}")


INSERTED = "INSERT ON TABLE REFERENCING NEW TABLE AS after_rows FOR EACH STATEMENT"
UPDATED = "UPDATE ON TABLE REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows FOR EACH STATEMENT"
DELETED = "DELETE ON TABLE REFERENCING OLD TABLE AS before_rows FOR EACH STATEMENT"
# The moment of issue is written once, and from its number on a paper keeps its issuer, type and readers
# (0002_the_law_of_the_tables): nothing else of a paper moves a count. Deliveries are never deleted.
ISSUED = "UPDATE ON TABLE FOR EACH ROW WHEN (OLD.issued_at IS NULL AND NEW.issued_at IS NOT NULL)"
OF_THE_PAPER = "SELECT *, 1 AS sign FROM directives_{} WHERE directive_id = NEW.id"
TRIGGERS = {
    "kept_count_of_written_papers": ("directive", INSERTED, PAPERS.format(rows="SELECT * FROM after_rows")),
    "kept_count_of_issued_paper": (
        "directive",
        ISSUED,
        PAPERS.format(rows="SELECT NEW.*")
        + DELIVERIES.format(rows=OF_THE_PAPER.format("delivery"))
        + SHARES.format(rows=OF_THE_PAPER.format("assignment")),
    ),
    "kept_count_of_new_deliveries": ("delivery", INSERTED, DELIVERIES.format(rows=AFTER)),
    "kept_count_of_deliveries": ("delivery", UPDATED, DELIVERIES.format(rows=CHANGED)),
    "kept_count_of_new_shares": ("assignment", INSERTED, SHARES.format(rows=AFTER)),
    "kept_count_of_shares": ("assignment", UPDATED, SHARES.format(rows=CHANGED)),
    "kept_count_of_deleted_shares": ("assignment", DELETED, SHARES.format(rows=BEFORE)),
}
EVERYTHING = "SELECT *, 1 AS sign FROM directives_{}"
# The triggers come first: from then on nobody else writes until this migration is over.
FORWARD = "".join(keeps(name, *facts) for name, facts in TRIGGERS.items()) + (
    PAPERS.format(rows="SELECT * FROM directives_directive")
    + DELIVERIES.format(rows=EVERYTHING.format("delivery"))
    + SHARES.format(rows=EVERYTHING.format("assignment"))
)
BACKWARD = "".join(
    f"DROP TRIGGER {name} ON directives_{table}; DROP FUNCTION {name};" for name, (table, _, _) in TRIGGERS.items()
)


class Migration(migrations.Migration):

    dependencies = [
        ('directives', '0016_drafts_go_to_units_for_comments'),
        ('orgs', '0007_authority_in_place_of'),
    ]

    operations = [
        # Over many years of papers it takes as long as it takes.
        migrations.RunSQL("SET LOCAL statement_timeout = 0", migrations.RunSQL.noop),
        migrations.CreateModel(
            name='MonthOfPapers',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('type', models.CharField(max_length=8)),
                ('papers', models.IntegerField()),
                ('sent', models.IntegerField()),
                ('received', models.IntegerField()),
                ('misdirected', models.IntegerField()),
                ('issuer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization')),
            ],
            options={
                'verbose_name_plural': 'months of papers',
                'indexes': [models.Index(fields=['issuer', 'month'], name='papers_of_month')],
            },
        ),
        migrations.CreateModel(
            name='MonthOfShares',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField()),
                ('shares', models.IntegerField()),
                ('answered', models.IntegerField()),
                ('answered_late', models.IntegerField()),
                ('issuer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization')),
                ('organization', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orgs.organization')),
            ],
            options={
                'verbose_name_plural': 'months of shares',
                'indexes': [models.Index(fields=['issuer', 'month'], include=('organization', 'shares', 'answered', 'answered_late'), name='shares_of_month')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
