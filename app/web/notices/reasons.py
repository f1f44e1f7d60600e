"""Why somebody is told: the reason of each kind of notice."""
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.notifications.models import Notice
from app.web.notices import sentences
from app.web.notices.contents import Subject

OWN = _l("parce que c'est %(thing)s")
# By kind, else by the first part of a kind, else by topic.
REASONS = {
    "comment.post": OWN,
    **{f"{kind}.{role}": reason for kind in ("chain", "linked", "unlinked") for role, reason in {
        "author": OWN, "supporter": _l("parce que vous appuyez cette contribution"),
        "follower": _l("parce que vous suivez cette contribution")}.items()},
    "chain.action": _l("parce que vous suivez cette action"),
    "plan": _l("parce que vous suivez cette action"),
    "action": _l("parce que vous tenez cette action à jour"),
    "link": _l("parce que vous avez proposé ce lien"),
    "link.declined": _l("parce que ce lien vous concerne"),
    "unlinked.proposer": _l("parce que vous avez proposé ce lien"),
    "comment.reply": _l("parce qu'on répond à ce que vous avez écrit"),
    "comment.used": _l("parce que ce commentaire est le vôtre"),
    "status": OWN,
    "status.joined": _l("parce que votre contribution y est jointe"),
    "merge.support": _l("parce que vous appuyez cette contribution"),
    "part.support": _l("parce que vous appuyez cette contribution"),
    "report": _l("parce que vous l'avez signalé"),
    "report.against": _l("parce que vous l'avez écrit"),
    "report.cleared": _l("parce que vous l'avez écrit"),
    "appeal": _l("parce que vous avez demandé un nouvel examen"),
    "measure": _l("parce que cela touche ce que vous écrivez ici"),
    "charge": _l("parce que cela change ce que vous pouvez faire ici"),
    "member": _l("parce que cela change ce que vous pouvez lire ici"),
    "handover": _l("parce que votre équipe l'a proposée"),
    "move_request": _l("parce que vous l'avez demandé"),
    "answers.agreed": _l("parce que cette réponse est la vôtre"),
    "answers.remark": _l("parce que cette réponse est la vôtre"),
    "support": OWN,
    "reply": _l("parce qu'on répond à ce que vous avez écrit"),
    "contribution": OWN,
    "follow.comment": _l("parce que vous suivez cette discussion"),
    "follow.idea": _l("parce que vous suivez sa communauté, un de ses enjeux, de ses territoires ou de ses étiquettes"),
    "follow.step": _l("parce que vous suivez cette contribution"),
    "follow.update": _l("parce que vous suivez cette communauté"),
    "follow": _l("parce que vous suivez une de ces contributions"),
    "task": _l("parce que votre équipe vous le confie"),
    "desk": _l("parce que votre équipe s'en occupe"),
    "security": _l("parce que cela touche à votre compte"),
}
# Of kinds whose first part is that of others: these are of the topic of teams.
OF_DESK = ("appeal.opened", "handover.open", "move_request.open", "link.open")


def find(notice: Notice, subject: Subject | None) -> str:
    """Say why a person is told: « parce que c'est votre besoin »."""
    keys = (notice.kind, notice.topic if notice.kind in OF_DESK else notice.kind.partition(".")[0], notice.topic)
    reason = next(REASONS[key] for key in keys if key in REASONS)
    if reason is OWN and subject and subject.kind == "update":
        return _("parce que ce sont vos travaux")
    return str(reason) % {"thing": sentences.name_own(subject.kind if subject else "")}


def explain(notice: Notice, subject: Subject | None) -> str:
    """Say under a mail why it came."""
    return _("Vous recevez ce courriel %(reason)s.", reason=find(notice, subject))
