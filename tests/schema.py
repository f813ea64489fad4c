"""What a database is made of, as its catalogue says it."""

from typing import Any

from tests.databases import server

Rows = list[tuple[Any, ...]]

_OURS = "'public'::regnamespace"
_QUERIES = {
    "tables, sequences, their owners and grants": f"""
        SELECT relname, relkind, pg_get_userbyid(relowner), relacl::text FROM pg_class
        WHERE relnamespace = {_OURS}""",
    "columns": f"""
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
               pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated,
               a.attcollation::regcollation::text, a.attacl::text
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
        WHERE c.relnamespace = {_OURS} AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        """,
    "constraints": f"""
        SELECT conrelid::regclass::text, conname, condeferrable, condeferred, convalidated,
               pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = {_OURS}""",
    "indexes": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": """
        SELECT tgrelid::regclass::text, tgname, tgenabled, pg_get_triggerdef(oid)
        FROM pg_trigger WHERE NOT tgisinternal""",
    "functions": f"""
        SELECT proname, pg_get_functiondef(oid), proacl::text, pg_get_userbyid(proowner)
        FROM pg_proc WHERE pronamespace = {_OURS} AND prokind = 'f'
        AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')""",
    "sequences": """
        SELECT sequencename, data_type::text, start_value, increment_by, cycle
        FROM pg_sequences WHERE schemaname = 'public'""",
    "extensions": "SELECT extname, extversion FROM pg_extension",
    "grants on later tables": """
        SELECT defaclnamespace::regnamespace::text, defaclobjtype, defaclacl::text,
               pg_get_userbyid(defaclrole)
        FROM pg_default_acl""",
    "grants on the schema": "SELECT nspacl::text FROM pg_namespace WHERE nspname = 'public'",
}


def schema_of(database: str) -> dict[str, Rows]:
    """Everything but the rows, and the order of the columns."""
    with server(database) as there:
        return {
            what: sorted(there.execute(query).fetchall(), key=repr)
            for what, query in _QUERIES.items()
        }
