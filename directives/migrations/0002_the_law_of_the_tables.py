"""What is numbered, issued, stored or read never changes: triggers, because Python can be gone around.

A column listed as frozen may never change once the row is in its final shape; a column listed as written once may go
from NULL (or '') to a value and then stays.
"""

from django.db import migrations

FORWARD = """
-- Refuse a change of any column named in TG_ARGV[0]; allow those in TG_ARGV[1] to be written once.
CREATE FUNCTION refuse_change_of_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb := to_jsonb(NEW);
    name text;
BEGIN
    FOREACH name IN ARRAY string_to_array(TG_ARGV[0], ' ') LOOP
        IF before -> name IS DISTINCT FROM after -> name THEN
            RAISE EXCEPTION '%.% never changes from here', TG_TABLE_NAME, name
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END LOOP;
    IF TG_NARGS > 1 THEN
        FOREACH name IN ARRAY string_to_array(TG_ARGV[1], ' ') LOOP
            IF before -> name IS DISTINCT FROM after -> name
               AND before -> name NOT IN ('null'::jsonb, '""'::jsonb) THEN
                RAISE EXCEPTION '%.% is written once', TG_TABLE_NAME, name
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        END LOOP;
    END IF;
    RETURN NEW;
END $$;

-- A numbered directive.
CREATE TRIGGER directive_is_frozen_once_numbered BEFORE UPDATE ON directives_directive
    FOR EACH ROW WHEN (OLD.number IS NOT NULL)
    EXECUTE FUNCTION refuse_change_of_columns(
        'issuer_id drafting_body_id drafter_id authority_id restricted content type subject text version profile created_at approved_hash approved_at signature_kind signed_on sealed_on signature_noted_by_id signature_reason number number_suffix symbol dated_on frozen',
        'issued_at voided_at recalled_at recalled_by recall_reason');
CREATE FUNCTION refuse_going_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> NEW.state AND NOT (OLD.state = 'numbered' AND NEW.state IN ('issued', 'voided')) THEN
        RAISE EXCEPTION 'a directive that is % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER directive_never_goes_back_behind_its_number BEFORE UPDATE ON directives_directive
    FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_going_back();
CREATE TRIGGER directive_is_never_deleted_once_numbered BEFORE DELETE ON directives_directive
    FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER directives_are_not_emptied BEFORE TRUNCATE ON directives_directive
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The register.
CREATE TRIGGER entry_keeps_its_number BEFORE UPDATE ON directives_registerentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_columns(
        'series_id number suffix symbol dated_on secret reserved_for reserved_until taken_by_id taken_at',
        'directive_id voided_at voided_by void_reason');
CREATE FUNCTION keep_entry_void() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN
       (('reserved', 'numbered'), ('reserved', 'void'), ('numbered', 'void')) THEN
        RAISE EXCEPTION 'a number that is % does not become %', OLD.state, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_never_comes_back BEFORE UPDATE ON directives_registerentry
    FOR EACH ROW EXECUTE FUNCTION keep_entry_void();
CREATE TRIGGER entry_is_never_deleted BEFORE DELETE ON directives_registerentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_is_not_emptied BEFORE TRUNCATE ON directives_registerentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_falling_counter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.next_number < OLD.next_number AND EXISTS (SELECT FROM directives_registerentry WHERE series_id = OLD.id) THEN
        RAISE EXCEPTION 'the counter of a series never falls' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER series_counter_never_falls BEFORE UPDATE ON directives_numberseries
    FOR EACH ROW EXECUTE FUNCTION refuse_falling_counter();

-- Copies, readings, reports and their answers, tasks: written once.
CREATE TRIGGER copy_is_never_changed BEFORE UPDATE OR DELETE ON directives_issuedcopy
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER copies_are_not_emptied BEFORE TRUNCATE ON directives_issuedcopy
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reading_is_never_changed BEFORE UPDATE OR DELETE ON directives_reading
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER report_is_never_changed BEFORE UPDATE OR DELETE ON directives_report
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answer_is_never_changed BEFORE UPDATE OR DELETE ON directives_answer
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER task_is_never_changed BEFORE UPDATE OR DELETE ON directives_task
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER incoming_entry_is_never_changed BEFORE UPDATE OR DELETE ON directives_incomingentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Deliveries: to whom and of what never changes, times are written once.
CREATE TRIGGER delivery_keeps_its_facts BEFORE UPDATE ON directives_delivery
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_columns(
        'directive_id organization_id executes',
        'sent_at arrived_at seen_at seen_by_id received_at received_by_id told_by_telephone_at paper_received_at misdirected_at misdirected_reason withdrawn_at');
CREATE TRIGGER delivery_is_never_deleted BEFORE DELETE ON directives_delivery
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- None of them is emptied either.
CREATE TRIGGER readings_are_not_emptied BEFORE TRUNCATE ON directives_reading
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reports_are_not_emptied BEFORE TRUNCATE ON directives_report
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answers_are_not_emptied BEFORE TRUNCATE ON directives_answer
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER tasks_are_not_emptied BEFORE TRUNCATE ON directives_task
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER incoming_book_is_not_emptied BEFORE TRUNCATE ON directives_incomingentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER deliveries_are_not_emptied BEFORE TRUNCATE ON directives_delivery
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

TABLES = {
    "directive": (
        "directive_is_frozen_once_numbered directive_never_goes_back_behind_its_number "
        "directive_is_never_deleted_once_numbered directives_are_not_emptied"
    ),
    "registerentry": "entry_keeps_its_number entry_never_comes_back entry_is_never_deleted register_is_not_emptied",
    "numberseries": "series_counter_never_falls",
    "issuedcopy": "copy_is_never_changed copies_are_not_emptied",
    "reading": "reading_is_never_changed readings_are_not_emptied",
    "report": "report_is_never_changed reports_are_not_emptied",
    "answer": "answer_is_never_changed answers_are_not_emptied",
    "task": "task_is_never_changed tasks_are_not_emptied",
    "incomingentry": "incoming_entry_is_never_changed incoming_book_is_not_emptied",
    "delivery": "delivery_keeps_its_facts delivery_is_never_deleted deliveries_are_not_emptied",
}
FUNCTIONS = "refuse_change_of_columns refuse_going_back keep_entry_void refuse_falling_counter"
BACKWARD = "\n".join(
    [f"DROP TRIGGER {name} ON directives_{table};" for table, names in TABLES.items() for name in names.split()]
    + [f"DROP FUNCTION {name};" for name in FUNCTIONS.split()]
)


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_initial"), ("orgs", "0002_history_is_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
