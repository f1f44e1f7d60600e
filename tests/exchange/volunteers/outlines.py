"""Plans whose levels stand in one column, in the numbers of their titles, or in rows that are headings of others."""

from tests.exchange.volunteers.expected import VolunteerFile, lines
from tests.support.sheets import csv_of, xlsx_of

WITH_NUMBERED_TITLES = VolunteerFile(
    "plan numéroté.xlsx",
    lambda: xlsx_of(
        ["Orientation", "Objectif", "Action", "Responsable"],
        [
            "Orientation 1 : Bien manger",
            "Objectif 1.1 : Rapprocher les aliments",
            "1.1.1 Glaner les surplus",
            "La Marmite",
        ],
        ["", "", "1.1.2 Ouvrir un frigo partagé", "La Marmite"],
        ["", "Objectif 1.2 : Cuisiner ensemble", "1.2.1 Des soupers de village", ""],
        [
            "Orientation 2 : Se loger",
            "Objectif 2.1 : Garder les logements",
            "2.1.1 Un fonds de réparation",
            "Toit et moi",
        ],
    ),
    {
        "Bien manger > Rapprocher les aliments > Glaner les surplus": {"code": "1.1.1", "lead": "La Marmite"},
        "Bien manger > Rapprocher les aliments > Ouvrir un frigo partagé": {"code": "1.1.2"},
        "Bien manger > Cuisiner ensemble > Des soupers de village": {"code": "1.2.1", "lead": ""},
        "Se loger > Garder les logements > Un fonds de réparation": {"code": "2.1.1", "lead": "Toit et moi"},
    },
)

IN_ONE_COLUMN = VolunteerFile(
    "structure.csv",
    lambda: csv_of(
        *lines("""
            Action | Responsable | Budget
            1. Se déplacer |  |
            1.1 Relier les villages |  |
            1.1.1 Une navette le jeudi | Roule-Ensemble | 32 000 $
            1.1.2 Un banc de covoiturage | Roule-Ensemble | 850 $
            1.2 Marcher jusqu’à l’école |  |
            1.2.1 Un pédibus | École du Tournant |
            2. Apprendre |  |
            2.1 Lire tôt |  |
            2.1.1 L’heure du conte | Biblio Soleil | 900 $
        """),
        encoding="cp1252",
    ),
    {
        "Se déplacer > Relier les villages > Une navette le jeudi": {
            "code": "1.1.1",
            "lead": "Roule-Ensemble",
            "budget": 32000,
        },
        "Se déplacer > Relier les villages > Un banc de covoiturage": {"code": "1.1.2", "budget": 850},
        "Se déplacer > Marcher jusqu’à l’école > Un pédibus": {"code": "1.2.1", "lead": "École du Tournant"},
        "Apprendre > Lire tôt > L’heure du conte": {"code": "2.1.1", "budget": 900},
    },
)

WITH_INDENTS = VolunteerFile(
    "remue-méninges.xlsx",
    lambda: xlsx_of(
        ["Action", "Responsable", "Échéance"],
        ["Vieillir chez soi", "", ""],
        ["   Briser l’isolement", "", ""],
        ["      Des appels amicaux", "Le Fil d’argent", "décembre 2026"],
        ["      Un café du mardi", "Le Fil d’argent", ""],
        ["   Adapter les maisons", "", ""],
        ["      Une brigade d’outils", "", "2028"],
    ),
    {
        "Vieillir chez soi > Briser l’isolement > Des appels amicaux": {
            "lead": "Le Fil d’argent",
            "ends_on": "2026-12-31",
        },
        "Vieillir chez soi > Briser l’isolement > Un café du mardi": {"lead": "Le Fil d’argent", "ends_on": ""},
        "Vieillir chez soi > Adapter les maisons > Une brigade d’outils": {"ends_on": "2028-12-31"},
    },
)

WITH_ROWS_THAT_ARE_HEADINGS = VolunteerFile(
    "par groupes.xlsx",
    lambda: xlsx_of(
        ["Actions", "Responsable", "Fin"],
        ["ORIENTATION 1 : BOUGER"],
        ["Objectif 1.1 : Jouer dehors"],
        ["Une patinoire de rang", "Loisirs du Rang", "2026-12-15"],
        ["Des skis à prêter", "Loisirs du Rang", "janvier 2027"],
        ["Objectif 1.2 : Marcher"],
        ["Un sentier balisé", "Les Marcheurs", "2028"],
        ["ORIENTATION 2 : APPRENDRE"],
        ["Objectif 2.1 : Lire tôt"],
        ["L’heure du conte", "Biblio Soleil", "2027"],
        merged=["A2:C2", "A3:C3", "A6:C6", "A8:C8", "A9:C9"],
    ),
    {
        "BOUGER > Jouer dehors > Une patinoire de rang": {"lead": "Loisirs du Rang", "ends_on": "2026-12-15"},
        "BOUGER > Jouer dehors > Des skis à prêter": {"ends_on": "2027-01-31"},
        "BOUGER > Marcher > Un sentier balisé": {"lead": "Les Marcheurs", "ends_on": "2028-12-31"},
        "APPRENDRE > Lire tôt > L’heure du conte": {"lead": "Biblio Soleil", "ends_on": "2027-12-31"},
    },
)

FILES = [WITH_NUMBERED_TITLES, IN_ONE_COLUMN, WITH_INDENTS, WITH_ROWS_THAT_ARE_HEADINGS]
