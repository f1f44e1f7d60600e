"""What the codes of the domain are called in the interface."""
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

KINDS = {"aspiration": _l("Aspiration"), "need": _l("Besoin"), "idea": _l("Idée"), "project": _l("Projet")}
KIND_HELP = {
    "aspiration": _l("Ce que vous espérez pour votre milieu"),
    "need": _l("Ce qui manque, ce que vous vivez"),
    "idea": _l("Une piste pour répondre à un besoin"),
    "project": _l("Une idée qui a déjà des gens et des moyens"),
}
STATUSES = {
    "draft": _l("Brouillon"), "pending": _l("En attente"), "published": _l("Proposée"),
    "under_review": _l("À l'étude"), "retained": _l("Retenue"), "planned": _l("Au plan"),
    "underway": _l("En cours"), "achieved": _l("Réalisée"), "declined": _l("Non retenue"),
    "archived": _l("Archivée"), "withdrawn": _l("Retirée"),
}
STATIONS = (_l("Proposée"), _l("À l'étude"), _l("Décision"), _l("Au plan"), _l("Résultat"))
STATION_OF = {
    "published": 0, "under_review": 1, "retained": 2, "declined": 2, "planned": 3, "underway": 3, "achieved": 4,
    "archived": 0, "withdrawn": 0, "draft": 0, "pending": 0,
}
STEPS = {
    "published": _l("Proposée au public"), "under_review": _l("Mise à l'étude"), "retained": _l("Retenue"),
    "planned": _l("Inscrite au plan d'action"), "underway": _l("Mise en route"), "achieved": _l("Réalisée"),
    "declined": _l("Non retenue"), "archived": _l("Archivée"), "withdrawn": _l("Retirée"),
}
SORTS = {
    "recent": _l("Récentes"), "supported": _l("Appuyées"), "discussed": _l("Discutées"),
    "unanswered": _l("Sans réponse"),
}
INTENTS = {
    "appreciate": _l("Ce que j'apprécie"), "wonder": _l("Ce que je me demande"),
    "suggest": _l("Ce que je suggère"), "offer": _l("Ce que j'offre"),
}
LANGUAGES = {"fr": _l("Français"), "en": _l("Anglais")}
PLACE_KINDS = {
    "mrc": _l("MRC"), "ville": _l("ville"), "municipalité": _l("municipalité"), "paroisse": _l("paroisse"),
    "canton": _l("canton"), "village": _l("village"),
}
FIGURES = {
    "for_": _l("Pour"), "against": _l("Contre"), "mixed": _l("Mitigés"), "total": _l("Votes en tout"),
    "yes": _l("Oui"), "no": _l("Non"), "arguments": _l("Arguments"), "sources": _l("Sources"),
    "versions": _l("Versions"), "ranking": _l("Rang"),
}
SUSPECT = {
    "first": _l("première contribution"), "trap": _l("champ piège rempli"),
    "form": _l("envoi qui ne vient pas de notre formulaire"), "burst": _l("rafale d'un même compte"),
    "crowd": _l("rafale d'une même adresse"),
}
COUNTED = {
    "links": lambda n: ngettext("%(num)s lien", "%(num)s liens", n),
    "mentions": lambda n: ngettext("%(num)s personne nommée", "%(num)s personnes nommées", n),
    "fast": lambda n: ngettext("%(num)s seconde pour écrire", "%(num)s secondes pour écrire", n),
}
NOTICES = {
    "status": _l("Votre contribution a une réponse"),
    "status.joined": _l("La contribution à laquelle la vôtre est jointe a une réponse"),
    "merge.author": _l("Votre contribution est jointe à une autre qui dit la même chose; la vôtre reste lisible"),
    "merge.received": _l("Une contribution qui dit la même chose est jointe à la vôtre"),
    "merge.support": _l("Une contribution que vous appuyez est jointe à une autre : votre appui y est compté aussi, "
                        "et vous pouvez l'y retirer"),
    "part.author": _l("Votre contribution est de nouveau séparée de celle à laquelle elle était jointe"),
    "part.support": _l("Une contribution que vous appuyez est de nouveau séparée : votre appui reste sur elle"),
    "split.author": _l("L'équipe d'animation a tiré de votre texte une deuxième contribution, à votre nom : vous "
                       "pouvez la modifier ou la retirer"),
    "answers.review": _l("On vous demande de relire une réponse avant qu'elle paraisse"),
    "answers.agreed": _l("Votre réponse est relue : vous pouvez la publier"),
    "answers.remark": _l("Votre réponse vous revient, avec une remarque"),
    "answers.due": _l("Des idées attendent une réponse de votre équipe : %(count)s"),
    "measure.hide": _l("Un texte que vous avez écrit est masqué"),
    "measure.restore": _l("Un texte que vous avez écrit est de nouveau public"),
    "measure.publish": _l("Un texte que vous avez écrit est publié"),
    "measure.refuse": _l("Un texte que vous avez écrit n'est pas publié"),
    "measure.freeze": _l("Votre compte est en pause, le temps que l'équipe d'animation y jette un coup d'œil"),
    "measure.lift": _l("Votre compte n'est plus en pause : vous pouvez de nouveau participer"),
    "measure.warn": _l("Vous avez reçu un avertissement (%(place)s)"),
    "measure.suspend": _l("Votre participation est suspendue jusqu'au %(until)s (%(place)s)"),
    "measure.block": _l("Votre participation est bloquée (%(place)s)"),
    "measure.unwarn": _l("Un avertissement que vous aviez reçu est retiré (%(place)s)"),
    "measure.unsuspend": _l("Votre suspension est levée : vous pouvez de nouveau participer (%(place)s)"),
    "measure.unblock": _l("Votre blocage est levé : vous pouvez de nouveau participer (%(place)s)"),
    "measure.lead": _l("Une contribution que vous avez écrite est maintenant portée par « %(place)s »"),
    "measure.move": _l("Un commentaire que vous avez écrit est déplacé sous une autre contribution"),
    "handover.open": _l("On propose une idée à votre communauté « %(place)s »"),
    "handover.accepted": _l("« %(place)s » accepte l'idée que vous lui avez proposée"),
    "handover.returned": _l("« %(place)s » vous renvoie l'idée que vous lui avez proposée"),
    "freeze.review": _l("Un compte a publié beaucoup en très peu de temps : il est en pause et attend votre regard"),
    "account.suspended": _l("L'administration a suspendu votre compte"),
    "account.restored": _l("L'administration a levé la suspension de votre compte"),
    "role.member": _l("Vous n'avez plus de rôle particulier sur le site"),
    "role.coordinator": _l("Vous faites maintenant partie de la coordination du site"),
    "role.admin": _l("Vous faites maintenant partie de l'administration du site"),
    "charge.given": _l("Vous animez la communauté « %(place)s »"),
    "charge.withdrawn": _l("Vous n'animez plus la communauté « %(place)s »"),
    "member.removed": _l("Vous n'êtes plus membre d'une communauté privée"),
    "account.signed_out": _l("L'administration a fermé toutes vos sessions"),
    "account.second_factor": _l("L'administration a désactivé la vérification en deux étapes de votre compte"),
    "report.handled": _l("Un contenu que vous avez signalé : l'équipe d'animation vous donne raison"),
    "report.dismissed": _l("Un contenu que vous avez signalé : l'équipe d'animation le laisse tel quel"),
    "report.reopened": _l("Un contenu que vous avez signalé est de nouveau à l'examen"),
    "report.against": _l("Un texte que vous avez écrit a été signalé, et l'équipe d'animation y donne suite"),
    "report.cleared": _l("Un texte que vous avez écrit avait été signalé : l'équipe d'animation n'y donne plus suite"),
    "case.opened": _l("Un contenu est signalé à votre équipe"),
    "appeal.opened": _l("On demande à votre équipe un nouvel examen d'une mesure"),
    "appeal.granted": _l("Votre demande de nouvel examen est accueillie : la mesure est annulée"),
    "appeal.refused": _l("Votre demande de nouvel examen est refusée : la mesure reste"),
    "desk.idea": _l("Quelqu'un de votre équipe vous confie une contribution"),
    "desk.case": _l("Quelqu'un de votre équipe vous confie un signalement"),
}
REPORT_REASONS = {
    "spam": _l("Publicité ou envoi répété"), "insult": _l("Attaque ou propos blessants"),
    "personal": _l("Renseignements personnels"), "false": _l("Affirmation fausse ou trompeuse"),
    "off_topic": _l("Hors du sujet"), "other": _l("Autre chose"),
}
REPORT_HELP = {
    "spam": _l("On vend, on recrute, on répète le même message."),
    "insult": _l("On vise une personne ou un groupe plutôt qu'une idée."),
    "personal": _l("Une adresse, un téléphone, la vie privée de quelqu'un."),
    "false": _l("Ce qui est affirmé est faux et peut nuire."),
    "off_topic": _l("Cela n'a pas sa place sous cette idée ou dans cette communauté."),
    "other": _l("Dites en quelques mots ce qui ne va pas."),
}
CONTENTS = {"idea": _l("Idée"), "comment": _l("Commentaire"), "update": _l("Nouvelle")}
CASE_STATES = {"open": _l("À l'examen"), "handled": _l("Retenu"), "dismissed": _l("Sans suite")}
CASE_STEPS = {"open": _l("Cas rouvert"), "handled": _l("Signalement retenu"), "dismissed": _l("Classé sans suite")}
CASE_LISTS = {"open": _l("Ouverts"), "handled": _l("Retenus"), "dismissed": _l("Sans suite")}
APPEAL_STATES = {"open": _l("En attente"), "granted": _l("Accueillie"), "refused": _l("Refusée")}
APPEAL_LISTS = {"open": _l("En attente"), "granted": _l("Accueillies"), "refused": _l("Refusées")}
MEASURES_SUFFERED = {
    "hide": _l("Un texte que vous avez écrit est masqué."),
    "refuse": _l("Un texte que vous avez proposé n'a pas été publié."),
    "warn": _l("Vous avez reçu un avertissement."),
    "suspend": _l("Votre participation est suspendue."),
    "block": _l("Votre participation est bloquée."),
}
MEASURES_TAKEN = {
    "hide": _l("Contenu masqué"), "restore": _l("Contenu rétabli"), "lock": _l("Fil verrouillé"),
    "unlock": _l("Fil rouvert"), "slow": _l("Fil ralenti"), "move": _l("Déplacement"),
    "hand_over": _l("Idée confiée à une autre communauté"), "warn": _l("Avertissement"),
    "publish": _l("Publication"), "refuse": _l("Refus de publier"), "suspend": _l("Suspension"),
    "block": _l("Blocage"), "freeze": _l("Mise en attente"), "lift": _l("Mesure levée"), "merge": _l("Regroupement"),
    "part": _l("Regroupement défait"), "split": _l("Idée scindée"), "join_back": _l("Idée réunie"),
}
QUEUES = {
    "pending": _l("Premières publications"), "cases": _l("Signalements"), "appeals": _l("Demandes de nouvel examen"),
    "reviews": _l("Réponses à relire"), "handovers": _l("Idées qu'on vous confie"),
    "frozen": _l("Comptes en pause"), "unanswered": _l("Sans réponse"), "unread": _l("Commentaires non lus"),
    "stalled": _l("Étapes sans suite"), "orphans": _l("Idées sans communauté"),
}
QUEUE_HELP = {
    "pending": _l("Écrites par des comptes récents, ou retenues par un signe suspect. Rien ne paraît avant vous."),
    "cases": _l("Ce que des membres signalent. Les plus anciens d'abord."),
    "appeals": _l("On demande que quelqu'un d'autre regarde une mesure. Vous n'avez pas pris celles-ci."),
    "reviews": _l("Une ou un collègue attend vos yeux avant de publier."),
    "handovers": _l("Une autre communauté vous propose de les porter. Acceptez, ou rendez-les avec un mot."),
    "frozen": _l("Ils ont publié beaucoup en très peu de temps. Regardez, puis levez la pause s'il y a lieu."),
    "unanswered": _l("Proposées depuis plus longtemps que ce que la communauté s'est donné pour répondre."),
    "unread": _l("Ce qui s'est dit depuis la dernière lecture de l'équipe, sans ses propres commentaires."),
    "stalled": _l("Une étape a été annoncée, puis plus rien depuis longtemps. Un mot suffit parfois."),
    "orphans": _l("Personne ne les porte encore. Elles attendent une communauté."),
}
QUEUE_EMPTY = {
    "pending": _l("Aucune première publication n'attend votre regard."),
    "cases": _l("Aucun signalement n'attend votre décision."),
    "appeals": _l("Aucune demande n'attend votre jugement."),
    "reviews": _l("Aucune réponse n'attend votre relecture."),
    "handovers": _l("Aucune communauté ne vous propose d'idée."),
    "frozen": _l("Aucun compte en pause n'attend votre regard."),
    "unanswered": _l("Chaque idée a une réponse, ou a encore le temps d'en recevoir une."),
    "unread": _l("L'équipe a lu tous les commentaires."),
    "stalled": _l("Aucune étape ne dort."),
    "orphans": _l("Chaque idée a sa communauté."),
}
MEASURE_ACTS = {
    "hide": _l("Rétablir ce contenu"), "refuse": _l("Remettre ce texte en attente"), "lock": _l("Rouvrir ce fil"),
    "slow": _l("Rendre au fil son rythme d'avant"), "move": _l("Remettre à sa place d'avant"),
    "hand_over": _l("Rendre l'idée à la communauté d'avant"), "warn": _l("Retirer l'avertissement"),
    "merge": _l("Séparer de nouveau cette idée"), "split": _l("Réunir cette idée à son origine"),
    "suspend": _l("Lever la suspension"), "block": _l("Lever le blocage"),
}
PACES = {
    0: _l("Aucun : chacun écrit à son rythme"), 5: _l("5 minutes"), 15: _l("15 minutes"), 60: _l("1 heure"),
    240: _l("4 heures"),
}
DURATIONS = {
    "1": _l("1 jour"), "3": _l("3 jours"), "7": _l("7 jours"), "30": _l("30 jours"), "90": _l("90 jours"),
    "date": _l("Jusqu'à une date"),
}
RESTRICTIONS = {"suspend": _l("Suspension"), "block": _l("Blocage"), "freeze": _l("En pause, à examiner")}
HANDOVERS = {
    "open": _l("En attente"), "accepted": _l("Acceptée"), "returned": _l("Renvoyée"), "cancelled": _l("Annulée"),
}
SUBJECTS = {
    "idea": _l("une contribution"), "comment": _l("un commentaire"), "update": _l("une nouvelle de communauté"),
    "user": _l("un compte"),
}
DECISION = _l("Décision")
JOURNAL = {
    "status": _l("Étape d'une contribution"), "hide": _l("Contenu masqué"), "restore": _l("Contenu rétabli"),
    "lock": _l("Fil verrouillé"), "unlock": _l("Fil rouvert"), "slow": _l("Rythme d'un fil ralenti"),
    "move": _l("Contenu déplacé"), "hand_over": _l("Contribution confiée à une autre communauté"),
    "warn": _l("Avertissement"), "publish": _l("Publication admise"), "refuse": _l("Publication refusée"),
    "suspend": _l("Suspension"), "block": _l("Exclusion"), "freeze": _l("Suspension en attente d'un examen"),
    "lift": _l("Mesure levée"), "merge": _l("Contribution jointe à une autre"),
    "part": _l("Contribution séparée de nouveau"), "split": _l("Contribution tirée d'une autre"),
    "join_back": _l("Contribution réunie à celle d'où elle venait"), "case": _l("Signalements examinés"),
    "appeal": _l("Demande de nouvel examen"), "charter": _l("Charte modifiée"),
    "settings": _l("Réglages du site modifiés"), "removal": _l("Fin d'une adhésion à la communauté"),
}
INVITATIONS = {
    "open": _l("En attente"), "used": _l("Acceptée"), "revoked": _l("Annulée"), "expired": _l("Expirée"),
}
SETTINGS = {
    "registration_open": _l("Inscription ouverte"), "trust_posts": _l("Publications avant la confiance"),
    "trust_days": _l("Jours avant la confiance"), "new_links": _l("Liens par texte"),
    "new_mentions": _l("Mentions par texte"), "new_posts_per_hour": _l("Publications par heure"),
    "refused_domains": _l("Domaines de courriel refusés"),
}
ROLES = {
    "member": _l("Membre"), "facilitator": _l("Animation d'une communauté"), "coordinator": _l("Coordination"),
    "admin": _l("Administration"),
}
ACCOUNT_STATES = {"unconfirmed": _l("Non confirmés"), "suspended": _l("Suspendus"), "closed": _l("Fermés")}
ACCESSES = {
    "account": _l("La fiche du compte (adresse courriel, rôles, sessions), pour l'administrer"),
    "address": _l("Une recherche par adresse courriel, pour trouver le compte"),
}


def signs(suspect: str) -> list[str]:
    """Say in words why a post waits, from its codes (`first links:4 fast:2`)."""
    pairs = [code.partition(":")[::2] for code in suspect.split()]
    return [COUNTED[name](int(number)) if number else str(SUSPECT[name]) for name, number in pairs]


def is_first(suspect: str) -> bool:
    """Tell whether a post waits because its author is new."""
    return "first" in suspect.split()


def is_suspect(suspect: str) -> bool:
    """Tell whether something else than being new makes a post wait."""
    return bool(set(suspect.split()) - {"first"})
