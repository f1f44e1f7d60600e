"""Fifteen questions as people type them, and what each idea of the demonstration is worth to whoever asks.

They were judged by reading the ideas, before the engine was asked. `answers` answer the question, `useful` are of some
use; no other idea is.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Judged:
    typed: str
    answers: str
    useful: str = ""

    @property
    def grades(self) -> dict[str, int]:
        return dict.fromkeys(self.useful.split(), 1) | dict.fromkeys(self.answers.split(), 2)


JUDGED = [
    Judged(
        "aide aux personnes âgées",
        "colocation-aines rendez-vous-medical quitter-son-village congelateur-rigaud",
        "aide-formulaires tout-en-ligne maisonnettes desert-alimentaire-elgin",
    ),
    Judged("logement trop cher", "plafond-loyers loyer-ou-epicerie", "quitter-son-village familles-nombreuses"),
    Judged("autobus le soir", "autobus-soir", "train-dimanche carte-unique abribus-chauffes navette-hemmingford"),
    Judged("épicerie loin du village", "desert-alimentaire-elgin navette-hemmingford", "loyer-ou-epicerie"),
    Judged("garderie le samedi", "haltes-samedi"),
    Judged("devoirs sans internet", "devoirs-sans-internet", "ordinateur-eleves tout-en-ligne"),
    Judged("enfants lunch été", "lunch-camp-jour collation-bibliotheque", "frigos-ecoles"),
    Judged("trottoirs l'hiver", "trottoir-ecole"),
    Judged("fauteuil roulant", "bacs-fauteuil rampes-commerces", "rendez-vous-medical"),
    Judged("jeunes école garage", "garage-ecole", "un-adulte-qui-croit"),
    Judged("logements mal chauffés", "logements-froids", "visite-logement halte-climat"),
    Judged("accueil d'une famille immigrante", "jumelage-familles", "familles-nombreuses travailleurs-agricoles"),
    Judged("se rendre chez le médecin", "rendez-vous-medical navette-hemmingford", "tout-en-ligne"),
    Judged("jardiner", "bacs-fauteuil", "glanage-jardins"),
    Judged("remplir des formulaires", "aide-formulaires", "moins-de-rapports tout-en-ligne"),
]
