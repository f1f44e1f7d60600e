"""passwords that need no key of the site, and the mark of its key"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

# How a hash begins that was made under the key of the site: all of those that are there.
KEYED = "keyed"
REQUESTS = sa.table(
    "account_requests", sa.column("id", sa.Integer), sa.column("kind", sa.String), sa.column("data", sa.JSON)
)


def upgrade() -> None:
    op.create_table(
        "site_keys",
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("mark", name=op.f("pk_site_keys")),
    )
    op.execute(f"UPDATE users SET password = '{KEYED}' || password WHERE password IS NOT NULL")
    rewrite_requests(lambda password: KEYED + password)


def downgrade() -> None:
    """Give back what the former version knows: a password that was made since is none for it, and is forgotten."""
    op.execute(f"UPDATE users SET password = NULL WHERE password NOT LIKE '{KEYED}%'")
    op.execute(f"UPDATE users SET password = substr(password, {len(KEYED) + 1}) WHERE password LIKE '{KEYED}%'")
    rewrite_requests(lambda password: password.removeprefix(KEYED))
    op.drop_table("site_keys")


def rewrite_requests(rewrite):
    """Rewrite the hashes of the accounts that were asked for and not yet opened."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(REQUESTS).where(REQUESTS.c.kind == "registration")).all():
        data = row.data
        if data.get("account", {}).get("password"):
            data["account"]["password"] = rewrite(data["account"]["password"])
            connection.execute(REQUESTS.update().where(REQUESTS.c.id == row.id).values(data=data))
