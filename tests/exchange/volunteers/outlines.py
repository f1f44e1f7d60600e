"""Plans whose levels stand in one column, in the numbers of their titles, or in rows that are headings of others."""

from tests.exchange.volunteers.expected import VolunteerFile
from tests.support.sheets import xlsx_of

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


FILES = [WITH_INDENTS]
