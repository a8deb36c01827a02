"""The audit log only grows."""

from alembic import op

revision = "0003"
down_revision = "0002"

# Whoever may change the table's definition can still get around this; the hash chain shows that they did.
REFUSE = """
CREATE FUNCTION auth.refuse_to_rewrite_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log only grows' USING ERRCODE = 'insufficient_privilege', TABLE = TG_TABLE_NAME;
END
$$
"""


def upgrade() -> None:
    op.execute(REFUSE)
    op.execute(
        "CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON auth.audit_entries"
        " FOR EACH STATEMENT EXECUTE FUNCTION auth.refuse_to_rewrite_the_audit_log()"
    )
    # The head moves with every entry, but it is never away.
    op.execute(
        "CREATE TRIGGER only_grows BEFORE DELETE OR TRUNCATE ON auth.audit_head"
        " FOR EACH STATEMENT EXECUTE FUNCTION auth.refuse_to_rewrite_the_audit_log()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER only_grows ON auth.audit_head")
    op.execute("DROP TRIGGER only_grows ON auth.audit_entries")
    op.execute("DROP FUNCTION auth.refuse_to_rewrite_the_audit_log()")
