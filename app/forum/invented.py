"""The people and the topics of a rehearsal: invented, so that its wall has something to say.

Some hold two topics, many want the same ones, some ask of their room what not all rooms have.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from app.core.errors import N_

# Names of plants and birds, so that nobody takes them for people who come. The first has not arrived.
PEOPLE = (
    N_("Sarcelle"),
    N_("Bouleau"),
    N_("Épinette"),
    N_("Mélèze"),
    N_("Fougère"),
    N_("Quenouille"),
    N_("Trille"),
    N_("Bernache"),
    N_("Érable"),
    N_("Mésange"),
    N_("Pruche"),
    N_("Martin-pêcheur"),
    N_("Airelle"),
    N_("Tilleul"),
)
# How many of the first topics have a room as the rehearsal begins.
PLACED = 2


@dataclass(frozen=True)
class InventedTopic:
    """A topic; `host`, `wanted_by` and `beside` are places in `PEOPLE`.

    `beside` are who offers to hold it with its host, each with whether they were accepted.
    """

    title: str
    why: str
    host: int
    wanted_by: Collection[int] = ()
    hands: int = 0
    needs: tuple[str, ...] = ()
    beside: Mapping[int, bool] = field(default_factory=dict)


TOPICS = (
    InventedTopic(
        N_("Un café où l'on répare ensemble, le samedi"),
        N_("Mon grille-pain tient avec de la broche. Qui sait souder, et qui a une table?"),
        1,
        range(2, 9),
        beside={5: True},
    ),
    InventedTopic(
        N_("L'autobus du soir, une fois par semaine"),
        N_("Le dernier part à 18 h 10. Mon cours de français finit à 20 h."),
        2,
        range(1, 12),
        hands=24,
        needs=("step_free",),
    ),
    InventedTopic(
        N_("Partager un jardin quand on vit en appartement"),
        N_("Trois balcons, douze plants de tomates, et une voisine qui a un grand terrain."),
        1,
        (2, 3, 6, 9, 12),
    ),
    InventedTopic(
        N_("Accueillir une famille qui arrive en janvier"),
        N_("Les bottes, les papiers, l'école : par où commencer, et avec qui?"),
        3,
        range(4, 13),
        needs=("step_free", "quiet"),
        beside={8: False},
    ),
    InventedTopic(
        N_("Que faire de la patinoire quand il ne gèle plus?"),
        N_("Elle a servi onze jours l'hiver dernier."),
        4,
        (1, 5, 7),
        hands=6,
    ),
    InventedTopic(
        N_("Proches aidants : se relayer une nuit par mois"),
        N_("Dormir. Rien de plus. On est sûrement plusieurs."),
        5,
        (1, 2, 4, 8, 10, 11),
        needs=("quiet", "online"),
    ),
    InventedTopic(
        N_("Une seule page pour savoir qui fait quoi"),
        N_("J'ai appelé cinq endroits avant de trouver le bon."),
        6,
        (3, 4, 5),
        needs=("online",),
    ),
    InventedTopic(
        N_("Les jeunes décident d'un budget"),
        N_("Cinq cents dollars, et personne au-dessus de nous pour dire non."),
        7,
        range(8, 14),
        hands=11,
    ),
    InventedTopic(
        N_("Apprivoiser le silence en réunion"),
        N_("On parle tous en même temps, et ce sont les mêmes qui se taisent."),
        3,
        (1, 6),
        needs=("quiet",),
    ),
    InventedTopic(
        N_("Un prêt d'outils entre voisins"),
        N_("Une échelle sert deux fois par année. Il y en a vingt dans ma rue."),
        8,
        (2, 4, 9, 10),
    ),
    InventedTopic(
        N_("Chanter ensemble, sans savoir chanter"),
        N_("Une heure, pas de spectacle. Ça fait du bruit, et c'est voulu."),
        9,
        (7, 11, 12, 13),
    ),
    InventedTopic(
        N_("Se loger près de son travail quand on a vingt ans"),
        N_("Deux heures de route par jour, ou la moitié de ma paie."),
        10,
        range(1, 10),
        hands=15,
        needs=("step_free",),
    ),
    InventedTopic(
        N_("Garder le local ouvert le dimanche"),
        N_("La porte est barrée le seul jour où l'on est seul."),
        0,
        (),
    ),
)
