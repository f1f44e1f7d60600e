"""The names of what the teams do: what waits for them and why, reports, cases, measures and appeals."""

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

SUSPECT = {
    "first": _l("première contribution"),
    "trap": _l("champ piège rempli"),
    "form": _l("envoi qui ne vient pas de notre formulaire"),
    "burst": _l("rafale d'un même compte"),
    "crowd": _l("rafale d'une même adresse"),
    "new": _l("compte récent"),
    "words": _l("plus de la moitié des mots ont changé"),
    "again": _l("nouvel essai, après un refus"),
}
SUSPECT_COUNTS = {
    "links": lambda n: ngettext("%(num)s lien", "%(num)s liens", n),
    "mentions": lambda n: ngettext("%(num)s personne nommée", "%(num)s personnes nommées", n),
    "fast": lambda n: ngettext("%(num)s seconde pour écrire", "%(num)s secondes pour écrire", n),
    "tags": lambda n: ngettext("%(num)s étiquette nouvelle", "%(num)s étiquettes nouvelles", n),
}
REPORT_REASONS = {
    "spam": _l("Publicité ou envoi répété"),
    "insult": _l("Attaque ou propos blessants"),
    "personal": _l("Renseignements personnels"),
    "false": _l("Affirmation fausse ou trompeuse"),
    "off_topic": _l("Hors du sujet"),
    "other": _l("Autre chose"),
}
REPORT_HELP = {
    "spam": _l("On vend, on recrute, on répète le même message."),
    "insult": _l("On vise une personne ou un groupe plutôt qu'une idée."),
    "personal": _l("Une adresse, un téléphone, la vie privée de quelqu'un."),
    "false": _l("Ce qui est affirmé est faux et peut nuire."),
    "off_topic": _l("Cela n'a pas sa place sous cette idée ou dans cette communauté."),
    "other": _l("Dites en quelques mots ce qui ne va pas."),
}
CASE_STATES = {"open": _l("À l'examen"), "handled": _l("Retenu"), "dismissed": _l("Sans suite")}
CASE_STEPS = {"open": _l("Cas rouvert"), "handled": _l("Signalement retenu"), "dismissed": _l("Classé sans suite")}
CASE_LISTS = {"open": _l("Ouverts"), "handled": _l("Retenus"), "dismissed": _l("Sans suite")}
APPEAL_STATES = {"open": _l("En attente"), "granted": _l("Accueillie"), "refused": _l("Refusée")}
APPEAL_LISTS = {"open": _l("En attente"), "granted": _l("Accueillies"), "refused": _l("Refusées")}
MEASURES_SUFFERED = {
    "hide": _l("L'équipe d'animation a masqué %(mine)s"),
    "refuse": _l("L'équipe d'animation n'a pas publié %(mine)s"),
    "warn": _l("Vous avez reçu un avertissement"),
    "suspend": _l("Votre participation est suspendue"),
    "block": _l("Votre participation est bloquée"),
}
MEASURES_TAKEN = {
    "hide": _l("Contenu masqué"),
    "restore": _l("Contenu rétabli"),
    "lock": _l("Fil verrouillé"),
    "unlock": _l("Fil rouvert"),
    "slow": _l("Fil ralenti"),
    "move": _l("Contenu déplacé"),
    "hand_over": _l("Contribution confiée à une autre communauté"),
    "warn": _l("Avertissement"),
    "publish": _l("Publication admise"),
    "refuse": _l("Publication refusée"),
    "suspend": _l("Suspension"),
    "block": _l("Blocage"),
    "freeze": _l("Compte en pause"),
    "lift": _l("Mesure levée"),
    "merge": _l("Contribution jointe à une autre"),
    "part": _l("Contribution séparée de nouveau"),
    "split": _l("Contribution tirée d'une autre"),
    "join_back": _l("Contribution réunie à celle d'où elle venait"),
    "publish_change": _l("Modification admise"),
    "refuse_change": _l("Modification refusée"),
    "unpublish": _l("Publication annulée dans la minute"),
}
QUEUES = {
    "pending": _l("Premières publications"),
    "changes": _l("Textes modifiés"),
    "cases": _l("Signalements"),
    "appeals": _l("Demandes de nouvel examen"),
    "reviews": _l("Réponses à relire"),
    "handovers": _l("Idées qu'on vous confie"),
    "requests": _l("Changements de communauté"),
    "links": _l("Liens proposés"),
    "frozen": _l("Comptes en pause"),
    "unanswered": _l("Sans réponse"),
    "unread": _l("À lire"),
    "returned": _l("Revenues du plan"),
    "said": _l("Notes de forums"),
    "stalled": _l("Étapes sans suite"),
    "unlinked": _l("Inscrites sans action"),
    "late": _l("Actions en retard"),
    "orphans": _l("Idées sans communauté"),
}
QUEUE_HELP = {
    "pending": _l(
        "Les textes de comptes récents, ceux qui portent un signe suspect, les sujets de forums de gens que personne "
        "n'a encore vu arriver et les profils masqués qui ont changé. Rien ne paraît avant votre décision."
    ),
    "changes": _l(
        "Un compte récent, ou un envoi suspect, change un texte publié; ou quelqu'un écrit autrement ce qui "
        "était masqué. L'ancien reste tel quel jusqu'à votre décision."
    ),
    "cases": _l("Ce que des membres signalent. Les plus anciens d'abord."),
    "appeals": _l("On demande que quelqu'un d'autre regarde une mesure. Vous n'avez pas pris celles-ci."),
    "reviews": _l("Une ou un collègue attend votre relecture avant de publier."),
    "handovers": _l("Une autre communauté vous propose de les porter. Acceptez, ou renvoyez-les avec un mot."),
    "requests": _l(
        "Des personnes demandent une autre communauté pour leur idée. Confiez-la, ou dites pourquoi elle reste."
    ),
    "links": _l(
        "Des membres proposent de lier une contribution à une action du plan. Acceptez, ou dites pourquoi non."
    ),
    "frozen": _l("Ils ont publié beaucoup en très peu de temps. Regardez, puis levez la pause s'il y a lieu."),
    "unanswered": _l("Proposées depuis plus longtemps que ce que la communauté s'est donné pour répondre."),
    "unread": _l(
        "Les commentaires que l'équipe n'a pas encore lus, une ligne par idée. Personne n'attend : lisez-les "
        "quand vous en avez le temps."
    ),
    "returned": _l("Leur action a été abandonnée. Liez-les à une autre, ou dites à leurs auteurs ce qui vient."),
    "said": _l(
        "Les forums clos dont la relecture n'est pas finie. Donnez sa place à chaque chose dite, puis terminez : qui y "
        "était en est avisé."
    ),
    "stalled": _l("Une étape a été annoncée, puis plus rien depuis longtemps. Un mot suffit parfois."),
    "unlinked": _l("Leur étape a été inscrite à la main. Liez-les à une action du plan : elles la suivront."),
    "late": _l(
        "Le jour prévu d'un jalon, ou celui de leur fin, est passé. D'abord celles dont on n'a rien dit depuis "
        "le plus longtemps."
    ),
    "orphans": _l("Personne ne les porte encore. Elles attendent une communauté."),
}
QUEUE_EMPTY = {
    "pending": _l("Aucune première publication n'attend votre regard."),
    "changes": _l("Aucune modification n'attend votre regard."),
    "cases": _l("Aucun signalement n'attend votre décision."),
    "appeals": _l("Aucune demande n'attend votre jugement."),
    "reviews": _l("Aucune réponse n'attend votre relecture."),
    "handovers": _l("Aucune communauté ne vous propose d'idée."),
    "requests": _l("Personne ne demande une autre communauté pour son idée."),
    "links": _l("Personne ne propose de lien avec une action."),
    "frozen": _l("Aucun compte en pause n'attend votre regard."),
    "unanswered": _l("Chaque idée a une réponse, ou a encore le temps d'en recevoir une."),
    "unread": _l("L'équipe a lu tous les commentaires."),
    "returned": _l("Aucune idée n'a perdu son action."),
    "said": _l("Tout ce qui s'est dit aux forums a sa place."),
    "stalled": _l("Aucune étape n'attend une suite depuis longtemps."),
    "unlinked": _l("Chaque idée au plan suit une action."),
    "late": _l("Aucune action du plan n'est en retard."),
    "orphans": _l("Chaque idée a sa communauté."),
}
MEASURE_ACTS = {
    "hide": _l("Rétablir ce contenu"),
    "refuse": _l("Remettre ce texte en attente"),
    "lock": _l("Rouvrir ce fil"),
    "slow": _l("Rendre au fil son rythme d'avant"),
    "move": _l("Remettre à sa place d'avant"),
    "hand_over": _l("Rendre l'idée à la communauté d'avant"),
    "warn": _l("Retirer l'avertissement"),
    "merge": _l("Séparer de nouveau cette idée"),
    "split": _l("Réunir cette idée à son origine"),
    "suspend": _l("Lever la suspension"),
    "block": _l("Lever le blocage"),
}
PACES = {
    0: _l("Aucun : chacun écrit à son rythme"),
    5: _l("5 minutes"),
    15: _l("15 minutes"),
    60: _l("1 heure"),
    240: _l("4 heures"),
}
DURATIONS = {
    "1": _l("1 jour"),
    "3": _l("3 jours"),
    "7": _l("7 jours"),
    "30": _l("30 jours"),
    "90": _l("90 jours"),
    "date": _l("Jusqu'à une date"),
}
RESTRICTIONS = {"suspend": _l("Suspension"), "block": _l("Blocage"), "freeze": _l("En pause, à examiner")}
HANDOVERS = {
    "open": _l("En attente"),
    "accepted": _l("Acceptée"),
    "returned": _l("Renvoyée"),
    "cancelled": _l("Annulée"),
}


def signs(suspect: str) -> list[str]:
    """Explain why a post waits, from its codes (`first links:4 fast:2`)."""
    pairs = [code.partition(":")[::2] for code in suspect.split()]
    return [SUSPECT_COUNTS[name](int(number)) if number else str(SUSPECT[name]) for name, number in pairs]


def waiting(suspect: str) -> str:
    """Say that a text waits for a team to read it, for the first time or once more."""
    is_again = "again" in suspect.split()
    return str(_l("En attente d'une nouvelle lecture") if is_again else _l("En attente d'une première lecture"))


def is_first(suspect: str) -> bool:
    """Tell whether a post or a change waits because its author is new."""
    return bool({"first", "new"} & set(suspect.split()))


def is_suspect(suspect: str) -> bool:
    """Tell whether something else than being new, and what anybody may do, makes a text wait."""
    return bool({code.partition(":")[0] for code in suspect.split()} - {"first", "new", "words", "tags", "again"})
