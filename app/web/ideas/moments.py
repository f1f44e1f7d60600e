"""The moment at the head of an idea's page: what just became of it, drawn for its author and for who stands by it."""

from urllib.parse import quote

from flask import url_for
from flask_babel import gettext as _

from app.comments import policy as comments
from app.communities.queries import Room
from app.core import clock
from app.core.text import markdown
from app.core.text.plain import excerpt
from app.ideas import policy
from app.ideas.models import Idea
from app.notifications.models import Notice
from app.notifications.queries import moments as queries
from app.notifications.queries.visits import LASTS
from app.plan.queries import bulletins
from app.web.frame import dawn, links, moment_words
from app.web.frame.moments import REASON, Moment, MomentAct
from app.web.frame.session import me, rooms

# What supporters and followers are shown, too.
SHARED = ("retained", "achieved")
# What ends it: no sun over a no.
ENDS = ("declined", "archived")


def find_moment(idea: Idea, *, stands_by: bool) -> Moment | None:
    """Return what became of an idea to its author, or to who supports or follows it (`stands_by`); else None."""
    is_own = policy.is_author(me(), idea)
    may_have = is_own or (stands_by and idea.status in SHARED)
    if not me().is_someone or idea.is_hidden or idea.status not in moment_words.KICKERS or not may_have:
        return None
    kinds = queries.OF_AUTHOR if is_own else queries.OF_OTHERS
    notices = queries.list_recent(me(), idea.id, kinds)
    found = next((one for one in notices if _tells(one, idea)), None)
    is_just_out = is_own and idea.status == "published" and _is_fresh(idea)
    return _build(idea, found, is_own=is_own) if found or is_just_out else None


def _tells(notice: Notice, idea: Idea) -> bool:
    """Tell whether a notice tells where the idea is now."""
    if notice.kind == "measure.publish":
        return idea.status == "published"
    if notice.kind.startswith("linked."):
        return idea.status in moment_words.OF_PLAN
    if notice.kind.startswith("chain."):
        return idea.status == "achieved"
    return notice.facts.get("status") == idea.status and not notice.facts.get("stays")


def _is_fresh(idea: Idea) -> bool:
    return idea.published_at is not None and idea.published_at > clock.now() - LASTS


def _build(idea: Idea, notice: Notice | None, *, is_own: bool) -> Moment:
    room, reason = rooms().by_id.get(idea.community_id or 0), _read_reason(idea, notice)
    return Moment(
        str(moment_words.KICKERS[idea.status]),
        moment_words.tell(idea, idea.status, is_own=is_own),
        _say_more(idea, room, is_read=notice is not None),
        reason,
        moment_words.name_team(room) if reason else "",
        _list_acts(idea),
        None if idea.status in ENDS else dawn.view_dawn(idea.status),
        room.colour if room else "neutral",
    )


def _read_reason(idea: Idea, notice: Notice | None) -> str:
    """Return the words of what happened: the reason of a decision, or what is said of the action."""
    if notice is None or idea.status == "published":
        return ""
    if notice.bulletin_id:
        _actions, found = bulletins.get_actions_and_bulletins(me(), (notice.action_id or 0,), (), (notice.bulletin_id,))
        details = found.get(notice.bulletin_id)
        return excerpt(markdown.to_line(details.bulletin.body_html), REASON) if details else ""
    return excerpt(str(notice.facts.get("reason") or ""), REASON)


def _say_more(idea: Idea, room: Room | None, *, is_read: bool) -> str:
    at = idea.published_at or idea.created_at
    if idea.status == "published":
        read = moment_words.tell_reading(idea.kind, room, at) if is_read else ""
        heard = "" if idea.is_private else moment_words.tell_hearing(room, at)
        return f"{read} {heard}".strip()
    if idea.status == "under_review" and room and idea.status_at:
        return moment_words.tell_due(room, idea.status_at)
    return ""


def _list_acts(idea: Idea) -> list[MomentAct]:
    journey = url_for("journey.show", idea_id=idea.id)
    if idea.status == "published":
        address = quote(links.absolute_idea_url(idea))
        mail = f"mailto:?subject={quote(idea.title)}&body={address}"
        return [] if idea.is_private else [MomentAct(_("Envoyer l'adresse à quelqu'un"), mail)]
    if idea.status in ENDS:
        is_no = idea.status == "declined"
        found = [MomentAct(_("Lire toute la réponse") if is_no else _("Lire pourquoi"), "#answer")]
        if comments.POST.permits(me(), idea.thread):
            found.append(MomentAct(_("Ajouter un fait que l'équipe n'avait pas"), "#comment-form"))
        if policy.WRITE.permits(me(), None):
            found.append(MomentAct(_("Proposer autre chose"), url_for("ideas.new")))
        return found
    if idea.status == "achieved":
        return [MomentAct(_("Relire tout le chemin"), journey)]
    return [MomentAct(_("Voir le chemin parcouru"), journey)]
