"""what was typed to open an account waits until the address is confirmed

Accounts that nobody confirmed wait too, by the password that was chosen for them; the worker removes their rows.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

WAITING = """
    SELECT users.id, users.email, users.password, users.name, users.locale, users.territory_id, users.charter_version,
        users.created_at, organisations.name AS organisation
    FROM users LEFT JOIN organisations ON organisations.id = users.organisation_id
    WHERE users.confirmed_at IS NULL AND users.closed_at IS NULL AND users.email IS NOT NULL
        AND users.password IS NOT NULL"""


def upgrade() -> None:
    op.create_table(
        "registrations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("password", sa.String(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
    )
    with op.batch_alter_table("registrations") as table:
        table.create_index(op.f("ix_registrations_at"), ["at"], unique=False)
        table.create_index(op.f("ix_registrations_email"), ["email"], unique=False)
    connection = op.get_bind()
    registrations = sa.table(
        "registrations",
        sa.column("email"),
        sa.column("password"),
        sa.column("words", sa.JSON()),
        sa.column("at", sa.DateTime()),
    )
    waiting = sa.text(WAITING).columns(created_at=sa.DateTime())
    for row in connection.execute(waiting).all():
        words = {
            "account": {
                "name": row.name,
                "locale": row.locale,
                "territory_id": row.territory_id,
                "organisation": row.organisation or "",
            },
            "accepted": _accepted(connection, row.id),
            "charter": row.charter_version,
        }
        connection.execute(
            sa.insert(registrations).values(email=row.email, password=row.password, words=words, at=row.created_at)
        )
    _rewrite_requests(connection, _with_words)


def _accepted(connection: sa.Connection, user_id: int) -> dict[str, str]:
    """Return the last version of each document that a person accepted."""
    query = sa.text("SELECT document, version FROM consents WHERE user_id = :user ORDER BY id")
    return dict(connection.execute(query, {"user": user_id}).tuples().all())


def _rewrite_requests(connection: sa.Connection, rewrite: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """Have what was typed and not yet answered lie as the worker reads it."""
    requests = sa.table(
        "account_requests", sa.column("id", sa.Integer()), sa.column("kind", sa.String()), sa.column("data", sa.JSON())
    )
    for row in connection.execute(sa.select(requests).where(requests.c.kind == "registration")).all():
        connection.execute(sa.update(requests).where(requests.c.id == row.id).values(data=rewrite(row.data)))


def _with_words(data: dict[str, Any]) -> dict[str, Any]:
    account = {name: value for name, value in data["account"].items() if name != "password"}
    return {
        "password": data["account"]["password"],
        "has_letter": True,
        "next": data.get("next", ""),
        "words": {"account": account, "accepted": data["accepted"], "charter": data["charter"]},
    }


def _without_words(data: dict[str, Any]) -> dict[str, Any]:
    words = data["words"]
    return {**words, "account": {**words["account"], "password": data["password"]}, "next": data.get("next", "")}


def downgrade() -> None:
    _rewrite_requests(op.get_bind(), _without_words)
    op.drop_table("registrations")
