"""The names of the codes of the domain in the interface; those of what the teams do are in `team_words`."""

from flask_babel import lazy_gettext as _l

from app.web.frame.team_words import MEASURES_TAKEN

# What names a territory and nothing that is in it; without a territory, what names none.
EXACT = {True: _l("Pour l'ensemble seulement"), False: _l("Pour toute la région")}
KINDS = {"aspiration": _l("Aspiration"), "need": _l("Besoin"), "idea": _l("Idée"), "project": _l("Projet")}
OWN = {
    "aspiration": _l("Votre aspiration"),
    "need": _l("Votre besoin"),
    "idea": _l("Votre idée"),
    "project": _l("Votre projet"),
}
KIND_HELP = {
    "aspiration": _l("Ce que vous espérez pour votre milieu"),
    "need": _l("Ce qui manque, ce que vous vivez"),
    "idea": _l("Une piste pour répondre à un besoin"),
    "project": _l("Une idée qui a déjà des gens et des moyens"),
}
SUPPORT = {
    "aspiration": _l("Appuyer cette aspiration"),
    "need": _l("Appuyer ce besoin"),
    "idea": _l("Appuyer cette idée"),
    "project": _l("Appuyer ce projet"),
}
SUPPORTED = {
    "aspiration": _l("Vous appuyez cette aspiration"),
    "need": _l("Vous appuyez ce besoin"),
    "idea": _l("Vous appuyez cette idée"),
    "project": _l("Vous appuyez ce projet"),
}
STATUSES = {
    "draft": _l("Brouillon"),
    "pending": _l("En attente"),
    "published": _l("Proposition"),
    "under_review": _l("À l'étude"),
    "retained": _l("Retenue"),
    "planned": _l("Au plan"),
    "underway": _l("En cours"),
    "achieved": _l("Réalisée"),
    "declined": _l("Non retenue"),
    "archived": _l("Archivée"),
    "withdrawn": _l("Retirée"),
}
STEPS = {
    "published": _l("Proposition au public"),
    "under_review": _l("Mise à l'étude"),
    "retained": _l("Retenue"),
    "planned": _l("Inscription au plan d'action"),
    "underway": _l("Mise en route"),
    "achieved": _l("Réalisée"),
    "declined": _l("Non retenue"),
    "archived": _l("Archivée"),
    "withdrawn": _l("Retirée"),
}
# What an official answer does with the step.
ANSWERS = {"same": _l("Laisser l'étape comme elle est")} | STEPS
SORTS = {
    "recent": _l("Récentes"),
    "supported": _l("Appuyées"),
    "discussed": _l("Discutées"),
    "least_discussed": _l("Peu commentées"),
}
INTENTS = {
    "appreciate": _l("Ce que j'apprécie"),
    "wonder": _l("Ce que je me demande"),
    "suggest": _l("Ce que je suggère"),
    "offer": _l("Ce que j'offre"),
}
INTENT_HELP = {"offer": _l("Du temps, un lieu, un contact, des données, de l'argent")}
# In few words, on the badge of a comment; INTENTS are the choices of its form.
BADGES = {
    "appreciate": _l("Appréciation"),
    "wonder": _l("Question"),
    "suggest": _l("Suggestion"),
    "offer": _l("Offre"),
}
STANCES = {"pour": _l("Pour"), "contre": _l("Contre")}
LANGUAGES = {"fr": _l("Français"), "en": _l("Anglais")}
FIGURES = {
    "for_": _l("Pour"),
    "against": _l("Contre"),
    "mixed": _l("Mitigés"),
    "total": _l("Votes en tout"),
    "yes": _l("Oui"),
    "no": _l("Non"),
    "arguments": _l("Arguments"),
    "sources": _l("Sources"),
    "versions": _l("Versions"),
    "ranking": _l("Rang"),
}
FOLLOWED = {"all": _l("Suivi"), "steps": _l("Suivi : les étapes"), "none": _l("Suivre")}
FOLLOW_CAUSES = {
    "own": _l("parce que vous l'avez écrit"),
    "held": _l("parce que vous la tenez à jour"),
    "commented": _l("parce que vous y avez commenté"),
    "supported": _l("parce que vous l'appuyez"),
    "member": _l("parce que vous en êtes membre"),
    "chosen": _l("vous l'avez choisi"),
}
CONTENTS = {
    "idea": _l("Idée"),
    "comment": _l("Commentaire"),
    "update": _l("Travaux"),
    "action": _l("Action du plan"),
    "bulletin": _l("Nouvelle d'une action"),
    "event": _l("Rencontre"),
    "topic": _l("Sujet d'un Forum ouvert"),
    "profile": _l("Profil"),
}
SUBJECTS = {
    "idea": _l("une contribution"),
    "comment": _l("un commentaire"),
    "update": _l("des travaux d'une communauté"),
    "action": _l("une action du plan"),
    "bulletin": _l("une nouvelle d'action"),
    "event": _l("une rencontre"),
    "topic": _l("un sujet d'un Forum ouvert"),
    "profile": _l("un profil"),
    "user": _l("un compte"),
}
DECISION = _l("Décision")
JOURNAL = (
    {
        "status": _l("Étape d'une contribution"),
        "answer": _l("Réponse à une contribution"),
        "kind": _l("Nature d'une contribution changée"),
    }
    | MEASURES_TAKEN
    | {
        "case": _l("Signalements examinés"),
        "appeal": _l("Demande de nouvel examen"),
        "charter": _l("Charte modifiée"),
        "settings": _l("Réglages du site modifiés"),
        "removal": _l("Fin d'une adhésion à la communauté"),
        "role": _l("Rôle changé sur le site"),
        "coverage": _l("Enjeux que couvre une communauté"),
        "sitting": _l("Séance de saisie : trois heures, 120 idées à l'heure"),
        "relate": _l("Contributions liées"),
        "unrelate": _l("Lien retiré entre deux contributions"),
        "plan": _l("Version du plan publiée"),
        "action": _l("Avancement d'une action du plan"),
        "event": _l("Vie d'une rencontre"),
        "holder": _l("Charge de tenir une action à jour"),
        "link": _l("Contribution liée à une action"),
    }
)
INVITATIONS = {
    "open": _l("En attente"),
    "used": _l("Acceptée"),
    "revoked": _l("Annulée"),
    "expired": _l("Expirée"),
}
SETTINGS = {
    "registration_open": _l("Inscription ouverte"),
    "trust_posts": _l("Publications avant la confiance"),
    "trust_days": _l("Jours avant la confiance"),
    "new_links": _l("Liens par texte"),
    "new_mentions": _l("Mentions par texte"),
    "new_posts_per_hour": _l("Publications par heure"),
    "refused_domains": _l("Domaines de courriel refusés"),
    "first_steps_away": _l("Premiers pas"),
    "texts_read": _l("Lecture de la charte et de la page Confidentialité"),
}
ROLES = {
    "member": _l("Membre"),
    "facilitator": _l("Animation d'une communauté"),
    "coordinator": _l("Coordination"),
    "admin": _l("Administration"),
}
ACCOUNT_STATES = {"suspended": _l("Suspendus"), "closed": _l("Fermés")}
ACCESSES = {
    "account": _l("La fiche du compte (adresse courriel, rôles, sessions), pour l'administrer"),
    "address": _l("Une recherche par adresse courriel, pour trouver le compte"),
    "export": _l("Une liste d'idées, emportée dans un fichier"),
    "events_file": _l("Une liste de rencontres, emportée dans un fichier"),
    "people": _l("Les noms et les besoins des personnes inscrites à une rencontre, pour les accueillir"),
    "people_file": _l("Les personnes inscrites à une rencontre, emportées dans un fichier"),
}
# What whoever pitches a topic of a forum asks of its room, by the columns that say so.
WISHES = {
    "wants_step_free": _l("sans marche"),
    "wants_online": _l("en ligne aussi"),
    "wants_quiet": _l("un endroit calme"),
}
