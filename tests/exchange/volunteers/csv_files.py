"""Plans that come as text: saved by a spreadsheet in French or in English, in the alphabets that these have."""

from app.exchange.plan_file.answers import Answers
from tests.exchange.volunteers.expected import VolunteerFile, lines
from tests.support.sheets import csv_of

ONE_ROW_A_MILESTONE = VolunteerFile(
    "suivi-comite.csv",
    lambda: csv_of(
        *lines("""
            Orientation | Objectif | Action | Responsable | Jalon | Échéance | Franchi le | Preuve
            Bien manger | Récolter | Glaner les surplus | Les Glaneurs | Dix fermes | 30 juin 2026 | 2026-05-12 | Liste signée
             |  |  |  | Former les équipes | mars 2027 |  |
            |
             |  | Ouvrir un frigo partagé | Maison des Trois-Chemins | Choisir le lieu | 15/01/2027 |  |
            Bien manger | Cuisiner ensemble | Des soupers de village |  | Premier souper | 2027 |  |
            Se loger | Garder les logements | Un fonds de réparation | Toit et moi |  |  |  |
        """),
    ),
    {
        "Bien manger > Récolter > Glaner les surplus": {
            "lead": "Les Glaneurs",
            "milestones": ["Dix fermes 2026-06-30", "Former les équipes 2027-03-31"],
            "reached": ["2026-05-12"],
        },
        "Bien manger > Récolter > Ouvrir un frigo partagé": {
            "lead": "Maison des Trois-Chemins",
            "milestones": ["Choisir le lieu 2027-01-15"],
        },
        "Bien manger > Cuisiner ensemble > Des soupers de village": {"milestones": ["Premier souper 2027-12-31"]},
        "Se loger > Garder les logements > Un fonds de réparation": {"lead": "Toit et moi", "milestones": []},
    },
)

IN_THE_ALPHABET_OF_EXCEL = VolunteerFile(
    "Plan d'action 2026 (copie).csv",
    lambda: csv_of(
        *lines("""
            Orientation | Objectif | Action | Porteur | Partenaires | Budget total | Début | Fin | % réalisé
            Rouler | Relier les villages | Une navette | Roule-Ensemble | Le Rang; CAB | 3 200,50 $ | avril 2026 | mars 2027 | 25 %
            Rouler | Relier les villages | Un banc de covoiturage | Roule-Ensemble |  | 48 000 $ | 2026 | 2027 |
            Rouler | Marcher à l’école | Un pédibus | École du Tournant |  |  |  | 30/06/2027 | 100 %
        """),
        encoding="cp1252",
    ),
    {
        "Rouler > Relier les villages > Une navette": {
            "lead": "Roule-Ensemble",
            "partners": ["Le Rang", "CAB"],
            "budget": 3201,
            "starts_on": "2026-04-01",
            "ends_on": "2027-03-31",
            "progress": 25,
        },
        "Rouler > Relier les villages > Un banc de covoiturage": {
            "budget": 48000,
            "starts_on": "2026-01-01",
            "ends_on": "2027-12-31",
            "progress": None,
        },
        "Rouler > Marcher à l’école > Un pédibus": {
            "lead": "École du Tournant",
            "ends_on": "2027-06-30",
            "progress": 100,
        },
    },
    guesses=frozenset({"3 200,50 $"}),
)

IN_UTF_16 = VolunteerFile(
    "texte-unicode.csv",
    lambda: csv_of(
        *lines("""
            Orientation | Objectif | Action | Territoires | Description
            Apprendre | Lire tôt | L’heure du conte | Beauharnois, Valleyfield | Le samedi; à la bibliothèque
            Apprendre | Lire tôt | Un sac de livres à la naissance | Ormstown |
            Apprendre | Rester à l’école | Du mentorat | Les Jardins-de-Napierville / Roussillon | Voir « annexe »
        """),
        separator="\t",
        encoding="utf-16",
    ),
    {
        "Apprendre > Lire tôt > L’heure du conte": {
            "territories": ["70022", "70052"],
            "body": "Le samedi; à la bibliothèque",
        },
        "Apprendre > Lire tôt > Un sac de livres à la naissance": {"territories": ["69037"]},
        "Apprendre > Rester à l’école > Du mentorat": {"territories": ["68", "67"], "body": "Voir « annexe »"},
    },
)

