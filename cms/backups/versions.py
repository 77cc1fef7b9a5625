"""Which migrations a database has and which this version knows, and how a database gets from one state to another."""

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal
from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from cms.backups.errors import RestoreFailed, RestoreRefused
from cms.backups.tables import unknown_tables, virtual_tables

Migrations = dict[str, list[str]]


def applied_migrations() -> Migrations:
    """Return the migrations that the database has and this version knows, by application, sorted."""
    loader = MigrationLoader(connection)
    return _grouped([key for key in loader.applied_migrations if key in loader.disk_migrations])


def missing_migrations() -> int:
    """Count the migrations of this version that the database lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def newer_migrations() -> list[str]:
    """Return the migrations of the database that a newer version than this one applied, as "app.name"."""
    loader = MigrationLoader(connection)
    last: dict[str, str] = {}
    for app, name in loader.disk_migrations:
        last[app] = max(name, last.get(app, ""))
    return [f"{app}.{name}" for app, name in sorted(loader.applied_migrations) if name > last.get(app, name)]


def unknown_migrations(wanted: Migrations) -> list[str]:
    """Return the migrations of an archive that this version does not know, as "app.name". No statement."""
    known = MigrationLoader(None).disk_migrations
    return [f"{app}.{name}" for app, names in sorted(wanted.items()) for name in names if (app, name) not in known]


def bring_schema_to(wanted: Migrations) -> None:
    """Give the database exactly the tables of some migrations; call it inside the restoring transaction.

    It does nothing when they are there already. Otherwise all tables of this system are dropped and made again, so what
    they held is lost when the transaction commits.

    Raises:
        RestoreRefused: when tables would have to go and others stand beside them.
        RestoreFailed: when this version cannot make those tables.
    """
    present = applied_migrations()
    if present == wanted and not newer_migrations():
        return
    if present:
        _drop_everything()
    executor = MigrationExecutor(connection, _after_each)
    graph = executor.loader.graph
    # A squashed migration stands for those that it replaced, which then are no nodes.
    keys = {(app, name) for app, names in wanted.items() for name in names} & graph.nodes.keys()
    last = [key for key in keys if not any(child.key in keys for child in graph.node_map[key].children)]
    executor.migrate(sorted(last))
    if applied_migrations() != wanted:
        raise RestoreFailed(
            "The tables of the archive's version cannot be made: restore it with the version that wrote it."
        )


def bring_schema_forward() -> int:
    """Apply the migrations that the database still lacks and return how many; then content types and permissions.

    Call it inside the restoring transaction, after the rows were loaded.
    """
    executor = MigrationExecutor(connection, _after_each)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        executor.migrate(executor.loader.graph.leaf_nodes(), plan)
    emit_post_migrate_signal(verbosity=0, interactive=False, db="default")
    return len(plan)


def _grouped(keys: list[tuple[str, str]]) -> Migrations:
    found: Migrations = {}
    for app, name in sorted(keys):
        found.setdefault(app, []).append(name)
    return found


def _after_each(action: str, migration: Migration | None = None, fake: bool | None = None, /) -> None:
    # Rows of one migration must not wait with their checks while the next one changes the table.
    if action == "apply_success" and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _drop_everything() -> None:
    # A newer version may have added tables to applications that this one has, too.
    ours = tuple(f"{config.label}_" for config in apps.get_app_configs())
    foreign = [name for name in unknown_tables() if not name.startswith(ours)]
    if foreign:
        raise RestoreRefused(
            f"The database also holds tables of something else ({', '.join(foreign[:5])}): "
            "restore into a database of its own."
        )
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Virtual tables take their own helper tables with them, so they go first.
            for name in virtual_tables():
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)}")
            for name in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)}")
            return
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(name)} CASCADE")
        cursor.execute(
            "SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
        )
        for (signature,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {signature} CASCADE")
