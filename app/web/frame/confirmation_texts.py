"""The titles and texts of the pages that ask for a confirmation before an act."""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext


class ConfirmationText(NamedTuple):
    """`title` is that of the page, `lead` says what the act does, `undoing` how to undo it, if the page says so."""

    title: Any
    lead: Any
    undoing: Any = ""


# Measures on a content, a thread or a profile.
MEASURES = {
    "hide": ConfirmationText(
        _l("Masquer ce contenu"),
        _l(
            "Le public ne le lira plus. La personne qui l'a écrit et l'équipe d'animation le liront encore, avec le "
            "motif; rien n'est effacé."
        ),
    ),
    "restore": ConfirmationText(_l("Rétablir ce contenu"), _l("Le texte redeviendra public.")),
    "lock": ConfirmationText(
        _l("Verrouiller ce fil"),
        _l("Personne ne pourra plus commenter; ce qui est écrit reste lisible, sous le motif."),
    ),
    "unlock": ConfirmationText(_l("Rouvrir ce fil"), _l("Les membres pourront de nouveau commenter.")),
    "hide_profile": ConfirmationText(
        _l("Masquer ce profil"),
        _l(
            "Le nom, la présentation et l'organisme ne seront plus lus nulle part, ni dans les listes ni dans les avis "
            ": « Nom masqué » paraît à leur place. La personne les lit encore, avec le motif, et peut les changer. Ce "
            "qu'elle a publié reste."
        ),
    ),
    "leave_profile": ConfirmationText(
        _l("Laisser ce profil masqué"),
        _l(
            "La personne a écrit ce qui suit depuis que son profil est masqué. Il restera masqué, et elle lira "
            "pourquoi."
        ),
    ),
    "restore_profile": ConfirmationText(
        _l("Montrer de nouveau ce profil"), _l("Tout le monde lira de nouveau ce qui suit.")
    ),
}
# Measures on somebody who takes part; each title takes their name.
MEMBER_MEASURES = {
    "warn": ConfirmationText(
        _l("Avertir %(name)s"),
        _l("Un avertissement n'empêche rien : la personne lit votre motif, et il reste au registre de vos équipes."),
    ),
    "suspend": ConfirmationText(
        _l("Suspendre %(name)s pour un temps"),
        _l(
            "La personne lit encore, se connecte et demande un nouvel examen, mais ne participe plus là jusqu'à la "
            "fin. Ce qu'elle a écrit reste."
        ),
    ),
    "block": ConfirmationText(
        _l("Bloquer %(name)s"),
        _l(
            "La personne lit encore, se connecte et demande un nouvel examen, mais ne participe plus là tant que "
            "personne ne lève le blocage. Ce qu'elle a écrit reste."
        ),
    ),
}
# What an administrator does with an account.
ADMINISTRATION = {
    "role": ConfirmationText(
        _l("Changer le rôle sur le site"),
        _l(
            "La coordination modère toutes les communautés; l'administration gère les personnes et les réglages, et ne "
            "modère pas. La personne est avisée."
        ),
        _l("Cela se défait : redonnez l'ancien rôle."),
    ),
    "charge": ConfirmationText(
        _l("Donner une charge d'animation"),
        _l(
            "Son nom sera public, et cette personne pourra répondre et modérer dans cette communauté. Donnée de "
            "nouveau, la charge est prolongée. La personne est avisée."
        ),
        _l("Cela se défait : retirez la charge."),
    ),
    "relieve": ConfirmationText(
        _l("Retirer la charge d'animation"),
        _l("L'effet est immédiat. La personne est avisée."),
        _l("Cela se défait : redonnez la charge."),
    ),
    "sign_out": ConfirmationText(
        _l("Fermer toutes ses sessions"),
        _l(
            "Tous ses appareils seront déconnectés; il faudra se connecter de nouveau avec le mot de passe. La "
            "personne est avisée."
        ),
        _l("Cela ne se défait pas : une session fermée ne se rouvre pas."),
    ),
    "suspend": ConfirmationText(
        _l("Suspendre le compte"),
        _l(
            "À faire quand un compte n'est plus entre les bonnes mains, pas pour ce qu'il a écrit : cela, c'est la "
            "modération. La personne lit encore, mais ne participe plus; elle est avisée, avec le motif, et le "
            "journal le dit sans la nommer."
        ),
        _l("Cela se défait : levez la suspension. Les sessions fermées par une connexion empêchée ne se rouvrent pas."),
    ),
    "lift": ConfirmationText(
        _l("Lever la suspension"),
        _l("La personne participera et se connectera de nouveau; elle est avisée, avec le motif."),
        _l("Cela se défait : suspendez le compte de nouveau."),
    ),
    "second_factor": ConfirmationText(
        _l("Désactiver la vérification en deux étapes"),
        _l(
            "Pour une personne qui a perdu son téléphone et ses codes de secours, et que vous avez reconnue autrement "
            "que par courriel. Son mot de passe suffira, ses sessions sont fermées, et elle est avisée."
        ),
        _l("Cela ne se défait pas : seule la personne peut activer une nouvelle vérification."),
    ),
}
# What the coordination does with a plan; each title takes its name.
PLANS = {
    "current": ConfirmationText(
        _l("Rendre courant « %(title)s »"),
        _l("Un seul plan est le plan courant : celui que tout le monde lit à la page du plan."),
        _l("Cela se défait : rendez l'autre plan courant de nouveau."),
    ),
    "archive": ConfirmationText(
        _l("Mettre aux archives « %(title)s »"),
        _l("Pour un plan terminé, ou publié par erreur. Il sort de ce qui est à faire."),
        _l("Cela se défait : sortez-le des archives."),
    ),
    "delete": ConfirmationText(
        _l("Supprimer « %(title)s »"),
        _l("Pour un plan commencé par erreur, dont rien n'a été publié. Ce qu'il contient est effacé."),
        _l("Cela ne se défait pas."),
    ),
}
# Somebody told the team of a meeting that they do not come; the title takes their name.
RELEASE = ConfirmationText(
    _l("Retirer %(name)s de la liste"),
    _l(
        "Quand la personne vous dit qu'elle ne viendra pas. Sa place va à qui attend, comme si elle l'avait rendue "
        "elle-même, et ce qu'elle avait dit de ses besoins s'efface. Un courriel le lui dit."
    ),
    _l("Cela ne se défait que par elle : son courriel mène à sa page, où elle reprend une place s'il en reste."),
)
# What a guest said is erased because they ask for it: by themselves, or by the team, whose title takes their name.
ERASE_OWN = ConfirmationText(
    _l("Effacer mes renseignements"),
    _l("Ce qui dit qui vous êtes s'efface tout de suite, au lieu d'attendre la date prévue."),
    _l("Cela ne se défait pas."),
)
ERASE_GUEST = ConfirmationText(
    _l("Effacer les renseignements de %(name)s"),
    _l(
        "Quand la personne vous le demande, par téléphone ou par courriel. Aucun courriel ne lui dira que c'est fait, "
        "puisque son adresse s'efface : dites-le-lui."
    ),
    _l("Cela ne se défait pas."),
)
# Charges that are taken back; each title takes a name.
CHARGES = {
    "action": ConfirmationText(
        _l("Retirer sa charge à %(name)s"),
        _l(
            "Cette personne ne dira plus où en est l'action; ce qu'elle en a dit reste, sous son nom. Elle est avisée, "
            "et le journal public le dit sans la nommer."
        ),
        _l("Cela se défait : redonnez la charge."),
    ),
    "event": ConfirmationText(
        _l("Retirer sa charge à %(name)s"),
        _l("Cette personne ne pourra plus aider à cette rencontre par le site; ce qu'elle a fait reste."),
        _l("Cela se défait : redonnez la charge."),
    ),
    "team": ConfirmationText(
        _l("Retirer sa charge à %(name)s"),
        _l(
            "Cette personne ne pourra plus répondre ni modérer dans cette communauté; ce qu'elle a écrit reste. "
            "L'effet est immédiat, et elle est avisée."
        ),
        _l("Cela se défait : redonnez la charge."),
    ),
}
LEAVING = {
    "public": ConfirmationText(
        _l("Quitter la communauté %(name)s"),
        _l("Vous n'en serez plus membre; ce que vous y avez écrit reste."),
        _l("Cela se défait : rejoignez-la de nouveau."),
    ),
    "private": ConfirmationText(
        _l("Quitter la communauté %(name)s"),
        _l(
            "Elle est privée : vous ne la lirez plus, et vos places à ses rencontres sont rendues. Ce que vous y avez "
            "écrit y reste."
        ),
        _l("Pour y revenir, il faudra une nouvelle invitation de son équipe."),
    ),
}
WITHDRAWING = ConfirmationText(
    _l("Retirer votre modification"),
    _l("Ce que vous aviez écrit, et que l'équipe n'a pas encore publié, est effacé. Ce qui est publié reste tel quel."),
    _l("Cela ne se défait pas : copiez d'abord ce que vous voulez garder."),
)
LAST_OF_TEAM = _l("C'est la dernière personne de l'équipe : sans elle, la coordination répond de cette communauté.")
LAST_HOLDER = _l("C'est la seule personne qui tient cette action à jour : sans elle, la coordination en répond.")
REPORTS = {
    "idea": _l("Signaler cette idée"),
    "comment": _l("Signaler ce commentaire"),
    "update": _l("Signaler ces travaux"),
    "action": _l("Signaler cette action"),
    "bulletin": _l("Signaler cette nouvelle"),
    "event": _l("Signaler cette rencontre"),
    "topic": _l("Signaler ce sujet"),
    "profile": _l("Signaler ce profil"),
}
INVITATIONS = {
    "over": _l("Cette invitation n'est plus valable"),
    "anonymous": _l("Une invitation à une communauté privée"),
    "other": _l("Cette invitation n'est pas pour ce compte"),
    "paused": _l("Votre participation est en pause"),
    "open": _l("Une invitation à une communauté privée"),
}
SETTINGS = {
    "registration_open": _l(
        "Fermée, la page d'inscription dit de revenir plus tard; les comptes ouverts ne changent pas."
    ),
    "trust_posts": _l("Combien de publications admises avant qu'un nouveau compte publie sans attendre. De 0 à 50."),
    "trust_days": _l("Combien de jours avant qu'un nouveau compte publie sans attendre. De 0 à 90."),
    "new_links": _l("Au-delà, le texte d'un nouveau compte attend l'équipe d'animation. De 0 à 20."),
    "new_mentions": _l("Au-delà, le texte d'un nouveau compte attend l'équipe d'animation. De 0 à 20."),
    "new_posts_per_hour": _l("Au-delà, un nouveau compte doit patienter. De 1 à 60."),
    "refused_domains": _l(
        "Un par ligne. Une adresse de ce domaine, ou d'un domaine qui en dépend, ne peut pas ouvrir de compte."
    ),
}
# A bulk answer: what it did to the ideas, and what it would do.
BULK_ANSWER_DONE = {
    "to_publish": lambda n: ngettext("%(num)s idée a reçu cette réponse", "%(num)s idées ont reçu cette réponse", n),
    "to_review": lambda n: ngettext(
        "%(num)s réponse attend une relecture", "%(num)s réponses attendent une relecture", n
    ),
    "with_draft": lambda n: ngettext(
        "%(num)s idée a déjà un brouillon de réponse", "%(num)s idées ont déjà un brouillon de réponse", n
    ),
    "others": lambda n: ngettext("%(num)s idée ne l'a pas reçue", "%(num)s idées ne l'ont pas reçue", n),
}
BULK_ANSWER_PREVIEW = {
    "to_publish": lambda n: ngettext(
        "%(num)s idée va recevoir cette réponse", "%(num)s idées vont recevoir cette réponse", n
    ),
    "to_review": lambda n: ngettext(
        "%(num)s réponse attendra une relecture", "%(num)s réponses attendront une relecture", n
    ),
    "with_draft": lambda n: ngettext(
        "%(num)s idée a déjà un brouillon de réponse", "%(num)s idées ont déjà un brouillon de réponse", n
    ),
    "others": lambda n: ngettext("%(num)s idée ne la recevra pas", "%(num)s idées ne la recevront pas", n),
}
ANSWER_HELP = {
    "to_review": _l("La réponse paraît quand une autre personne de l'équipe a lu ce brouillon et qu'il est publié."),
    "with_draft": _l(
        "Ce brouillon reste tel quel : terminez-le ou mettez-le de côté sur la page de l'idée, puis répondez de "
        "nouveau."
    ),
}
