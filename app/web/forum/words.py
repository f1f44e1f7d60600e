"""What phases and lengths are called; the principles, the law and the invitation of Open Space."""

from flask_babel import lazy_gettext as _l

from app.forum.models import BEFORE, CLOSED, CONVERGENCE, MARKETPLACE, PLENARY, SESSION, SESSIONS
from app.forum.sizes import AT_HOME, HALF_DAY

PHASES = {
    BEFORE: _l("Avant la rencontre"),
    MARKETPLACE: _l("Place du marché"),
    SESSIONS: _l("Séances"),
    CONVERGENCE: _l("Convergence"),
    CLOSED: _l("Forum clos"),
}
# What the press that leads to a phase says, on and back.
ON = {
    MARKETPLACE: _l("Ouvrir la place du marché"),
    SESSIONS: _l("Commencer les séances"),
    CONVERGENCE: _l("Passer à la convergence"),
    CLOSED: _l("Clore le forum"),
}
BACK = {
    BEFORE: _l("Revenir à l'étape d'avant la rencontre"),
    MARKETPLACE: _l("Revenir à la place du marché"),
    SESSIONS: _l("Revenir aux séances"),
}
SAID = {
    BEFORE: _l("Le forum est de nouveau à l'étape d'avant la rencontre."),
    MARKETPLACE: _l("La place du marché est ouverte."),
    SESSIONS: _l("Le forum en est aux séances."),
    CONVERGENCE: _l("Le forum en est à la convergence."),
    CLOSED: _l("Le forum est clos."),
}
LENGTHS = {HALF_DAY: _l("En salle, une demi-journée"), AT_HOME: _l("Chez soi, devant un écran")}
SLOTS = {SESSION: _l("Séances"), PLENARY: _l("Tout le monde ensemble")}
# As Harrison Owen said them; what stands under each on paper is ours.
PRINCIPLES = (
    (
        _l("Les personnes présentes sont les bonnes."),
        _l("Peu importe le nombre et les titres : qui est là l'est parce que ça lui tient à cœur."),
    ),
    (
        _l("Ce qui arrive est la seule chose qui pouvait arriver."),
        _l("Laissez ce qui était prévu. Travaillez avec ce qui est là."),
    ),
    (_l("Ça commence quand ça commence."), _l("Une bonne idée ne regarde pas l'heure.")),
    (
        _l("Quand c'est fini, c'est fini."),
        _l("Tout est dit? Allez plus loin. Il reste à dire? Continuez, ici ou ailleurs."),
    ),
)
LAW = (
    _l("La loi des deux pieds"),
    _l("Si vous n'apprenez plus et n'apportez plus, allez ailleurs. Personne ne s'en vexe."),
)
INVITATION = (
    _l("Préparez-vous à être surpris."),
    _l("Ce que vous emporterez d'ici n'était à l'ordre du jour de personne."),
)