IN_UTF_16_WITHOUT_A_MARK = VolunteerFile(
    "export_logiciel.csv",
    lambda: csv_of(
        *lines("""
            Code | Orientation | Objectif | Action | Resp. | Échéance
            A-1 | Vieillir chez soi | Briser l’isolement | Des appels amicaux | Le Fil d’argent | automne 2026
            A-2 | Vieillir chez soi | Briser l’isolement | Un café du mardi | Le Fil d’argent | T2 2027
            B-1 | Vieillir chez soi | Adapter les maisons | Une brigade d’outils |  | hiver 2026-2027
        """),
        encoding="utf-16-le",
    ),
    {
        "Vieillir chez soi > Briser l’isolement > Des appels amicaux": {
            "code": "A-1",
            "lead": "Le Fil d’argent",
            "ends_on": "2026-11-30",
        },
        "Vieillir chez soi > Briser l’isolement > Un café du mardi": {"code": "A-2", "ends_on": "2027-06-30"},
        "Vieillir chez soi > Adapter les maisons > Une brigade d’outils": {"code": "B-1", "ends_on": "2027-02-28"},
    },
    guesses=frozenset({"automne 2026", "T2 2027", "hiver 2026-2027"}),
)

WITH_ITS_SEPARATOR_SAID = VolunteerFile(
    "budget.csv",
    lambda: (
        b"sep=;\r\n"
        + csv_of(
            *lines("""
            Orientation | Objectif | Action | Coût estimé ($) | Organisme porteur
            Bien manger | Cuisiner ensemble | Cuisines collectives | 12 500 | La Marmite
            Bien manger | Cuisiner ensemble | Boîtes à lunch | 8 000 | La Marmite
            Sous-total |  |  | 20 500 |
            Se loger | Garder les logements | Un comité de locataires | 3 250 | Toit et moi
            TOTAL GÉNÉRAL |  |  | 23 750 |
        """),
            encoding="utf-8",
        )
    ),
    {
        "Bien manger > Cuisiner ensemble > Cuisines collectives": {"budget": 12500, "lead": "La Marmite"},
        "Bien manger > Cuisiner ensemble > Boîtes à lunch": {"budget": 8000},
        "Se loger > Garder les logements > Un comité de locataires": {"budget": 3250, "lead": "Toit et moi"},
    },
)

IN_ENGLISH = VolunteerFile(
    "action_plan_FINAL_v3.csv",
    lambda: csv_of(
        *lines("""
            Strategic direction | Objective | Activity | Lead organization | Partners | Due date | Status | Budget ($) | Memo
            Food | Buy local | Farm stand | Elm Co-op | Elm School; Seniors’ Club | June 30, 2027 | In progress | $4,500.00 | ask Pat
            Food | Buy local | Glean the orchards | Elm Co-op |  | 2026-10-15 | Completed |  |
            Getting around | Rides for all | Volunteer drivers | Two Rivers Rides |  | Q2 2027 | Not started | 1200 |
        """),
        separator=",",
        encoding="utf-8",
    ),
    {
        "Food > Buy local > Farm stand": {
            "lead": "Elm Co-op",
            "partners": ["Elm School", "Seniors’ Club"],
            "ends_on": "2027-06-30",
            "state": "underway",
            "budget": 4500,
        },
        "Food > Buy local > Glean the orchards": {"ends_on": "2026-10-15", "state": "achieved"},
        "Getting around > Rides for all > Volunteer drivers": {
            "ends_on": "2027-06-30",
            "state": "planned",
            "budget": 1200,
        },
    },
    guesses=frozenset({"Q2 2027"}),
)

OF_TWO_LEVELS = VolunteerFile(
    "priorités.csv",
    lambda: csv_of(
        *lines("""
            Axe | Action | Responsable | Partenaires | Municipalité | Statut
            Transport | Navette de Hemmingford | Roule-Ensemble | CCNS, FDE80 | Hemmingford | À discuter
            Transport | Bancs publics | Roule-Ensemble | Table jeunesse, secteur ouest | Valleyfield | En cours
            Alimentation | Jardin de la bibliothèque | Grenier partagé |  | Hemmingford |
        """),
    ),
    {
        "Transport > Transport > Navette de Hemmingford": {"partners": ["CCNS", "FDE80"], "territories": ["68015"]},
        "Transport > Transport > Bancs publics": {
            "partners": ["Table jeunesse, secteur ouest"],
            "territories": ["70052"],
            "state": "underway",
        },
        "Alimentation > Alimentation > Jardin de la bibliothèque": {"territories": ["68015"], "state": ""},
    },
    answers=Answers(names={"territory:hemmingford": "68015"}),
    guesses=frozenset({"CCNS, FDE80", "À discuter"}),
)

FILES = [
    ONE_ROW_A_MILESTONE,
    IN_THE_ALPHABET_OF_EXCEL,
    IN_UTF_16,
    IN_UTF_16_WITHOUT_A_MARK,
    WITH_ITS_SEPARATOR_SAID,
    IN_ENGLISH,
    OF_TWO_LEVELS,
]
