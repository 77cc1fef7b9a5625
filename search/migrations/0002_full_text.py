# ruff: noqa: S608 - the statements hold names of our own columns only
"""The full-text index of each database: GIN indexes on PostgreSQL, an FTS5 table kept by triggers on SQLite.

PostgreSQL's planner does not know that reading a long `tsvector` is dear, and would read them all instead of the index:
so they are asked through functions that forbid it.

A later migration that makes SQLite build `search_indexrow` again (it does so for most changes of columns) loses the
triggers: it has to run `make_full_text` once more, after `drop_full_text`.
"""

from django.db import migrations

COLUMNS = ("match_title", "match_top", "match_all")
NAMES = ", ".join(COLUMNS)
OLD = ", ".join(f"old.{name}" for name in COLUMNS)
NEW = ", ".join(f"new.{name}" for name in COLUMNS)

FUNCTION = """CREATE FUNCTION search_in_{name} (sought tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE
    SET enable_seqscan = off AS 'SELECT id FROM search_indexrow WHERE {name} @@ sought'"""
POSTGRESQL = [
    *(f"CREATE INDEX search_{name} ON search_indexrow USING gin ({name}) WITH (fastupdate = off)" for name in COLUMNS),
    *(FUNCTION.format(name=name) for name in COLUMNS),
]
# Our tokens are letters and digits of any script between spaces; the tokenizer "ascii" leaves them as they are.
SQLITE = [
    f"CREATE VIRTUAL TABLE search_match USING fts5({NAMES}, content='search_indexrow', content_rowid='id', tokenize='ascii')",
    f"""CREATE TRIGGER search_row_inserted AFTER INSERT ON search_indexrow BEGIN
        INSERT INTO search_match (rowid, {NAMES}) VALUES (new.id, {NEW}); END""",
    f"""CREATE TRIGGER search_row_deleted AFTER DELETE ON search_indexrow BEGIN
        INSERT INTO search_match (search_match, rowid, {NAMES}) VALUES ('delete', old.id, {OLD}); END""",
    f"""CREATE TRIGGER search_row_updated AFTER UPDATE OF {NAMES} ON search_indexrow BEGIN
        INSERT INTO search_match (search_match, rowid, {NAMES}) VALUES ('delete', old.id, {OLD});
        INSERT INTO search_match (rowid, {NAMES}) VALUES (new.id, {NEW}); END""",
    "INSERT INTO search_match (search_match) VALUES ('rebuild')",
]


def make_full_text(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[vendor]:
        schema_editor.execute(statement, params=None)


def drop_full_text(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    statements = [f"DROP FUNCTION IF EXISTS search_in_{name}" for name in COLUMNS]
    statements += [f"DROP INDEX IF EXISTS search_{name}" for name in COLUMNS]
    if vendor == "sqlite":
        names = ("inserted", "deleted", "updated")
        statements = [f"DROP TRIGGER IF EXISTS search_row_{name}" for name in names]
        statements.append("DROP TABLE IF EXISTS search_match")
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index_rows")]

    operations = [migrations.RunPython(make_full_text, drop_full_text)]
