"""choices of forums

Going back drops them, with the ballots of those that are not counted.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "choice_folds",
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("choice_id", name=op.f("pk_choice_folds")),
    )
    op.create_table(
        "choices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.Column("most_on_one", sa.Integer(), nullable=False),
        sa.Column("voters_count", sa.Integer(), nullable=False),
        sa.Column("paper_ballots", sa.Integer(), nullable=False),
        sa.Column("paper_typed_by", sa.Integer(), nullable=True),
        sa.Column("paper_confirmed_by", sa.Integer(), nullable=True),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=True),
        sa.Column("counted_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'stopped', 'counted')", name=op.f("ck_choices_state")),
        sa.CheckConstraint("dots BETWEEN 1 AND 10", name=op.f("ck_choices_dots")),
        sa.CheckConstraint("most_on_one BETWEEN 1 AND dots", name=op.f("ck_choices_most_on_one")),
        sa.CheckConstraint("voters_count >= 0 AND paper_ballots >= 0", name=op.f("ck_choices_counts")),
        sa.ForeignKeyConstraint(["id"], ["forums.id"], name=op.f("fk_choices_id_forums")),
        sa.ForeignKeyConstraint(["opened_by"], ["users.id"], name=op.f("fk_choices_opened_by_users")),
        sa.ForeignKeyConstraint(["paper_confirmed_by"], ["users.id"], name=op.f("fk_choices_paper_confirmed_by_users")),
        sa.ForeignKeyConstraint(["paper_typed_by"], ["users.id"], name=op.f("fk_choices_paper_typed_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choices")),
    )
    op.create_table(
        "choice_papers",
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("ballots", sa.Integer(), nullable=False),
        sa.Column("typed_by", sa.Integer(), nullable=False),
        sa.Column("typed_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("confirmed_by <> typed_by", name=op.f("ck_choice_papers_two_people")),
        sa.ForeignKeyConstraint(["choice_id"], ["choices.id"], name=op.f("fk_choice_papers_choice_id_choices")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["users.id"], name=op.f("fk_choice_papers_confirmed_by_users")),
        sa.ForeignKeyConstraint(["typed_by"], ["users.id"], name=op.f("fk_choice_papers_typed_by_users")),
        sa.PrimaryKeyConstraint("choice_id", name=op.f("pk_choice_papers")),
    )
    op.create_table(
        "choice_candidates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("choice_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("lang", sa.String(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("idea_id", sa.Integer(), nullable=True),
        sa.Column("placed", sa.Integer(), nullable=True),
        sa.Column("on_paper", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decision_lang", sa.String(), nullable=False),
        sa.Column("carried_by", sa.String(), nullable=False),
        sa.Column("decision_idea_id", sa.Integer(), nullable=True),
        sa.Column("decision_action_id", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("(idea_id IS NULL) <> (text = '')", name=op.f("ck_choice_candidates_words_or_idea")),
        sa.ForeignKeyConstraint(["choice_id"], ["choices.id"], name=op.f("fk_choice_candidates_choice_id_choices")),
        sa.ForeignKeyConstraint(["decided_by"], ["users.id"], name=op.f("fk_choice_candidates_decided_by_users")),
        sa.ForeignKeyConstraint(
            ["decision_action_id"], ["actions.id"], name=op.f("fk_choice_candidates_decision_action_id_actions")
        ),
        sa.ForeignKeyConstraint(
            ["decision_idea_id"], ["ideas.id"], name=op.f("fk_choice_candidates_decision_idea_id_ideas")
        ),
        sa.ForeignKeyConstraint(["idea_id"], ["ideas.id"], name=op.f("fk_choice_candidates_idea_id_ideas")),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["forum_topics.id"], name=op.f("fk_choice_candidates_topic_id_forum_topics")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice_candidates")),
    )
    with op.batch_alter_table("choice_candidates", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_choice_candidates_choice_id"), ["choice_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_choice_candidates_decision_action_id"), ["decision_action_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_choice_candidates_decision_idea_id"), ["decision_idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_choice_candidates_idea_id"), ["idea_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_choice_candidates_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "choice_ballots",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("ballot", sa.Integer(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["choice_candidates.id"], name=op.f("fk_choice_ballots_candidate_id_choice_candidates")
        ),
        sa.PrimaryKeyConstraint("candidate_id", "ballot", name=op.f("pk_choice_ballots")),
    )
    op.create_table(
        "choice_dots",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.CheckConstraint("dots > 0", name=op.f("ck_choice_dots_dots")),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["choice_candidates.id"], name=op.f("fk_choice_dots_candidate_id_choice_candidates")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["event_registrations.id"],
            name=op.f("fk_choice_dots_registration_id_event_registrations"),
        ),
        sa.PrimaryKeyConstraint("registration_id", "candidate_id", name=op.f("pk_choice_dots")),
    )
    with op.batch_alter_table("choice_dots", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_choice_dots_candidate_id"), ["candidate_id"], unique=False)

    op.create_table(
        "choice_paper_sums",
        sa.Column("candidate_id", sa.Integer(), nullable=False),
        sa.Column("dots", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["candidate_id"], ["choice_candidates.id"], name=op.f("fk_choice_paper_sums_candidate_id_choice_candidates")
        ),
        sa.PrimaryKeyConstraint("candidate_id", name=op.f("pk_choice_paper_sums")),
    )


def downgrade() -> None:
    op.drop_table("choice_paper_sums")
    with op.batch_alter_table("choice_dots", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_choice_dots_candidate_id"))

    op.drop_table("choice_dots")
    op.drop_table("choice_ballots")
    with op.batch_alter_table("choice_candidates", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_choice_candidates_topic_id"))
        batch_op.drop_index(batch_op.f("ix_choice_candidates_idea_id"))
        batch_op.drop_index(batch_op.f("ix_choice_candidates_decision_idea_id"))
        batch_op.drop_index(batch_op.f("ix_choice_candidates_decision_action_id"))
        batch_op.drop_index(batch_op.f("ix_choice_candidates_choice_id"))

    op.drop_table("choice_candidates")
    op.drop_table("choice_papers")
    op.drop_table("choices")
    op.drop_table("choice_folds")
