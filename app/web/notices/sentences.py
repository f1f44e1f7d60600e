"""The sentence of each kind of notice, said to whoever is told; `sentence_values.py` fills it in.

What was done is told as done, so that it stays true whatever came after. Beside the sentence stand the title of the
thing, the first words and the reason.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.notifications import topics
from app.notifications.models import Notice
from app.web.frame import nouns
from app.web.frame.outcome_words import tell_outcome
from app.web.notices.contents import NoticeSubject

# Kinds of what moved on their journey.
STEPS = ("status", "follow.step")
NOTICES = {
    "comment.post": _l("%(name)s commente %(own)s"),
    "comment.post.wonder": _l("%(name)s pose une question sous %(own)s"),
    "comment.post.suggest": _l("%(name)s fait une suggestion sous %(own)s"),
    "comment.post.offer": _l("%(name)s fait une offre sous %(own)s"),
    "comment.reply": _l("%(name)s répond à votre commentaire"),
    "comment.reply.wonder": _l("%(name)s répond à votre commentaire par une question"),
    "comment.reply.suggest": _l("%(name)s répond à votre commentaire par une suggestion"),
    "comment.reply.offer": _l("%(name)s répond à votre commentaire par une offre"),
    "comment.used": _l("%(name)s a repris votre commentaire dans %(known)s"),
    "follow.comment": _l("%(name)s commente %(known)s que vous suivez"),
    "follow.comment.wonder": _l("%(name)s pose une question sous %(known)s que vous suivez"),
    "follow.comment.suggest": _l("%(name)s fait une suggestion sous %(known)s que vous suivez"),
    "follow.comment.offer": _l("%(name)s fait une offre sous %(known)s que vous suivez"),
    "follow.idea": _l("%(name)s publie %(any)s dans ce que vous suivez"),
    "follow.idea.member": _l("%(name)s publie %(any)s dans votre communauté « %(followed)s »"),
    "follow.idea.community": _l("%(name)s publie %(any)s dans « %(followed)s », que vous suivez"),
    "follow.idea.tag": _l("%(name)s publie %(any)s avec l'étiquette « %(followed)s », que vous suivez"),
    "follow.idea.issue": _l("%(name)s publie %(any)s sur l'enjeu « %(followed)s », que vous suivez"),
    "follow.idea.territory": _l("%(name)s publie %(any)s pour « %(followed)s », que vous suivez"),
    "follow.idea.drawn": _l("L'équipe d'animation a tiré %(any)s de ce que %(name)s a publié, dans ce que vous suivez"),
    "follow.update": _l("« %(team)s », que vous suivez, publie ses travaux"),
    "follow.event": _l("Une rencontre est annoncée pour le %(starts)s, dans ce que vous suivez"),
    "follow.event.member": _l("Une rencontre est annoncée pour le %(starts)s, dans votre communauté « %(followed)s »"),
    "follow.event.community": _l(
        "Une rencontre est annoncée pour le %(starts)s, dans « %(followed)s », que vous suivez"
    ),
    "follow.event.tag": _l(
        "Une rencontre est annoncée pour le %(starts)s, avec l'étiquette « %(followed)s », que vous suivez"
    ),
    "follow.event.issue": _l(
        "Une rencontre est annoncée pour le %(starts)s, sur l'enjeu « %(followed)s », que vous suivez"
    ),
    "follow.event.territory": _l(
        "Une rencontre est annoncée pour le %(starts)s, pour « %(followed)s », que vous suivez"
    ),
    **{f"moved.{who}": _l("%(meeting)s change de date : elle commence le %(starts)s") for who in topics.HEARERS},
    **{f"changed.{who}": _l("%(meeting)s change de lieu, ou on y participe autrement") for who in topics.HEARERS},
    **{f"cancelled.{who}": _l("%(meeting)s est annulée") for who in topics.HEARERS},
    **{f"minutes.{who}": _l("Le compte rendu est publié pour %(meeting)s") for who in topics.HEARERS},
    "topic_pitched.host": _l("%(pitched)s est maintenant sur le mur du forum"),
    **{
        f"topic_{what}.{who}": sentence
        for who in topics.PITCHED
        for what, sentence in {
            "placed": _l("%(pitched)s a une salle et une heure : le %(starts)s"),
            "moved": _l("%(pitched)s change de salle ou d'heure : le %(starts)s"),
            "taken_off": _l("%(pitched)s n'a plus de salle ni d'heure pour le moment"),
            "withdrawn": _l("%(pitched)s est retiré du mur du forum"),
            "joined": _l("%(pitched)s est joint à un autre sujet"),
        }.items()
    },
    "topic_offered.host": _l("Quelqu'un a proposé d'animer %(pitched)s avec vous"),
    "topic_left.host": _l("Quelqu'un n'anime plus %(pitched)s avec vous"),
    "topic_accepted.offered": _l("Vous animez maintenant %(pitched)s, avec qui le propose"),
    "topic_noted.interested": _l("%(pitched)s a maintenant des notes publiées"),
    "said.holder": _l("On relie ce qui s'est dit à un Forum ouvert à l'action « %(action)s », que vous tenez à jour"),
    "place.given": _l("Vous avez maintenant votre place à la rencontre"),
    "charge.door": _l("On vous confie l'accueil de la rencontre « %(title)s »"),
    "charge.secretary": _l("On vous confie le compte rendu de la rencontre « %(title)s »"),
    "follow.step": _l("%(team)s répond %(to_known)s que vous suivez (étape : %(step)s)"),
    "follow.step.withdrawn": _l("%(writer)s a retiré %(known)s que vous suivez"),
    "follow.merge": _l("L'équipe d'animation a joint %(known)s et %(other)s, qui disent la même chose"),
    "follow.merge.back": _l("L'équipe d'animation a de nouveau réuni %(known)s et %(other)s"),
    "follow.part": _l("L'équipe d'animation a de nouveau séparé %(known)s et %(other)s"),
    **{
        f"chain.{role}": _l("%(voice)s a mené à « %(action)s » : %(event)s")
        for role in ("author", "supporter", "follower")
    },
    "chain.action": _l("« %(action)s », que vous suivez : %(event)s"),
    "chain.action.held": _l("« %(action)s », que vous tenez à jour : %(event)s"),
    **{
        f"linked.{role}{before}": sentence
        for role in ("author", "supporter", "follower")
        for before, sentence in {
            "": _l("%(voice)s rejoint le plan d'action, dans « %(action)s »"),
            ".still": _l("%(voice)s, déjà au plan d'action, mène aussi à « %(action)s »"),
            ".again": _l("%(voice)s revient au plan d'action, dans « %(action)s »"),
        }.items()
    },
    **{
        f"unlinked.{role}": _l("%(voice)s n'a plus de lien avec l'action « %(action)s »")
        for role in ("author", "supporter", "follower")
    },
    "unlinked.proposer": _l("Le lien que vous avez proposé avec l'action « %(action)s » a pris fin"),
    "plan.changed": _l("« %(action)s », que vous suivez, change avec la version %(number)s du plan d'action"),
    "plan.changed.held": _l(
        "« %(action)s », que vous tenez à jour, change avec la version %(number)s du plan d'action"
    ),
    "link.open": _l("On propose à votre équipe de lier %(any)s à l'action « %(action)s »"),
    "link.accepted": _l("Le lien que vous avez proposé avec l'action « %(action)s » est accepté"),
    "link.declined": _l("Le lien que vous avez proposé avec l'action « %(action)s » n'est pas retenu"),
    "link.declined.own": _l("Le lien qu'on proposait entre %(own)s et l'action « %(action)s » n'est pas retenu"),
    "idea.back": _l("%(any)s revient à votre équipe : l'action « %(action)s » ne s'en charge plus"),
    "charge.action": _l("On vous confie l'action « %(action)s » : c'est vous qui direz où elle en est"),
    "charge.action_ended": _l("Vous ne tenez plus à jour l'action « %(action)s »"),
    "action.late": _l("Une date de l'action « %(action)s » est passée, le %(due)s : dites où elle en est"),
    "support.first": _l("Premier appui pour %(own)s"),
    "support.first.named": _l("Premier appui pour %(own)s : %(supporter)s"),
    "joined.member": _l("%(member)s devient membre de « %(place)s »"),
    "status": _l("Une équipe d'animation a répondu à %(own)s"),
    "status.step": _l("%(team)s répond à %(own)s (étape : %(step)s)"),
    "status.under_review": _l("%(own)s est à l'étude"),
    "status.retained": "%(retained)s",
    "status.achieved": _l("%(own)s a donné un résultat"),
    "status.declined": _l("La réponse à %(own)s est non, et voici pourquoi"),
    "status.archived": _l("%(own)s est aux archives"),
    "status.joined": _l("Une équipe d'animation a répondu à ce qui porte aussi votre voix"),
    "status.joined.step": _l("%(team)s répond %(to_known)s qui porte aussi votre voix (étape : %(step)s)"),
    "status.joined.withdrawn": _l("%(writer)s a retiré %(known)s qui porte aussi votre voix"),
    "merge.author": _l(
        "L'équipe d'animation a joint %(own)s à %(other)s, qui dit la même chose : on peut toujours lire "
        "vos mots, et les appuis sont comptés sur les deux"
    ),
    "merge.author.unsupported": _l(
        "L'équipe d'animation a joint %(own)s à %(other)s, qui dit la même chose : on peut toujours lire vos mots"
    ),
    "merge.author.back": _l(
        "L'équipe d'animation a de nouveau réuni %(own)s et %(other)s : on peut toujours lire les deux"
    ),
    "merge.received": _l("L'équipe d'animation a joint %(other)s à %(own)s : les deux disent la même chose"),
    "merge.support": _l(
        "L'équipe d'animation a joint %(beside)s que vous appuyez %(to_known)s qui dit la même "
        "chose : votre appui y est compté aussi, et vous pouvez l'y retirer"
    ),
    "merge.support.back": _l(
        "L'équipe d'animation a réuni %(beside)s que vous appuyez %(to_known)s d'origine : votre "
        "appui y est compté aussi, et vous pouvez l'y retirer"
    ),
    "part.author": _l("L'équipe d'animation a séparé %(own)s de %(other)s, avec ses appuis"),
    "part.author.unsupported": _l("L'équipe d'animation a séparé %(own)s de %(other)s"),
    "part.support": _l("L'équipe d'animation a séparé de %(other)s %(known)s que vous appuyez, avec votre appui"),
    "split.author": _l(
        "L'équipe d'animation a tiré %(any)s de vos mots, à votre nom : à vous d'y changer ce que "
        "vous voulez, ou de tout retirer"
    ),
    "answers.review": _l("Votre équipe vous demande de relire sa réponse à %(any)s avant qu'elle paraisse"),
    "answers.agreed": _l("Votre équipe a relu votre réponse à %(any)s : vous pouvez la publier"),
    "answers.remark": _l("Votre équipe vous renvoie votre réponse à %(any)s, avec une remarque"),
    "measure.hide": _l("L'équipe d'animation a masqué %(mine)s"),
    "measure.hide_profile": _l(
        "Votre profil est masqué : la coordination et vous le lisez encore, et personne d'autre"
    ),
    "measure.restore_profile": _l("Votre profil est de nouveau public"),
    "measure.restore": _l("L'équipe d'animation a remis en ligne %(mine)s"),
    "measure.publish": _l("C'est en ligne : l'équipe d'animation a publié %(mine)s"),
    "measure.publish.idea": _l("%(own)s prend la route"),
    "measure.refuse": _l("L'équipe d'animation n'a pas publié %(mine)s"),
    "measure.publish_change": _l("L'équipe d'animation a publié ce que vous avez changé dans %(mine)s"),
    "measure.refuse_change": _l(
        "L'équipe d'animation n'a pas publié ce que vous avez changé dans %(mine)s : vos mots d'avant restent"
    ),
    "measure.freeze": _l("Votre compte est en pause, le temps que l'équipe d'animation y jette un coup d'œil"),
    "measure.lift": _l("Votre compte n'est plus en pause : vous pouvez de nouveau participer"),
    "measure.warn": _l("L'équipe d'animation vous adresse un avertissement (%(place)s)"),
    "measure.suspend": _l("Votre participation est suspendue jusqu'au %(until)s (%(place)s)"),
    "measure.block": _l("Votre participation est bloquée (%(place)s)"),
    "measure.unwarn": _l("L'équipe d'animation retire l'avertissement que vous aviez reçu (%(place)s)"),
    "measure.unsuspend": _l("Votre suspension est levée : vous pouvez de nouveau participer (%(place)s)"),
    "measure.unblock": _l("Votre blocage est levé : vous pouvez de nouveau participer (%(place)s)"),
    "measure.lead": _l("La communauté « %(place)s » porte maintenant %(mine)s"),
    "measure.move": _l("L'équipe d'animation a déplacé votre commentaire sous %(known)s"),
    "profile.changed": _l("%(member)s a changé son profil masqué : lisez-le avant qu'il paraisse"),
    "handover.open": _l("On propose %(any)s à votre communauté « %(place)s »"),
    "handover.accepted": _l("Vous aviez proposé %(any)s à « %(place)s » : son équipe accepte"),
    "handover.returned": _l("Vous aviez proposé %(any)s à « %(place)s » : son équipe décline"),
    "move_request.open": _l("On demande que « %(place)s » porte %(any)s de votre communauté"),
    "move_request.granted": _l(
        "Vous aviez demandé que « %(place)s » porte %(own)s : c'est proposé, et son équipe répondra"
    ),
    "move_request.refused": _l("Vous aviez demandé que « %(place)s » porte %(own)s : rien ne change pour le moment"),
    "freeze.review": _l("Un compte a publié beaucoup en très peu de temps : il est en pause et attend votre regard"),
    "account.suspended": _l("L'administration a suspendu votre compte"),
    "account.restored": _l("L'administration a levé la suspension de votre compte"),
    "account.signed_out": _l("L'administration a fermé toutes vos sessions"),
    "account.second_factor": _l("L'administration a désactivé la vérification en deux étapes de votre compte"),
    "role.member": _l("Vous n'avez plus de rôle particulier sur le site"),
    "role.coordinator": _l("Vous faites maintenant partie de la coordination du site"),
    "role.admin": _l("Vous faites maintenant partie de l'administration du site"),
    "charge.given": _l("On vous confie l'animation de la communauté « %(place)s »"),
    "charge.withdrawn": _l("Vous n'animez plus la communauté « %(place)s »"),
    "member.removed": _l("Vous n'êtes plus membre d'une communauté privée"),
    "report.handled": _l(
        "Vous aviez signalé %(this)s : l'équipe d'animation vous donne raison. Merci d'avoir ouvert l'œil"
    ),
    "report.dismissed": _l("Vous aviez signalé %(this)s : l'équipe d'animation a tout lu, et n'y change rien"),
    "report.reopened": _l("Vous aviez signalé %(this)s : l'équipe d'animation reprend l'examen"),
    "report.against": _l("On a signalé %(mine)s, et l'équipe d'animation donne raison à ce signalement"),
    "report.cleared": _l("On avait signalé %(mine)s : l'équipe d'animation n'y donne plus suite"),
    "case.opened": _l("On signale %(any_thing)s à votre équipe"),
    "appeal.opened": _l("On demande à votre équipe un nouvel examen d'une décision qui touche %(any_thing)s"),
    "appeal.opened.person": _l("On demande à votre équipe un nouvel examen d'une décision qui touche une personne"),
    "appeal.granted": _l("Vous aviez demandé un nouvel examen : la décision sur %(mine)s est annulée"),
    "appeal.granted.person": _l("Vous aviez demandé un nouvel examen : la décision est annulée"),
    "appeal.refused.person": _l("Vous aviez demandé un nouvel examen : la décision ne change pas"),
    "appeal.refused": _l("Vous aviez demandé un nouvel examen : la décision sur %(mine)s ne change pas"),
    "idea.revised": _l("%(writer)s a changé %(known)s depuis la lecture de votre équipe : relisez ce qui change"),
    "idea.revised_since": _l("%(writer)s a changé %(known)s depuis la réponse de votre équipe : relisez ce qui change"),
    "desk.idea": _l("Votre équipe vous confie %(any)s"),
    "desk.case": _l("Votre équipe vous confie un signalement, qui vise %(any_thing)s"),
}
# Sentences that depend on a number, which is in the facts of the notice.
COUNTED: Mapping[str, Callable[..., str]] = {
    "support.tens": lambda count, **values: ngettext(
        "%(num)s personne appuie maintenant %(own)s", "%(num)s personnes appuient maintenant %(own)s", count, **values
    ),
    "topic_interest.host": lambda count, **values: ngettext(
        "%(num)s personne s'intéresse maintenant à %(pitched)s",
        "%(num)s personnes s'intéressent maintenant à %(pitched)s",
        count,
        **values,
    ),
    "review.there": lambda count, title, sessions=0, starts_at="", **_values: tell_outcome(
        title,
        count,
        has_sessions=bool(sessions),
        starts_at=datetime.fromisoformat(starts_at) if starts_at else None,
    ),
    "answers.reviews": lambda count, **values: ngettext(
        "Votre équipe vous demande de relire %(num)s réponse avant qu'elle paraisse",
        "Votre équipe vous demande de relire %(num)s réponses avant qu'elles paraissent",
        count,
        **values,
    ),
    "answers.due": lambda count, **values: ngettext(
        "%(num)s idée attend depuis longtemps une réponse de votre équipe",
        "%(num)s idées attendent depuis longtemps une réponse de votre équipe",
        count,
        **values,
    ),
}
_SILENT = sorted(topics.KINDS.keys() - NOTICES.keys() - COUNTED.keys())
if _SILENT:
    raise LookupError(
        f"app/notifications/topics.py has kinds of notices that nothing says: {', '.join(_SILENT)}; write their "
        "sentences in NOTICES of app/web/notices/sentences.py, or in COUNTED if they depend on a number"
    )


def say(notice: Notice, intent: str, subject: NoticeSubject | None, values: Mapping[str, Any]) -> str:
    """Say a notice to its reader: with what a comment brings, with the step reached, by what they are to its thing."""
    if notice.kind in COUNTED:
        return _begin(COUNTED[notice.kind](**values))
    details = (intent, *_name_details(notice, subject, values))
    found = next((NOTICES[key] for detail in details if (key := f"{notice.kind}.{detail}") in NOTICES), None)
    return _begin(str(found or NOTICES[notice.kind]) % values)


def _name_details(notice: Notice, subject: NoticeSubject | None, values: Mapping[str, Any]) -> list[str]:
    """Name what a sentence may differ by, the closest first."""
    facts = notice.facts
    found = [name for name in ("back", "drawn", "unsupported") if facts.get(name)]
    found += [str(facts["before"])] if "before" in facts else []
    found += [str(facts["by"])] if values["followed"] else []
    found += [nouns.PERSON] if nouns.kind_of(notice, subject.kind if subject else "") == nouns.PERSON else []
    found += ["named"] if values["supporter"] else []
    found += ["idea"] if notice.kind == "measure.publish" and notice.idea_id else []
    if notice.kind == "status" and subject and subject.is_own and not facts.get("stays"):
        found.append(str(facts.get("status")))
    if notice.kind.startswith(STEPS) and subject:
        found.append("withdrawn" if facts.get("status") == "withdrawn" else "step")
    if subject and subject.is_own:
        found.append("held" if subject.kind == "action" else "own")
    return found


def _begin(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
