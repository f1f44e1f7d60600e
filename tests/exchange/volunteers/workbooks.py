"""Plans that come as workbooks of Excel: titles above, totals below, merged cells, headings on two rows, sheets."""

from datetime import date
from typing import Any

from tests.exchange.volunteers.expected import VolunteerFile
from tests.support.sheets import book_of, xlsx_of

HEAD = ["Orientation", "Objectif", "Action"]

WITH_TITLES_ABOVE = VolunteerFile(
    "Plan_concerte_officiel.xlsx",
    lambda: xlsx_of(
        ["Table de quartier des Trois-Chemins"],
        ["Plan d’action concerté 2026-2029", "", "", "", "Mise à jour : 3 mars 2026"],
        [],
        [*HEAD, "Responsable", "Budget"],
        ["Bien manger", "Cuisiner ensemble", "Cuisines collectives", "La Marmite", 12500],
        [],
        ["", "", "Boîtes à lunch", "La Marmite", 8000],
        ["", "Jardiner", "Un potager d’école", "École du Tournant", 1200.5],
        ["Total", "", "", "", 21700.5],
        [],
        ["* Les montants sont ceux que les organismes ont déclarés; ils seront revus chaque année par le comité."],
    ),
    {
        "Bien manger > Cuisiner ensemble > Cuisines collectives": {"lead": "La Marmite", "budget": 12500},
        "Bien manger > Cuisiner ensemble > Boîtes à lunch": {"budget": 8000},
        "Bien manger > Jardiner > Un potager d’école": {"lead": "École du Tournant", "budget": 1201},
    },
    guesses=frozenset({"1200.5"}),
)

WITH_MERGED_CELLS = VolunteerFile(
    "tableau_de_bord.xlsx",
    lambda: xlsx_of(
        [*HEAD, "CdP", "Jalons", "Échéance"],
        [
            "Se loger",
            "Garder les logements",
            "Un fonds de réparation",
            "Logement social et abordable",
            "Règlement écrit",
            date(2026, 9, 30),
        ],
        ["", "", "", "", "Premiers prêts", date(2027, 5, 1)],
        ["", "", "Un comité de locataires", "", "Assemblée", date(2026, 11, 15)],
        ["", "Bâtir", "Onze logements au presbytère", "", "Plans déposés", "décembre 2027"],
        merged=["A2:A5", "B2:B4", "C2:C3", "D2:D5"],
    ),
    {
        "Se loger > Garder les logements > Un fonds de réparation": {
            "community": "logement-social-et-abordable",
            "milestones": ["Règlement écrit 2026-09-30", "Premiers prêts 2027-05-01"],
        },
        "Se loger > Garder les logements > Un comité de locataires": {
            "community": "logement-social-et-abordable",
            "milestones": ["Assemblée 2026-11-15"],
        },
        "Se loger > Bâtir > Onze logements au presbytère": {
            "community": "logement-social-et-abordable",
            "milestones": ["Plans déposés 2027-12-31"],
        },
    },
)

WITH_HEADINGS_ON_TWO_ROWS = VolunteerFile(
    "échéancier.xlsx",
    lambda: xlsx_of(
        ["Orientation", "Objectif", "Action", "Échéancier", "", "Organismes", "", "Coûts"],
        ["", "", "", "Début", "Fin", "Responsable", "Partenaires", "Budget"],
        [
            "Apprendre",
            "Lire tôt",
            "L’heure du conte",
            "septembre 2026",
            "juin 2027",
            "Biblio Soleil",
            "CPE Les Lutins",
            900,
        ],
        ["Apprendre", "Lire tôt", "Des livres au comptoir", "2027", "2028", "Biblio Soleil", "", 1500],
        merged=["A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:G1"],
    ),
    {
        "Apprendre > Lire tôt > L’heure du conte": {
            "starts_on": "2026-09-01",
            "ends_on": "2027-06-30",
            "lead": "Biblio Soleil",
            "partners": ["CPE Les Lutins"],
            "budget": 900,
        },
        "Apprendre > Lire tôt > Des livres au comptoir": {"starts_on": "2027-01-01", "ends_on": "2028-12-31"},
    },
)

