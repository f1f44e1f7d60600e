"""issues that a community covers

Communities and issues that a site began with, and still has under their addresses, are put together as they ship.
"""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None

COVERED = (
    ("securite-alimentaire", "sante-et-securite-alimentaire"),
    ("reussite-educative-et-sociale", "education"),
    ("transport-collectif", "transport"),
    ("logement-social-et-abordable", "logement"),
    ("5e-element", "action-collective"),
    ("5e-element", "reduction-des-inegalites"),
    ("5e-element", "accessibilite-des-services"),
)
"""The address of a community, and that of an issue."""


def upgrade() -> None:
    op.create_table(
        "community_issues",
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("issue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"], ["communities.id"], name=op.f("fk_community_issues_community_id_communities")
        ),
        sa.ForeignKeyConstraint(["issue_id"], ["issues.id"], name=op.f("fk_community_issues_issue_id_issues")),
        sa.PrimaryKeyConstraint("community_id", "issue_id", name=op.f("pk_community_issues")),
    )
    with op.batch_alter_table("community_issues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_community_issues_issue_id"), ["issue_id"], unique=False)
    add = sa.text(
        "INSERT INTO community_issues (community_id, issue_id) SELECT communities.id, issues.id"
        " FROM communities CROSS JOIN issues WHERE communities.slug = :community AND issues.slug = :issue"
    )
    for community, issue in COVERED:
        op.execute(add.bindparams(community=community, issue=issue))


def downgrade() -> None:
    with op.batch_alter_table("community_issues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_community_issues_issue_id"))

    op.drop_table("community_issues")
