"""A number that is another one after every change that a page for visitors may show, on every worker at once.

The databases count themselves, whoever writes and however: an action, the admin site, an import, somebody with SQL.
What a transaction has changed becomes visible together with its number.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from django.apps import apps
from django.db import connection, connections

# Tables of which no page for visitors shows anything; most are written by the mere use of the site. All others count.
UNSEEN = frozenset({
    "account_emailaddress", "account_emailconfirmation", "accounts_dataexport", "accounts_failedsignin", "accounts_job",
    "accounts_outgoingmail", "accounts_pingaddress", "auth_group", "auth_group_permissions", "auth_permission",
    "django_admin_log", "django_content_type", "django_session", "forum_accesslog",
    "forum_attachment", "forum_change", "forum_demandmet", "forum_draft", "forum_faqdismissal", "forum_faqdocument",
    "forum_faqfeedback", "forum_formkey", "forum_healthconsent", "forum_importedrecord", "forum_internalnote",
    "forum_legalhold", "forum_message", "forum_publicdraft", "forum_questiondocument", "forum_reading", "forum_receipt",
    "forum_roomnote", "forum_satisfaction", "forum_savedreply", "forum_searchmiss", "forum_searchword",
    "forum_subscription", "forum_suggestion", "mfa_authenticator", "usersessions_usersession",
})  # fmt: skip

NUMBER = "SELECT sum(number) FROM forum_change"

_SQLITE = "CREATE TRIGGER IF NOT EXISTS {table}_change_{event} AFTER {event} ON {table} BEGIN" \
    " UPDATE forum_change SET number = number + 1; END"  # fmt: skip
# A row for each transaction, as it is seen as a whole: whatever takes the row back, also to a savepoint, takes back the
# setting. Every twentieth puts together those that nobody else is about to put together.
_FUNCTION = """
    CREATE OR REPLACE FUNCTION forum_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE made bigint;
    BEGIN
        IF current_setting('forum.change_noted', true) = 'yes' THEN
            RETURN NULL;
        END IF;
        PERFORM set_config('forum.change_noted', 'yes', true);
        INSERT INTO forum_change (number) VALUES (1) RETURNING id INTO made;
        IF made % 20 = 0 THEN
            WITH gone AS (
                DELETE FROM forum_change WHERE id IN (SELECT id FROM forum_change FOR UPDATE SKIP LOCKED)
                RETURNING number
            )
            INSERT INTO forum_change (number) SELECT sum(number) FROM gone HAVING count(*) > 0;
        END IF;
        RETURN NULL;
    END $$
"""
_POSTGRESQL = "CREATE TRIGGER {table}_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}" \
    " FOR EACH STATEMENT EXECUTE FUNCTION forum_note_change()"  # fmt: skip


def number() -> int | None:
    """As this connection sees it, within its transaction; None where nothing is counted (forum.change_reader asks)."""
    with connection.cursor() as cursor:
        cursor.execute(NUMBER)
        found = cursor.fetchone()[0]
    return None if found is None else int(found)


def install(connection: Any) -> None:
    """On every table of ours but the UNSEEN, where it is not there yet.

    After all migrations: SQLite drops the triggers of a table that one of them makes anew.
    """
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if "forum_change" not in there:
            return  # migrated back to before it
        tables = sorted(_seen() & there)
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO forum_change (id, number) VALUES (1, 1) ON CONFLICT DO NOTHING")
            for table, event in product(tables, ("insert", "update", "delete")):
                cursor.execute(_SQLITE.format(table=table, event=event))
            return
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_change'")
        counted = {name for (name,) in cursor.fetchall()}
        cursor.execute(_FUNCTION)
        for table in tables:
            if table not in counted:
                cursor.execute(_POSTGRESQL.format(table=table))


def install_after_migrations(using: str, **_sent: Any) -> None:
    install(connections[using])


def _seen() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - UNSEEN
