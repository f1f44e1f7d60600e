"""What the codes of the domain are called in the interface."""
from flask_babel import lazy_gettext as _l

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
