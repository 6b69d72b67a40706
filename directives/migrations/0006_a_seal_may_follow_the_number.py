"""The day of the seal is written once, also after the number: some offices seal the paper when it has its number."""

from django.db import migrations

FROZEN = (
    "issuer_id drafting_body_id drafter_id authority_id restricted content type subject text version profile created_at"
    " approved_hash approved_at signature_kind signed_on signature_noted_by_id signature_reason"
    " number number_suffix symbol dated_on frozen"
)
ONCE = "issued_at voided_at recalled_at recalled_by recall_reason"


def trigger(frozen: str, once: str) -> str:
    """The trigger again, with other columns."""
    return f"""
DROP TRIGGER directive_is_frozen_once_numbered ON directives_directive;
CREATE TRIGGER directive_is_frozen_once_numbered BEFORE UPDATE ON directives_directive
    FOR EACH ROW WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_change_of_columns('{frozen}', '{once}');
"""


class Migration(migrations.Migration):
    dependencies = [("directives", "0005_lists_stay_fast")]
    operations = [
        migrations.RunSQL(trigger(FROZEN, f"{ONCE} sealed_on"), trigger(f"{FROZEN} sealed_on", ONCE)),
    ]
