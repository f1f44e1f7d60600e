"""What must come first for 43 searches on the ideas of the demonstration, and what must not come at all.

Written by reading the ideas, before the engine: `first` are the first ones, in any order; `among` are found too; `never`
are not.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    typed: str
    first: str = ""
    among: str = ""
    never: str = ""


WANTED = [
    Wanted("frigo", "frigos-ecoles"),
    Wanted("frigos communautaire", "frigos-ecoles"),
    Wanted("epicerie", "loyer-ou-epicerie"),
    Wanted("épiceries", "loyer-ou-epicerie"),
    Wanted("loyers", "loyer-ou-epicerie plafond-loyers", never="velo-pont"),
    Wanted("autobus soir", "autobus-soir"),
    Wanted("vélo", "velo-pont garage-ecole"),
    Wanted("école", "frigos-ecoles trottoir-ecole garage-ecole"),
    Wanted("école -garage", "frigos-ecoles trottoir-ecole", never="garage-ecole"),
    Wanted("rampe", "rampes-commerces"),
    Wanted("BIBLIOTHEQUES", "roulotte-lire devoirs-sans-internet collation-bibliotheque"),
    Wanted(
        "logements",
        "quitter-son-village visite-logement batiment-vide logements-froids plafond-loyers familles-nombreuses",
    ),
    Wanted("jumelez", "colocation-aines jumelage-familles"),
    Wanted("aînée", "colocation-aines"),
    Wanted("étudiante", "train-dimanche"),
    Wanted("travailleuse agricole", "travailleurs-agricoles"),
    Wanted('"banque de temps"', "banque-de-temps"),
    Wanted("haltes", "haltes-samedi halte-climat"),
    Wanted("halte-garderie", "haltes-samedi"),
    Wanted("Valleyfield", "autobus-soir", "aide-formulaires lunch-camp-jour loyer-ou-epicerie", "bacs-fauteuil"),
    Wanted("Melocheville", among="aide-formulaires lunch-camp-jour", never="autobus-soir"),
    Wanted("maple grove", among="aide-formulaires lunch-camp-jour"),
    Wanted("Dorion", among="jumelage-familles", never="velo-pont"),
    Wanted("coteau landing", among="colocation-aines"),
    Wanted("autobus Saint-Timothée", "autobus-soir"),
    Wanted("Grande-Île", among="autobus-soir lunch-camp-jour"),
    Wanted("Sainte-Philomène", among="un-adulte-qui-croit"),
    Wanted("st-rémi", "navette-hemmingford", "familles-nombreuses glanage-jardins"),
    Wanted("congélateurs", "congelateur-rigaud"),
    Wanted("trottoirs déneigés", "trottoir-ecole"),
    Wanted("co-voiturage", "covoiturage-villageois"),
    Wanted("rendez-vous médicaux", "rendez-vous-medical"),
    Wanted("toilette sortie", "toilettes-publiques"),
    Wanted("formulaire", "aide-formulaires"),
    Wanted("l'hiver trottoir", "trottoir-ecole"),
    Wanted("élève ordinateurs", "ordinateur-eleves"),
    Wanted("navettes Hemmingford", "navette-hemmingford"),
    Wanted("déserts alimentaires", "desert-alimentaire-elgin"),
    Wanted("devoir internet", "devoirs-sans-internet"),
    Wanted("ortophonie", "orthophonie-attente"),
    Wanted("congelatuer", "congelateur-rigaud"),
    Wanted("camps de jour", "lunch-camp-jour"),
    Wanted("village -roulotte", never="roulotte-lire cuisine-itinerante"),
]
