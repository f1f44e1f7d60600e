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

OF_TWO_SHEETS = VolunteerFile(
    "two-rivers.ods",
    lambda: ods_of(
        Healthy_food=[
            ["Goal", "Initiative", "Owner", "Start", "End", "Progress"],
            ["Shorten the road", "Weekly farm stand", "Rolling Fields Co-op", date(2026, 6, 1), "2027", 0.4],
            ["Cook together", "Community kitchen", "Elm Street School", "March 2027", "", ""],
        ],
        Getting_around=[
            ["Goal", "Initiative", "Owner", "Start", "End", "Progress"],
            ["Rides for all", "Volunteer drivers", "Two Rivers Rides", "", "", 0.1],
        ],
    ),
    {
        "Healthy food > Shorten the road > Weekly farm stand": {
            "lead": "Rolling Fields Co-op",
            "starts_on": "2026-06-01",
            "ends_on": "2027-12-31",
            "progress": 40,
        },
        "Healthy food > Cook together > Community kitchen": {"starts_on": "2027-03-01", "lead": "Elm Street School"},
        "Getting around > Rides for all > Volunteer drivers": {"progress": 10},
    },
)

FILES = [OF_THE_COMMITTEE, OF_TWO_SHEETS]
