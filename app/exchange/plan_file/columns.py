"""The columns of the spreadsheet of a plan, by their names in both languages (docs/plan-file.md)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.errors import N_, Invalid
from app.core.text.plain import sort_key

LEVELS = ("orientation", "objective", "action")
# What stands once a row, and of which an action has several.
ROW_PARTS = ("milestone", "funding", "indicator", "document")
TWICE = N_("Deux colonnes disent la même chose : « %(one)s » et « %(two)s ». Gardez-en une.")


@dataclass(frozen=True)
class Column:
    """One column: the part of the plan and the field of it that it holds, its two names and what else it is called."""

    part: str
    field: str
    fr: str
    en: str
    others: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.part}.{self.field}"

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.fr


COLUMNS = (
    Column("orientation", "code", "Code de l'orientation", "Orientation code"),
    Column("orientation", "title", "Orientation", "Orientation"),
    Column("orientation", "summary", "Présentation de l'orientation", "Orientation summary"),
    Column("orientation", "weight", "Poids de l'orientation", "Orientation weight"),
    Column("objective", "code", "Code de l'objectif", "Objective code"),
    Column("objective", "title", "Objectif", "Objective"),
    Column("objective", "weight", "Poids de l'objectif", "Objective weight"),
    Column("action", "code", "Code", "Code", ("code de l'action", "action code", "no", "numéro", "number")),
    Column("action", "title", "Action", "Action", ("titre de l'action", "action title")),
    Column("action", "body", "Description", "Description", ("description de l'action",)),
    Column("action", "weight", "Poids", "Weight", ("poids de l'action", "action weight")),
    Column("action", "lead", "Responsable", "Lead", ("organisme responsable", "lead organisation", "porteur")),
    Column("action", "partners", "Partenaires", "Partners", ("collaborateurs",)),
    Column("action", "community", "Communauté", "Community", ("communauté de pratique",)),
    Column("action", "communities", "Autres communautés", "Other communities", ("communautés concernées",)),
    Column("action", "territories", "Territoires", "Territories", ("territory", "mrc", "municipalités")),
    Column("action", "issues", "Enjeux", "Issues", ("enjeu", "enjeux fédérateurs")),
    Column("action", "starts_on", "Début", "Start", ("date de début", "start date")),
    Column("action", "ends_on", "Fin", "End", ("date de fin", "end date")),
    Column("action", "budget", "Budget", "Budget", ("coût", "cost")),
    Column("action", "state", "État", "State", ("statut", "status")),
    Column("action", "progress", "Avancement", "Progress", ("% d'avancement", "avancement (%)", "progress (%)")),
    Column("milestone", "title", "Jalon", "Milestone", ("étape",)),
    Column("milestone", "weight", "Poids du jalon", "Milestone weight"),
    Column("milestone", "due_on", "Échéance", "Due", ("échéance du jalon", "due date", "deadline")),
    Column("milestone", "reached_on", "Franchi le", "Reached on", ("date d'atteinte", "reached")),
    Column("milestone", "proof", "Preuve", "Proof"),
    Column("milestone", "proof_url", "Lien de la preuve", "Proof link"),
    Column("funding", "text", "Financement", "Funding"),
    Column("funding", "source", "Source de financement", "Funding source", ("bailleur",)),
    Column("funding", "amount", "Montant", "Amount"),
    Column("funding", "first_year", "Première année", "First year"),
    Column("funding", "last_year", "Dernière année", "Last year"),
    Column("indicator", "name", "Indicateur", "Indicator"),
    Column("indicator", "unit", "Unité", "Unit"),
    Column("indicator", "baseline", "Valeur de départ", "Baseline", ("départ",)),
    Column("indicator", "target", "Cible", "Target"),
    Column("document", "title", "Document", "Document"),
    Column("document", "url", "Lien du document", "Document link", ("lien", "link")),
)
BY_KEY = {column.key: column for column in COLUMNS}
REQUIRED = ("orientation.title", "objective.title", "action.title")


def normalise(heading: Any) -> str:
    """Return a heading without accents, capitals, signs and the marks of plurals."""
    return " ".join(word.rstrip("s") if len(word) > 3 else word for word in sort_key(str(heading)).split())


BY_HEADING = {normalise(name): column for column in COLUMNS for name in (column.fr, column.en, *column.others)}


def match_columns(headings: Sequence[Any], chosen: Mapping[str, str] | None = None) -> dict[int, Column]:
    """Return the columns that these headings name, by place; others are left out.

    `chosen` says what a person reads a heading as, by its normal form: the key of a column, or "" for none.
    """
    keys = {heading: BY_KEY.get(key) for heading, key in (chosen or {}).items()}
    found = ((place, keys.get(name, BY_HEADING.get(name))) for place, name in enumerate(map(normalise, headings)))
    return {place: column for place, column in found if column is not None}


def is_head(columns: dict[int, Column]) -> bool:
    """Tell whether a row with these columns is the one that names them."""
    return {column.key for column in columns.values()} >= set(REQUIRED)


def check(columns: dict[int, Column], headings: Sequence[Any]) -> None:
    """Raise Invalid where two headings name one column."""
    first: dict[str, int] = {}
    for place, column in columns.items():
        if column.key in first:
            raise Invalid(TWICE, "file", one=headings[first[column.key]], two=headings[place])
        first[column.key] = place
