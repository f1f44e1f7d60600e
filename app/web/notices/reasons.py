"""Why somebody is told: the reason of each kind of notice."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.forum.signals import CHANGES
from app.notifications.models import Notice
from app.web.frame import nouns
from app.web.notices.contents import NoticeSubject

# In the place of a thing: that of the reader's own, as it is called.
OWN, WRITTEN = "own", "written"
# By kind, else by the first part of a kind, else by topic.
REASONS = {
    "comment.post": OWN,
    **{
        f"{kind}.{role}": reason
        for kind in ("chain", "linked", "unlinked")
        for role, reason in {
            "author": OWN,
            "supporter": _l("parce que vous appuyez %(this)s"),
            "follower": _l("parce que vous suivez %(this)s"),
        }.items()
    },
    "chain.action": _l("parce que vous suivez cette action"),
    **{
        f"{kind}.{who}": reason
        for kind in ("moved", "changed", "cancelled", "minutes")
        for who, reason in {
            "coming": _l("parce que vous y avez demandé une place"),
            "team": _l("parce que vous vous occupez de cette rencontre"),
            "follower": _l("parce que vous suivez cette rencontre"),
        }.items()
    },
    **{f"topic_{what}.host": _l("parce que c'est votre sujet") for what in (*CHANGES, "interest")},
    **{f"topic_{what}.host": _l("parce que c'est votre sujet") for what in ("offered", "left")},
    "topic_accepted": _l("parce que vous avez proposé d'animer ce sujet"),
    **{f"topic_{what}.interested": _l("parce que ce sujet vous intéresse") for what in (*CHANGES, "noted")},
    "review": _l("parce que vous y étiez"),
    "said": _l("parce que vous tenez cette action à jour"),
    "place": _l("parce que vous y avez demandé une place"),
    "follow.event": _l(
        "parce que vous suivez sa communauté, un de ses enjeux, de ses territoires ou de ses étiquettes"
    ),
    "plan": _l("parce que vous suivez cette action"),
    "action": _l("parce que vous tenez cette action à jour"),
    "link": _l("parce que vous avez proposé ce lien"),
    "unlinked.proposer": _l("parce que vous avez proposé ce lien"),
    "comment.reply": _l("parce qu'on répond à ce que vous avez écrit"),
    "comment.used": _l("parce que ce commentaire est le vôtre"),
    "status": OWN,
    "status.joined": _l("parce que votre voix y est jointe"),
    "merge.support": _l("parce que vous appuyez %(this)s"),
    "part.support": _l("parce que vous appuyez %(this)s"),
    "report": _l("parce que le signalement vient de vous"),
    "report.against": WRITTEN,
    "report.cleared": WRITTEN,
    "appeal": _l("parce que vous avez demandé un nouvel examen"),
    "measure": WRITTEN,
    "charge": _l("parce que cela change ce que vous pouvez faire ici"),
    "member": _l("parce que cela change ce que vous pouvez lire ici"),
    "handover": _l("parce que la proposition vient de votre équipe"),
    "move_request": _l("parce que la demande vient de vous"),
    "answers.agreed": _l("parce que cette réponse est la vôtre"),
    "answers.remark": _l("parce que cette réponse est la vôtre"),
    "support": OWN,
    "reply": _l("parce qu'on répond à ce que vous avez écrit"),
    "contribution": OWN,
    "follow.comment": _l("parce que vous suivez cette discussion"),
    "follow.idea": _l("parce que vous suivez sa communauté, un de ses enjeux, de ses territoires ou de ses étiquettes"),
    "follow.step": _l("parce que vous suivez %(this)s"),
    "follow.update": _l("parce que vous suivez cette communauté"),
    "follow": _l("parce que vous suivez l'une des deux"),
    "task": _l("parce que votre équipe vous le confie"),
    "desk.idea": _l("parce que votre équipe vous le confie"),
    "desk.case": _l("parce que votre équipe vous le confie"),
    "desk": _l("parce que votre équipe s'en occupe"),
    "security": _l("parce que cela touche à votre compte"),
}
# Of what is done to a person and not to their words.
OF_A_PERSON = ("freeze", "lift", "warn", "unwarn", "suspend", "unsuspend", "block", "unblock")
REASONS |= {f"measure.{kind}": _l("parce que cela change ce que vous pouvez faire ici") for kind in OF_A_PERSON}
# What led to an idea or a meeting that appeared (see `Contents.followed`).
LED = {
    "member": _l("parce que vous êtes membre de cette communauté"),
    "community": _l("parce que vous suivez cette communauté"),
    "tag": _l("parce que vous suivez cette étiquette"),
    "issue": _l("parce que vous suivez cet enjeu"),
    "territory": _l("parce que vous suivez ce territoire"),
}
# The same by its name, where the reader may read it.
LED_BY_NAME = {
    way: _l("parce que vous êtes membre de « %(followed)s »")
    if way == "member"
    else _l("parce que vous suivez « %(followed)s »")
    for way in LED
}
# Of who keeps up to date the action of which others are told because they follow it.
HELD = ("chain.action", "plan.changed")
# Of kinds whose first part is that of others: these are of the topic of teams.
OF_DESK = ("appeal.opened", "handover.open", "move_request.open", "link.open")


def get_reason(notice: Notice, subject: NoticeSubject | None, followed: str = "") -> str:
    """Say why a person is told: « parce que c'est votre besoin »; `followed` names what they follow."""
    keys = (notice.kind, notice.topic if notice.kind in OF_DESK else notice.kind.partition(".")[0], notice.topic)
    reason = next(REASONS[key] for key in keys if key in REASONS)
    is_own = subject is not None and subject.is_own
    if notice.kind in HELD and is_own:
        return str(REASONS["action"])
    if notice.kind == "link.declined" and is_own:
        reason = OWN
    if notice.kind in ("follow.idea", "follow.event") and notice.facts.get("by") in LED:
        way = notice.facts["by"]
        return str(LED_BY_NAME[way]) % {"followed": followed} if followed else str(LED[way])
    if reason in (OWN, WRITTEN):
        return _name(notice, subject, reason)
    return str(reason) % {"this": nouns.get_noun(subject.kind if subject else "").this}


def _name(notice: Notice, subject: NoticeSubject | None, reason: str) -> str:
    """Say that a thing is the reader's own."""
    kind = subject.kind if subject else ""
    kind = kind if reason == OWN else nouns.kind_of(notice, kind)
    if kind == "update":
        return _("parce que ce sont vos travaux")
    noun = nouns.get_noun(kind)
    return _("parce que c'est %(thing)s", thing=noun.own if reason == OWN else noun.written)


def explain(notice: Notice, subject: NoticeSubject | None, followed: str = "") -> str:
    """Say under a mail why it came."""
    return _("Vous recevez ce courriel %(reason)s.", reason=get_reason(notice, subject, followed))