ONE_SHEET_AN_ORIENTATION = VolunteerFile(
    "plan par orientation.xlsx",
    lambda: book_of(
        {
            "Mode d’emploi": [["Une feuille par orientation. Ne pas ajouter de colonne."], [], ["Merci!"]],
            "Bien manger": [
                ["Objectif", "Action", "Responsable"],
                ["Cuisiner ensemble", "Cuisines collectives", "La Marmite"],
                ["Jardiner", "Un potager d’école", "École du Tournant"],
            ],
            "Se déplacer": [
                ["Objectif", "Action", "Responsable"],
                ["Relier les villages", "Une navette le jeudi", "Roule-Ensemble"],
            ],
            "Légende": [["Vert", "en avance"], ["Rouge", "en retard"]],
        }
    ),
    {
        "Bien manger > Cuisiner ensemble > Cuisines collectives": {"lead": "La Marmite"},
        "Bien manger > Jardiner > Un potager d’école": {"lead": "École du Tournant"},
        "Se déplacer > Relier les villages > Une navette le jeudi": {"lead": "Roule-Ensemble"},
    },
)

WITH_HEADINGS_ON_EACH_PAGE = VolunteerFile(
    "à imprimer.xlsx",
    lambda: xlsx_of(
        ["No", *HEAD, "Réalisé"],
        [1, "Bouger", "Jouer dehors", "Une patinoire de rang", "X"],
        [2, "Bouger", "Jouer dehors", "Des skis à prêter", ""],
        [],
        ["No", *HEAD, "Réalisé"],
        [3, "Bouger", "Marcher", "Un sentier balisé", "oui"],
        [4, "Bouger", "Marcher", "Un club du matin", ""],
    ),
    {
        "Bouger > Jouer dehors > Une patinoire de rang": {"state": "achieved"},
        "Bouger > Jouer dehors > Des skis à prêter": {"state": ""},
        "Bouger > Marcher > Un sentier balisé": {"state": "achieved"},
        "Bouger > Marcher > Un club du matin": {},
    },
)

WITH_DAYS_AS_NUMBERS = VolunteerFile(
    "copié-collé.xlsx",
    lambda: xlsx_of(
        [*HEAD, "Début prévu", "Fin prévue", "% réalisé", "Financement"],
        ["Vieillir chez soi", "Briser l’isolement", "Des appels amicaux", 46113, 47727, 0.25, "Centraide : 48 000 $"],
        ["Vieillir chez soi", "Briser l’isolement", "Un café du mardi", date(2026, 5, 5), "fin 2027", 0.5, ""],
        formats={"F2": "0%", "F3": "0%"},
    ),
    {
        "Vieillir chez soi > Briser l’isolement > Des appels amicaux": {
            "starts_on": "2026-04-01",
            "ends_on": "2030-09-01",
            "progress": 25,
            "funding": ["Centraide 48000 2026-2029"],
        },
        "Vieillir chez soi > Briser l’isolement > Un café du mardi": {
            "starts_on": "2026-05-05",
            "ends_on": "2027-12-31",
            "progress": 50,
        },
    },
    guesses=frozenset({"46113", "47727", "fin 2027", "Centraide : 48 000 $"}),
)


def write_long_rows() -> bytes:
    """Write a row an action, whose sums, indicators and documents stand on the rows below it."""
    rows: list[list[Any]] = [
        [
            *HEAD,
            "Source de financement",
            "Montant",
            "Première année",
            "Dernière année",
            "Indicateur",
            "Unité",
            "Valeur de départ",
            "Cible",
            "Document",
            "Lien du document",
        ],
        [
            "Bien manger",
            "Cuisiner ensemble",
            "Cuisines collectives",
            "Fondation Beau Temps",
            48000,
            2026,
            2028,
            "Repas",
            "repas",
            0,
            1200,
            "Guide",
            "https://exemple.org/guide",
        ],
        ["", "", "", "Ville", "5 000 $", 2027, "", "Familles", "familles", "12,5", 40, "", ""],
    ]
    return xlsx_of(*rows)


WITH_SUMS_AND_INDICATORS = VolunteerFile(
    "reddition.xlsx",
    write_long_rows,
    {
        "Bien manger > Cuisiner ensemble > Cuisines collectives": {
            "funding": ["Fondation Beau Temps 48000 2026-2028", "Ville 5000 2027-2027"],
            "indicators": ["Repas: 0 > 1200 repas", "Familles: 12.5 > 40 familles"],
            "documents": ["Guide https://exemple.org/guide"],
        }
    },
)

FILES = [
    WITH_TITLES_ABOVE,
    WITH_MERGED_CELLS,
    WITH_HEADINGS_ON_TWO_ROWS,
    ONE_SHEET_AN_ORIENTATION,
    WITH_HEADINGS_ON_EACH_PAGE,
    WITH_DAYS_AS_NUMBERS,
    WITH_SUMS_AND_INDICATORS,
]
