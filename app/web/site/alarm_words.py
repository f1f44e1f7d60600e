"""What an alarm says to whoever reads it: what a subject of `check` is, and what to do when it is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Explanation:
    """The name of a subject, and what to do about it."""

    title: Any
    advice: Any = ""


EXPLANATIONS: Mapping[str, Explanation] = {
    "configuration": Explanation(
        _l("L'adresse du site"),
        _l("Donnez à SITE_URL une adresse en https : sans cela, les mots de passe voyagent à découvert."),
    ),
    "database": Explanation(
        _l("La base de données"),
        _l("Démarrez-la. Si son fichier est endommagé, remettez la dernière sauvegarde avec « reflexe restore »."),
    ),
    "version": Explanation(
        _l("La version du programme et celle de la base de données"),
        _l("Terminez la mise à jour : « reflexe check » dit par quelle commande."),
    ),
    "key": Explanation(
        _l("La clé du site"),
        _l("Remettez dans SECRET_KEY_FALLBACKS la clé avec laquelle cette base de données a été faite."),
    ),
    "counters": Explanation(
        _l("Les nombres affichés"), _l("« reflexe recount --repair » les corrige, sans arrêter le site.")
    ),
    "plan": Explanation(
        _l("Les idées liées au plan d'action"),
        _l("« reflexe recount --repair » remet chaque idée à l'étape de ses actions."),
    ),
    "search": Explanation(_l("La recherche"), _l("« reflexe reindex » refait son index, sans arrêter le site.")),
    "journal": Explanation(
        _l("Le journal public"),
        _l(
            "Une ligne a été changée ou enlevée. Ne réparez rien : gardez d'abord une copie de tout avec « reflexe "
            "backup », puis avisez la coordination."
        ),
    ),
    "mails": Explanation(
        _l("Les courriels"),
        _l("Vérifiez que « reflexe worker » tourne, puis lancez « reflexe mail retry » pour ceux qui ont été refusés."),
    ),
    "forums": Explanation(
        _l("Les Forums ouverts"),
        _l(
            "Aucun geste ne mène là. Gardez d'abord une copie de tout avec « reflexe backup », puis avisez l'équipe "
            "qui fait ce programme."
        ),
    ),
    "registrations": Explanation(
        _l("Ce que les gens ont dit pour venir aux rencontres"),
        _l("Cela devrait être effacé depuis un jour : redémarrez « reflexe worker », puis lisez son journal."),
    ),
    "backups": Explanation(
        _l("Les sauvegardes"),
        _l(
            "Une panne ferait perdre ce qui a été écrit depuis la dernière. Faites-en une tout de suite avec « reflexe "
            "backup », corrigez ce que dit le serveur, puis vérifiez avec « reflexe check »."
        ),
    ),
    "restore tried": Explanation(
        _l("L'essai d'une sauvegarde"),
        _l(
            "La sauvegarde essayée n'est pas revenue entière, ou aucune n'a été essayée depuis deux semaines. "
            "Faites-en une autre avec « reflexe backup », remettez-la en place ailleurs, et examinez le disque."
        ),
    ),
    "worker": Explanation(
        _l("Le programme qui envoie les courriels et fait les sauvegardes"),
        _l("Démarrez « reflexe worker », ou redémarrez-le, puis lisez son journal."),
    ),
    "queue": Explanation(_l("La file des tâches"), _l("Démarrez Redis ou PostgreSQL, selon l'installation.")),
    "mail transport": Explanation(
        _l("Le serveur de courriel"),
        _l("Corrigez MAIL_URL ou MAIL_FROM, puis essayez avec « reflexe mail test ADRESSE »."),
    ),
    "disk": Explanation(
        _l("La place sur le disque"),
        _l("Faites de la place, ou rendez le dossier DATA_DIR à l'utilisateur qui fait tourner le site."),
    ),
    "privacy officer": Explanation(
        _l("La personne responsable de la protection des renseignements personnels"),
        _l("La loi demande de la nommer : réglez PRIVACY_OFFICER_NAME et PRIVACY_OFFICER_EMAIL."),
    ),
}


def explain(subject: str) -> Explanation:
    """Return what a subject is to whoever reads; one that has no words is named as `check` names it."""
    return EXPLANATIONS.get(subject, Explanation(subject))
