"""acronyms, which the coordination keeps: a site that has its reference data gets those that new ones begin with"""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
FIRST = [
    ("CAB", "centre d’action bénévole", "cab centre d action benevole"),
    ("CDC", "corporation de développement communautaire", "cdc corporation de developpement communautaire"),
    ("CdP", "communauté de pratique", "cdp communaute de pratique"),
    (
        "CHSLD",
        "centre d’hébergement et de soins de longue durée",
        "chsld centre d hebergement et de soins de longue duree",
    ),
    ("CISSS", "centre intégré de santé et de services sociaux", "cisss centre integre de sante et de services sociaux"),
    ("CJE", "carrefour jeunesse-emploi", "cje carrefour jeunesse emploi"),
    ("CLSC", "centre local de services communautaires", "clsc centre local de services communautaires"),
    ("CPE", "centre de la petite enfance", "cpe centre de la petite enfance"),
    ("CSS", "centre de services scolaire", "css centre de services scolaire"),
    ("DS", "développement social", "ds developpement social"),
    ("GMF", "groupe de médecine de famille", "gmf groupe de medecine de famille"),
    ("HLM", "habitation à loyer modique", "hlm habitation a loyer modique"),
    ("MRC", "municipalité régionale de comté", "mrc municipalite regionale de comte"),
    ("OBNL", "organisme à but non lucratif", "obnl organisme a but non lucratif"),
    ("OMH", "office municipal d’habitation", "omh office municipal d habitation"),
    ("OSBL", "organisme à but non lucratif", "osbl organisme a but non lucratif"),
    ("OSBL", "organisme sans but lucratif", "osbl organisme sans but lucratif"),
]


def upgrade() -> None:
    table = op.create_table(
        "acronyms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("meaning", sa.String(), nullable=False),
        sa.Column("sort_key", KEY, nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acronyms")),
        sa.UniqueConstraint("sort_key", name=op.f("uq_acronyms_sort_key")),
    )
    if op.get_bind().execute(sa.text("SELECT id FROM territories LIMIT 1")).first():
        op.bulk_insert(table, [dict(zip(("name", "meaning", "sort_key"), row, strict=True)) for row in FIRST])


def downgrade() -> None:
    op.drop_table("acronyms")
