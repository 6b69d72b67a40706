"""The history is only ever added to, whoever asks the database."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% of % is refused: its rows are never changed', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE ON orgs_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_is_not_emptied BEFORE TRUNCATE ON orgs_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION keep_organization_code() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.code <> OLD.code THEN
        RAISE EXCEPTION 'the code of a body never changes' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER organization_keeps_its_code BEFORE UPDATE ON orgs_organization
    FOR EACH ROW EXECUTE FUNCTION keep_organization_code();
"""

BACKWARD = """
DROP TRIGGER organization_keeps_its_code ON orgs_organization;
DROP FUNCTION keep_organization_code;
DROP TRIGGER event_is_not_emptied ON orgs_event;
DROP TRIGGER event_is_append_only ON orgs_event;
DROP FUNCTION refuse_change;
"""


class Migration(migrations.Migration):
    dependencies = [("orgs", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
