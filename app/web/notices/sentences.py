"""The sentence of each kind of notice, which `notice_view.py` fills in."""
from flask_babel import lazy_gettext as _l

from app.notifications.models import Notice

THINGS = {
    "aspiration": _l("votre aspiration"), "need": _l("votre besoin"), "idea": _l("votre idée"),
    "project": _l("votre projet"), "update": _l("vos travaux"), "action": _l("l'action que vous tenez à jour"),
}
WHATS = {
    "aspiration": _l("une aspiration"), "need": _l("un besoin"), "idea": _l("une idée"), "project": _l("un projet"),
    "update": _l("des travaux"), "action": _l("une action du plan"),
}
# Kinds of what moved on their journey.
STEPS = ("status", "follow.step")
NOTICES = {
    "comment.post": _l("%(name)s commente %(thing)s"),
    "comment.post.wonder": _l("%(name)s pose une question sous %(thing)s"),
    "comment.post.suggest": _l("%(name)s fait une suggestion sous %(thing)s"),
    "comment.post.offer": _l("%(name)s fait une offre sous %(thing)s"),
    "comment.reply": _l("%(name)s répond à votre commentaire"),
    "comment.reply.offer": _l("%(name)s répond à votre commentaire par une offre"),
    "comment.used": _l("%(name)s a repris votre commentaire dans sa contribution"),
    "follow.comment": _l("%(name)s commente %(what)s que vous suivez"),
    "follow.comment.wonder": _l("%(name)s pose une question sous %(what)s que vous suivez"),
    "follow.comment.suggest": _l("%(name)s fait une suggestion sous %(what)s que vous suivez"),
    "follow.comment.offer": _l("%(name)s fait une offre sous %(what)s que vous suivez"),
    "follow.idea": _l("%(name)s publie %(what)s dans ce que vous suivez"),
    "follow.update": _l("%(team)s publie ses travaux"),
    "follow.step": _l("%(team)s répond à %(what)s que vous suivez (étape : %(step)s)"),
    "follow.step.withdrawn": _l("Une contribution que vous suivez est retirée par qui l'avait écrite"),
    "follow.merge": _l("Deux contributions, dont une que vous suivez, sont jointes : elles disent la même chose"),
    "follow.part": _l("Deux contributions, dont une que vous suivez, sont de nouveau séparées"),
    "chain.author": _l("%(voice)s a mené à « %(action)s » : %(event)s"),
    "chain.supporter": _l("%(voice)s a mené à « %(action)s » : %(event)s"),
    "chain.follower": _l("%(voice)s a mené à « %(action)s » : %(event)s"),
    "chain.action": _l("« %(action)s », que vous suivez : %(event)s"),
    "linked.author": _l("%(voice)s rejoint le plan d'action, dans « %(action)s »"),
    "linked.supporter": _l("%(voice)s rejoint le plan d'action, dans « %(action)s »"),
    "linked.follower": _l("%(voice)s rejoint le plan d'action, dans « %(action)s »"),
    "plan.changed": _l("« %(action)s », que vous suivez, change avec la version %(number)s du plan d'action"),
    "link.open": _l("On propose de relier une contribution de votre communauté à l'action « %(action)s »"),
    "link.accepted": _l("Le lien que vous avez proposé avec l'action « %(action)s » est accepté"),
    "link.declined": _l("Le lien proposé avec l'action « %(action)s » n'est pas retenu"),
    **{f"unlinked.{role}": _l("%(voice)s n'a plus de lien avec l'action « %(action)s »")
       for role in ("author", "supporter", "follower")},
    "unlinked.proposer": _l("Le lien que vous avez proposé avec l'action « %(action)s » a pris fin"),
    "idea.back": _l("Une contribution revient à votre équipe : l'action « %(action)s » ne la porte plus"),
    "charge.action": _l("Vous tenez à jour l'action « %(action)s »"),
    "charge.action_ended": _l("Vous ne tenez plus à jour l'action « %(action)s »"),
    "action.late": _l("Une date de l'action « %(action)s » est passée, le %(due)s : dites où elle en est"),
    "support.first": _l("Votre contribution reçoit un premier appui"),
    "support.tens": _l("Votre contribution compte maintenant %(count)s appuis"),
    "joined.member": _l("Une personne devient membre de « %(place)s »"),
    "status": _l("Votre contribution a une réponse"),
    "status.step": _l("%(team)s répond à %(thing)s (étape : %(step)s)"),
    "status.joined": _l("La contribution à laquelle la vôtre est jointe a une réponse"),
    "status.joined.step": _l("%(team)s répond à la contribution à laquelle la vôtre est jointe (étape : %(step)s)"),
    "status.joined.withdrawn": _l("La contribution à laquelle la vôtre est jointe est retirée par qui l'avait écrite"),
    "merge.author": _l("Votre contribution est jointe à une autre qui dit la même chose; la vôtre reste lisible"),
    "merge.received": _l("Une contribution qui dit la même chose est jointe à la vôtre"),
    "merge.support": _l("Une contribution que vous appuyez est jointe à une autre : votre appui y est compté aussi, "
                        "et vous pouvez l'y retirer"),
    "part.author": _l("Votre contribution est de nouveau séparée de celle à laquelle elle était jointe"),
    "part.support": _l("Une contribution que vous appuyez est de nouveau séparée : votre appui reste sur elle"),
    "split.author": _l("L'équipe d'animation a tiré de votre texte une deuxième contribution, à votre nom : vous "
                       "pouvez la modifier ou la retirer"),
    "answers.review": _l("On vous demande de relire une réponse avant qu'elle paraisse"),
    "answers.reviews": _l("On vous demande de relire des réponses avant qu'elles paraissent : %(count)s"),
    "answers.agreed": _l("Votre réponse est relue : vous pouvez la publier"),
    "answers.remark": _l("Votre réponse vous revient, avec une remarque"),
    "answers.due": _l("Des idées attendent une réponse de votre équipe : %(count)s"),
    "measure.hide": _l("Un texte que vous avez écrit est masqué"),
    "measure.hide.idea": _l("Votre contribution est masquée"),
    "measure.hide.comment": _l("Votre commentaire est masqué"),
    "measure.hide.update": _l("Vos travaux sont masqués"),
    "measure.hide.action": _l("Une action du plan que vous avez publiée est masquée"),
    "measure.hide.bulletin": _l("Ce que vous avez dit d'une action du plan est masqué"),
    "measure.hide_profile": _l("Votre profil est masqué : la coordination et vous le lisez encore, et "
                               "personne d'autre"),
    "measure.restore_profile": _l("Votre profil est de nouveau public"),
    "profile.changed": _l("Quelqu'un a modifié son profil masqué : lisez-le avant qu'il paraisse"),
    "measure.restore": _l("Un texte que vous avez écrit est de nouveau public"),
    "measure.publish": _l("Un texte que vous avez écrit est publié"),
    "measure.refuse": _l("Un texte que vous avez écrit n'est pas publié"),
    "measure.publish_change": _l("La modification de votre texte est publiée"),
    "measure.refuse_change": _l("La modification de votre texte n'est pas publiée : il reste tel qu'il était"),
    "measure.freeze": _l("Votre compte est en pause, le temps que l'équipe d'animation y jette un coup d'œil"),
    "measure.lift": _l("Votre compte n'est plus en pause : vous pouvez de nouveau participer"),
    "measure.warn": _l("Vous avez reçu un avertissement (%(place)s)"),
    "measure.suspend": _l("Votre participation est suspendue jusqu'au %(until)s (%(place)s)"),
    "measure.block": _l("Votre participation est bloquée (%(place)s)"),
    "measure.unwarn": _l("Un avertissement que vous aviez reçu est retiré (%(place)s)"),
    "measure.unsuspend": _l("Votre suspension est levée (%(place)s)"),
    "measure.unblock": _l("Votre blocage est levé (%(place)s)"),
    "measure.lead": _l("Une contribution que vous avez écrite est maintenant portée par « %(place)s »"),
    "measure.move": _l("Un commentaire que vous avez écrit est déplacé sous une autre contribution"),
    "handover.open": _l("On propose une idée à votre communauté « %(place)s »"),
    "handover.accepted": _l("« %(place)s » accepte l'idée que vous lui avez proposée"),
    "handover.returned": _l("« %(place)s » vous renvoie l'idée que vous lui avez proposée"),
    "move_request.open": _l("On demande que « %(place)s » porte une idée de votre communauté"),
    "move_request.granted": _l("Votre idée est proposée à « %(place)s », comme vous l'avez demandé : son équipe "
                               "répondra"),
    "move_request.refused": _l("Vous avez demandé que « %(place)s » porte votre idée : elle reste où elle est"),
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
    "idea.revised": _l("Une première contribution que votre équipe a lue a changé depuis : relisez-la"),
    "idea.revised_since": _l("Une contribution à laquelle votre équipe a répondu a changé depuis : relisez-la"),
    "desk.idea": _l("Quelqu'un de votre équipe vous confie une contribution"),
    "desk.case": _l("Quelqu'un de votre équipe vous confie un signalement"),
}


def find(notice: Notice, intent: str, *, has_subject: bool) -> str:
    """Return the closest sentence to a notice: by what a comment brings, by what was hidden, with the step reached."""
    detail = intent or _noun(notice)
    if notice.kind.startswith(STEPS) and has_subject:
        detail = "withdrawn" if notice.facts.get("status") == "withdrawn" else "step"
    return str(NOTICES.get(f"{notice.kind}.{detail}", NOTICES[notice.kind]))


def _noun(notice: Notice) -> str:
    """Name the kind of what a notice is about, as far as a sentence differs by it."""
    if notice.comment_id or notice.update_id:
        return "comment" if notice.comment_id else "update"
    if "bulletin" in notice.facts:
        return "bulletin"
    return "idea" if notice.idea_id or not notice.action_id else "action"


def name_any(kind: str) -> str:
    """Name what somebody wrote, by its kind."""
    return str(WHATS.get(kind, _l("une contribution")))


def name_own(kind: str) -> str:
    """Name what the reader wrote, by its kind."""
    return str(THINGS.get(kind, _l("votre contribution")))
