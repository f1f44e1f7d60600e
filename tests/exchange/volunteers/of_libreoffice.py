"""Plans that come from LibreOffice (ODS)."""

from datetime import date

from tests.exchange.volunteers.expected import VolunteerFile
from tests.support.sheets import ods_of

OF_THE_COMMITTEE = VolunteerFile(
    "suivi.ods",
    lambda: ods_of(
        Suivi=[
            ["Comité de suivi – plan d’action"],
            [],
            ["Orientation", "Objectif", "Action", "Jalon", "Échéance", "Réalisé le", "Preuve", "Budget"],
            [
                "Bien manger",
                "Jardiner",
                "Un potager d’école",
                "Semis",
                date(2026, 5, 15),
                date(2026, 5, 20),
                "Photos",
                1200,
            ],
            ["", "", "", "Récolte", date(2026, 9, 30), "", "", ""],
            ["", "", "Un verger public", "Plantation", "printemps 2027", "", "", 4800],
        ]
    ),
    {
        "Bien manger > Jardiner > Un potager d’école": {
            "milestones": ["Semis 2026-05-15", "Récolte 2026-09-30"],
            "reached": ["2026-05-20"],
            "budget": 1200,
        },
        "Bien manger > Jardiner > Un verger public": {"milestones": ["Plantation 2027-05-31"], "budget": 4800},
    },
    guesses=frozenset({"printemps 2027"}),
)


FILES = [OF_THE_COMMITTEE]
