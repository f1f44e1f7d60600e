"""The columns of the spreadsheet of a plan, by their names in both languages (docs/plan-file.md)."""

from dataclasses import dataclass

LEVELS = ("orientation", "objective", "action")
# What stands once a row, and of which an action has several.
ROW_PARTS = ("milestone", "funding", "indicator", "document")


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
    Column(
        "orientation", "code", "Code de l'orientation", "Orientation code", ("no de l'orientation", "code de l'axe")
    ),
    Column(
        "orientation",
        "title",
        "Orientation",
        "Orientation",
        (
            *(
                "orientation stratégique",
                "grande orientation",
                "axe",
                "axe stratégique",
                "axe d'intervention",
                "chantier",
            ),
            *(
                "priorité",
                "priorité régionale",
                "volet",
                "thème",
                "thématique",
                "goal",
                "strategic direction",
                "pillar",
            ),
            *("strategic priority", "priority", "theme", "focus area"),
        ),
    ),
    Column("orientation", "summary", "Présentation de l'orientation", "Orientation summary"),
    Column("orientation", "weight", "Poids de l'orientation", "Orientation weight"),
    Column("objective", "code", "Code de l'objectif", "Objective code", ("no de l'objectif",)),
    Column(
        "objective",
        "title",
        "Objectif",
        "Objective",
        ("objectif spécifique", "objectif général", "objectif visé", "objectif stratégique", "specific objective"),
    ),
    Column("objective", "weight", "Poids de l'objectif", "Objective weight"),
    Column(
        "action",
        "code",
        "Code",
        "Code",
        ("code de l'action", "action code", "no", "no de l'action", "numéro", "number", "#", "n°", "référence", "id"),
    ),
    Column(
        "action",
        "title",
        "Action",
        "Action",
        (
            *("titre de l'action", "action title", "nom de l'action", "action proposée", "activité", "moyen"),
            *("moyen d'action", "moyen de mise en œuvre", "mesure", "initiative", "projet", "tâche"),
            *("activity", "task", "project", "action step", "action item"),
        ),
    ),
    Column(
        "action",
        "body",
        "Description",
        "Description",
        ("description de l'action", "description de l'activité", "action description", "détail", "détails", "details"),
    ),
    Column("action", "weight", "Poids", "Weight", ("poids de l'action", "action weight", "pondération")),
    Column(
        "action",
        "lead",
        "Responsable",
        "Lead",
        (
            *("organisme responsable", "lead organisation", "lead organization", "lead agency", "porteur", "resp"),
            *("organisme porteur", "porteur de l'action", "porté par", "pilote", "qui", "leader", "organisme pilote"),
            *("owner", "responsible", "responsible party", "led by", "who", "responsable de l'action"),
        ),
    ),
    Column(
        "action",
        "partners",
        "Partenaires",
        "Partners",
        (
            *("collaborateurs", "collaboration", "partenaires impliqués", "organismes partenaires", "avec qui"),
            *(
                "en collaboration avec",
                "acteurs",
                "partner organisations",
                "partner organizations",
                "supporting partners",
            ),
            *("stakeholders", "with whom", "collaborators"),
        ),
    ),
    Column(
        "action",
        "community",
        "Communauté",
        "Community",
        ("communauté de pratique", "cdp", "community of practice", "cop", "communauté porteuse"),
    ),
    Column(
        "action", "communities", "Autres communautés", "Other communities", ("communautés concernées", "autres cdp")
    ),
    Column(
        "action",
        "territories",
        "Territoires",
        "Territories",
        (
            *("territory", "territoire visé", "mrc", "municipalités", "municipality", "ville", "lieu", "où"),
            *("mrc et municipalités", "where", "location", "area", "communities served", "territoire desservi"),
        ),
    ),
    Column("action", "issues", "Enjeux", "Issues", ("enjeu", "enjeux fédérateurs", "issue", "problématique")),
    Column(
        "action",
        "starts_on",
        "Début",
        "Start",
        ("date de début", "début des travaux", "débute le", "start date", "starts on", "begins", "from"),
    ),
    Column(
        "action",
        "ends_on",
        "Fin",
        "End",
        ("date de fin", "fin des travaux", "se termine le", "end date", "ends on", "finish", "until"),
    ),
    Column(
        "action",
        "budget",
        "Budget",
        "Budget",
        (
            "coût",
            "cost",
            "budget total",
            "total budget",
            "coût total",
            "coût estimé",
            "enveloppe",
            "ressources financières",
        ),
    ),
    Column(
        "action",
        "state",
        "État",
        "State",
        (
            *("statut", "status", "état d'avancement", "état de l'action", "réalisé", "fait", "terminé", "done"),
            *("completed", "situation", "stade"),
        ),
    ),
    Column(
        "action",
        "progress",
        "Avancement",
        "Progress",
        (
            *("% d'avancement", "avancement (%)", "progress (%)", "% réalisé", "% complété", "% complete", "%"),
            *("pourcentage de réalisation", "taux de réalisation", "taux d'avancement", "progrès", "percent complete"),
            *("percentage complete", "pourcentage"),
        ),
    ),
    Column(
        "milestone",
        "title",
        "Jalon",
        "Milestone",
        ("étape", "étape clé", "key step", "step", "livrable", "deliverable", "sous-action", "sous-étape"),
    ),
    Column("milestone", "weight", "Poids du jalon", "Milestone weight", ("poids de l'étape",)),
    Column(
        "milestone",
        "due_on",
        "Échéance",
        "Due",
        (
            *(
                "échéance du jalon",
                "due date",
                "deadline",
                "échéancier",
                "date cible",
                "date limite",
                "date d'échéance",
            ),
            *("target date", "completion date", "quand", "when", "timeline", "timeframe", "due by"),
        ),
    ),
    Column(
        "milestone",
        "reached_on",
        "Franchi le",
        "Reached on",
        (
            *("date d'atteinte", "reached", "réalisé le", "atteint le", "complété le", "terminé le", "fait le"),
            *("date de réalisation", "completed on", "date completed", "done on", "achieved on"),
        ),
    ),
    Column(
        "milestone",
        "proof",
        "Preuve",
        "Proof",
        ("preuve de réalisation", "evidence", "source de vérification", "means of verification"),
    ),
    Column("milestone", "proof_url", "Lien de la preuve", "Proof link"),
    Column("funding", "text", "Financement", "Funding", ("financement obtenu", "sources et montants")),
    Column(
        "funding",
        "source",
        "Source de financement",
        "Funding source",
        ("bailleur", "bailleur de fonds", "funder", "source des fonds"),
    ),
    Column("funding", "amount", "Montant", "Amount", ("montant du financement", "montant accordé", "montant obtenu")),
    Column("funding", "first_year", "Première année", "First year"),
    Column("funding", "last_year", "Dernière année", "Last year"),
    Column(
        "indicator",
        "name",
        "Indicateur",
        "Indicator",
        ("indicateur de résultat", "indicateur de suivi", "indicateur de succès", "kpi", "performance indicator"),
    ),
    Column("indicator", "unit", "Unité", "Unit", ("unité de mesure", "unit of measure")),
    Column(
        "indicator", "baseline", "Valeur de départ", "Baseline", ("départ", "valeur initiale", "situation de départ")
    ),
    Column("indicator", "target", "Cible", "Target", ("valeur cible", "cible visée", "target value")),
    Column("document", "title", "Document", "Document", ("documents liés",)),
    Column("document", "url", "Lien du document", "Document link", ("lien", "link", "hyperlien", "url")),
)
BY_KEY = {column.key: column for column in COLUMNS}
NEEDED = ("orientation.title", "action.title")
"""Without them a table is no plan; one of objectives stands for that of orientations."""
