"""The database itself refuses to change the log, and to delete from it while the prune guard is closed."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

POSTGRESQL = [
    """
    CREATE FUNCTION delivery_change_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM delivery_pruneguard WHERE is_open) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'the change log is append-only';
    END $$
    """,
    """
    CREATE TRIGGER delivery_change_guard BEFORE UPDATE OR DELETE ON delivery_change
    FOR EACH ROW EXECUTE FUNCTION delivery_change_guard()
    """,
]
POSTGRESQL_BACK = [
    "DROP TRIGGER delivery_change_guard ON delivery_change",
    "DROP FUNCTION delivery_change_guard()",
]
SQLITE = [
    """
    CREATE TRIGGER delivery_change_no_update BEFORE UPDATE ON delivery_change
    BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END
    """,
    """
    CREATE TRIGGER delivery_change_no_delete BEFORE DELETE ON delivery_change
    WHEN NOT EXISTS (SELECT 1 FROM delivery_pruneguard WHERE is_open)
    BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END
    """,
]
SQLITE_BACK = ["DROP TRIGGER delivery_change_no_update", "DROP TRIGGER delivery_change_no_delete"]


def guard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of the database at hand."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Drop the triggers of the database at hand."""
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("delivery", "0001_initial")]
    operations = [migrations.RunPython(guard, unguard)]
